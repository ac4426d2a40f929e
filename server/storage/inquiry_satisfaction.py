"""How answers were received by whoever had asked: one rating for each answer."""

from __future__ import annotations

from collections.abc import Iterable

from server.rules.inquiry_handling import Satisfaction
from server.storage import models_inquiries
from server.storage.columns import millis, moment
from server.storage.database import Reader, Row, Tx

COLUMNS = "inquiry_id, round, rating, words, rated_at"


def _of_row(row: Row) -> Satisfaction:
    return Satisfaction(**{**row, "rated_at": moment(row["rated_at"])})


async def insert(tx: Tx, said: Satisfaction, *, county: str) -> bool:
    """Insert a rating; False when that answer was rated."""
    return await tx.insert(
        models_inquiries.InquirySatisfaction,
        id=f"{said.inquiry_id}.{said.round}",
        county=county,
        inquiry_id=said.inquiry_id,
        round=said.round,
        rating=said.rating,
        words=said.words,
        rated_at=millis(said.rated_at),
    )


async def for_inquiry(db: Reader, inquiry_id: str) -> list[Satisfaction]:
    """Return the ratings of an inquiry's answers, the first answer's first."""
    return (await for_inquiries(db, [inquiry_id])).get(inquiry_id, [])


async def for_inquiries(db: Reader, ids: Iterable[str]) -> dict[str, list[Satisfaction]]:
    """Return the ratings of some inquiries' answers."""
    rows = await db.rows_in(
        f"SELECT {COLUMNS} FROM inquiry_satisfaction WHERE inquiry_id IN (*)", ids
    )
    found: dict[str, list[Satisfaction]] = {}
    for row in sorted(rows, key=lambda r: (r["inquiry_id"], r["round"])):
        found.setdefault(row["inquiry_id"], []).append(_of_row(row))
    return found
