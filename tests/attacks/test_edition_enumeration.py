"""Attack: counting up edition numbers to read a correction before it opens, or one that never opened."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import VILLAGE_A, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import accounts_of, approve, new_id, submission

pytestmark = pytest.mark.one_engine

MARK = "王五六七"


async def corrected(hall: Hall, **changes: Any) -> tuple[str, str]:
    """Post and open edition 1, post edition 2 for 12 October 8:00; return the disclosure and the second submission."""
    phone = await hall.client_as(ZHANG_SAN)
    first = submission(hall)
    disclosure = (await phone.post("/api/v1/submissions", json=first)).json()["disclosure_id"]
    await approve(hall, first["id"])
    content = accounts_of("2026-q3") | {"prepared_by": MARK}
    second = submission(
        hall,
        id=new_id(hall.clock(), 8),
        content=content,
        reason="填报人写错了",
        publish={"when": "at", "at": "2026-10-12T08:00:00+08:00"},
        **changes,
    )
    assert (await phone.post("/api/v1/submissions", json=second)).status_code == 201
    return disclosure, second["id"]


async def nothing_of_it(hall: Hall, disclosure: str) -> None:
    """Every public address answers as if there were no second edition."""
    visitor = hall.visitor()
    for address in (
        f"/api/v1/disclosures/{disclosure}?edition=2",
        f"/api/v1/disclosures/{disclosure}/difference?before=1&after=2",
        f"/api/v1/disclosures/{disclosure}/difference?before=2&after=1",
        f"/api/v1/disclosures/{disclosure}/difference?before=2&after=2",
        f"/d/{disclosure}?edition=2",
        f"/d/{disclosure}/difference?before=1&after=2",
    ):
        answer = await visitor.get(address)
        if "?edition=2" in address:
            assert problem_of(answer) == "edition-not-there", address
            assert answer.json()["editions"] == [1], address
        else:
            assert problem_of(answer) == "not-found", address
    for address in (
        f"/api/v1/disclosures/{disclosure}",
        f"/api/v1/disclosures/{disclosure}/editions",
        f"/api/v1/villages/{VILLAGE_A}",
        f"/api/v1/villages/{VILLAGE_A}/disclosures",
        f"/d/{disclosure}",
        f"/d/{disclosure}/editions",
        f"/v/{VILLAGE_A}",
        f"/v/{VILLAGE_A}/past",
    ):
        answer = await visitor.get(address)
        assert answer.status_code == 200, address
        assert MARK not in answer.text, address
        assert "填报人写错了" not in answer.text, address


async def test_in_review_scheduled_and_open(hall: Hall) -> None:
    disclosure, second = await corrected(hall)
    await nothing_of_it(hall, disclosure)
    assert (await approve(hall, second, seed=2))["stage"] == "scheduled"
    await nothing_of_it(hall, disclosure)
    hall.clock.set("2026-10-12 07:59:59+08:00")
    await nothing_of_it(hall, disclosure)
    hall.clock.set("2026-10-12 08:00:00+08:00")
    page = await hall.visitor().get(f"/api/v1/disclosures/{disclosure}?edition=2")
    assert page.json()["edition"] == 2
    for number in (0, -1, 3, 100_000):
        answer = await hall.visitor().get(f"/api/v1/disclosures/{disclosure}?edition={number}")
        assert problem_of(answer) in ("edition-not-there", "parameter-not-valid")


async def test_withdrawn_before_it_opened_was_never_there(hall: Hall) -> None:
    disclosure, second = await corrected(hall)
    await approve(hall, second, seed=2)
    phone = await hall.client_as(ZHANG_SAN)
    gone = await phone.post(
        f"/api/v1/disclosures/{disclosure}/withdrawal",
        json={"id": new_id(hall.clock(), 60), "reason": "不更正了"},
    )
    assert gone.json()["edition"] == 2
    for moment in ("2026-10-12 07:59:59+08:00", "2026-10-12 08:00:00+08:00"):
        hall.clock.set(moment)
        await nothing_of_it(hall, disclosure)
        assert "不更正了" not in (await hall.visitor().get(f"/d/{disclosure}")).text
    page = await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")
    assert (page.json()["edition"], page.json()["card"]["stage"]) == (1, "open")
