"""The wall clock: the only place that reads it.

Everything below `web/` and `cli/` is given `now`. A request reads the clock once, in `web/endpoint.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Return now in UTC, cut to the millisecond: what is stored is what was answered."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
