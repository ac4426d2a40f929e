"""Site notices as they are read: by staff at the top of their first screen, and by whoever keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from server.rules import site_notices as rules
from server.rules.listing import Wanted
from server.rules.permissions import Actor
from server.rules.places import spoken_name
from server.rules.site_notices import (
    AUDIENCES,
    FOR_STAFF,
    STATES,
    Audience,
    SiteNotice,
    State,
    Way,
    Weight,
)
from server.rules.values import Text
from server.storage import divisions, office_phones, site_notices
from server.storage.database import Reader
from server.storage.listing import cursor_after
from server.storage.shown_site_notices import ShownSiteNotice, shown_in

PAGE = 50


class ShownSiteNotices(Struct, frozen=True):
    """What is shown to staff now, the important ones first."""

    items: tuple[ShownSiteNotice, ...]


class SiteNoticeLine(Struct, frozen=True):
    """A notice with how it stands and what the reader may do with it."""

    id: str
    division: str
    division_name: str
    office_name: str
    title: str
    text: str
    audience: Audience
    audience_name: Text
    weight: Weight
    state: State
    state_name: Text
    from_at: datetime
    until_at: datetime
    written_by_name: str
    written_at: datetime
    changed_at: datetime | None
    ended_at: datetime | None
    ended_by_name: str
    ways: tuple[Way, ...]
    revision: int


class SiteNoticeCounts(Struct, frozen=True):
    """How many of an area's notices stand how."""

    coming: int
    shown: int
    over: int


class SiteNoticeList(Struct, frozen=True):
    """A page of an area's notices, newest first; `next`: where the following page goes on."""

    items: tuple[SiteNoticeLine, ...]
    counts: SiteNoticeCounts
    next: str | None


class SiteNoticePlace(Struct, frozen=True):
    """A place that a notice can be for; `above`: the name of what it lies in, `phone`: its office's telephone, or ''."""

    code: str
    name: str
    above: str
    phone: str


class SiteNoticePlaces(Struct, frozen=True):
    """The actor's own place first, then those below it, by code; closed ones are not there."""

    items: tuple[SiteNoticePlace, ...]


async def shown_to_staff(db: Reader, *, actor: Actor, now: datetime) -> ShownSiteNotices:
    """Return what is shown to somebody who works here now."""
    found, _ = await shown_in(db, actor.division, FOR_STAFF, now)
    return ShownSiteNotices(found)


async def site_notice_list(
    db: Reader,
    *,
    actor: Actor,
    wanted: Wanted,
    state: State | None,
    cursor: str | None,
    now: datetime,
) -> SiteNoticeList:
    """Return a page of what was written for the actor's area, below it and above it, as wanted."""
    found = await site_notices.page(
        db, actor.division, wanted=wanted, state=state, now=now, after=cursor, limit=PAGE + 1
    )
    items = found[:PAGE]
    last = items[-1] if len(found) > PAGE else None
    names = await _names(db, items)
    counted = await site_notices.counts(db, actor.division, now)
    return SiteNoticeList(
        tuple(_line(each, names, actor, now) for each in items),
        SiteNoticeCounts(**counted),
        cursor_after(last.written_at, last.id, last.division) if last else None,
    )


async def one_site_notice(
    db: Reader, notice: SiteNotice, *, actor: Actor, now: datetime
) -> SiteNoticeLine:
    """Return one of them as the list shows it."""
    return _line(notice, await _names(db, [notice]), actor, now)


async def site_notice_places(db: Reader, *, actor: Actor) -> SiteNoticePlaces:
    """Return the places that the actor can write for."""
    found = await divisions.standing_below(db, actor.division)
    phones = await office_phones.below(db, actor.division)
    return SiteNoticePlaces(
        tuple(
            SiteNoticePlace(code, spoken_name(name), spoken_name(above), phones.get(code, ""))
            for code, name, above in found
        )
    )


async def _names(db: Reader, notices: Iterable[SiteNotice]) -> dict[str, str]:
    return await divisions.names(db, {c for each in notices for c in (each.division, each.office)})


def _line(notice: SiteNotice, names: dict[str, str], actor: Actor, now: datetime) -> SiteNoticeLine:
    state = notice.state(now)
    return SiteNoticeLine(
        id=notice.id,
        division=notice.division,
        division_name=spoken_name(names.get(notice.division, notice.division)),
        office_name=spoken_name(names.get(notice.office, notice.office)),
        title=notice.title,
        text=notice.text,
        audience=notice.audience,
        audience_name=AUDIENCES[notice.audience],
        weight=notice.weight,
        state=state,
        state_name=STATES[state],
        from_at=notice.from_at,
        until_at=notice.until_at,
        written_by_name=notice.written_by_name,
        written_at=notice.written_at,
        changed_at=notice.changed_at,
        ended_at=notice.ended_at,
        ended_by_name=notice.ended_by_name,
        ways=rules.ways(actor, notice, now),
        revision=notice.revision,
    )
