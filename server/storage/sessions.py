"""Sessions: sign-ins on devices, of which only token hashes are kept."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server.rules.endings import Ending
from server.storage import models
from server.storage.columns import millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, token_hash, account_id, device, address, created_at, last_seen_at, expires_at, revoked_at, "
    "revoked_why, phone_id, pin_hash, pin_misses, parked_at"
)


class Session(Struct, frozen=True):
    """A sign-in on one device.

    On a shared phone it has a `pin_hash`; `parked_at`: somebody else has the phone, and no token opens it until
    its PIN is typed.
    """

    id: str
    token_hash: str
    account_id: str
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    revoked_why: str | None = None
    phone_id: str | None = None
    pin_hash: str | None = None
    pin_misses: int = 0
    parked_at: datetime | None = None

    @property
    def has_seat(self) -> bool:
        """It can wait on its phone for a PIN while somebody else uses it."""
        return self.phone_id is not None and self.pin_hash is not None


class Found(Struct, frozen=True):
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
        row["revoked_why"],
        row["phone_id"],
        row["pin_hash"],
        row["pin_misses"] or 0,
        moment_or_none(row["parked_at"]),
    )


async def get(db: Reader, session_id: str) -> Session | None:
    """Return a session, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM session WHERE id = ?", session_id)
    return _of_row(row) if row else None


async def by_token_hash(db: Reader, token_hash: str, now: datetime) -> Found | None:
    """Return the session that a token's hash opens now, or None when it was revoked, is over or is parked."""
    row = await db.row(
        f"SELECT {COLUMNS} FROM session WHERE revoked_at IS NULL AND parked_at IS NULL AND expires_at > ? "
        "AND (token_hash = ? OR (old_token_hash = ? AND old_until > ?))",
        millis(now),
        token_hash,
        token_hash,
        millis(now),
    )
    return Found(_of_row(row), by_old_token=row["token_hash"] != token_hash) if row else None


async def ending_of(db: Reader, token_hash: str) -> str | None:
    """Return why the session of a token was revoked; None when it was not, or nobody wrote down why."""
    row = await db.row(
        "SELECT revoked_why FROM session WHERE token_hash = ? AND revoked_at IS NOT NULL",
        token_hash,
    )
    return row["revoked_why"] if row else None


async def on_phone(db: Reader, phone_id: str, now: datetime) -> list[Session]:
    """Return the sessions that have a PIN on a shared phone and stand now, oldest first."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM session WHERE phone_id = ? AND pin_hash IS NOT NULL "
        "AND revoked_at IS NULL AND expires_at > ? ORDER BY created_at, id",
        phone_id,
        millis(now),
    )
    return [_of_row(row) for row in rows]


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
        phone_id=session.phone_id,
        pin_hash=session.pin_hash,
        pin_misses=session.pin_misses,
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


async def revoke(tx: Tx, session_id: str, now: datetime, why: Ending) -> None:
    """Revoke a session; the first time counts."""
    await tx.execute(
        "UPDATE session SET revoked_at = ?, revoked_why = ? WHERE id = ? AND revoked_at IS NULL",
        millis(now),
        why,
        session_id,
    )


async def revoke_all(
    tx: Tx, account_id: str, now: datetime, why: Ending, *, except_id: str | None = None
) -> int:
    """Revoke every session of an account, but one; return how many stood until now."""
    return await tx.execute(
        "UPDATE session SET revoked_at = ?, revoked_why = ? "
        "WHERE account_id = ? AND revoked_at IS NULL AND expires_at > ? AND id <> ?",
        millis(now),
        why,
        account_id,
        millis(now),
        except_id or "",
    )


async def park(tx: Tx, session_id: str, now: datetime) -> None:
    """Let a session wait on its shared phone: no token opens it until its PIN is typed."""
    await tx.execute(
        "UPDATE session SET parked_at = ? WHERE id = ? AND parked_at IS NULL",
        millis(now),
        session_id,
    )


async def unpark(
    tx: Tx, session_id: str, *, token_hash: str, now: datetime, expires_at: datetime
) -> bool:
    """Open a session again under a new token, the only one from now on; False when it ended meanwhile."""
    changed = await tx.execute(
        "UPDATE session SET parked_at = NULL, pin_misses = 0, token_hash = ?, old_token_hash = NULL, "
        "old_until = NULL, last_seen_at = ?, expires_at = ? WHERE id = ? AND revoked_at IS NULL",
        token_hash,
        millis(now),
        millis(expires_at),
        session_id,
    )
    return changed == 1


async def take_pin_try(tx: Tx, session_id: str, most: int) -> int | None:
    """Count a try before its PIN is compared, so that many at once are no more than `most`.

    Return how many tries in a row that makes; None when none is left.
    """
    row = await tx.row(
        "UPDATE session SET pin_misses = COALESCE(pin_misses, 0) + 1 "
        "WHERE id = ? AND COALESCE(pin_misses, 0) < ? RETURNING pin_misses",
        session_id,
        most,
    )
    return row["pin_misses"] if row else None


async def set_pin(tx: Tx, session_id: str, *, phone_id: str | None, pin_hash: str | None) -> None:
    """Give a session its seat on a shared phone, or (both None) take it away."""
    await tx.execute(
        "UPDATE session SET phone_id = ?, pin_hash = ?, pin_misses = 0 WHERE id = ?",
        phone_id,
        pin_hash,
        session_id,
    )
