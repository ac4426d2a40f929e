"""Answers to what villagers asked, each with its review."""

from __future__ import annotations

from collections.abc import Iterable

from server.rules.inquiries import InquiryAnswer
from server.storage import models_inquiries
from server.storage.columns import millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, inquiry_id, text, takes_up, answered_by, answered_by_name, answered_at, decision, decided_by, "
    "decided_by_name, decided_at, reason"
)


def _of_row(row: Row) -> InquiryAnswer:
    takes_up = row["takes_up"]
    return InquiryAnswer(
        **{
            **row,
            "takes_up": None if takes_up is None else bool(takes_up),
            "answered_at": moment(row["answered_at"]),
            "decided_at": moment_or_none(row["decided_at"]),
        }
    )


async def insert(tx: Tx, answer: InquiryAnswer, *, county: str) -> bool:
    """Insert an answer; False when its id is taken."""
    return await tx.insert(
        models_inquiries.InquiryAnswer,
        id=answer.id,
        county=county,
        inquiry_id=answer.inquiry_id,
        text=answer.text,
        takes_up=answer.takes_up,
        answered_by=answer.answered_by,
        answered_by_name=answer.answered_by_name,
        answered_at=millis(answer.answered_at),
        decision=None,
        decided_by=None,
        decided_by_name=None,
        decided_at=None,
        reason=None,
    )


async def decide(tx: Tx, answer: InquiryAnswer) -> None:
    """Write the review of an answer; the first one counts."""
    await tx.execute(
        "UPDATE inquiry_answer SET decision = ?, decided_by = ?, decided_by_name = ?, decided_at = ?, reason = ?"
        " WHERE id = ? AND decision IS NULL",
        answer.decision,
        answer.decided_by,
        answer.decided_by_name,
        millis(answer.decided_at),
        answer.reason,
        answer.id,
    )


async def get(db: Reader, answer_id: str) -> InquiryAnswer | None:
    """Return an answer, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM inquiry_answer WHERE id = ?", answer_id)
    return _of_row(row) if row else None


async def for_inquiry(db: Reader, inquiry_id: str) -> list[InquiryAnswer]:
    """Return every answer to an inquiry, oldest first."""
    return (await for_inquiries(db, [inquiry_id])).get(inquiry_id, [])


async def for_inquiries(db: Reader, ids: Iterable[str]) -> dict[str, list[InquiryAnswer]]:
    """Return the answers to some inquiries, each oldest first."""
    rows = await db.rows_in(f"SELECT {COLUMNS} FROM inquiry_answer WHERE inquiry_id IN (*)", ids)
    found: dict[str, list[InquiryAnswer]] = {}
    for row in sorted(rows, key=lambda r: (r["answered_at"], r["id"])):
        found.setdefault(row["inquiry_id"], []).append(_of_row(row))
    return found
