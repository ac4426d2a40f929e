"""Records of outreach for people at work: the list of an area, one record, and what a new one can name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from server import problems
from server.rules.cards import public_edition, title_of
from server.rules.divisions import is_group
from server.rules.listing import Wanted, said_by
from server.rules.outreach import KINDS, STAGES, Kind, Outreach, Stage
from server.rules.outreach_coverage import AROUND, DayViews, around, shown
from server.rules.owners import OWNERS
from server.rules.periods import local_date
from server.rules.permissions import Actor, covers, may
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang, Text
from server.storage import disclosures, divisions, editions, outreach, page_views
from server.storage.database import Reader
from server.storage.listing import cursor_after

PAGE = 50
MOST_OFFERED = 200


class ReachedVillage(Struct, frozen=True):
    """A village that a record says was reached; `groups` empty: all of it."""

    division: str
    name: str
    groups: tuple[str, ...]
    groups_total: int | None


class ToldNotice(Struct, frozen=True):
    """A notice that a record tells of."""

    id: str
    title: str


class OutreachLine(Struct, frozen=True):
    """A record as it is read. `replaced_by`: the record that took its place; `may_replace`: by whoever asks."""

    id: str
    division: str
    kind: Kind
    kind_name: Text
    stage: Stage
    stage_name: Text
    first: date
    last: date
    from_time: str | None
    until_time: str | None
    place: str
    households: int | None
    people: int | None
    counted_by: str
    note: str
    villages: tuple[ReachedVillage, ...]
    notices: tuple[ToldNotice, ...]
    photos: tuple[str, ...]
    recorded_by_name: str
    recorded_at: datetime
    replaces: str | None
    replaced_by: str | None
    may_replace: bool


class OutreachList(Struct, frozen=True):
    """The records of an area, newest first; `next`: where the following page goes on."""

    items: tuple[OutreachLine, ...]
    next: str | None


class ViewsAround(Struct, frozen=True):
    """How often a village's pages were opened on the days before an act and from its last day on."""

    division: str
    name: str
    before: tuple[DayViews, ...]
    after: tuple[DayViews, ...]


class OutreachPage(Struct, frozen=True):
    """One record, with the views around it in each village that it reached, once it was done."""

    record: OutreachLine
    days: int
    views: tuple[ViewsAround, ...]


class PlaceChoice(Struct, frozen=True):
    """A village that can be named, with the names of its registered groups."""

    code: str
    name: str
    groups: tuple[str, ...]


class NoticeChoice(Struct, frozen=True):
    """A notice that can be named: one that is public now."""

    id: str
    division: str
    title: str


class OutreachChoices(Struct, frozen=True):
    """What a new record can name."""

    today: date
    villages: tuple[PlaceChoice, ...]
    notices: tuple[NoticeChoice, ...]


async def outreach_in_scope(
    db: Reader,
    *,
    book: Rulebook,
    actor: Actor,
    wanted: Wanted,
    cursor: str | None,
    lang: Lang,
    limit: int | None = None,
) -> OutreachList:
    """Return a page of what reached the actor's area, as wanted."""
    most = limit or PAGE
    kinds = said_by(wanted.q, KINDS)
    found = await outreach.page(
        db, actor.division, wanted, kinds=kinds, after=cursor, limit=most + 1
    )
    items = found[:most]
    last = items[-1] if len(found) > most else None
    return OutreachList(
        tuple(await _lines(db, book, actor, items, lang)),
        cursor_after(last.recorded_at, last.id, last.division) if last else None,
    )


async def outreach_page(
    db: Reader, *, book: Rulebook, actor: Actor, record_id: str, now: datetime, lang: Lang
) -> OutreachPage:
    """Return one record. Raises not_found, also where it reached no village of the actor's."""
    record = await outreach.get(db, record_id)
    if record is None or not any(may(actor, "see_outreach", r.division) for r in record.reaches):
        raise problems.not_found()
    (line,) = await _lines(db, book, actor, [record], lang)
    views: list[ViewsAround] = []
    if record.stage == "done":
        codes = [v.division for v in line.villages]
        first = record.first - timedelta(days=AROUND)
        counted = await page_views.of_villages(
            db, codes, first, record.last + timedelta(days=AROUND)
        )
        for village in line.villages:
            before, after = around(record, village.division, counted, local_date(now))
            views.append(ViewsAround(village.division, village.name, shown(before), shown(after)))
    return OutreachPage(line, AROUND, tuple(views))


async def outreach_choices(
    db: Reader, *, book: Rulebook, actor: Actor, now: datetime, lang: Lang
) -> OutreachChoices:
    """Return the villages of the actor's area that stand, and the newest notices that are public there."""
    today = local_date(now)
    lives = await divisions.lives_under(db, actor.division, OWNERS)
    standing = [each for each in lives if each.alive_on(today)]
    villages = [each for each in standing if not is_group(each.code)]
    groups: dict[str, list[str]] = {}
    for each in standing:
        if is_group(each.code):
            groups.setdefault(each.parent, []).append(spoken_name(each.name))
    newest = await editions.newest_opened(db, actor.division, None, now, MOST_OFFERED)
    ids = list(dict.fromkeys(each.disclosure_id for each in newest))
    found = await disclosures.get_many(db, ids)
    heads = await editions.heads_for_disclosures(db, ids)
    return OutreachChoices(
        today=today,
        villages=tuple(
            PlaceChoice(v.code, spoken_name(v.name), tuple(groups.get(v.code, ())))
            for v in villages
        ),
        notices=tuple(
            NoticeChoice(
                d.id, d.division, title_of(book.categories[d.category], period_of(d), lang)
            )
            for d in (found[i] for i in ids if i in found)
            if d.category in book.categories
            and (seen := public_edition(heads.get(d.id, []), book, d, now)) is not None
            and seen.state == "approved"
        ),
    )


async def _lines(
    db: Reader, book: Rulebook, actor: Actor, records: Sequence[Outreach], lang: Lang
) -> list[OutreachLine]:
    named = await divisions.names(db, {r.division for each in records for r in each.reaches})
    told = await disclosures.get_many(db, {n for each in records for n in each.notices})
    later = await outreach.replacing(db, [each.id for each in records])
    titles = {
        d.id: title_of(book.categories[d.category], period_of(d), lang)
        if d.category in book.categories
        else d.title
        for d in told.values()
    }
    return [
        OutreachLine(
            id=each.id,
            division=each.division,
            kind=each.kind,
            kind_name=KINDS[each.kind],
            stage=each.stage,
            stage_name=STAGES[each.stage],
            first=each.first,
            last=each.last,
            from_time=each.from_time,
            until_time=each.until_time,
            place=each.place,
            households=each.households,
            people=each.people,
            counted_by=each.counted_by,
            note=each.note,
            villages=tuple(
                ReachedVillage(
                    r.division,
                    spoken_name(named.get(r.division, r.division)),
                    r.groups,
                    r.groups_total,
                )
                for r in each.reaches
                if covers(actor.division, r.division)
            ),
            notices=tuple(
                ToldNotice(n, titles[n])
                for n in each.notices
                if n in titles and covers(actor.division, told[n].division)
            ),
            photos=each.photos,
            recorded_by_name=each.recorded_by_name,
            recorded_at=each.recorded_at,
            replaces=each.replaces,
            replaced_by=later.get(each.id),
            may_replace=each.id not in later and may(actor, "record_outreach", each.division),
        )
        for each in records
    ]
