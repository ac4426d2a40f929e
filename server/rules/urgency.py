"""Urgency: what was published first, by when its review must follow, and how that stands at a moment.

A schedule may let relief that cannot wait be published before its review (rules/reviewing.UrgentRule). It is marked
so on every surface, the term runs by itself, and nothing that happens afterwards takes the mark away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server.rules.disclosures import EditionHead, known_at, was_opened
from server.rules.periods import day_label, local_date
from server.rules.reviewing import WORDS, Turn, UrgentRule
from server.rules.values import Text
from server.rules.workdays import WorkdayCalendar

State = Literal["waiting", "overdue", "reviewed", "late", "objected", "withdrawn"]


class AfterReview(Struct, frozen=True):
    """A review that follows a publication, as of a moment. Days count in Asia/Shanghai.

    `due_on` is its last day, `days_late` how many calendar days it came, or is, after that. `objection`: why the review
    did not agree; it stays when a correction was approved since (`corrected`). A provisional day may still move.
    """

    state: State
    reason: str
    opened_at: datetime
    due_on: date
    provisional: bool
    days_late: int
    reviewed_at: datetime | None
    objection: str | None
    corrected: bool


class UrgentMark(Struct, frozen=True):
    """What everybody reads of a publication that came before its review.

    `reason` is None once the content was taken down. `state`: waiting, overdue, reviewed, late, objected or withdrawn.
    """

    state: State
    text: Text
    reason: str | None
    review_due_on: date
    reviewed_at: datetime | None
    objection: str | None
    provisional: bool


def after_review(
    editions: Iterable[EditionHead],
    rule: UrgentRule | None,
    calendar: WorkdayCalendar,
    as_of: datetime,
) -> AfterReview | None:
    """Return how the review that follows stands at a moment; None when nothing was published first.

    `editions` are all those of a disclosure. An approved correction is a review of the matter too. Without a rule (it
    was taken back since) the review was due on the day of publication itself.
    """
    known = [k for e in editions if (k := known_at(e, as_of)) is not None]
    first = next((e for e in known if e.urgent_reason is not None and was_opened(e, as_of)), None)
    if first is None or first.opens_at is None or first.urgent_reason is None:
        return None
    due = calendar.add_workdays(local_date(first.opens_at), rule.workdays if rule else 0)
    corrected = min(
        (e.decided_at for e in known if e.decided_by is not None and e.decided_at is not None
         and e.state in ("approved", "withdrawn")),
        default=None,
    )  # fmt: skip
    answered = min((m for m in (first.reviewed_at, corrected) if m is not None), default=None)
    agreed = first.reviewed_at if first.objection is None else None
    settled = min((m for m in (agreed, corrected) if m is not None), default=None)
    late = max(0, (local_date(answered or as_of) - due.date).days)
    state: State
    if settled is not None:
        state = "late" if late else "reviewed"
    elif first.objection is not None:
        state = "objected"
    elif first.state == "withdrawn":
        state = "withdrawn"
    else:
        state = "overdue" if late else "waiting"
    return AfterReview(
        state=state,
        reason=first.urgent_reason,
        opened_at=first.opens_at,
        due_on=due.date,
        provisional=due.provisional,
        days_late=late,
        reviewed_at=settled or first.reviewed_at,
        objection=first.objection,
        corrected=agreed is None and corrected is not None,
    )


def words(after: AfterReview) -> Text:
    """Return the mark as a sentence, without a full stop."""
    due = _day_of(after)
    zh, en = "急事先公布，", "Published first as urgent; "
    reviewed = day_label(local_date(after.reviewed_at)) if after.reviewed_at else due
    late_zh = f"，迟了 {after.days_late} 天" if after.days_late else ""
    late_en = f", {_days(after.days_late)} late" if after.days_late else ""
    match after.state:
        case "waiting":
            return Text(f"{zh}审议待补，最迟{due.zh}", f"{en}its review is to follow by {due.en}")
        case "overdue":
            return Text(
                f"{zh}审议待补，最迟{due.zh}，已过 {after.days_late} 天",
                f"{en}its review was due by {due.en}, {_days(after.days_late)} ago",
            )
        case "objected":
            return Text(
                f"{zh}{reviewed.zh}补审没有同意：{after.objection}",
                f"{en}the review of {reviewed.en} did not agree: {after.objection}",
            )
        case "withdrawn":
            return Text(f"{zh}没有等到补审就撤回了", f"{en}taken down before anybody reviewed it")
    if after.corrected:
        return Text(
            f"{zh}更正后已于{reviewed.zh}补审{late_zh}",
            f"{en}corrected, and reviewed on {reviewed.en}{late_en}",
        )
    return Text(f"{zh}已于{reviewed.zh}补审{late_zh}", f"{en}reviewed on {reviewed.en}{late_en}")


def waits_for(turn: Turn) -> Text:
    """Return whose turn it is, to follow the mark."""
    who = WORDS[turn.by]
    return Text(
        f"；等{who.zh}（已签 {turn.given}/{turn.needed}）",
        f"; it waits for {who.en} ({turn.given} of {turn.needed} signed)",
    )


def mark_of(after: AfterReview, *, gone: bool = False) -> UrgentMark:
    """Return what everybody reads; `gone`: the content was taken down, and with it why it was urgent."""
    return UrgentMark(
        state=after.state,
        text=words(after),
        reason=None if gone else after.reason,
        review_due_on=after.due_on,
        reviewed_at=after.reviewed_at,
        objection=after.objection,
        provisional=after.provisional,
    )


def _day_of(after: AfterReview) -> Text:
    day = day_label(after.due_on)
    if not after.provisional:
        return day
    return Text(f"{day.zh}（暂定）", f"{day.en} (provisional)")


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n} days"
