"""Attack: a query that speaks the index's language, a name from a roster, a notice that is not open yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import VILLAGE_A, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import accounts_of, approve, submission

# What they would find if the index understood them; read as words, no line holds all of them.
SPOKEN = [
    "租金 OR 水库",
    '租金" OR "赵六',
    '"租金" OR "in64"',
    "水库 OR 租金",
    "租金 NOT 水库",
    "NOT 水库",
    "words:租金",
    "words : 租金",
    "NEAR(租金 赵六, 9)",
    "租金) OR 1=1 --",
    "租金' UNION SELECT content FROM edition",
    "租金%赵六",
    "租金_赵六",
]
# The words under which places are filed are nobody's to look up.
SCOPES = ["in64", "in640425", f"in{VILLAGE_A}", "租金 in640425"]
# Signs alone say nothing: these ask for 租金.
SIGNS = [
    "租金*",
    "^租金",
    "{租金}",
    '"租金"',
    "租金%",
    "租金_",
    "租金!",
    "-租金",
    "+租金",
    "(租金)",
    "租金\\",
]


async def _posted(hall: Hall, **changes: object) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    content = accounts_of("2026-q3") | {"note": "附注 or not near words union select"}
    sent = submission(hall, content=content, **changes)
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"])


async def _lines(hall: Hall, q: str) -> list[str]:
    answer = await hall.visitor().get("/api/v1/search", params={"q": q})
    assert answer.status_code == 200, answer.text
    return [line["pointer"] for item in answer.json()["items"] for line in item["lines"]]


async def test_signs_of_a_query_language_are_only_signs(hall: Hall) -> None:
    await _posted(hall)
    found = await _lines(hall, "租金")
    assert len(found) == 3
    assert await _lines(hall, "赵六")
    for q in SPOKEN + SCOPES:
        assert await _lines(hall, q) == [], q
    for q in SIGNS:
        assert await _lines(hall, q) == found, q
    assert await _lines(hall, "or not near union") == ["/note"]  # they are words like others


@pytest.mark.one_engine
async def test_control_characters_part_words_and_do_no_more(hall: Hall) -> None:
    await _posted(hall)
    for q in ("\x00", "\x00\x1b", "\u202e\u200b"):
        answer = await hall.visitor().get("/api/v1/search", params={"q": q})
        assert problem_of(answer) in ("search-too-short", "parameter-not-valid")
    together = await _lines(hall, "租金\x1b赵六")
    assert together == await _lines(hall, "租金 赵六") != []


@pytest.mark.one_engine
@pytest.mark.parametrize("address", ["/api/v1/search", "/search"])
async def test_a_huge_query_looks_nothing_up(
    hall: Hall, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def looked_up(*_: object, **__: object) -> None:
        raise AssertionError("it was looked up")

    monkeypatch.setattr("server.storage.search.find", looked_up)
    answer = await hall.visitor().get(address, params={"q": "水渠" * 2000})
    if address == "/search":
        assert (answer.status_code, "最多 60 个字，这里有 4000 个" in answer.text) == (200, True)
    else:
        assert problem_of(answer) == "search-too-long"


async def test_a_notice_is_found_from_its_opening_second_on(hall: Hall) -> None:
    opens = hall.clock() + timedelta(hours=2)
    await _posted(hall, publish={"when": "at", "at": opens.isoformat()})
    visitor = hall.visitor()
    for seconds, found in ((7199, False), (1, True)):
        hall.clock.pass_(seconds=seconds)
        for q in ("租金", "财务收支"):
            page = (await visitor.get("/api/v1/search", params={"q": q})).json()
            assert (page["total"] > 0) is found
            assert bool(page["items"]) is found
            assert any(page["facets"].values()) is found
            for division in (VILLAGE_A, "640425103201", "640425000000"):
                read = await visitor.get("/search", params={"q": q, "division": division})
                # In the next village: that there is something in the township.
                assert ("/d/" in read.text or "红河镇有" in read.text) is found
