"""Attack: register everything early, with any hash, and see later what is worth completing."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.commitments import MOST_UNFINISHED
from tests.cast import FAR_VILLAGE, VILLAGE_A, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.posting import new_id, submission
from tests.journeys.registering import register

pytestmark = pytest.mark.one_engine


def _posting(hall: Hall, number: int, **changes: Any) -> dict[str, Any]:
    return submission(hall, id=new_id(hall.clock(), 100 + number), **changes)


async def test_a_day_s_registrations_without_content_have_an_end(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    first = _posting(hall, 0)
    await register(phone, first)
    hall.clock.pass_(hours=1)
    for number in range(1, MOST_UNFINISHED):
        assert (await register(phone, _posting(hall, number))).status_code == 201
    refused = await register(phone, _posting(hall, 999))
    assert problem_of(refused) == "too-many-commitments"
    said = refused.json()
    assert (said["count"], said["most"]) == (MOST_UNFINISHED, MOST_UNFINISHED)
    assert said["retry_after"] == 23 * 3600 == int(refused.headers["retry-after"])
    kept = await hall.rows("SELECT COUNT(*) AS n FROM commitment")
    assert kept[0]["n"] == MOST_UNFINISHED

    # What was registered may still be sent again, and be completed; and then there is room.
    assert (await register(phone, first)).status_code == 200
    receipt = await phone.post("/api/v1/submissions", json=first)
    assert receipt.status_code == 201, receipt.text
    late = _posting(hall, 998, period="2026Q2")
    assert (await register(phone, late)).status_code == 201
    assert problem_of(await register(phone, _posting(hall, 997, period="2026Q1"))) == (
        "too-many-commitments"
    )


async def test_the_limit_is_a_person_s_and_stops_no_posting(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    for number in range(MOST_UNFINISHED):
        await register(phone, _posting(hall, number))
    assert problem_of(await register(phone, _posting(hall, 999))) == "too-many-commitments"
    unregistered = await phone.post("/api/v1/submissions", json=_posting(hall, 998))
    assert unregistered.status_code == 201
    editor = await hall.client_as(ZHAO_LIU)
    relief = _posting(
        hall,
        997,
        category="dibao_preliminary",
        period=None,
        event_on="2026-10-08",
        content={},
    )
    assert (await register(editor, relief)).status_code == 201


async def test_what_is_not_over_cannot_be_registered(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    early = _posting(hall, 1, period="2026Q4")
    assert problem_of(await register(phone, early)) == "period-not-over"
    editor = await hall.client_as(ZHAO_LIU)
    tomorrow = _posting(
        hall, 2, category="dibao_preliminary", period=None, event_on="2026-10-09", content={}
    )
    assert problem_of(await register(editor, tomorrow)) == "period-not-over"
    assert await hall.rows("SELECT id FROM commitment") == []


async def test_a_lapse_is_not_hidden_behind_another_matter(hall: Hall) -> None:
    """`replaces` ends a registration of the same matter only; the other one lapses for everybody to read."""
    hall.clock.set("2026-10-15 20:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    first = _posting(hall, 1)
    await register(phone, first)
    other = _posting(hall, 2, period="2026Q2")
    assert (await register(phone, other, replaces=first["id"])).status_code == 201
    hall.clock.pass_(hours=72)
    page = (await hall.visitor().get(f"/api/v1/villages/{VILLAGE_A}")).json()
    notes = {
        m["period"]: m["note"] for m in page["missing"] if m["category"] == "finance_quarterly"
    }
    assert notes["2026Q3"]["en"].startswith("Registered on 15 October 2026")


async def test_a_chain_of_replacements_gains_nothing(hall: Hall) -> None:
    hall.clock.set("2026-10-15 20:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    earlier = _posting(hall, 0)
    await register(phone, earlier)
    for number in range(1, 4):
        hall.clock.pass_(hours=71)
        newer = _posting(hall, number)
        answer = await register(phone, newer, replaces=earlier["id"])
        assert answer.json()["days_late"] == number * 3
        earlier = newer
    receipt = (await phone.post("/api/v1/submissions", json=earlier)).json()
    assert (receipt["verdict"], receipt["late_days"]) == ("late", 9)


async def test_registered_for_one_period_and_sent_for_another_counts_for_neither(
    hall: Hall,
) -> None:
    hall.clock.set("2026-10-15 20:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    sent = _posting(hall, 1)
    assert (await register(phone, sent, period="2026Q2")).status_code == 201
    hall.clock.pass_(hours=10)
    receipt = (await phone.post("/api/v1/submissions", json=sent)).json()
    assert (receipt["committed_at"], receipt["late_days"]) == (None, 1)
    hall.clock.pass_(hours=72)
    standing = (await phone.get(f"/api/v1/commitments/{sent['id']}")).json()
    assert standing["state"] == "lapsed"


async def test_no_registration_for_a_village_of_others(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    answer = await register(phone, _posting(hall, 1, division=FAR_VILLAGE))
    assert problem_of(answer) == "not-allowed"
