"""Where a short link leads now: the notice it names, and what the scanned sheet says about itself."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules.cards import public_edition
from server.rules.rulebook import Rulebook
from server.rules.short_links import Paper, read
from server.rules.tombstones import ending_of
from server.storage import disclosures, divisions, editions, short_links
from server.storage.database import Reader


class Landing(Struct, frozen=True):
    """The notice to show, and the sheet that was scanned; None where the link names the notice alone."""

    disclosure_id: str
    paper: Paper | None


async def short_link(db: Reader, *, book: Rulebook, signs: str, now: datetime) -> Landing:
    """Return where the signs of a short link lead.

    Raises not_found for signs that nobody has, and in the same words for a notice of which nothing opened yet;
    notice_ended or notice_no_longer_public for one that was on show and is no longer read by anybody.
    """
    link = read(signs)
    disclosure_id = await short_links.find(db, link.notice) if link else None
    disclosure = await disclosures.get(db, disclosure_id) if disclosure_id else None
    if link is None or disclosure is None:
        raise problems.not_found()
    heads = (await editions.heads_for_disclosures(db, [disclosure.id])).get(disclosure.id, [])
    if public_edition(heads, book, disclosure, now) is not None:
        return Landing(disclosure.id, link.paper)
    line = await divisions.line_that_stood(db, disclosure.division)
    ending = ending_of(disclosure, heads, line, book, now)
    raise problems.not_found() if ending is None else problems.notice_over(ending)
