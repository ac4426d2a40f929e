"""To which offices something asked was handed, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from server.rules.inquiry_handling import Referral
from server.storage import models_inquiries
from server.storage.columns import day, day_text, millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

COLUMNS = "id, inquiry_id, office, name, note, due_on, referred_by_name, referred_at, outcome, report, ended_by_name, ended_at"


def _of_row(row: Row) -> Referral:
    return Referral(
        **{
            **row,
            "due_on": day(row["due_on"]),
            "referred_at": moment(row["referred_at"]),
            "ended_at": moment_or_none(row["ended_at"]),
        }
    )


async def insert(tx: Tx, referral: Referral, *, county: str) -> bool:
    """Insert a referral; False when its id is taken."""
    return await tx.insert(
        models_inquiries.InquiryReferral,
        id=referral.id,
        county=county,
        inquiry_id=referral.inquiry_id,
        office=referral.office,
        name=referral.name,
        note=referral.note,
        due_on=day_text(referral.due_on),
        referred_by_name=referral.referred_by_name,
        referred_at=millis(referral.referred_at),
    )


async def end(tx: Tx, referral: Referral) -> None:
    """Write what came of a referral; the first word counts."""
    await tx.execute(
        "UPDATE inquiry_referral SET outcome = ?, report = ?, ended_by_name = ?, ended_at = ?"
        " WHERE id = ? AND ended_at IS NULL",
        referral.outcome,
        referral.report,
        referral.ended_by_name,
        millis(referral.ended_at),
        referral.id,
    )


async def get(db: Reader, referral_id: str) -> Referral | None:
    """Return a referral, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM inquiry_referral WHERE id = ?", referral_id)
    return _of_row(row) if row else None


async def for_inquiry(db: Reader, inquiry_id: str) -> list[Referral]:
    """Return every referral of an inquiry, oldest first."""
    return (await for_inquiries(db, [inquiry_id])).get(inquiry_id, [])


async def for_inquiries(db: Reader, ids: Iterable[str]) -> dict[str, list[Referral]]:
    """Return the referrals of some inquiries, each oldest first."""
    rows = await db.rows_in(f"SELECT {COLUMNS} FROM inquiry_referral WHERE inquiry_id IN (*)", ids)
    found: dict[str, list[Referral]] = {}
    for row in sorted(rows, key=lambda r: (r["referred_at"], r["id"])):
        found.setdefault(row["inquiry_id"], []).append(_of_row(row))
    return found
