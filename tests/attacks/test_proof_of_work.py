"""Attack: get past the work: use it twice, too late, for something else, with less of it, or none of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from server.rules.proofs import LIFE, zero_bits
from tests.cast import Hall, problem_of, work_of
from tests.journeys.asking import ask, asked, follow_of, inquiry, work
from tests.journeys.posting import new_id
from tests.journeys.written import written

pytestmark = pytest.mark.one_engine


async def _sent(hall: Hall, number: int, proof: dict[str, Any]) -> Any:
    known = new_id(hall.clock(), 5000 + number)
    return await hall.visitor().put(f"/api/v1/inquiries/{known}", json=inquiry(number, proof=proof))


@pytest.fixture(autouse=True)
def as_much_as_on_a_real_site(hall: Hall) -> Iterator[None]:
    with work_of(16):
        yield


async def test_a_proof_is_good_once(hall: Hall) -> None:
    known = new_id(hall.clock(), 5001)
    proof = await work(hall.visitor(), known)
    assert (await _sent(hall, 1, proof)).status_code == 201
    # The same work under another id is none; the same id under another link is another inquiry.
    assert problem_of(await _sent(hall, 2, proof)) == "proof-not-valid"
    other = inquiry(1, proof=proof) | {"follow": follow_of(9)}
    again = await hall.visitor().put(f"/api/v1/inquiries/{known}", json=other)
    assert problem_of(again) == "same-id-other-content"


@pytest.mark.one_engine
async def test_a_challenge_is_solved_for_one_thing_at_a_time(hall: Hall) -> None:
    """Somebody solves one challenge for two ids: the second use is refused although its work was done."""
    proof = await work(hall.visitor(), new_id(hall.clock(), 5001))
    assert (await _sent(hall, 1, proof)).status_code == 201
    subject, number = new_id(hall.clock(), 5002), 0
    while zero_bits(f"{proof['challenge']}:{subject}:{number}") < 16:
        number += 1
    before = await written(hall)
    assert problem_of(await _sent(hall, 2, {**proof, "number": number})) == "proof-used"
    assert await written(hall) == before


async def test_work_done_ahead_is_worth_nothing_after_two_hours(hall: Hall) -> None:
    known = new_id(hall.clock(), 5001)
    proof = await work(hall.visitor(), known)
    hall.clock.now += LIFE
    sent = await hall.visitor().put(f"/api/v1/inquiries/{known}", json=inquiry(1, proof=proof))
    assert problem_of(sent) == "proof-not-valid"
    assert "两小时" in sent.json()["detail"]


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"challenge": "1.abcdefghijklmnopqrstuvwx.1.1999999999.0123456789abcdef0123456789abcdef"},
        {"challenge": "x"},
        {"challenge": "验" * 50},
    ],
    ids=["no work", "a challenge of ones own", "no challenge", "no digits"],
)
async def test_what_is_no_proof_is_refused_and_not_taken_for_none(
    hall: Hall, change: dict[str, Any]
) -> None:
    proof = await work(hall.visitor(), new_id(hall.clock(), 5001))
    refused = await _sent(hall, 1, {**proof, **change})
    assert problem_of(refused) == "proof-not-valid"
    assert await hall.rows("SELECT id FROM inquiry") == []


async def test_what_has_expired_is_forgotten(hall: Hall) -> None:
    await asked(hall, 1)
    hall.clock.pass_(hours=3)
    assert (await ask(hall, 2)).status_code == 201
    rows = await hall.rows("SELECT COUNT(*) AS n FROM spent_proof")
    assert rows[0]["n"] == 1
