"""How long things took in an area: payments after their notice, reviews, and answers; and which payments were slow."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from server.rules.disclosures import Disclosure, EditionHead
from server.rules.inquiry_figures import Case, ended, is_no_inquiry
from server.rules.payments import PaymentList
from server.rules.periods import day_start, local_date
from server.rules.places import spoken_name
from server.rules.processing_times import BANDS, CAUSES, Cause, Histogram, Took, histogram
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.rules.windows import display_span
from server.storage import (
    disclosures,
    divisions,
    editions,
    inquiries,
    inquiry_answers,
    inquiry_referrals,
    payments,
)
from server.storage.database import Reader

_PROMPT = BANDS[0][0]
MOST_SLOW = 200


class SlowPayment(Struct, frozen=True):
    """A list that was paid after more than the first band's days, or before its notice had stood: `days` is negative then.

    `free_on`: the first day after the notice had stood as long as its rule wants. `revision`: named by whoever says why.
    """

    list_id: str
    division: str
    division_name: str
    purpose: str
    free_on: date
    paid_on: date
    days: int
    cause: Cause | None
    cause_words: Text | None
    words: str | None
    revision: int


class ProcessingTimes(Struct, frozen=True):
    """The three histograms of a span. Payments and reviews: what ended in it; answers: what was asked in it and is answered.

    Payments are those that wait for a notice of their own. `without_notice`: lists that belong to no notice, or to one that never opened: their time has no beginning.
    `slow`: at most MOST_SLOW, the slowest first; `more`: there are others.
    """

    division: str
    division_name: str
    first: date
    last: date
    steps: tuple[Histogram, ...]
    without_notice: int
    slow: tuple[SlowPayment, ...]
    more: bool


async def processing_times(
    db: Reader, *, book: Rulebook, division: str, first: date, last: date
) -> ProcessingTimes:
    """Return how long things took in an area."""
    lists = [
        each
        for each in await payments.paid_between(db, division, first, last)
        if _waits_for_its_notice(each, book)
    ]
    free = await _free_days(db, book, lists)
    paid = [
        (each, Took(free[each.id], each.paid_on, each.delay_cause))
        for each in lists
        if each.id in free
    ]
    since, before = day_start(first), day_start(last + timedelta(days=1))
    reviewed = await editions.decided_between(db, division, since, before)
    answered = [
        Took(local_date(case.inquiry.asked_at), local_date(end.at))
        for case in await _asked(db, division, first, last)
        if (end := ended(case, book)) is not None and end.route != "other"
    ]
    names = await divisions.names(db, [division, *(each.division for each in lists)])
    slow = sorted(
        ((each, took) for each, took in paid if took.days > _PROMPT or took.days < 0),
        key=lambda pair: (-pair[1].days, pair[0].id),
    )
    return ProcessingTimes(
        division=division,
        division_name=spoken_name(names.get(division, division)),
        first=first,
        last=last,
        steps=(
            histogram("payment", (took for _, took in paid)),
            histogram("review", (Took(local_date(a), local_date(b)) for a, b in reviewed)),
            histogram("answer", answered),
        ),
        without_notice=len(lists) - len(paid),
        slow=tuple(_slow(each, took, names) for each, took in slow[:MOST_SLOW]),
        more=len(slow) > MOST_SLOW,
    )


async def _free_days(db: Reader, book: Rulebook, lists: list[PaymentList]) -> dict[str, date]:
    """Return, by list, the first day after its notice had stood its days; the opening day where no rule sets a minimum."""
    notices: dict[tuple[str, str, str], Disclosure] = {}
    for division in {each.division for each in lists}:
        for found in await disclosures.list_for_division(db, division):
            notices[found.division, found.category, found.period_key] = found
    about = {
        each.id: notice
        for each in lists
        if (notice := notices.get((each.division, each.category, each.period_key))) is not None
    }
    heads = await editions.heads_for_disclosures(db, {notice.id for notice in about.values()})
    days: dict[str, date] = {}
    for list_id, notice in about.items():
        if (free := _free(notice, heads.get(notice.id, []), book)) is not None:
            days[list_id] = free
    return days


def _waits_for_its_notice(each: PaymentList, book: Rulebook) -> bool:
    """Say whether a list is noticed before it is paid: a subsidy is, a roster that stands on the wall all year is not."""
    known = each.category in book.categories
    return known and book.schedule(each.category, each.division, each.paid_on).cadence == "event"


def _free(notice: Disclosure, heads: list[EditionHead], book: Rulebook) -> date | None:
    opened = [each.opens_at for each in heads if each.opens_at is not None]
    if not opened:
        return None
    span = display_span(book.schedule_of(notice).display, min(opened), book.calendar)
    return local_date(span.until if span else min(opened))


async def _asked(db: Reader, division: str, first: date, last: date) -> list[Case]:
    found = await inquiries.asked_between(
        db, division, day_start(first), day_start(last + timedelta(days=1))
    )
    ids = [each.id for each in found]
    answers = await inquiry_answers.for_inquiries(db, ids)
    referrals = await inquiry_referrals.for_inquiries(db, ids)
    cases = [Case(i, answers.get(i.id, ()), referrals.get(i.id, ()), ()) for i in found]
    return [case for case in cases if not is_no_inquiry(case.inquiry)]


def _slow(each: PaymentList, took: Took, names: dict[str, str]) -> SlowPayment:
    return SlowPayment(
        list_id=each.id,
        division=each.division,
        division_name=spoken_name(names.get(each.division, each.division)),
        purpose=each.purpose,
        free_on=took.began,
        paid_on=took.ended,
        days=took.days,
        cause=each.delay_cause,
        cause_words=CAUSES[each.delay_cause] if each.delay_cause else None,
        words=each.delay_words,
        revision=each.revision,
    )
