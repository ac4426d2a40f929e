"""Attack: a query that speaks the index's language, a name from a roster, a notice that is not open yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import approve, submission

ODD = [
    '"租金" OR "in64"',
    "租金* NEAR(财务, 9)",
    "words:租金",
    "租金) OR 1=1 --",
    "租金%",
    "租金_",
    "租金!",
    "{租金}",
    "租金' UNION SELECT content FROM edition",
    "in640425",
    "^租金",
    "NOT 租金",
]


async def _opened_later(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    opens = hall.clock() + timedelta(hours=2)
    sent = submission(hall, publish={"when": "at", "at": opens.isoformat()})
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"])


@pytest.mark.parametrize("q", ODD)
async def test_signs_of_a_query_language_are_only_signs(hall: Hall, q: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    answer = await hall.visitor().get("/api/v1/search", params={"q": q})
    assert answer.status_code == 200, answer.text
    assert answer.json()["items"] == []


async def test_control_characters_part_words_and_do_no_more(hall: Hall) -> None:
    for q in ("\x00", "\x00\x1b", "\u202e\u200b"):
        answer = await hall.visitor().get("/api/v1/search", params={"q": q})
        assert problem_of(answer) in ("search-too-short", "parameter-not-valid")
    answer = await hall.visitor().get("/api/v1/search", params={"q": "水渠\x1b维修"})
    assert answer.status_code == 200


async def test_a_huge_query_is_refused_before_anything_is_looked_up(hall: Hall) -> None:
    answer = await hall.visitor().get("/api/v1/search", params={"q": "水渠" * 2000})
    assert problem_of(answer) in ("search-too-long", "parameter-not-valid")


async def test_a_notice_is_found_from_its_opening_second_on(hall: Hall) -> None:
    await _opened_later(hall)
    visitor = hall.visitor()
    for seconds, found in ((7199, False), (1, True)):
        hall.clock.pass_(seconds=seconds)
        for q in ("租金", "财务收支"):
            page = (await visitor.get("/api/v1/search", params={"q": q})).json()
            assert (page["total"] > 0) is found
            assert bool(page["items"] or page["facets"]["categories"]) is found
