"""Attack: rate a notice many times over. A phone counts once, made-up phones cost work and end with their address."""

from __future__ import annotations

import pytest

from server.rules.throttling import RATING_ADDRESS, RATING_DEVICE, RATING_UNPROVED
from tests.cast import Hall, problem_of
from tests.journeys.asking import accounts_on_view
from tests.journeys.rating import rate
from tests.journeys.written import written

pytestmark = pytest.mark.one_engine

FLOODER, VILLAGE = "203.0.113.9", "198.51.100.20"


@pytest.mark.one_engine
async def test_made_up_phones_end_with_their_address(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    for number in range(RATING_ADDRESS.capacity):
        assert (await rate(hall, disclosure, number, address=FLOODER)).status_code == 200
    before = await written(hall)
    refused = await rate(hall, disclosure, 999, address=FLOODER)
    assert problem_of(refused) == "too-many-attempts"
    assert int(refused.headers["retry-after"]) == 15
    assert await written(hall) == before
    assert (await rate(hall, disclosure, 1000, address=VILLAGE)).status_code == 200


async def test_without_work_an_address_ends_early_and_one_with_work_goes_on(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    for number in range(RATING_UNPROVED.capacity):
        assert (await rate(hall, disclosure, number, proved=False)).status_code == 200
    refused = await rate(hall, disclosure, 99, proved=False)
    assert problem_of(refused) == "too-many-attempts"
    assert (await rate(hall, disclosure, 100)).status_code == 200


async def test_a_phone_that_changes_its_mind_all_evening_counts_once(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    for number in range(RATING_DEVICE.capacity):
        said = {"true": "no" if number % 2 else "yes"}
        changed = await rate(hall, disclosure, 1, sending=100 + number, points=said)
        assert changed.json()["ratings"] == 1
    refused = await rate(hall, disclosure, 1, sending=999, points={"true": "yes"})
    assert problem_of(refused) == "too-many-attempts"
