"""Who may see a photo now: anyone while a public edition shows it, otherwise its senders and staff of its places.

Its places are the divisions it was sent for and those of the postings that use it: a township may have sent what
a village's supervisor reviews. What shows how people were told of a notice is seen by whoever reads that record: it is never public.
"""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.permissions import Actor, may
from server.rules.rulebook import Rulebook
from server.rules.windows import is_public, visibility
from server.storage import disclosures, editions, outreach, photos
from server.storage.database import Reader


async def may_be_shown(
    db: Reader, *, book: Rulebook, actor: Actor | None, sha256: str, now: datetime
) -> bool:
    """Return True when the photo is public now, False when only this actor may see it.

    Raises not_found for everybody else, so that a hash cannot be probed before its notice opens.
    """
    places: list[str] = []
    for edition_id in await photos.editions_showing(db, sha256):
        edition = await editions.get(db, edition_id)
        disclosure = await disclosures.get(db, edition.disclosure_id) if edition else None
        if edition is None or disclosure is None:
            continue
        seen = visibility(edition, book.schedule_of(disclosure).display, now)
        if is_public(seen):
            return True
        places.append(disclosure.division)
    if actor is None:
        raise problems.not_found()
    sendings = await photos.sendings(db, sha256)
    places += [s.division for s in sendings]
    if not (
        any(s.account == actor.account_id for s in sendings)
        or any(may(actor, "see_submissions", place) for place in places)
        or any(
            may(actor, "see_outreach", village)
            for village in await outreach.reached_by_those_showing(db, sha256)
        )
    ):
        raise problems.not_found()
    return False
