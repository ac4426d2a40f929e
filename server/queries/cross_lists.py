"""Which lists of a township say something beside each other that somebody should look at, and what was said of it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from server import problems
from server.rules.cards import title_of
from server.rules.cross_lists import CrossFinding, Notice, Paid, cross_findings
from server.rules.disclosures import Disclosure, EditionHead, was_opened
from server.rules.divisions import is_group
from server.rules.exposure import by_opening
from server.rules.periods import local_date, parse_period
from server.rules.rulebook import Rulebook
from server.rules.values import Lang, Text
from server.storage import accounts, disclosures, divisions, editions, events, payments
from server.storage.database import Reader

# Whole contents are read: a township's, not a county's.
MOST_VILLAGES = 60
BACK = timedelta(days=400)
JUDGED = "cross_list.judged"


class CrossNotice(Struct, frozen=True):
    """A notice that a finding is about."""

    disclosure_id: str
    title: str


class CrossJudgement(Struct, frozen=True):
    """What somebody said of a finding: fine, or ordered to be put right, with the order's id."""

    decision: str
    words: str
    rectification_id: str | None
    by_name: str
    at: datetime


class CrossLine(Struct, frozen=True):
    """A finding with its notices; `judgement`: what was last said of it, null while nobody looked."""

    key: str
    kind: str
    division: str
    village: str
    text: Text
    notices: tuple[CrossNotice, ...]
    judgement: CrossJudgement | None


class CrossLists(Struct, frozen=True):
    """Of `looked_at` notices what somebody should look at: first what nobody judged; `open` of them."""

    looked_at: int
    open: int
    items: tuple[CrossLine, ...]


async def cross_lists(
    db: Reader, *, book: Rulebook, division: str, now: datetime, lang: Lang
) -> CrossLists:
    """Return what lists published in the last 400 days below a division say beside each other.

    The newest edition that was on show is looked at. Raises too_many_villages beyond a township.
    """
    villages = {v.code: v for v in await divisions.villages_under(db, division)}
    if len(villages) > MOST_VILLAGES:
        raise problems.too_many_villages(len(villages), MOST_VILLAGES)
    today = local_date(now)
    # A township's own list of staff holds for its villages.
    scope = division[:9] if len(villages) == 1 else division
    posted = await disclosures.list_for_scope(db, scope, today - BACK, today)
    lists = await payments.paid_between(db, division, today - BACK, today)
    beside = {(each.division, each.category, each.period_key) for each in lists}
    asked = [
        d
        for d in posted
        if not is_group(d.division)
        and (category := book.categories.get(d.category)) is not None
        and (category.people or (d.division, d.category, d.period_key) in beside)
    ]
    notices = await _published(db, book, asked, now, lang)
    places = {(n.division, n.category, d.period_key): n for n, d in notices}
    said = await payments.said_of(db, [each.id for each in lists])
    paid = [
        Paid(notice, each.paid_on, said[each.id].no if each.id in said else 0)
        for each in lists
        if (notice := places.get((each.division, each.category, each.period_key))) is not None
    ]
    found = [
        each for each in cross_findings([n for n, _ in notices], paid) if each.division in villages
    ]
    judged = await _judged(db, found)
    lines = [
        _line(each, villages[each.division].shown_on(today), judged.get(each.key)) for each in found
    ]
    lines.sort(key=lambda line: line.judgement is not None)
    return CrossLists(len(notices), sum(line.judgement is None for line in lines), tuple(lines))


async def _published(
    db: Reader, book: Rulebook, asked: Sequence[Disclosure], now: datetime, lang: Lang
) -> list[tuple[Notice, Disclosure]]:
    heads = await editions.heads_for_disclosures(db, [d.id for d in asked])
    newest = {d.id: e for d in asked if (e := _newest(heads.get(d.id, []), now)) is not None}
    contents = await editions.get_many(db, {e.id for e in newest.values()})
    return [
        (
            Notice(
                d.id,
                d.division,
                d.category,
                title_of(book.categories[d.category], parse_period(d.period_key), lang),
                d.period_end,
                contents[newest[d.id].id].content,
                book.categories[d.category].people,
            ),
            d,
        )
        for d in asked
        if d.id in newest
    ]


def _newest(found: Sequence[EditionHead], now: datetime) -> EditionHead | None:
    opened = [e for e in found if was_opened(e, now) and e.state == "approved"]
    return max(opened, key=by_opening, default=None)


async def _judged(db: Reader, found: Sequence[CrossFinding]) -> dict[str, CrossJudgement]:
    """Return what was last said of findings: the event is the record."""
    told = await events.for_subjects(db, [each.key for each in found])
    last = {
        subject: [event for event in each if event.action == JUDGED][-1]
        for subject, each in told.items()
        if any(event.action == JUDGED for event in each)
    }
    names = await accounts.names(db, {event.actor for event in last.values()})
    return {
        subject: CrossJudgement(
            str(event.details["decision"]),
            str(event.details["words"]),
            event.details.get("rectification"),
            names.get(event.actor, ""),
            event.at,
        )
        for subject, event in last.items()
    }


def _line(each: CrossFinding, village: str, judgement: CrossJudgement | None) -> CrossLine:
    return CrossLine(
        key=each.key,
        kind=each.kind,
        division=each.division,
        village=village,
        text=each.text,
        notices=tuple(CrossNotice(n.disclosure_id, n.title) for n in each.notices),
        judgement=judgement,
    )
