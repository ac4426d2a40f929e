"""docs/benchmarks.md: a command of its own writes its section and its goals, and touches nothing else."""

from __future__ import annotations

import pytest

from bench.section import Verdict, goal_in, section_of, with_goals, with_section

PAGE = """# Benchmarks

## Goals

| goal | wanted | seen |  |
| --- | --- | --- | --- |
| G1 fast | ≤ 1× | 0.9 | met |
| G4 found | ≤ 20 ms | – | not measured |

## Search

Old.

## Remarks

- The run took 1 s.
"""


def test_a_section_takes_the_place_of_its_own() -> None:
    page = with_section(PAGE, "## Search", "New.")
    assert page == PAGE.replace("Old.", "New.")
    assert section_of(page, "## Search") == "New."


def test_a_new_section_stands_before_the_remarks() -> None:
    page = with_section(PAGE, "## Photos", "Small.")
    assert page.index("Old.") < page.index("## Photos\n\nSmall.\n\n## Remarks")
    assert section_of(PAGE, "## Photos") is None
    assert section_of(page, "## Remarks") == "- The run took 1 s."


@pytest.mark.parametrize(
    ("verdict", "row"),
    [
        (Verdict("G4 found", "≤ 20 ms", "9 ms", True), "| G4 found | ≤ 20 ms | 9 ms | met |"),
        (Verdict("G9 small", "≥ 3×", "2.0", False), "| G9 small | ≥ 3× | 2.0 | **not met** |"),
    ],
)
def test_a_goal_has_one_row(verdict: Verdict, row: str) -> None:
    page = with_goals(with_goals(PAGE, [verdict]), [verdict])
    assert goal_in(page, verdict.goal) == row
    assert page.count(f"| {verdict.goal} |") == 1
    assert "| G1 fast | ≤ 1× | 0.9 | met |" in page
    assert section_of(page, "## Search") == "Old."


def test_a_page_without_goals_stays_as_it_is() -> None:
    assert with_goals("# Benchmarks\n", [Verdict("G4", "≤ 1", "1", True)]) == "# Benchmarks\n"
