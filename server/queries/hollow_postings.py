"""Which postings of a township came in time and tell little? For people to judge; no public surface asks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from server import problems
from server.rules.cards import title_of
from server.rules.disclosures import Disclosure, EditionHead, was_opened
from server.rules.divisions import is_group
from server.rules.exposure import by_opening
from server.rules.hollow import hollow_signs
from server.rules.periods import local_date, parse_period
from server.rules.rulebook import Rulebook
from server.rules.values import Lang, Text
from server.storage import disclosures, divisions, editions
from server.storage.database import Reader

# Whole contents are read: a township's, not a county's.
MOST_VILLAGES = 60
# The period before the first: a year's at most.
BACK = timedelta(days=366)


class HollowFinding(Struct, frozen=True):
    """One sign: empty_lines, other, copied or bank_moved, in words with both numbers."""

    kind: str
    text: Text


class HollowPosting(Struct, frozen=True):
    """A posting with the signs that it tells little."""

    division: str
    village: str
    title: str
    disclosure_id: str
    findings: tuple[HollowFinding, ...]


class HollowPostings(Struct, frozen=True):
    """Of `looked_at` postings those that tell little."""

    first: date
    last: date
    looked_at: int
    items: tuple[HollowPosting, ...]


async def hollow_postings(
    db: Reader,
    *,
    book: Rulebook,
    division: str,
    first: date,
    last: date,
    now: datetime,
    lang: Lang,
) -> HollowPostings:
    """Return what was published for periods that ended in [first, last] below a division and tells little.

    The newest edition that was on show is looked at. Raises too_many_villages beyond a township.
    """
    villages = {v.code: v for v in await divisions.owing_under(db, division)}
    counted = sum(not is_group(code) for code in villages)
    if counted > MOST_VILLAGES:
        raise problems.too_many_villages(counted, MOST_VILLAGES)
    posted = await disclosures.list_for_scope(db, division, first - BACK, last)
    heads = await editions.heads_for_disclosures(db, [d.id for d in posted])
    newest = {d.id: e for d in posted if (e := _newest(heads.get(d.id, []), now)) is not None}
    looked = [d for d in posted if d.id in newest and first <= d.period_end <= last]
    before = {d.id: _before(d, posted) for d in looked}
    wanted = {newest[i].id for i in (*before, *filter(None, before.values())) if i in newest}
    contents = await editions.get_many(db, wanted)
    items = []
    for disclosure in looked:
        earlier = newest.get(before[disclosure.id] or "")
        signs = hollow_signs(
            contents[newest[disclosure.id].id].content,
            contents[earlier.id].content if earlier else None,
        )
        if signs:
            items.append(
                HollowPosting(
                    division=disclosure.division,
                    village=villages[disclosure.division].shown_on(local_date(now)),
                    title=title_of(
                        book.categories[disclosure.category],
                        parse_period(disclosure.period_key),
                        lang,
                    ),
                    disclosure_id=disclosure.id,
                    findings=tuple(HollowFinding(s.kind, s.text) for s in signs),
                )
            )
    return HollowPostings(first, last, len(looked), tuple(items))


def _newest(found: list[EditionHead], now: datetime) -> EditionHead | None:
    opened = [e for e in found if was_opened(e, now) and e.state == "approved"]
    return max(opened, key=by_opening, default=None)


def _before(disclosure: Disclosure, posted: list[Disclosure]) -> str | None:
    """Return the id of what the village published for the period before, in the same category."""
    previous = parse_period(disclosure.period_key).previous()
    if previous is None:
        return None
    return next(
        (
            d.id
            for d in posted
            if (d.division, d.category, d.period_key)
            == (disclosure.division, disclosure.category, previous.key)
        ),
        None,
    )
