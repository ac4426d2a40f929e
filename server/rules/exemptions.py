"""Exemptions and other deadlines: asked by one person, decided by another, known from the moment of the decision on.

Two kinds, one record: the duty is lifted, or its day is moved (`due_on`). What the record of a day said stays said: whoever
was late or missing when it was decided is shown as that, with what was decided afterwards (docs/decisions/0047).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server.rules.canonical import content_hash
from server.rules.divisions import is_group, village_of
from server.rules.periods import Period, day_start
from server.rules.permissions import Actor, covers, refusal
from server.rules.values import Text
from server.rules.windows import Due

State = Literal["asked", "approved", "refused", "ended"]
Kind = Literal["exempt", "deadline"]
Way = Literal["decide", "end"]

STATES: dict[State, Text] = {
    "asked": Text("等另一人决定", "waits for a second person"),
    "approved": Text("已批准", "approved"),
    "refused": Text("没有批准", "refused"),
    "ended": Text("已提前结束", "ended early"),
}
KINDS: dict[Kind, Text] = {
    "exempt": Text("免公开", "exempt"),
    "deadline": Text("改期限", "another deadline"),
}
MOST_WORDS = 500
_DAY = timedelta(days=1)
_NONE = Text("", "")


class Exemption(Struct, frozen=True, kw_only=True):
    """For a division and everything below it: a duty lifted, or moved to `due_on`.

    `category` None: every category. `period_key`: that one period; None: every period whose last day lies in
    [valid_from, valid_to], an open end being None. `post`: of whoever decided, as the public reads it. Older records have
    one person and no post: they count from `decided_at` on like all others.
    """

    id: str
    division: str
    category: str | None
    reason: str
    asked_at: datetime
    period_key: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    due_on: date | None = None
    asked_by: str | None = None
    asked_by_name: str = ""
    state: State = "asked"
    decided_by: str | None = None
    decided_by_name: str = ""
    post: Text = _NONE
    decided_at: datetime | None = None
    decision: str = ""
    ended_at: datetime | None = None
    ended_by_name: str = ""
    ended_post: Text = _NONE
    ended_reason: str = ""
    revision: int = 1

    @property
    def kind(self) -> Kind:
        """Whether the duty is lifted or its day is moved."""
        return "exempt" if self.due_on is None else "deadline"

    @property
    def counts_from(self) -> datetime | None:
        """The moment from which on it counts; None: it does not."""
        return self.decided_at if self.state in ("approved", "ended") else None

    def concerns(self, division: str, category: str, period: Period) -> bool:
        """Say whether it is about what a division owes for a period."""
        if self.category not in (None, category) or not covers(self.division, division):
            return False
        if is_group(division) and self.division == village_of(division):
            return False  # what a village need not do, its groups may have to
        if self.period_key is not None and self.period_key != period.key:
            return False
        return (self.valid_from is None or self.valid_from <= period.end) and (
            self.valid_to is None or period.end <= self.valid_to
        )

    def said(self) -> str:
        """Return the hash of what was asked: the same id with another one is refused."""
        return content_hash(
            {
                "division": self.division,
                "category": self.category,
                "period": self.period_key,
                "reason": self.reason,
                "valid_from": self.valid_from.isoformat() if self.valid_from else None,
                "valid_to": self.valid_to.isoformat() if self.valid_to else None,
                "due_on": self.due_on.isoformat() if self.due_on else None,
            }
        )


class Moved(Struct, frozen=True):
    """Another deadline, decided while the duty was not overdue, and when it was due by the rule."""

    exemption: Exemption
    rule_due: Due


class Weighed(Struct, frozen=True):
    """What exemptions make of a duty. `afterwards`: those decided when it was overdue already."""

    due: Due
    exempt: Exemption | None = None
    moved: Moved | None = None
    afterwards: tuple[Exemption, ...] = ()


def known_at(found: Iterable[Exemption], as_of: datetime) -> list[Exemption]:
    """Return what counted at a moment, in the order of the decisions; an end that came later is not known."""
    known = [
        replace(e, ended_at=None, state="approved") if e.ended_at and e.ended_at > as_of else e
        for e in found
        if e.counts_from is not None and e.counts_from <= as_of
    ]
    return sorted(known, key=lambda e: (e.decided_at or e.asked_at, e.id))


def weigh(
    due: Due, division: str, category: str, period: Period, known: Sequence[Exemption]
) -> Weighed:
    """Return what exemptions, as `known_at` gives them, make of a duty that is due by its rule.

    - Decided before the due moment, it holds: the duty is lifted, or due on the later day.
    - Decided at it or later, it comes afterwards: the due moment stays, and the verdict with it.
    - Ended before the due moment of the rule, it holds no more; what fell due before that had relied on it, and may.
    """
    current, moved = due, None
    afterwards: list[Exemption] = []
    for each in known:
        decided = each.counts_from
        if decided is None or not each.concerns(division, category, period):
            continue
        if each.ended_at is not None and each.ended_at < due.due_before:
            continue
        if each.due_on is not None and each.due_on <= current.due_on:
            continue
        if decided >= current.due_before:
            afterwards.append(each)
        elif each.due_on is None:
            return Weighed(current, each, moved, tuple(afterwards))
        else:
            current = Due(due.opens_on, each.due_on, day_start(each.due_on + _DAY), False)
            moved = Moved(each, due)
    return Weighed(current, None, moved, tuple(afterwards))


def lifted_at(afterwards: Iterable[Exemption]) -> datetime | None:
    """Return from when on nobody has to post what was overdue already; None: it is still owed."""
    return next((e.decided_at for e in afterwards if e.due_on is None and e.ended_at is None), None)


def waits_until(afterwards: Iterable[Exemption]) -> datetime | None:
    """Return until when what was overdue already may still come, by a deadline that was given afterwards."""
    days = [e.due_on for e in afterwards if e.due_on is not None and e.ended_at is None]
    return day_start(max(days) + _DAY) if days else None


def failure(exemption: Exemption, way: Way) -> Text | None:
    """Return why an exemption is not in a state for something; None when it is."""
    if way == "decide" and exemption.state != "asked":
        word = STATES[exemption.state]
        return Text(
            f"这一件已经有决定：{word.zh}。要改，请另提一次",
            f"This one is decided: {word.en}. To change that, ask anew",
        )
    if way == "end" and exemption.state != "approved":
        word = STATES[exemption.state]
        return Text(
            f"只有批准了的才能提前结束，这一件现在是：{word.zh}",
            f"Only what is approved can be ended early; this one is: {word.en}",
        )
    return None


def refused(actor: Actor, exemption: Exemption, way: Way) -> Text | None:
    """Return why somebody may not do something with an exemption; None when they may. Nobody decides on their own."""
    if why := refusal(actor, "decide_exemption", exemption.division):
        return why
    if way == "decide" and exemption.asked_by == actor.account_id:
        return Text(
            "自己提出的，不能自己批准，请乡镇或县里的另一位监管员、编辑决定",
            "You asked for it yourself: another auditor or editor of the township or the county decides",
        )
    return None


def ways(actor: Actor, exemption: Exemption) -> tuple[Way, ...]:
    """Return what somebody may do with an exemption as it now stands."""
    every: tuple[Way, ...] = ("decide", "end")
    return tuple(w for w in every if not failure(exemption, w) and not refused(actor, exemption, w))
