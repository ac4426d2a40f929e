"""What villagers say of a notice: one row a device, known by a mark that is another one under each notice."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server.rules.ratings import Tallied
from server.storage import models_ratings
from server.storage.columns import millis
from server.storage.database import Reader, Tx


class Rating(Struct, frozen=True):
    """One device's rating as it stands; `said`: rules/ratings.letters."""

    device: str
    disclosure_id: str
    sent_id: str
    said: str
    edition: int
    proved: bool


async def get(db: Reader, device: str) -> Rating | None:
    """Return the rating of a device's mark, or None."""
    row = await db.row(
        "SELECT device, disclosure_id, sent_id, said, edition, proved FROM rating WHERE device = ?",
        device,
    )
    return Rating(**{**row, "proved": bool(row["proved"])}) if row else None


async def keep(tx: Tx, rating: Rating, now: datetime, *, county: str) -> bool:
    """Keep a rating in the place of the device's earlier one; return whether it is its first."""
    first = await tx.insert(
        models_ratings.Rating,
        device=rating.device,
        county=county,
        disclosure_id=rating.disclosure_id,
        sent_id=rating.sent_id,
        said=rating.said,
        edition=rating.edition,
        proved=rating.proved,
        rated_at=millis(now),
    )
    if not first:
        await tx.execute(
            "UPDATE rating SET sent_id = ?, said = ?, edition = ?, proved = ?, rated_at = ? WHERE device = ?",
            rating.sent_id,
            rating.said,
            rating.edition,
            rating.proved,
            millis(now),
            rating.device,
        )
    return first


async def tallied(db: Reader, disclosure_id: str, until: datetime | None = None) -> list[Tallied]:
    """Return what was said of a notice, counted; of ratings last changed by `until` where that is given."""
    upto = "" if until is None else " AND rated_at <= ?"
    rows = await db.rows(
        f"SELECT said, edition, proved, COUNT(device) AS n FROM rating WHERE disclosure_id = ?{upto}"
        " GROUP BY said, edition, proved",
        disclosure_id,
        *(() if until is None else (millis(until),)),
    )
    return [Tallied(r["said"], int(r["edition"]), bool(r["proved"]), int(r["n"])) for r in rows]
