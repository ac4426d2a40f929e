"""Attack: one address that searches without end, and one that makes up addresses to fill our memory."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.rules.throttling import SEARCHES, Limit
from server.web import pace
from server.web.pace import Pace
from tests.cast import START, Hall, problem_of

pytestmark = pytest.mark.one_engine

FEW = Limit(capacity=3, per_minute=3)


@pytest.mark.parametrize("address", ["/api/v1/search", "/search"])
async def test_a_flood_is_told_when_to_come_back(hall: Hall, address: str) -> None:
    hall.house.searches = Pace(FEW)
    flood, neighbour = hall.visitor("198.51.100.9"), hall.visitor("198.51.100.10")
    asked = {"q": "水渠"}
    for _ in range(3):
        assert (await flood.get(address, params=asked)).status_code == 200
    refused = await flood.get(address, params=asked)
    assert problem_of(refused) == "too-many-searches"
    assert refused.headers["retry-after"] == "20"
    assert refused.headers["cache-control"] == "no-store"
    assert (await neighbour.get(address, params=asked)).status_code == 200
    assert (await flood.get("/search")).status_code == 200  # the empty box costs nothing
    hall.clock.pass_(seconds=20)
    assert (await flood.get(address, params=asked)).status_code == 200
    assert await hall.rows("SELECT key FROM throttle") == []  # a read writes nothing


async def test_a_village_behind_one_address_searches_all_evening(hall: Hall) -> None:
    """Three hundred people in an hour, five searches each, the first fifty of them at once."""
    assert hall.house.searches.limit == SEARCHES
    evening = Pace(SEARCHES)
    moments = [timedelta(0)] * 50 * 5 + [timedelta(seconds=3 * n) for n in range(1, 251)] * 5
    for moment in sorted(moments):
        assert evening.take("192.0.2.7", START + moment) is None


def test_made_up_addresses_push_out_the_oldest_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_ADDRESSES", 100)
    kept = Pace(FEW)
    for _ in range(3):
        kept.take("192.0.2.7", START)
    for number in range(99):
        kept.take(f"198.51.100.{number}", START)
    assert kept.take("192.0.2.7", START) is not None
    for number in range(99, 300):
        kept.take(f"198.51.100.{number}", START)
    assert len(kept._buckets) == 100
