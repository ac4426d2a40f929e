"""How a notice came about, step by step: written, registered, received, reviewed, posted, shown long enough.

The page's JSON has the moments; here they become one course in the order in which they happened, with the days that each
step took after the one before it. Days are those of the calendar, in Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from server.web.page_words import day_of

_CLAIMS = ("composed", "captured")
_OURS = ("committed", "received")


class Step(Struct, frozen=True):
    """One step: its name, when (ISO 8601, UTC; None: not recorded), days after the step before, and who signed it."""

    name: str
    at: str | None
    took: int | None = None
    review: Mapping[str, Any] | None = None


def course(page: Mapping[str, Any]) -> list[Step]:
    """Return the steps of a page's edition.

    What a phone or a photo claims comes first and takes no time: its clock is not ours. A review after the posting
    (urgent relief) stands after it.
    """
    clocks = page["clocks"]
    claims = [Step(name, clocks.get(f"{name}_at")) for name in _CLAIMS]
    begun = [Step(name, at) for name in _OURS if (at := clocks.get(f"{name}_at"))]
    posted = Step("published", clocks["published_at"])
    signed = [Step("review", each["decided_at"], review=each) for each in page["reviews"]]
    ours = [*begun, *sorted([*signed, posted], key=lambda step: str(step.at))]
    shown = (page.get("window") or {}).get("must_stay_until")
    return [
        *claims,
        *(_after(before, step) for before, step in zip([None, *ours], ours, strict=False)),
        *([Step("shown", shown)] if shown else []),
    ]


def _after(before: Step | None, step: Step) -> Step:
    if before is None or before.at is None or step.at is None:
        return step
    days = (day_of(step.at) - day_of(before.at)).days
    return Step(step.name, step.at, max(0, days), step.review)
