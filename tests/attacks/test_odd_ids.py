"""Attack: the same id written otherwise, to be two things at once: upper case, braces, other versions, other digits."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.cast import VILLAGE_A, ZHANG_SAN, ZHAO_LIU, ZHOU_BA, Hall, problem_of
from tests.journeys.posting import ALL_FIVE, approve, submission
from tests.journeys.written import written

ODD = [
    "01A11906-3680-7000-8000-000000000007",
    "01a11906-3680-4000-8000-000000000007",
    "01a11906-3680-7000-c000-000000000007",
    "{01a11906-3680-7000-8000-000000000007}",
    "01a11906368070008000000000000007",
    "urn:uuid:01a11906-3680-7000-8000-000000000007",
    "01a11906-3680-7000-8000-000000000007 ",
    "01a11906-3680-7000-8000-000000000007\n",
    "٠1a11906-3680-7000-8000-000000000007",
    "00000000-0000-0000-0000-000000000000",
    "",
]


@pytest.mark.parametrize("odd", ODD)
async def test_in_a_body(hall: Hall, odd: str) -> None:
    sent = submission(hall)
    disclosure = f"/api/v1/disclosures/{sent['id']}/withdrawal"
    place = {"division": VILLAGE_A, "category": "dibao_preliminary"}
    bodies: list[tuple[str, dict[str, Any], Any]] = [
        ("/api/v1/submissions", sent, ZHANG_SAN),
        (
            f"/api/v1/submissions/{sent['id']}/review",
            {"decision": "approve", "points": ALL_FIVE},
            ZHANG_SAN,
        ),
        (disclosure, {"reason": "x"}, ZHANG_SAN),
        ("/api/v1/occurrences", {**place, "title": "x", "occurred_on": "2026-10-08"}, ZHAO_LIU),
        (
            "/api/v1/accounts",
            {"login": "zhangsan2", "name": "张三", "role": "auditor", "division": VILLAGE_A},
            ZHOU_BA,
        ),
    ]
    before = await written(hall)
    for path, body, who in bodies:
        client = await hall.client_as(who)
        answer = await client.post(path, json=body | {"id": odd}, headers={"If-Match": '"r1"'})
        assert problem_of(answer) == "wrong-type", path
        assert [e["pointer"] for e in answer.json()["errors"]] == ["/id"], path
        assert odd not in answer.json()["detail"] or not odd
    phone = await hall.client_as(ZHANG_SAN)
    occurrence = await phone.post("/api/v1/submissions", json=sent | {"occurrence_id": odd})
    assert problem_of(occurrence) == "wrong-type"
    assert await written(hall) == before


@pytest.mark.parametrize("odd", [o for o in ODD if o])
async def test_in_an_address(hall: Hall, odd: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    odd = quote(odd)
    for path in (
        f"/api/v1/disclosures/{odd}",
        f"/api/v1/disclosures/{odd}/editions",
        f"/api/v1/submissions/{odd}",
        f"/d/{odd}",
        f"/d/{odd}/editions",
    ):
        answer = await phone.get(path)
        assert answer.status_code in (404, 405), path


async def test_codes_are_ascii_digits(hall: Hall) -> None:
    for code in (
        "６４０４２５１０３２００",
        "64042510320",
        "6404251032000",
        "640425103200\n",
        "٦٤٠٤٢٥١٠٣٢٠٠",
        "64042510320001\n",
        "640425103200٠١",
    ):
        for path in (f"/api/v1/villages/{quote(code)}", f"/v/{quote(code)}"):
            assert problem_of(await hall.visitor().get(path)) == "not-found", path
        phone = await hall.client_as(ZHANG_SAN)
        answer = await phone.post("/api/v1/submissions", json=submission(hall, division=code))
        assert problem_of(answer) == "wrong-type"
