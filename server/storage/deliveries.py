"""Deliveries on record: what is to be sent, is being sent, was sent or was given up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from server.rules.deliveries import Channel, Outcome, State
from server.storage import models_reminders
from server.storage.columns import document, millis, moment, moment_or_none, parsed
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, division, subject, kind, channel, recipient, message, state, attempts, next_at, expires_at, claim, "
    "why, code, created_at, settled_at"
)

# A village's thousands wait until everybody else was served.
_TURN = "CASE WHEN channel = 'subscriber' THEN 1 ELSE 0 END"


class Delivery(Struct, frozen=True):
    """One message to one recipient. (subject, kind, channel, recipient) is there once, and so it is sent once."""

    id: str
    division: str
    subject: str
    kind: str
    channel: Channel
    recipient: str
    message: dict[str, Any]
    state: State
    attempts: int
    next_at: datetime
    expires_at: datetime
    claim: str | None
    why: str | None
    code: int | None
    created_at: datetime
    settled_at: datetime | None


def _of_row(row: Row) -> Delivery:
    return Delivery(
        **{
            **row,
            "message": parsed(row["message"]),
            "next_at": moment(row["next_at"]),
            "expires_at": moment(row["expires_at"]),
            "created_at": moment(row["created_at"]),
            "settled_at": moment_or_none(row["settled_at"]),
        }
    )


async def insert(tx: Tx, delivery: Delivery) -> bool:
    """Insert a delivery; False when the same was planned before, by whomever."""
    return await tx.insert(
        models_reminders.Delivery,
        id=delivery.id,
        county=delivery.division[:6],
        division=delivery.division,
        subject=delivery.subject,
        kind=delivery.kind,
        channel=delivery.channel,
        recipient=delivery.recipient,
        message=document(delivery.message),
        state=delivery.state,
        attempts=delivery.attempts,
        next_at=millis(delivery.next_at),
        expires_at=millis(delivery.expires_at),
        claim=delivery.claim,
        why=delivery.why,
        code=delivery.code,
        created_at=millis(delivery.created_at),
        settled_at=millis(delivery.settled_at),
    )


async def planned(db: Reader, subjects: Iterable[str]) -> set[tuple[str, str, str, str]]:
    """Return which (subject, kind, channel, recipient) are on record already."""
    rows = await db.rows_in(
        "SELECT subject, kind, channel, recipient FROM delivery WHERE subject IN (*)", subjects
    )
    return {(r["subject"], r["kind"], r["channel"], r["recipient"]) for r in rows}


async def any_due(db: Reader, now: datetime) -> bool:
    """Say whether there is anything to send, to take over or to give up."""
    row = await db.row(
        "SELECT 1 AS yes FROM delivery WHERE state IN ('waiting', 'sending') AND next_at <= ? LIMIT 1",
        millis(now),
    )
    return row is not None


async def held(db: Reader) -> int:
    """Return how many messages to devices wait because this server may not write to their push services."""
    row = await db.row(
        "SELECT COUNT(*) AS n FROM delivery WHERE state = 'waiting' AND channel IN ('push', 'subscriber')"
        " AND why = 'address_refused'"
    )
    return int((row or {}).get("n") or 0)


async def claim(tx: Tx, *, now: datetime, until: datetime, token: str, most: int) -> list[Delivery]:
    """Take what is due, or what another worker took and let lie: theirs no more, and nobody else's until a moment."""
    # Asked twice, inside and outside: on PostgreSQL a row that another transaction took meanwhile is
    # looked at again by the outer condition.
    due = "state IN ('waiting', 'sending') AND next_at <= ?"
    skip = " FOR UPDATE SKIP LOCKED" if tx.postgres else ""
    # Materialized: else PostgreSQL may ask the inner one again for each row, and take more than `most`.
    rows = await tx.rows(
        f"WITH first AS MATERIALIZED (SELECT id FROM delivery WHERE {due} AND expires_at > ? "
        f"ORDER BY {_TURN}, next_at, id LIMIT ?{skip}) "
        "UPDATE delivery SET state = 'sending', claim = ?, next_at = ?, attempts = attempts + 1 "
        f"WHERE {due} AND id IN (SELECT id FROM first) RETURNING {COLUMNS}",
        millis(now),
        millis(now),
        most,
        token,
        millis(until),
        millis(now),
    )
    return sorted((_of_row(row) for row in rows), key=lambda d: (d.created_at, d.id))


async def give_up_expired(tx: Tx, now: datetime) -> int:
    """Give up what was not sent in its time, and return how many those were."""
    return await tx.execute(
        "UPDATE delivery SET state = 'failed', claim = NULL, settled_at = ?, "
        "why = COALESCE(why, 'expired') WHERE state IN ('waiting', 'sending') AND next_at <= ? "
        "AND expires_at <= ?",
        millis(now),
        millis(now),
        millis(now),
    )


async def settle(
    tx: Tx, delivery: Delivery, outcome: Outcome, *, state: State, next_at: datetime, now: datetime
) -> bool:
    """Write down what came of an attempt; False when another worker has taken the delivery over."""
    touched = await tx.execute(
        "UPDATE delivery SET state = ?, next_at = ?, why = ?, code = ?, claim = NULL, settled_at = ? "
        "WHERE id = ? AND state = 'sending' AND claim = ?",
        state,
        millis(next_at),
        outcome.why,
        outcome.code,
        millis(now) if state in ("sent", "failed") else None,
        delivery.id,
        delivery.claim,
    )
    return touched == 1


async def took_since(db: Reader, recipient: str, since: datetime) -> bool:
    """Say whether a recipient took anything since a moment."""
    row = await db.row(
        "SELECT 1 AS yes FROM delivery WHERE recipient = ? AND state = 'sent' AND settled_at >= ? LIMIT 1",
        recipient,
        millis(since),
    )
    return row is not None


async def newest_for(db: Reader, recipients: Iterable[str], since: datetime) -> list[Delivery]:
    """Return what went to some recipients since a moment, newest first."""
    ids = list(recipients)
    marks = ", ".join("?" * len(ids)) or "''"
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM delivery WHERE recipient IN ({marks}) AND created_at >= ? "
        "ORDER BY created_at DESC, id DESC LIMIT 1000",
        *ids,
        millis(since),
    )
    return [_of_row(row) for row in rows]
