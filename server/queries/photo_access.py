"""Who may see a photo now: anyone while a public edition shows it, otherwise staff of its division."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook
from server.rules.windows import Visibility, visibility
from server.storage import disclosures, editions, photos
from server.storage.database import Reader


async def may_be_shown(
    db: Reader, *, book: Rulebook, actor: Actor | None, sha256: str, now: datetime
) -> bool:
    """Return True when the photo is public now, False when only this actor may see it.

    Raises not_found for everybody else, so that a hash cannot be probed before its notice opens.
    """
    for edition_id in await photos.editions_showing(db, sha256):
        edition = await editions.get(db, edition_id)
        disclosure = await disclosures.get(db, edition.disclosure_id) if edition else None
        if edition is None or disclosure is None:
            continue
        seen = visibility(edition, book.schedule_of(disclosure).display, now)
        if seen in (Visibility.OPEN, Visibility.ARCHIVED):
            return True
    photo = await photos.get(db, sha256)
    if photo is None or actor is None or refusal(actor, "see_submissions", photo.division):
        raise problems.not_found()
    return False
