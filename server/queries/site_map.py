"""The addresses that search engines may read: of villages, and of notices that may be read now."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from server import problems
from server.rules.cards import public_edition
from server.rules.rulebook import Rulebook
from server.storage import disclosures, divisions, editions, openings
from server.storage.database import Reader

# The protocol takes 50,000 addresses a part; these are made in a blink, one part at a time.
MOST = 5_000
Part = Literal["villages", "notices"]


class Listed(Struct, frozen=True):
    """One address below the site's own, and when what stands there changed; None where nobody counts that."""

    path: str
    changed_at: datetime | None


async def site_map_parts(db: Reader, now: datetime) -> list[tuple[Part, int]]:
    """Return the parts there are, numbered from 1. What never opened is not counted."""
    villages, notices = await openings.counts(db, now)
    counted: tuple[tuple[Part, int], ...] = (("villages", villages), ("notices", notices))
    parts = [(part, n) for part, count in counted for n in range(1, -(-count // MOST) + 1)]
    return parts or [("villages", 1)]


async def site_map_part(
    db: Reader, *, book: Rulebook, part: Part, number: int, now: datetime
) -> list[Listed]:
    """Return the addresses of one part. Raises not_found beyond the last."""
    skip = (number - 1) * MOST
    if part == "villages":
        heard = await openings.villages(db, now, skip=skip, limit=MOST)
        stand = await divisions.standing(db, [code for code, _ in heard])
        listed = [Listed(f"/v/{code}", at) for code, at in heard if code in stand]
        some = bool(heard) or number == 1
        if number == 1:
            listed.insert(0, Listed("/", None))
    else:
        ids = await openings.notices(db, now, skip=skip, limit=MOST)
        found = await disclosures.get_many(db, ids)
        heads = await editions.heads_for_disclosures(db, ids)
        listed, some = [], bool(ids)
        for disclosure_id in ids:
            edition = public_edition(heads.get(disclosure_id, []), book, found[disclosure_id], now)
            if edition is not None and edition.opens_at is not None:
                gone = edition.withdrawn_at
                heard_at = gone if gone is not None and gone <= now else edition.opens_at
                listed.append(Listed(f"/d/{disclosure_id}", heard_at))
    if not some:
        raise problems.not_found()
    return listed
