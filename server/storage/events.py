"""Events: who did what, when and from where; written in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from server.storage import models
from server.storage.columns import code_range, document, millis, moment, parsed
from server.storage.database import Reader, Row, Tx

_COLUMNS = "id, at, actor, action, subject, division, address, details"


class Event(Struct, frozen=True):
    """One thing that happened. `actor` is an account's id; '' is the terminal or the system itself."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    division: str
    address: str
    details: dict[str, Any]


async def record(
    tx: Tx,
    *,
    at: datetime,
    actor: str | None,
    action: str,
    subject: str,
    division: str,
    address: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write an event. `details` names no person and no secret: it is read by auditors."""
    await tx.insert(
        models.Event,
        county=division[:6],
        at=millis(at),
        actor=actor or None,
        action=action,
        subject=subject,
        division=division,
        address=address,
        details=document(dict(details or {})),
    )


async def for_subject(db: Reader, subject: str) -> list[Event]:
    """Return what happened to a subject, oldest first."""
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM event WHERE subject = ? ORDER BY id",
        subject,
    )
    return [_event(row) for row in rows]


async def for_subjects(db: Reader, subjects: Iterable[str]) -> dict[str, list[Event]]:
    """Return what happened to many subjects, by subject, oldest first."""
    rows = await db.rows_in(
        f"SELECT {_COLUMNS} FROM event WHERE subject IN (*) ORDER BY id", subjects
    )
    found: dict[str, list[Event]] = {}
    for row in rows:
        found.setdefault(row["subject"], []).append(_event(row))
    return found


async def for_division(
    db: Reader, division: str, first: datetime, last: datetime, limit: int = 1000
) -> list[Event]:
    """Return what happened in a division itself in [first, last), oldest first."""
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM event WHERE division = ? AND at >= ? AND at < ?"
        f" ORDER BY at, id LIMIT {int(limit)}",
        division,
        millis(first),
        millis(last),
    )
    return [_event(row) for row in rows]


async def newest_of_action(
    db: Reader, action: str, scope: str, since: datetime, limit: int
) -> list[Event]:
    """Return the newest times that something was done below a division since a moment, newest first."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM event WHERE action = ? AND division >= ? AND division < ? AND at >= ?"
        f" ORDER BY at DESC, id DESC LIMIT {int(limit)}",
        action,
        low,
        high,
        millis(since),
    )
    return [_event(row) for row in rows]


class Wanted(Struct, frozen=True):
    """Which events: in an area, in [first, last), of an action or a noun's actions ('account.'), by somebody, about a subject.

    `without`: actions that whoever asks may not see.
    """

    scope: str
    first: datetime | None = None
    last: datetime | None = None
    action: str | None = None
    actor: str | None = None
    subject: str | None = None
    without: tuple[str, ...] = ()

    def clauses(self) -> tuple[str, list[object]]:
        """Return the condition of a statement and its values."""
        low, high = code_range(self.scope)
        parts: list[tuple[str, object]] = [("division >= ?", low), ("division < ?", high)]
        if self.first is not None:
            parts.append(("at >= ?", millis(self.first)))
        if self.last is not None:
            parts.append(("at < ?", millis(self.last)))
        if self.action is not None and self.action.endswith("."):
            parts += [("action >= ?", self.action), ("action < ?", self.action[:-1] + "/")]
        elif self.action is not None:
            parts.append(("action = ?", self.action))
        if self.actor is not None:
            parts.append(("actor = ?", self.actor))
        if self.subject is not None:
            parts.append(("subject = ?", self.subject))
        parts += [("action <> ?", each) for each in self.without]
        return " AND ".join(text for text, _ in parts), [value for _, value in parts]


async def trail(db: Reader, wanted: Wanted, *, before: int | None, limit: int) -> list[Event]:
    """Return events as they are wanted, newest first, from before an event's number on."""
    where, values = wanted.clauses()
    if before is not None:
        where, values = f"{where} AND id < ?", [*values, before]
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM event WHERE {where} ORDER BY id DESC LIMIT {int(limit)}", *values
    )
    return [_event(row) for row in rows]


async def count(db: Reader, wanted: Wanted) -> int:
    """Return how many events are wanted."""
    where, values = wanted.clauses()
    row = await db.row(f"SELECT count(*) AS n FROM event WHERE {where}", *values)
    return int(row["n"]) if row else 0


def _event(row: Row) -> Event:
    return Event(
        **{
            **row,
            "at": moment(row["at"]),
            "actor": row["actor"] or "",
            "details": parsed(row["details"]),
        }
    )
