"""Site notices while they are shown, with the names of their offices: to villagers on their page, to staff above their work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from server.rules.places import spoken_name
from server.rules.site_notices import Audience, Weight, next_change, shown
from server.storage import divisions, site_notices
from server.storage.database import Reader


class ShownSiteNotice(Struct, frozen=True):
    """A notice while it is shown; `office`: whose it is, by name."""

    id: str
    title: str
    text: str
    weight: Weight
    office: str
    from_at: datetime
    until_at: datetime


async def shown_in(
    db: Reader, division: str, audiences: Iterable[Audience], now: datetime
) -> tuple[tuple[ShownSiteNotice, ...], datetime | None]:
    """Return what is shown in a division now, the important ones first, and when time alone changes that next."""
    found = await site_notices.not_over(db, division, audiences, now)
    in_force = shown(found, now)
    names = await divisions.names(db, {each.office for each in in_force}) if in_force else {}
    notices = tuple(
        ShownSiteNotice(
            each.id,
            each.title,
            each.text,
            each.weight,
            spoken_name(names.get(each.office, each.office)),
            each.from_at,
            each.until_at,
        )
        for each in in_force
    )
    return notices, next_change(found, now)
