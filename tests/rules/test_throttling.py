"""Buckets: failures are forgiven up to a number, then at a pace; time only ever helps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.throttling import (
    ACCOUNT,
    ACCOUNT_AND_ADDRESS,
    ADDRESS,
    FULL_AGAIN,
    Bucket,
    Limit,
    filled,
    give_back,
    take,
)

NOW = datetime(2026, 10, 8, 1, tzinfo=UTC)
FIVE = Limit(capacity=5, per_minute=1)


def test_five_then_wait_a_minute() -> None:
    bucket: Bucket | None = None
    for _ in range(5):
        taken = take(bucket, FIVE, NOW)
        assert isinstance(taken, Bucket)
        bucket = taken
    assert take(bucket, FIVE, NOW) == 60
    assert take(bucket, FIVE, NOW + timedelta(seconds=45)) == 15
    assert isinstance(take(bucket, FIVE, NOW + timedelta(seconds=60)), Bucket)


def test_a_success_costs_nothing() -> None:
    bucket = take(None, FIVE, NOW)
    assert isinstance(bucket, Bucket)
    assert filled(give_back(bucket, FIVE, NOW), FIVE, NOW) == 5


def test_a_clock_set_back_takes_nothing_away() -> None:
    assert filled(Bucket(3, NOW), FIVE, NOW - timedelta(days=1)) == 3


@given(st.sampled_from([ACCOUNT_AND_ADDRESS, ACCOUNT, ADDRESS]), st.floats(0, 1))
def test_a_bucket_that_old_is_full(limit: Limit, part: float) -> None:
    bucket = Bucket(limit.capacity * part, NOW)
    assert filled(bucket, limit, NOW + FULL_AGAIN) == pytest.approx(limit.capacity)


@given(st.floats(0, 5), st.integers(0, 10**6))
def test_never_above_its_capacity(tokens: float, seconds: int) -> None:
    later = NOW + timedelta(seconds=seconds)
    assert filled(Bucket(tokens, NOW), ACCOUNT_AND_ADDRESS, later) <= ACCOUNT_AND_ADDRESS.capacity
