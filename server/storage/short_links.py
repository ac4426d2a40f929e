"""Short links: which seven signs name which disclosure; given once, never changed."""

from __future__ import annotations

from server.rules.short_links import notice_signs
from server.storage import models_links
from server.storage.database import Reader, Tx

# There are six thousand million signs: so many in a row are never all taken.
ATTEMPTS = 20


async def give(tx: Tx, disclosure_id: str, *, county: str) -> str:
    """Give a new disclosure the first signs that nobody has, and return them."""
    for attempt in range(ATTEMPTS):
        signs = notice_signs(disclosure_id, attempt)
        if await tx.insert(
            models_links.ShortLink, signs=signs, county=county, disclosure_id=disclosure_id
        ):
            return signs
    raise RuntimeError("no signs are left for a short link")


async def find(db: Reader, signs: str) -> str | None:
    """Return the id of the disclosure that signs name, or None."""
    row = await db.row("SELECT disclosure_id FROM short_link WHERE signs = ?", signs)
    return row["disclosure_id"] if row else None


async def of(db: Reader, disclosure_id: str) -> str | None:
    """Return the signs of a disclosure, or None for one that is not kept."""
    row = await db.row("SELECT signs FROM short_link WHERE disclosure_id = ?", disclosure_id)
    return row["signs"] if row else None
