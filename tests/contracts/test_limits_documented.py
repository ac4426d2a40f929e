"""What each process counts for itself is said to whoever starts several: which limits, and how much they come to."""

from __future__ import annotations

from server.rules.throttling import HOUSEHOLDS, SEARCHES
from server.web.house import House
from tests.contracts.repository import text


def test_operations_name_the_limits_that_several_processes_multiply() -> None:
    in_memory = {name for name, kind in House.__annotations__.items() if kind == "Pace"}
    assert in_memory == {"searches", "households"}, "one more or less: docs/operations.md says two"
    searches, households = round(SEARCHES.per_minute), round(HOUSEHOLDS.per_minute)
    said = " ".join(text("docs/operations.md").split())
    assert f"{searches} searches and {households} questions" in said
    assert f"With three processes that is up to {3 * max(searches, households)}." in said
