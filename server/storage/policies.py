"""Policies that were imported or put in force; the newest recording of a policy counts, older ones are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from server.rules.schedules import Policy, parse_policy
from server.storage import events, models_rules
from server.storage.columns import document, millis, moment, parsed
from server.storage.database import Reader, Row, Tx


class Recording(Struct, frozen=True):
    """One recording of a policy: its document as it was read, when, by whom (None: at the terminal), and why.

    `because`: the policy that began when this one ended. `taken_back`: from here on there is no such policy.
    """

    name: str
    doc: dict[str, Any]
    recorded_at: datetime
    recorded_by: str | None = None
    reason: str | None = None
    because: str | None = None
    taken_back: bool = False

    @property
    def policy(self) -> Policy:
        """The policy that the document says."""
        return parse_policy(self.doc)


_COLUMNS = "policy, document, recorded_at, recorded_by, reason, because, taken_back"


async def insert(tx: Tx, recording: Recording, *, county: str) -> None:
    """Record a policy document that has been parsed before."""
    await tx.insert(
        models_rules.Policy,
        county=county,
        policy=recording.name,
        document=document(recording.doc),
        recorded_at=millis(recording.recorded_at),
        recorded_by=recording.recorded_by,
        reason=recording.reason,
        because=recording.because,
        taken_back=recording.taken_back or None,
    )


async def record(
    tx: Tx, recording: Recording, *, action: str, address: str, details: Mapping[str, Any]
) -> None:
    """Record a policy document that has been parsed before, with the event of whoever did so."""
    division = recording.policy.division_prefix.ljust(12, "0")
    await insert(tx, recording, county=division[:6])
    await events.record(
        tx,
        at=recording.recorded_at,
        actor=recording.recorded_by,
        action=action,
        subject=f"policy:{recording.name}",
        division=division,
        address=address,
        details=details,
    )


async def all_current(db: Reader) -> list[Policy]:
    """Return the newest recording of every policy, without those that were taken back."""
    return [each.policy for each in newest(await recordings(db)).values() if not each.taken_back]


async def recordings(db: Reader) -> list[Recording]:
    """Return every recording of every policy, oldest first."""
    return [_of_row(row) for row in await db.rows(f"SELECT {_COLUMNS} FROM policy ORDER BY id")]


async def of_policy(db: Reader, name: str) -> list[Recording]:
    """Return every recording of one policy, oldest first."""
    rows = await db.rows(f"SELECT {_COLUMNS} FROM policy WHERE policy = ? ORDER BY id", name)
    return [_of_row(row) for row in rows]


def newest(found: Sequence[Recording]) -> dict[str, Recording]:
    """Return the recording of each policy that counts, by its name."""
    return {each.name: each for each in found}


def before_ending(steps: Sequence[Recording]) -> Recording | None:
    """Return what a policy said before somebody let it end, of its recordings, oldest first; None when nobody did."""
    if len(steps) < 2:
        return None
    earlier, last = steps[-2:]
    if last.taken_back or earlier.taken_back or last.because or last.recorded_by is None:
        return None
    was, now = earlier.policy.valid_to, last.policy.valid_to
    return earlier if now is not None and (was is None or now < was) else None


def beside(shipped: Sequence[Policy], found: Sequence[Recording]) -> list[Policy]:
    """Return the policies that stand: those that came with the program, and over them what was recorded."""
    last = newest(found)
    ours = [each.policy for each in last.values() if not each.taken_back]
    return [*(p for p in shipped if p.id not in last), *ours]


def _of_row(row: Row) -> Recording:
    return Recording(
        name=row["policy"],
        doc=parsed(row["document"]),
        recorded_at=moment(row["recorded_at"]),
        recorded_by=row["recorded_by"],
        reason=row["reason"],
        because=row["because"],
        taken_back=bool(row["taken_back"]),
    )
