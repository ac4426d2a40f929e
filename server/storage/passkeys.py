"""Passkeys and the challenges they sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from server.storage import models_keys
from server.storage.columns import millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, account_id, credential_id, public_key, rp_id, sign_count, transports, name, created_at, "
    "last_used_at, revoked_at, revision"
)


class Passkey(Struct, frozen=True):
    """The public half of a passkey, and what its owner calls it."""

    id: str
    account_id: str
    credential_id: str
    public_key: str
    rp_id: str
    sign_count: int
    transports: tuple[str, ...]
    name: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    # Counts changes of the name.
    revision: int = 1


class Challenge(Struct, frozen=True):
    """What is to be signed, where, until when; with an account it registers a passkey, without it signs in."""

    id: str
    challenge: str
    account_id: str | None
    origin: str
    rp_id: str
    expires_at: datetime


def _of_row(row: Row) -> Passkey:
    return Passkey(
        row["id"],
        row["account_id"],
        row["credential_id"],
        row["public_key"],
        row["rp_id"],
        row["sign_count"],
        tuple(row["transports"].split()),
        row["name"],
        moment(row["created_at"]),
        moment_or_none(row["last_used_at"]),
        moment_or_none(row["revoked_at"]),
        row["revision"],
    )


async def by_credential(db: Reader, credential_id: str) -> Passkey | None:
    """Return the passkey of a credential id, revoked ones too, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM passkey WHERE credential_id = ?", credential_id)
    return _of_row(row) if row else None


async def for_account(db: Reader, account_id: str) -> list[Passkey]:
    """Return the passkeys of an account that were not removed, oldest first."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM passkey WHERE account_id = ? AND revoked_at IS NULL "
        "ORDER BY created_at, id",
        account_id,
    )
    return [_of_row(row) for row in rows]


async def counts(db: Reader, account_ids: Iterable[str]) -> dict[str, int]:
    """Return how many passkeys each account has; one without any is not named."""
    rows = await db.rows_in(
        "SELECT account_id, COUNT(1) AS many FROM passkey WHERE account_id IN (*) "
        "AND revoked_at IS NULL GROUP BY account_id",
        account_ids,
    )
    return {row["account_id"]: row["many"] for row in rows}


async def insert(tx: Tx, passkey: Passkey, *, county: str) -> bool:
    """Insert a passkey; False when its credential id is known already."""
    return await tx.insert(
        models_keys.Passkey,
        id=passkey.id,
        county=county,
        account_id=passkey.account_id,
        credential_id=passkey.credential_id,
        public_key=passkey.public_key,
        rp_id=passkey.rp_id,
        sign_count=passkey.sign_count,
        transports=" ".join(passkey.transports),
        name=passkey.name,
        created_at=millis(passkey.created_at),
        last_used_at=millis(passkey.last_used_at),
        revoked_at=millis(passkey.revoked_at),
    )


async def used(tx: Tx, passkey_id: str, *, counter: int, before: int, now: datetime) -> bool:
    """Note a passkey's counter and when it was used; False when another use was noted meanwhile."""
    changed = await tx.execute(
        "UPDATE passkey SET sign_count = ?, last_used_at = ? "
        "WHERE id = ? AND sign_count = ? AND revoked_at IS NULL",
        counter,
        millis(now),
        passkey_id,
        before,
    )
    return changed == 1


async def rename(tx: Tx, passkey_id: str, name: str, *, expect_revision: int) -> bool:
    """Call a passkey something else; False when it was renamed since the expected revision."""
    sql = "UPDATE passkey SET name = ?, revision = revision + 1 WHERE id = ? AND revision = ?"
    return await tx.execute(sql, name, passkey_id, expect_revision) == 1


async def revoke(tx: Tx, passkey_id: str, now: datetime) -> None:
    """Revoke a passkey; the first time counts."""
    await tx.execute(
        "UPDATE passkey SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
        millis(now),
        passkey_id,
    )


async def revoke_all(tx: Tx, account_id: str, now: datetime) -> int:
    """Revoke every passkey of an account; return how many there were."""
    return await tx.execute(
        "UPDATE passkey SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL",
        millis(now),
        account_id,
    )


async def ask(tx: Tx, challenge: Challenge, *, county: str, now: datetime) -> None:
    """Store a challenge, and forget those whose time is over."""
    await tx.execute("DELETE FROM passkey_challenge WHERE expires_at <= ?", millis(now))
    await tx.insert(
        models_keys.PasskeyChallenge,
        id=challenge.id,
        county=county,
        challenge=challenge.challenge,
        account_id=challenge.account_id,
        origin=challenge.origin,
        rp_id=challenge.rp_id,
        expires_at=millis(challenge.expires_at),
        used_at=None,
    )


async def answered(tx: Tx, challenge_id: str, now: datetime) -> Challenge | None:
    """Use a challenge up and return it; None when it is unknown, over, or was used before."""
    row = await tx.row(
        "UPDATE passkey_challenge SET used_at = ? WHERE id = ? AND used_at IS NULL AND expires_at > ? "
        "RETURNING id, challenge, account_id, origin, rp_id, expires_at",
        millis(now),
        challenge_id,
        millis(now),
    )
    if row is None:
        return None
    return Challenge(
        row["id"],
        row["challenge"],
        row["account_id"],
        row["origin"],
        row["rp_id"],
        moment(row["expires_at"]),
    )
