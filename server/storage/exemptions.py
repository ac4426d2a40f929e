"""Exemptions and other deadlines on record. What was asked for is never changed; how it stands is."""

from __future__ import annotations

from server.rules.exemptions import Exemption
from server.rules.permissions import scope_prefix
from server.rules.values import Text
from server.storage import models_exemptions
from server.storage.columns import day_or_none, day_text, millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, division, category, period_key, valid_from, valid_to, reason, approver, recorded_at, due_on, asked_by, "
    "asked_by_name, state, decided_by, post_zh, post_en, decided_at, decision, ended_at, ended_by_name, ended_post_zh, "
    "ended_post_en, ended_reason, revision"
)
_TOUCHES = "((division >= ? AND division <= ?) OR division IN (?, ?, ?, ?))"


def _of_row(row: Row) -> Exemption:
    decided = moment_or_none(row["decided_at"])
    if decided is None and row["state"] == "approved":
        decided = moment(row["recorded_at"])  # from before there were two people
    return Exemption(
        id=row["id"],
        division=row["division"],
        category=row["category"] or None,
        period_key=row["period_key"],
        valid_from=day_or_none(row["valid_from"]),
        valid_to=day_or_none(row["valid_to"]),
        due_on=day_or_none(row["due_on"]),
        reason=row["reason"],
        asked_by=row["asked_by"],
        asked_by_name=row["asked_by_name"] or "",
        asked_at=moment(row["recorded_at"]),
        state=row["state"],
        decided_by=row["decided_by"],
        decided_by_name=row["approver"],
        post=Text(row["post_zh"] or "", row["post_en"] or ""),
        decided_at=decided,
        decision=row["decision"] or "",
        ended_at=moment_or_none(row["ended_at"]),
        ended_by_name=row["ended_by_name"] or "",
        ended_post=Text(row["ended_post_zh"] or "", row["ended_post_en"] or ""),
        ended_reason=row["ended_reason"] or "",
        revision=row["revision"],
    )


async def insert(tx: Tx, exemption: Exemption, *, county: str) -> bool:
    """Insert what somebody asks for; False when its id is taken."""
    return await tx.insert(
        models_exemptions.Exemption,
        id=exemption.id,
        county=county,
        division=exemption.division,
        category=exemption.category or "",
        period_key=exemption.period_key,
        valid_from=day_text(exemption.valid_from),
        valid_to=day_text(exemption.valid_to),
        due_on=day_text(exemption.due_on),
        reason=exemption.reason,
        approver="",
        recorded_at=millis(exemption.asked_at),
        asked_by=exemption.asked_by,
        asked_by_name=exemption.asked_by_name,
        state=exemption.state,
        revision=exemption.revision,
    )


async def update(tx: Tx, exemption: Exemption, *, expect_revision: int) -> bool:
    """Write how an exemption stands now; False when somebody decided or ended it meanwhile."""
    touched = await tx.execute(
        "UPDATE exemption SET state = ?, decided_by = ?, approver = ?, post_zh = ?, post_en = ?, decided_at = ?,"
        " decision = ?, ended_at = ?, ended_by_name = ?, ended_post_zh = ?, ended_post_en = ?, ended_reason = ?,"
        " revision = revision + 1 WHERE id = ? AND revision = ?",
        exemption.state,
        exemption.decided_by,
        exemption.decided_by_name,
        exemption.post.zh,
        exemption.post.en,
        millis(exemption.decided_at),
        exemption.decision,
        millis(exemption.ended_at),
        exemption.ended_by_name,
        exemption.ended_post.zh,
        exemption.ended_post.en,
        exemption.ended_reason,
        exemption.id,
        expect_revision,
    )
    return touched == 1


async def get(db: Reader, exemption_id: str) -> Exemption | None:
    """Return an exemption, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM exemption WHERE id = ?", exemption_id)
    return _of_row(row) if row else None


async def for_scope(db: Reader, scope: str) -> list[Exemption]:
    """Return what counts, or counted, for a division: its own, what is below it, and what is above it."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM exemption WHERE {_TOUCHES} AND state IN ('approved', 'ended') "
        "ORDER BY recorded_at, id",
        *_touching(scope),
    )
    return [_of_row(row) for row in rows]


async def asked(db: Reader, scope: str) -> list[Exemption]:
    """Return what waits for a decision in a division, below it and above it."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM exemption WHERE state = 'asked' AND {_TOUCHES}", *_touching(scope)
    )
    return [_of_row(row) for row in rows]


async def newest(db: Reader, scope: str, limit: int) -> list[Exemption]:
    """Return what was asked for a division, below it and above it, however it stands: what waits first, then newest first."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM exemption WHERE {_TOUCHES} "
        f"ORDER BY CASE state WHEN 'asked' THEN 0 ELSE 1 END, recorded_at DESC, id DESC LIMIT {int(limit)}",
        *_touching(scope),
    )
    return [_of_row(row) for row in rows]


def _touching(scope: str) -> tuple[str, ...]:
    prefix = scope_prefix(scope)
    above = [scope[:end].ljust(12, "0") for end in (2, 4, 6, 9)]
    return (prefix.ljust(12, "0"), prefix.ljust(12, "9"), *above)
