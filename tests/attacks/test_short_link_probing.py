"""Attack: a short link is known or guessed before its notice opens; it answers as one that nobody has."""

from __future__ import annotations

import pytest

from server.rules.short_links import notice_signs, sheet_signs
from tests.cast import ZHANG_SAN, Hall
from tests.journeys.posting import approve, submission

NOBODY = "A2345A2"


async def said(hall: Hall, signs: str) -> tuple[int, str, str]:
    """Return status, body and kind of an answer, with the guessed address itself taken out."""
    answer = await hall.visitor().get(f"/S/{signs}")
    return answer.status_code, answer.text.replace(signs, "…"), answer.headers["cache-control"]


async def test_what_waits_is_like_what_nobody_has(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    later = {"when": "at", "at": "2026-10-15T08:00:00+08:00"}
    sent = submission(hall, publish=later)
    disclosure = (await phone.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    (row,) = await hall.rows("SELECT content_hash FROM edition")
    notice = notice_signs(disclosure)
    guesses = (notice, sheet_signs(notice, 1, row["content_hash"]), sheet_signs(notice, 1, ""))
    nothing = await said(hall, NOBODY)
    assert nothing[0] == 404
    for guess in guesses:
        assert await said(hall, guess) == nothing, "in review"
    await approve(hall, sent["id"])
    hall.clock.set("2026-10-15 07:59:59+08:00")
    for guess in guesses:
        assert await said(hall, guess) == nothing, "approved, not open yet"
    hall.clock.set("2026-10-15 08:00:00+08:00")
    for guess in guesses:
        assert (await said(hall, guess))[0] == 303


@pytest.mark.one_engine
async def test_what_was_withdrawn_before_it_opened_was_never_there(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    later = {"when": "at", "at": "2026-10-15T08:00:00+08:00"}
    sent = submission(hall, publish=later)
    disclosure = (await phone.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    await approve(hall, sent["id"])
    gone = await phone.post(
        f"/api/v1/disclosures/{disclosure}/withdrawal",
        json={"id": sent["id"][:-2] + "99", "reason": "数字不对"},
    )
    assert gone.status_code in (200, 201), gone.text
    hall.clock.set("2026-10-16 08:00+08:00")
    assert await said(hall, notice_signs(disclosure)) == await said(hall, NOBODY)


@pytest.mark.one_engine
async def test_somebody_signed_in_learns_no_more(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    disclosure = (await phone.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    assert (await phone.get(f"/S/{notice_signs(disclosure)}")).status_code == 404
