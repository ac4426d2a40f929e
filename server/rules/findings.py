"""What a content check is given and what it answers: the shapes shared by finance, rosters, housing and privacy.

A check only says what it saw, with both numbers; whether that blocks publication is the category's choice
(`checks.run_checks` adds the severity).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field

from server.rules.periods import Period
from server.rules.values import Fen, Text

Severity = Literal["blocking", "warning"]
Content = Mapping[str, Any]


class CheckContext(Struct, frozen=True):
    """What a check may know beside the content itself.

    `previous` is the content of the last period that was published (None: there is none to compare with).
    `year_to_date` holds the contents of the earlier periods of the same year, in any order, without this one.
    `params` are the numbers and pointers that category.json gives this one check.
    """

    period: Period | None = None
    previous: Content | None = None
    year_to_date: Sequence[Content] = ()
    params: Mapping[str, Any] = field(default_factory=dict)


class Found(Struct, frozen=True):
    """One thing a check saw. `explained`: the content already says why, so it no longer blocks.

    What the gate for personal information saw has a `kind` (rules/gate.py) and on `offer` the text as it may stand;
    "" means that nothing of it may.
    """

    pointer: str
    message: Text
    expected: int | None = None
    actual: int | None = None
    explainable: bool = False
    explained: bool = False
    kind: str | None = None
    offer: str | None = None


class ContentFinding(Struct, frozen=True):
    """One thing a check saw, weighed by its category.

    `expected` and `actual` are fen where the check is about money, otherwise a count (persons, rows, days).
    `explainable`: an explanation that is published with it lets it through; it then comes back as a warning.
    `kind` and `offer`: of the gate for personal information, see `Found`.
    """

    check: str
    severity: Severity
    pointer: str
    expected: Fen | None
    actual: Fen | None
    message: Text
    explainable: bool = False
    kind: str | None = None
    offer: str | None = None

    def kept(self) -> dict[str, Any]:
        """Return what is kept of it with an edition: all but what was on offer."""
        return {
            "check": self.check,
            "severity": self.severity,
            "pointer": self.pointer,
            "expected": self.expected,
            "actual": self.actual,
            "message": {"zh": self.message.zh, "en": self.message.en},
            "explainable": self.explainable,
        }


Check = Callable[[Content, CheckContext], Iterable[Found]]
