"""Which of a category's legal sources count on a day."""

from __future__ import annotations

from datetime import date

import pytest

from server.rules.categories import LegalBasis, in_force
from server.rules.values import Text


def law(name: str, since: date | None, until: date | None) -> LegalBasis:
    return LegalBasis(Text(name, name), "1", since, until, verified=True, note=None)


OLD = law("old", date(2018, 12, 29), date(2025, 12, 31))
NEW = law("new", date(2026, 1, 1), None)
UNDATED = law("undated", None, None)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2018-12-28", [UNDATED]),
        ("2018-12-29", [OLD, UNDATED]),
        ("2025-12-31", [OLD, UNDATED]),
        ("2026-01-01", [NEW, UNDATED]),
    ],
)
def test_a_law_counts_from_its_first_day_to_its_last(day: str, wanted: list[LegalBasis]) -> None:
    assert list(in_force([OLD, NEW, UNDATED], date.fromisoformat(day))) == wanted
