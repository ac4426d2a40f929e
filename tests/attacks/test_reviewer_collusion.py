"""Attack: one person in two roles posts the accounts and then approves them."""

from __future__ import annotations

import pytest

from tests.cast import LI_SI, VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, Person, problem_of
from tests.journeys.posting import ALL_FIVE, new_id, submission
from tests.journeys.relief import relief_of
from tests.journeys.written import written


async def becomes(hall: Hall, person: Person, role: str) -> None:
    """Give somebody another role, as an administrator could."""
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE account SET role = ? WHERE id = ?", role, person.id)


@pytest.mark.one_engine
async def test_zhang_is_made_supervisor_and_meets_his_own_accounts(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await becomes(hall, ZHANG_SAN, "supervisor")
    before = await written(hall)
    page = await phone.get(f"/api/v1/submissions/{sent['id']}")
    assert page.json()["may_review"] is False
    verdict = {"id": new_id(hall.clock(), 50), "decision": "approve", "points": ALL_FIVE}
    for change in ({}, {"decision": "return", "reason": "重报"}):
        answer = await phone.post(
            f"/api/v1/submissions/{sent['id']}/review",
            json=verdict | change,
            headers={"If-Match": page.headers["etag"]},
        )
        assert problem_of(answer) == "own-work"
    assert await written(hall) == before
    supervisor = await hall.client_as(LI_SI)
    answer = await supervisor.post(
        f"/api/v1/submissions/{sent['id']}/review",
        json=verdict,
        headers={"If-Match": page.headers["etag"]},
    )
    assert answer.json()["number"] == 1


async def test_the_editor_made_auditor_meets_her_own_notice(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    sent = submission(
        hall,
        category="dibao_preliminary",
        period=None,
        event_on="2026-10-08",
        content=relief_of("2026-10-08"),
    )
    posted = await editor.post("/api/v1/submissions", json=sent)
    assert posted.status_code == 201, posted.text
    await becomes(hall, ZHAO_LIU, "auditor")
    verdict = {"id": new_id(hall.clock(), 50), "decision": "approve", "points": ALL_FIVE}
    review, seen = f"/api/v1/submissions/{sent['id']}/review", {"If-Match": '"r1"'}
    assert problem_of(await editor.post(review, json=verdict, headers=seen)) == "own-work"
    auditor = await hall.client_as(WANG_WU)
    assert (await auditor.post(review, json=verdict, headers=seen)).status_code == 200


async def test_a_supervisor_s_phone_does_not_post(hall: Hall) -> None:
    supervisor = await hall.client_as(LI_SI)
    answer = await supervisor.post("/api/v1/submissions", json=submission(hall))
    assert problem_of(answer) == "not-allowed"
    assert not await hall.rows("SELECT id FROM edition WHERE division = ?", VILLAGE_A)
