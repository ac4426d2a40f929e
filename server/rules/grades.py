"""Grades: from which share on time a quarter is called excellent, good, passing or failing.

The thresholds are a policy's (`grades`); where none speaks, `USUAL`, which are the product's own and no law's. A grade is
shown of townships and counties, never of a village: no village is ranked by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from server.rules.documents import Fields
from server.rules.values import Text

Grade = Literal["excellent", "good", "passing", "failing"]
WORDS: Mapping[Grade, Text] = {
    "excellent": Text("优秀", "excellent"),
    "good": Text("良好", "good"),
    "passing": Text("合格", "passing"),
    "failing": Text("不合格", "failing"),
}


class GradeRule(Struct, frozen=True):
    """From how many percent on time a quarter is what; below `passing` it fails."""

    excellent: int = 95
    good: int = 85
    passing: int = 70


USUAL = GradeRule()


def parse_grades(f: Fields) -> GradeRule:
    """Read the `grades` of a policy. Raises BadDocument with the pointer of the wrong field."""
    rule = GradeRule(
        f.whole("excellent", 1, 100), f.whole("good", 1, 100), f.whole("passing", 1, 100)
    )
    for higher, lower in (("excellent", "good"), ("good", "passing")):
        above, below = getattr(rule, higher), getattr(rule, lower)
        if above <= below:
            raise f.wrong(
                lower,
                Text(
                    f"{below}% 应低于 {higher} 的 {above}%",
                    f"{below}% must be below the {above}% of {higher}",
                ),
            )
    f.finish()
    return rule


def grade_of(permille: int | None, rule: GradeRule) -> Grade | None:
    """Return the grade of a share on time (per thousand finished); None while nothing is finished."""
    if permille is None:
        return None
    steps: tuple[tuple[Grade, int], ...] = (
        ("excellent", rule.excellent),
        ("good", rule.good),
        ("passing", rule.passing),
    )
    return next((grade for grade, percent in steps if permille >= percent * 10), "failing")
