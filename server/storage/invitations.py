"""Invitations: one-time codes, of which only the hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from msgspec import Struct

from server.rules.invitations import VALID_FOR
from server.rules.values import uuid7_at
from server.storage import models
from server.storage.accounts import Account
from server.storage.columns import millis, moment, moment_or_none
from server.storage.database import Reader, Tx


class Invitation(Struct, frozen=True):
    """A code that opens an account once; in a demonstration it may be used again."""

    id: str
    code_hash: str
    account_id: str
    expires_at: datetime
    used_at: datetime | None
    reusable: bool
    created_by: str | None


async def insert(tx: Tx, invitation: Invitation, *, county: str) -> bool:
    """Insert an invitation; False when its id or its code is taken."""
    return await tx.insert(
        models.Invitation,
        id=invitation.id,
        county=county,
        code_hash=invitation.code_hash,
        account_id=invitation.account_id,
        expires_at=millis(invitation.expires_at),
        used_at=millis(invitation.used_at),
        reusable=invitation.reusable,
        created_by=invitation.created_by,
        # The order of ids is the order of making: a UUIDv7 begins with its milliseconds.
        created_at=int(invitation.id[:8] + invitation.id[9:13], 16),
    )


async def issue(tx: Tx, account: Account, code_hash: str, *, now: datetime, by: str) -> Invitation:
    """Insert and return the invitation of a code that opens an account once, for as long as `VALID_FOR` says."""
    invitation = Invitation(
        id=uuid7_at(now, secrets.token_bytes(10)),
        code_hash=code_hash,
        account_id=account.id,
        expires_at=now + VALID_FOR,
        used_at=None,
        reusable=False,
        created_by=by,
    )
    await insert(tx, invitation, county=account.county)
    return invitation


async def by_code_hash(db: Reader, code_hash: str) -> Invitation | None:
    """Return the invitation of a code that was not used up, or None."""
    row = await db.row(
        "SELECT id, code_hash, account_id, expires_at, used_at, reusable, created_by FROM invitation "
        "WHERE code_hash = ? AND used_at IS NULL",
        code_hash,
    )
    if row is None:
        return None
    return Invitation(
        row["id"],
        row["code_hash"],
        row["account_id"],
        moment(row["expires_at"]),
        moment_or_none(row["used_at"]),
        bool(row["reusable"]),
        row["created_by"],
    )


async def use_up(tx: Tx, invitation_id: str, now: datetime) -> bool:
    """Use an invitation up; False when somebody else was first."""
    return (
        await tx.execute(
            "UPDATE invitation SET used_at = ? WHERE id = ? AND used_at IS NULL",
            millis(now),
            invitation_id,
        )
        == 1
    )


async def end_all(tx: Tx, account_id: str, now: datetime) -> None:
    """End every invitation of an account that is still open."""
    await tx.execute(
        "UPDATE invitation SET used_at = ? WHERE account_id = ? AND used_at IS NULL",
        millis(now),
        account_id,
    )
