"""Publication: what approval makes of an edition, and what it takes the place of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from server.rules.disclosures import Disclosure, Edition, EditionHead
from server.rules.periods import next_midnight
from server.rules.schedules import Display, Schedule
from server.rules.windows import display_span
from server.rules.workdays import WorkdayCalendar


def approved(
    edition: Edition,
    schedule: Schedule,
    calendar: WorkdayCalendar,
    *,
    number: int,
    now: datetime,
    decided_by: str | None,
) -> Edition:
    """Return the edition with its number and its window: it opens now, or later if so planned.

    A fixed display ends by itself, never before its minimum; any other has no end of its own. What is published
    before its review has none until the review came: it does not vanish while villagers wait for that.
    """
    opens_at = max(now, edition.plan_at or now)
    return replace(
        edition,
        state="approved",
        number=number,
        decided_at=now,
        decided_by=decided_by,
        turn=None,
        opens_at=opens_at,
        comes_down_at=None
        if edition.urgent_reason is not None
        else _comes_down_at(edition, schedule.display, opens_at, calendar),
    )


def reviewed_after(
    edition: Edition,
    schedule: Schedule,
    calendar: WorkdayCalendar,
    *,
    now: datetime,
    objection: str | None,
) -> Edition:
    """Return what was published first with its review, which agreed where there is no objection.

    Then a fixed display ends when it would have, but not before the day after the review is over. With an objection it
    stays until it is corrected or withdrawn.
    """
    assert edition.opens_at is not None, "it was published"
    ends = None
    if objection is None:
        ends = _comes_down_at(edition, schedule.display, edition.opens_at, calendar)
    return replace(
        edition,
        turn=None,
        reviewed_at=now,
        objection=objection,
        comes_down_at=max(ends, next_midnight(next_midnight(now))) if ends else None,
    )


def _comes_down_at(
    edition: Edition, display: Display, opens_at: datetime, calendar: WorkdayCalendar
) -> datetime | None:
    if display.until != "fixed":
        return None
    span = display_span(display, opens_at, calendar)
    minimum = span.until if span else None
    return max((t for t in (edition.plan_until, minimum) if t is not None), default=None)


def succession(
    opened: EditionHead,
    disclosure: Disclosure,
    of_disclosure: Iterable[EditionHead],
    history: Sequence[tuple[Disclosure, EditionHead]],
    display: Display,
    calendar: WorkdayCalendar,
) -> list[tuple[str, datetime]]:
    """Return (edition id, moment) for each edition whose place a newly approved one takes.

    - Earlier editions of the same disclosure give way as it opens.
    - Where a display lasts until superseded, the period before gives way too, but not before its own minimum;
      and an edition for an older period than one already on show stays for its minimum only.

    `history` holds the newest approved edition of each period of the series.
    """
    assert opened.opens_at is not None
    places = [
        (e.id, opened.opens_at)
        for e in of_disclosure
        if e.id != opened.id and e.state == "approved" and e.superseded_at is None
    ]
    if display.until != "superseded":
        return places
    places += [
        (edition.id, _not_before_minimum(edition, display, opened.opens_at, calendar))
        for other, edition in history
        if other.period_end < disclosure.period_start and edition.superseded_at is None
    ]
    if any(other.period_start > disclosure.period_end for other, _ in history):
        places.append((opened.id, _not_before_minimum(opened, display, opened.opens_at, calendar)))
    return places


def _not_before_minimum(
    edition: EditionHead, display: Display, moment: datetime, calendar: WorkdayCalendar
) -> datetime:
    if edition.opens_at is None:
        return moment
    span = display_span(display, edition.opens_at, calendar)
    return moment if span is None else max(moment, span.until)
