"""The page of problems: every one explained in both languages, and docs/problems.md in step with it."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from server.problems import PROBLEMS
from server.web.problem_list import problems_markdown
from tests.cast import Hall

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


async def test_pages(hall: Hall) -> None:
    everything = (await hall.visitor(Accept="text/html").get("/problems")).text
    for slug in PROBLEMS:
        assert f'href="/problems/{slug}"' in everything
    one = await hall.visitor(Accept="text/html").get("/problems/own-work?lang=en")
    assert one.status_code == 200
    assert "You may not review your own work" in one.text
    assert (await hall.visitor().get("/problems/no-such-thing")).status_code == 404
