"""Attack: a cursor of another list, another village or another world, to read on where one may not read."""

from __future__ import annotations

import pytest

from tests.cast import FAR_VILLAGE, LI_SI, VILLAGE_A, VILLAGE_B, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import accounts_of, approve, new_id, submission

NOT_A_CURSOR = [
    "1",
    "' OR 1=1 --",
    "../../etc/passwd",
    "01A11906-3680-7000-8000-000000000007",
    "01a11906-3680-4000-8000-000000000007",
    "\x00",
    "null",
    "x" * 5000,
]


@pytest.mark.parametrize("cursor", NOT_A_CURSOR, ids=lambda c: c[:12])
async def test_what_is_no_cursor_is_refused(hall: Hall, cursor: str) -> None:
    supervisor = await hall.client_as(LI_SI)
    for path in (
        "/api/v1/submissions",
        f"/api/v1/villages/{VILLAGE_A}/disclosures",
        "/api/v1/divisions",
        "/api/v1/accounts",
        "/api/v1/desk/inquiries",
        "/api/v1/payment-lists",
        "/api/v1/ledgers",
    ):
        answer = await supervisor.get(path, params={"cursor": cursor})
        assert problem_of(answer) in ("parameter-not-valid", "not-allowed"), path


async def test_another_village_s_notice_as_cursor_shows_nothing_of_it(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    hall.clock.pass_(hours=1)
    hidden = submission(
        hall,
        id=new_id(hall.clock(), 8),
        period="2026Q2",
        content=accounts_of("2026-q2"),
    )
    await phone.post("/api/v1/submissions", json=hidden)
    visitor = hall.visitor()
    for cursor in (sent["id"], hidden["id"], new_id(hall.clock(), 77)):
        for village in (VILLAGE_B, FAR_VILLAGE):
            page = await visitor.get(
                f"/api/v1/villages/{village}/disclosures", params={"cursor": cursor}
            )
            assert (page.json()["items"], page.json()["next"]) == ([], None)
        own = await visitor.get(
            f"/api/v1/villages/{VILLAGE_A}/disclosures", params={"cursor": cursor}
        )
        assert hidden["id"] not in own.text
        html = await visitor.get(f"/v/{VILLAGE_A}/past", params={"cursor": cursor})
        assert f"/d/{hidden['id']}" not in html.text


async def test_staff_read_on_inside_their_own_area_only(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE account SET division = ? WHERE id = ?", VILLAGE_B, LI_SI.id)
    supervisor = await hall.client_as(LI_SI)
    for cursor in (None, sent["id"], new_id(hall.clock(), 77)):
        asked = {"cursor": cursor} if cursor else {}
        listed = await supervisor.get("/api/v1/submissions", params=asked)
        assert (listed.json()["items"], listed.json()["next"]) == ([], None)
    assert problem_of(await supervisor.get(f"/api/v1/submissions/{sent['id']}")) == "not-found"
