"""Attack on somebody else's privacy: a personal number in any text that a submission can carry to the public."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from server.rules import pointers
from tests.cast import LI_SI, VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.posting import (
    ALL_FIVE,
    accounts_of,
    approve,
    new_id,
    send_photo,
    submission,
)
from tests.journeys.relief import relief_of
from tests.journeys.written import written

# The gate stands before the database: what it refuses never gets there.
pytestmark = pytest.mark.sqlite

# The check digits are right; nobody has these: the first is the specimen of GB 11643.
NUMBERS = {
    "identity": "11010519491231002X",
    "identity in full width": "１１０１０５１９４９１２３１００２Ｘ",
    "identity with gaps": "110105 19491231 002X",
    "mobile": "13800138000",
    "card": "6228480402564890018",
    "identity in Chinese numerals": "一一〇一〇五一九四九一二三一〇〇二X",
    "identity in Arabic-Indic digits": "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
    "identity over three lines": "110105\n19491231\n002X",
    "card in circles": "⑥②②⑧④⑧⓪④⓪②⑤⑥④⑧⑨⓪⓪①⑧",
    "mobile digit by digit": "1 3 8 0 0 1 3 8 0 0 0",
    "half hidden": "1101**********002X",
    "passport": "E12345678",
}


def _places(content: dict[str, Any]) -> list[str]:
    """Return the pointer of every text in a content that is not a code, a date or a phone of an office."""
    codes = ("/item", "/book", "/class", "/date", "_on", "_from", "_to", "_phone", "/kind")
    return [at for at, text in pointers.texts(content) if text and not at.endswith(codes)]


def _with(content: dict[str, Any], pointer: str, text: str) -> dict[str, Any]:
    changed: Any = copy.deepcopy(content)
    inner, steps = changed, pointer.strip("/").split("/")
    for step in steps[:-1]:
        inner = inner[int(step)] if isinstance(inner, list) else inner[step]
    last: Any = int(steps[-1]) if isinstance(inner, list) else steps[-1]
    inner[last] = text
    return dict(changed)


async def test_every_text_of_the_accounts(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    content = accounts_of("2026-q3") | {"opening_explanation": "上期少记"}
    places = _places(content)
    assert len(places) > 20
    before = await written(hall)
    for place in places:
        sent = submission(hall, content=_with(content, place, f"张三{NUMBERS['mobile']}"))
        answer = await phone.post("/api/v1/submissions", json=sent)
        assert problem_of(answer) in ("content-has-errors", "schema-errors"), place
        assert f"/content{place}" in [e["pointer"] for e in answer.json()["errors"]]
        assert NUMBERS["mobile"] not in answer.text, place
    assert await written(hall) == before


async def test_every_text_of_a_relief_notice(hall: Hall) -> None:
    phone = await hall.client_as(ZHAO_LIU)
    content = relief_of("2026-10-08")
    content["remark"] = "无"
    content["households"][0]["remark"] = "无"
    before = await written(hall)
    for place in _places(content):
        sent = submission(
            hall,
            category="dibao_preliminary",
            period=None,
            event_on="2026-10-08",
            content=_with(content, place, NUMBERS["identity"]),
        )
        answer = await phone.post("/api/v1/submissions", json=sent)
        assert problem_of(answer) in ("content-has-errors", "schema-errors"), place
        assert f"/content{place}" in [e["pointer"] for e in answer.json()["errors"]]
        assert NUMBERS["identity"] not in answer.text, place
    assert await written(hall) == before


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
async def test_beside_the_content(hall: Hall, number: str) -> None:
    """Captions, what a photo points to, reasons of corrections and of withdrawals, titles of occurrences."""
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    first = submission(hall)
    receipt = (await phone.post("/api/v1/submissions", json=first)).json()
    await approve(hall, first["id"])
    before = await written(hall)

    board = {"sha256": photo, "role": "board"}
    for change, pointer in (
        ({"photos": [board, board | {"caption": f"签收 {number}"}]}, "/photos/1/caption"),
        ({"photos": [board | {"pointer": f"/expense/{number}"}]}, "/photos/0/pointer"),
        ({"reason": f"电话 {number}"}, "/reason"),
    ):
        sent = submission(hall, id=new_id(hall.clock(), 8), **{"reason": "更正", **change})
        answer = await phone.post("/api/v1/submissions", json=sent)
        assert problem_of(answer) == "content-has-errors", pointer
        assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]
        assert number not in answer.text

    answer = await phone.post(
        f"/api/v1/disclosures/{receipt['disclosure_id']}/withdrawal",
        json={"id": new_id(hall.clock(), 60), "reason": f"{number} 的照片"},
    )
    assert problem_of(answer) == "content-has-errors"
    assert number not in answer.text

    editor = await hall.client_as(ZHAO_LIU)
    answer = await editor.post(
        "/api/v1/occurrences",
        json={
            "id": new_id(hall.clock(), 61),
            "division": VILLAGE_A,
            "category": "dibao_preliminary",
            "title": f"初审 {number}",
            "occurred_on": "2026-10-08",
        },
    )
    assert problem_of(answer) == "content-has-errors"
    assert number not in answer.text

    auditor = await hall.client_as(WANG_WU)
    answer = await auditor.post(
        "/api/v1/exemptions",
        json={
            "id": new_id(hall.clock(), 62),
            "division": VILLAGE_A,
            "category": "finance_quarterly",
            "period": "2026Q3",
            "valid_from": "2026-07-01",
            "valid_to": "2026-09-30",
            "reason": f"报账员住院，联系 {number}",
        },
    )
    assert problem_of(answer) == "content-has-errors"
    assert number not in answer.text
    assert await written(hall) == before


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
async def test_why_something_is_returned(hall: Hall, number: str) -> None:
    """The accountant reads these words, and so does whoever looks at the evidence."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    before = await written(hall)
    supervisor = await hall.client_as(LI_SI)
    read = await supervisor.get(f"/api/v1/submissions/{sent['id']}")
    answer = await supervisor.post(
        f"/api/v1/submissions/{sent['id']}/review",
        json={
            "id": new_id(hall.clock(), 63),
            "decision": "return",
            "points": ALL_FIVE | {"result": False},
            "reason": f"请删去 {number}",
        },
        headers={"If-Match": read.headers["etag"]},
    )
    assert problem_of(answer) == "content-has-errors"
    assert answer.json()["errors"] == [
        answer.json()["errors"][0] | {"pointer": "/reason", "offer": "请删去"}
    ]
    assert await written(hall) == before


async def test_the_refusal_offers_the_text_as_it_may_stand(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    content = _with(accounts_of("2026-q3"), "/organisation", "红河村（电话：13800138000）")
    answer = await phone.post("/api/v1/submissions", json=submission(hall, content=content))
    [place] = answer.json()["errors"]
    assert place["pointer"] == "/content/organisation"
    assert (place["kind"], place["offer"]) == ("mobile", "红河村")
    put_right = _with(content, "/organisation", place["offer"])
    answer = await phone.post("/api/v1/submissions", json=submission(hall, content=put_right))
    assert answer.status_code == 201
