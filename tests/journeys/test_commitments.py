"""A posting is registered from a hillside and its photos follow two days later; or they do not."""

from __future__ import annotations

from typing import Any

import pytest

from server.external.signing import open_note, verifier_of
from server.rules.receipts import receipt_in
from tests.cast import (
    LI_SI,
    SUN_QI,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    Hall,
    at,
    problem_of,
    read,
)
from tests.journeys.posting import (
    accounts_of,
    approve,
    board_photo,
    new_id,
    send_photo,
    submission,
)
from tests.journeys.registering import hash_of, register

LAST_SECOND = "2026-10-15 23:59:59+08:00"
MIDNIGHT = "2026-10-16 00:00:00+08:00"
BOARD = [{"sha256": board_photo(1)[0], "role": "board"}]


async def cell_of(hall: Hall, **asked: str) -> dict[str, Any]:
    """Return village A's cell for the third quarter's accounts, as 王五 sees it."""
    auditor = await hall.client_as(WANG_WU)
    answer = await auditor.get(
        "/api/v1/compliance",
        params={"division": TOWNSHIP, "first": "2026-09-30", "last": "2026-09-30", **asked},
    )
    assert answer.status_code == 200, answer.text
    row = next(r for r in answer.json()["rows"] if r["division"] == VILLAGE_A)
    found: dict[str, Any] = next(c for c in row["cells"] if c and c["category"].startswith("fin"))
    return found


def kinds(cell: dict[str, Any]) -> list[str]:
    return [f["kind"] for f in cell["findings"]]


async def missing_of(hall: Hall) -> list[dict[str, Any]]:
    page = await hall.visitor().get(f"/api/v1/villages/{VILLAGE_A}")
    found: list[dict[str, Any]] = [
        m
        for m in page.json()["missing"]
        if (m["category"], m["period"]) == ("finance_quarterly", "2026Q3")
    ]
    return found


@pytest.mark.parametrize(
    ("registered", "on_time", "days"), [(LAST_SECOND, True, 0), (MIDNIGHT, False, 1)]
)
async def test_registered_in_the_last_second_and_sent_two_days_later(
    hall: Hall, registered: str, on_time: bool, days: int
) -> None:
    hall.clock.set(registered)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, photos=BOARD)
    answer = await register(phone, sent)
    assert answer.status_code == 201, answer.text
    promise = answer.json()
    assert (promise["id"], promise["kind"]) == (sent["id"], "commitment")
    assert (promise["due_on"], promise["on_time"]) == ("2026-10-15", on_time)
    assert (promise["days_late"], promise["provisional"]) == (days, False)
    assert at(promise["received_at"].replace("Z", "+00:00")) == at(registered)
    assert promise["content_hash"] == hash_of(sent)
    assert promise["photos_missing"] == [BOARD[0]["sha256"]]
    cell = await cell_of(hall)
    assert kinds(cell) == ["committed"]

    hall.clock.pass_(hours=50)
    await send_photo(phone)
    again = await register(phone, sent)
    assert again.status_code == 200
    assert again.json() == promise | {"photos_missing": []}
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    said = receipt.json()
    assert said["committed_at"] == promise["received_at"] != said["received_at"]
    assert (said["verdict"], said["late_days"]) == ("on_time" if on_time else "late", days)
    standing = (await phone.get(f"/api/v1/commitments/{sent['id']}")).json()
    assert standing["state"] == "completed"

    await approve(hall, sent["id"])
    cell = await cell_of(hall)
    assert (cell["state"], cell["days"]) == ("on_time" if on_time else "late", days)
    assert kinds(cell) == []
    page = (await hall.visitor().get(f"/api/v1/disclosures/{said['disclosure_id']}")).json()
    assert page["clocks"]["committed_at"] == promise["received_at"]
    assert page["clocks"]["received_at"] == said["received_at"]
    assert page["card"]["verdict"] == ("on_time" if on_time else "late")


async def test_content_that_does_not_follow_is_told_in_public_and_judged_by_its_own_arrival(
    hall: Hall,
) -> None:
    hall.clock.set(LAST_SECOND)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    promise = (await register(phone, sent)).json()
    assert promise["lapses_at"] == "2026-10-18T15:59:59Z"

    hall.clock.set("2026-10-18 23:59:58+08:00")
    cell = await cell_of(hall)
    assert (cell["state"], cell["days"]) == ("missing", 3)  # the due day keeps running
    assert kinds(cell) == ["committed"]
    assert [m["note"] for m in await missing_of(hall)] == [None]

    hall.clock.set(LAST_SECOND.replace("10-15", "10-18"))
    assert kinds(await cell_of(hall)) == ["commitment_lapsed"]
    told = {
        "zh": "2026年10月15日登记过，内容没有在 72 小时内送到",
        "en": "Registered on 15 October 2026, content did not follow within 72 hours",
    }
    assert [m["note"] for m in await missing_of(hall)] == [told]
    html = await hall.visitor().get(f"/v/{VILLAGE_A}?lang=zh")
    assert told["zh"] in read(html.text)
    assert told["en"] in read((await hall.visitor().get(f"/v/{VILLAGE_A}?lang=en")).text)
    state = (await phone.get(f"/api/v1/commitments/{sent['id']}")).json()["state"]
    assert state == "lapsed"

    late = await phone.post("/api/v1/submissions", json=sent)
    assert late.status_code == 201, late.text
    assert late.json()["committed_at"] is None
    assert (late.json()["verdict"], late.json()["late_days"]) == ("late", 3)
    await approve(hall, sent["id"])
    cell = await cell_of(hall)
    assert (cell["state"], cell["days"]) == ("late", 3)
    assert "commitment_lapsed" in kinds(cell)
    # As of the day before, it was still waiting.
    before = await cell_of(hall, as_of="2026-10-17T12:00:00+08:00")
    assert (before["state"], kinds(before)) == ("missing", ["committed"])


async def test_a_receipt_is_signed_and_can_be_checked_by_anybody(hall: Hall) -> None:
    hall.clock.set(LAST_SECOND)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, photos=BOARD)
    promise = (await register(phone, sent)).json()
    hall.clock.pass_(hours=2)
    await send_photo(phone)
    receipt = (await phone.post("/api/v1/submissions", json=sent)).json()
    key = (await hall.visitor().get("/api/v1/receipt-key")).json()
    assert (key["algorithm"], key["format"]) == ("Ed25519", "c2sp.org/signed-note")
    trusted = [verifier_of(key["key"])]
    first = receipt_in(open_note(promise["signed"], trusted)[0])
    assert (first.kind, first.id, first.content_hash) == ("commitment", sent["id"], hash_of(sent))
    assert first.received_at == at(LAST_SECOND)
    assert first.photos == (BOARD[0]["sha256"],)
    second = receipt_in(open_note(receipt["signed"], trusted)[0])
    assert (second.kind, second.content_hash) == ("submission", receipt["content_hash"])
    assert (second.committed_at, second.due_on.isoformat()) == (first.received_at, "2026-10-15")
    assert second.judged_at == first.received_at
    replay = (await phone.post("/api/v1/submissions", json=sent)).json()
    assert replay["signed"] == receipt["signed"]


async def test_changed_content_takes_a_new_id_that_replaces_the_old_one(hall: Hall) -> None:
    hall.clock.set(LAST_SECOND)
    phone = await hall.client_as(ZHANG_SAN)
    first = submission(hall)
    await register(phone, first)
    hall.clock.pass_(hours=10)
    changed = submission(hall, id=new_id(hall.clock(), 8), content=accounts_of("2026-q3"))
    changed["content"]["prepared_by"] = "甲乙"
    assert (await register(phone, changed, replaces=first["id"])).status_code == 201
    state = (await phone.get(f"/api/v1/commitments/{first['id']}")).json()["state"]
    assert state == "replaced"
    receipt = (await phone.post("/api/v1/submissions", json=changed)).json()
    # The new registration's own moment counts: ten hours after the last day ended.
    assert (receipt["verdict"], receipt["late_days"]) == ("late", 1)
    hall.clock.pass_(days=4)
    assert [m["note"] for m in await missing_of(hall)] == [None]
    assert "commitment_lapsed" not in kinds(await cell_of(hall))


async def test_what_arrived_unregistered_may_be_registered_and_changes_nothing(hall: Hall) -> None:
    hall.clock.set(MIDNIGHT)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    hall.clock.pass_(minutes=1)
    assert (await register(phone, sent)).status_code == 201
    state = (await phone.get(f"/api/v1/commitments/{sent['id']}")).json()["state"]
    assert state == "completed"
    again = (await phone.post("/api/v1/submissions", json=sent)).json()
    assert (again["committed_at"], again["late_days"], again["replayed"]) == (None, 1, True)


async def test_the_reviewer_s_hours_run_from_when_there_was_something_to_review(hall: Hall) -> None:
    hall.clock.set(LAST_SECOND)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await register(phone, sent)
    hall.clock.pass_(hours=71)
    await phone.post("/api/v1/submissions", json=sent)
    hall.clock.pass_(hours=47)
    await approve(hall, sent["id"])
    assert (await cell_of(hall))["state"] == "on_time"


async def test_a_scheduled_posting_is_judged_by_the_later_of_both(hall: Hall) -> None:
    hall.clock.set(LAST_SECOND)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, publish={"when": "at", "at": "2026-10-17T08:00:00+08:00"})
    promise = (await register(phone, sent)).json()
    assert (promise["on_time"], promise["days_late"]) == (False, 2)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("the quarter is not over", {"period": "2026Q4"}, "period-not-over"),
    ("no such quarter", {"period": "2026Q9"}, "unknown-period"),
    ("a month for a quarter", {"period": "2026-09"}, "unknown-period"),
    ("no such category", {"category": "gossip"}, "unknown-category"),
    ("no such form version", {"schema_version": 9}, "unknown-schema-version"),
    ("a hash that is none", {"content_hash": "sha256:12"}, "wrong-type"),
    ("a photo hash that is none", {"photos": ["x"]}, "wrong-type"),
    ("a field of a submission", {"content": {}}, "unknown-field"),
    ("a day for what has periods", {"event_on": "2026-10-01"}, "wrong-type"),
    ("too many photos", {"photos": ["a" * 64] * 61}, "wrong-type"),
]


@pytest.mark.parametrize(("about", "changes", "problem"), REFUSED)
async def test_refused_like_a_submission(
    hall: Hall, about: str, changes: dict[str, Any], problem: str
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    assert problem_of(await register(phone, submission(hall), **changes)) == problem, about
    assert await hall.rows("SELECT id FROM commitment") == []
    assert await hall.rows("SELECT id FROM event WHERE action = 'posting.committed'") == []


async def test_one_in_review_is_enough(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    await phone.post("/api/v1/submissions", json=submission(hall))
    second = submission(hall, id=new_id(hall.clock(), 9))
    assert problem_of(await register(phone, second)) == "already-in-review"


async def test_who_did_not_register_it_finds_nothing(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await register(phone, sent)
    for stranger in (LI_SI, SUN_QI, WANG_WU):
        client = await hall.client_as(stranger)
        assert problem_of(await client.get(f"/api/v1/commitments/{sent['id']}")) == "not-found"
    nobody = await hall.visitor().get(f"/api/v1/commitments/{sent['id']}")
    assert problem_of(nobody) == "not-signed-in"
