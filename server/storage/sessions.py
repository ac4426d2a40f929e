"""Sessions: sign-ins on devices, of which only token hashes are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.storage import models
from server.storage.columns import millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, token_hash, account_id, device, address, created_at, last_seen_at, expires_at, revoked_at"
)


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in on one device."""

    id: str
    token_hash: str
    account_id: str
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """A session, and whether it was found by the token before the last renewal."""

    session: Session
    by_old_token: bool


def _of_row(row: Row) -> Session:
    return Session(
        row["id"],
        row["token_hash"],
        row["account_id"],
        row["device"],
        row["address"],
        moment(row["created_at"]),
        moment(row["last_seen_at"]),
        moment(row["expires_at"]),
        moment_or_none(row["revoked_at"]),
    )


async def get(db: Reader, session_id: str) -> Session | None:
    """Return a session, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM session WHERE id = ?", session_id)
    return _of_row(row) if row else None


async def by_token_hash(db: Reader, token_hash: str, now: datetime) -> Found | None:
    """Return the session that stands now for a token's hash, or None when it was revoked or is over."""
    row = await db.row(
        f"SELECT {COLUMNS} FROM session WHERE revoked_at IS NULL AND expires_at > ? "
        "AND (token_hash = ? OR (old_token_hash = ? AND old_until > ?))",
        millis(now),
        token_hash,
        token_hash,
        millis(now),
    )
    return Found(_of_row(row), by_old_token=row["token_hash"] != token_hash) if row else None


async def for_account(db: Reader, account_id: str) -> list[Session]:
    """Return every session of an account, oldest first."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM session WHERE account_id = ? ORDER BY created_at, id", account_id
    )
    return [_of_row(row) for row in rows]


async def seen_from(db: Reader, account_id: str, address: str) -> bool:
    """Say whether an account was ever signed in from an address."""
    row = await db.row(
        "SELECT 1 AS yes FROM session WHERE account_id = ? AND address = ? LIMIT 1",
        account_id,
        address,
    )
    return row is not None


async def insert(tx: Tx, session: Session, *, county: str) -> bool:
    """Insert a session; False when its id or token is taken."""
    return await tx.insert(
        models.Session,
        id=session.id,
        county=county,
        token_hash=session.token_hash,
        account_id=session.account_id,
        device=session.device,
        address=session.address,
        created_at=millis(session.created_at),
        last_seen_at=millis(session.last_seen_at),
        expires_at=millis(session.expires_at),
        revoked_at=millis(session.revoked_at),
    )


async def seen(tx: Tx, session_id: str, now: datetime) -> None:
    """Note when a session was seen last."""
    await tx.execute("UPDATE session SET last_seen_at = ? WHERE id = ?", millis(now), session_id)


async def rotate(
    tx: Tx,
    session: Session,
    *,
    token_hash: str,
    now: datetime,
    expires_at: datetime,
    old_until: datetime,
) -> None:
    """Give a session a new token; the one before goes on working until a moment."""
    await tx.execute(
        "UPDATE session SET old_token_hash = token_hash, old_until = ?, token_hash = ?, last_seen_at = ?, "
        "expires_at = ? WHERE id = ? AND revoked_at IS NULL",
        millis(old_until),
        token_hash,
        millis(now),
        millis(expires_at),
        session.id,
    )


async def revoke(tx: Tx, session_id: str, now: datetime) -> None:
    """Revoke a session; the first time counts."""
    await tx.execute(
        "UPDATE session SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
        millis(now),
        session_id,
    )


async def revoke_all(
    tx: Tx, account_id: str, now: datetime, *, except_id: str | None = None
) -> None:
    """Revoke every session of an account, but one."""
    await tx.execute(
        "UPDATE session SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL AND id <> ?",
        millis(now),
        account_id,
        except_id or "",
    )
