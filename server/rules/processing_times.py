"""How long things took: from the end of a notice to the money, from arrival to a decision, from a question to its answer.

Days are calendar days in Asia/Shanghai: the same day is none. The bands are those of the county whose report of 1,218
payments is the model (within 3 days, 4 to 10, more). Shares are hundredths of a percent that add up to exactly 100.00 %:
what rounding leaves over goes to the largest remainders (Hare-Niemeyer), the earlier band first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from server.rules.values import Text

Step = Literal["payment", "review", "answer"]
Cause = Literal["by_progress", "special"]

STEPS: dict[Step, Text] = {
    "payment": Text("公示期满到发放", "From the end of the notice to the payment"),
    "review": Text("报送到审议决定", "From arrival to the review's decision"),
    "answer": Text("提问到答复公开", "From a question to its public answer"),
}
CAUSES: dict[Cause, Text] = {
    "by_progress": Text("按进度拨付", "paid as the work goes on"),
    "special": Text("特殊原因", "for a special reason"),
}
BANDS: tuple[tuple[int, Text], ...] = (
    (3, Text("3 天以内", "within 3 days")),
    (10, Text("4 到 10 天", "4 to 10 days")),
)
LONGER = Text("超过 10 天", "more than 10 days")
WHOLE = 10_000


class Took(Struct, frozen=True):
    """One thing that came to its end: when its time began and ended. `cause`: why somebody says that it had to take longer."""

    began: date
    ended: date
    cause: Cause | None = None

    @property
    def days(self) -> int:
        """Return the days between; negative when it ended before its time began."""
        return (self.ended - self.began).days


class Band(Struct, frozen=True):
    """How many took so long. `share` in hundredths of a percent, None where nothing was counted; `excused` of them had a cause."""

    words: Text
    count: int
    share: int | None
    excused: int


class Histogram(Struct, frozen=True):
    """The bands of a step. `counted` = the sum of the bands; `early`: ended before their time had begun, not counted."""

    step: Step
    words: Text
    counted: int
    early: int
    median: int | None
    longest: int | None
    bands: tuple[Band, ...]


def histogram(step: Step, found: Iterable[Took]) -> Histogram:
    """Return how long the things of a step took. The median of an even number is the lower one: a day that was seen."""
    all_of_it = list(found)
    counted = sorted((each for each in all_of_it if each.days >= 0), key=lambda each: each.days)
    parts = [[each for each in counted if _band(each.days) == n] for n in range(len(BANDS) + 1)]
    shares = shares_of([len(part) for part in parts])
    names = [*(words for _, words in BANDS), LONGER]
    return Histogram(
        step=step,
        words=STEPS[step],
        counted=len(counted),
        early=len(all_of_it) - len(counted),
        median=counted[(len(counted) - 1) // 2].days if counted else None,
        longest=counted[-1].days if counted else None,
        bands=tuple(
            Band(name, len(part), share, sum(each.cause is not None for each in part))
            for name, part, share in zip(names, parts, shares, strict=True)
        ),
    )


def shares_of(counts: Sequence[int]) -> list[int | None]:
    """Return the share of each count in hundredths of a percent, together exactly 100.00 %; None each where all are 0."""
    total = sum(counts)
    if total == 0:
        return [None for _ in counts]
    shares = [count * WHOLE // total for count in counts]
    left = WHOLE - sum(shares)
    by_remainder = sorted(range(len(counts)), key=lambda n: (-(counts[n] * WHOLE % total), n))
    for n in by_remainder[:left]:
        shares[n] += 1
    return list(shares)


def _band(days: int) -> int:
    return next((n for n, (most, _) in enumerate(BANDS) if days <= most), len(BANDS))
