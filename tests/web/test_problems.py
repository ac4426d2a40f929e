"""The page of problems: every one explained in both languages, and docs/problems.md in step with it."""

from __future__ import annotations

import math
import re
from pathlib import Path
from string import Formatter

import pytest

from server import problems
from server.problems import PROBLEMS
from server.web.problem_list import problems_markdown
from tests.cast import Hall

pytestmark = pytest.mark.one_engine

DOCUMENT = Path(__file__).parents[2] / "docs" / "problems.md"


def test_the_document_is_in_step() -> None:
    assert DOCUMENT.read_text("utf-8") == problems_markdown(), "run: gongshilan openapi write"


@pytest.mark.parametrize("kind", PROBLEMS.values(), ids=lambda kind: kind.slug)
def test_each_is_whole(kind: object) -> None:
    from server.problem import Kind

    assert isinstance(kind, Kind)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.slug)
    assert 400 <= kind.status < 600
    named = {
        lang: {name for _, name, _, _ in Formatter().parse(sentence) if name}
        for lang, sentence in kind.sentence._asdict().items()
    }
    assert named["zh"] == named["en"], "both languages name the same values"
    assert kind.title.en.isascii()


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0, "1 秒", "1 second"),
        (89.2, "90 秒", "90 seconds"),
        (91, "2 分钟", "2 minutes"),
        (59 * 60, "59 分钟", "59 minutes"),
        (59 * 60 + 1, "1 小时", "1 hour"),
        (3600 + 1, "1 小时 10 分钟", "1 hour 10 minutes"),
        (17280, "4 小时 50 分钟", "4 hours 50 minutes"),
        (24 * 3600, "24 小时", "24 hours"),
    ],
)
def test_a_wait_is_said_as_a_person_says_it(seconds: float, zh: str, en: str) -> None:
    refused = problems.too_many_attempts(retry_after=seconds)
    assert refused.detail == (f"请在 {zh}后再试。", f"Please try again in {en}.")
    exact = max(1, math.ceil(seconds))
    assert refused.headers == {"Retry-After": str(exact)}
    body = refused.document("zh")
    assert (body["retry_after"], body["wait"]) == (exact, zh)


async def test_pages(hall: Hall) -> None:
    everything = (await hall.visitor(Accept="text/html").get("/problems")).text
    for slug in PROBLEMS:
        assert f'href="/problems/{slug}"' in everything
    one = await hall.visitor(Accept="text/html").get("/problems/own-work?lang=en")
    assert one.status_code == 200
    assert "You may not review your own work" in one.text
    assert (await hall.visitor().get("/problems/no-such-thing")).status_code == 404
