"""Accounts: people who may sign in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from server.rules.permissions import Role
from server.rules.terms import Term, term_of
from server.storage import models
from server.storage.columns import millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

Sort = Literal["login", "place", "newest"]
COLUMNS = (
    "id, county, login, name, role, division, password_hash, disabled_at, created_at, succeeded_by, post, "
    "starts_at, ends_at, revision"
)


class Account(Struct, frozen=True):
    """A person with a role, bound to a division and everything below it. No password yet: no hash."""

    id: str
    county: str
    login: str
    name: str
    role: Role
    division: str
    password_hash: str | None
    disabled_at: datetime | None
    created_at: datetime
    succeeded_by: str | None = None
    # The body or office a person signs for (村监委会主任); some rules let certain posts not review.
    post: str | None = None
    # Between these the person is in office; see rules/terms.py.
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    # Counts changes of the post and of the term.
    revision: int = 1

    @property
    def term(self) -> Term:
        """From when and until when the person may act."""
        return term_of(self.role, self.starts_at, self.ends_at)

    def ended(self, now: datetime) -> bool:
        """Say whether nobody may sign in here any more: disabled, or long handed over."""
        return self.disabled_at is not None or self.term.closed(now)


def _of_row(row: Row) -> Account:
    return Account(
        id=row["id"],
        county=row["county"],
        login=row["login"],
        name=row["name"],
        role=row["role"],
        division=row["division"],
        password_hash=row["password_hash"],
        disabled_at=moment_or_none(row["disabled_at"]),
        created_at=moment(row["created_at"]),
        succeeded_by=row["succeeded_by"],
        post=row["post"],
        starts_at=moment_or_none(row["starts_at"]),
        ends_at=moment_or_none(row["ends_at"]),
        revision=row["revision"],
    )


async def get(db: Reader, account_id: str) -> Account | None:
    """Return an account, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM account WHERE id = ?", account_id)
    return _of_row(row) if row else None


async def lock(tx: Tx, account_id: str) -> Account | None:
    """Return an account, kept from changing until this transaction ends, or None."""
    held = " FOR UPDATE" if tx.postgres else ""
    row = await tx.row(f"SELECT {COLUMNS} FROM account WHERE id = ?{held}", account_id)
    return _of_row(row) if row else None


async def by_login(db: Reader, login: str) -> Account | None:
    """Return the account of a login name, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM account WHERE login = ?", login)
    return _of_row(row) if row else None


async def of_ids(db: Reader, ids: Iterable[str]) -> dict[str, Account]:
    """Return accounts by their id."""
    rows = await db.rows_in(f"SELECT {COLUMNS} FROM account WHERE id IN (*)", {i for i in ids if i})
    return {row["id"]: _of_row(row) for row in rows}


async def names(db: Reader, ids: Iterable[str | None]) -> dict[str | None, str]:
    """Return people's names by account id."""
    rows = await db.rows_in("SELECT id, name FROM account WHERE id IN (*)", [i for i in ids if i])
    return {row["id"]: row["name"] for row in rows}


# Each with the login behind it, which no two accounts share.
_ORDERS: dict[Sort, tuple[str, str]] = {
    "login": ("", "login"),
    "place": ("AND (division > ? OR (division = ? AND login > ?))", "division, login"),
    "newest": ("AND (created_at < ? OR (created_at = ? AND login > ?))", "created_at DESC, login"),
}


async def in_scope(
    db: Reader, prefix: str, *, q: str, sort: Sort = "login", after: Account | None, limit: int
) -> list[Account]:
    """Return accounts below a division whose name or login contains `q`, sorted, those that follow one of them."""
    escaped = q.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    following, order = _ORDERS[sort]
    args: list[object] = []
    if after is None:
        following = ""
    elif sort == "login":
        following, args = "AND login > ?", [after.login]
    else:
        key = after.division if sort == "place" else millis(after.created_at)
        args = [key, key, after.login]
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM account WHERE division >= ? AND division <= ? "
        f"AND (name LIKE ? ESCAPE '!' OR login LIKE ? ESCAPE '!') {following} ORDER BY {order} LIMIT ?",
        prefix.ljust(12, "0"),
        prefix.ljust(12, "9"),
        f"%{escaped}%",
        f"%{escaped}%",
        *args,
        limit,
    )
    return [_of_row(row) for row in rows]


async def insert(tx: Tx, account: Account) -> bool:
    """Insert an account; False when its id or its login is taken."""
    return await tx.insert(
        models.Account,
        id=account.id,
        county=account.county,
        login=account.login,
        name=account.name,
        role=account.role,
        division=account.division,
        password_hash=account.password_hash,
        disabled_at=millis(account.disabled_at),
        created_at=millis(account.created_at),
        post=account.post,
        starts_at=millis(account.starts_at),
        ends_at=millis(account.ends_at),
    )


async def set_password(tx: Tx, account_id: str, password_hash: str | None) -> None:
    """Set or forget an account's password hash."""
    await tx.execute("UPDATE account SET password_hash = ? WHERE id = ?", password_hash, account_id)


async def set_post(tx: Tx, account_id: str, post: str | None) -> None:
    """Set what office an account's person signs for."""
    sql = "UPDATE account SET post = ?, revision = revision + 1 WHERE id = ?"
    await tx.execute(sql, post, account_id)


async def set_end(tx: Tx, account_id: str, ends_at: datetime) -> None:
    """Set the moment from which an account that was given for a while is closed."""
    sql = "UPDATE account SET ends_at = ?, revision = revision + 1 WHERE id = ?"
    await tx.execute(sql, millis(ends_at), account_id)


async def disable(tx: Tx, account_id: str, now: datetime) -> None:
    """Disable an account; the first time counts."""
    await tx.execute(
        "UPDATE account SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL",
        millis(now),
        account_id,
    )


async def succeed(tx: Tx, account_id: str, successor_id: str) -> None:
    """Note to whom an account's post was handed over."""
    sql = "UPDATE account SET succeeded_by = ?, revision = revision + 1 WHERE id = ?"
    await tx.execute(sql, successor_id, account_id)


async def end_on(tx: Tx, account_id: str, successor_id: str, at: datetime) -> None:
    """Note from when an account's post is somebody else's."""
    await tx.execute(
        "UPDATE account SET ends_at = ?, succeeded_by = ?, revision = revision + 1 WHERE id = ?",
        millis(at),
        successor_id,
        account_id,
    )


async def begin_on(tx: Tx, account: Account) -> None:
    """Store when a successor's term begins, with the name; an account that was called off stands again."""
    await tx.execute(
        "UPDATE account SET starts_at = ?, name = ?, post = ?, disabled_at = NULL, password_hash = NULL, "
        "revision = revision + 1 WHERE id = ?",
        millis(account.starts_at),
        account.name,
        account.post,
        account.id,
    )


async def move_handover(tx: Tx, account_id: str, successor_id: str, at: datetime) -> None:
    """Move the moment at which one account's post becomes the other's."""
    for moment_of, each in (("ends_at", account_id), ("starts_at", successor_id)):
        sql = f"UPDATE account SET {moment_of} = ?, revision = revision + 1 WHERE id = ?"
        await tx.execute(sql, millis(at), each)


async def stay(tx: Tx, account_id: str) -> None:
    """Forget that an account's post was to be handed over."""
    await tx.execute(
        "UPDATE account SET ends_at = NULL, succeeded_by = NULL, revision = revision + 1 WHERE id = ?",
        account_id,
    )


async def leaving_for(tx: Tx, successor_id: str, now: datetime) -> Account | None:
    """Return the account whose post this one is still to take over, kept from changing; None when there is none."""
    held = " FOR UPDATE" if tx.postgres else ""
    row = await tx.row(
        f"SELECT {COLUMNS} FROM account WHERE succeeded_by = ? AND ends_at > ?{held}",
        successor_id,
        millis(now),
    )
    return _of_row(row) if row else None


async def posts_in_scope(db: Reader, prefix: str) -> list[str]:
    """Return the posts that accounts below a division have, each once."""
    rows = await db.rows(
        "SELECT DISTINCT post FROM account WHERE division >= ? AND division <= ?"
        " AND post IS NOT NULL AND disabled_at IS NULL ORDER BY post",
        prefix.ljust(12, "0"),
        prefix.ljust(12, "9"),
    )
    return [row["post"] for row in rows]


async def predecessors(db: Reader, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return (id, name) of whoever handed their post to each of these accounts, the latest one."""
    rows = await db.rows_in(
        "SELECT id, name, succeeded_by FROM account WHERE succeeded_by IN (*) ORDER BY disabled_at",
        ids,
    )
    return {row["succeeded_by"]: (row["id"], row["name"]) for row in rows}


async def lock_administrators(tx: Tx) -> list[str]:
    """Return the ids of the administrators that stand, kept from changing until this transaction ends."""
    lock = " FOR UPDATE" if tx.postgres else ""
    rows = await tx.rows(
        f"SELECT id FROM account WHERE role = 'administrator' AND disabled_at IS NULL ORDER BY id{lock}"
    )
    return [row["id"] for row in rows]


async def standing(db: Reader, prefix: str, now: datetime) -> dict[tuple[str, Role, str], str]:
    """Return the user names of accounts below a division that have not ended, by (name, role, division)."""
    rows = await db.rows(
        "SELECT name, role, division, login FROM account WHERE division >= ? AND division <= ?"
        " AND disabled_at IS NULL AND (ends_at IS NULL OR ends_at > ?)",
        prefix.ljust(12, "0"),
        prefix.ljust(12, "9"),
        millis(now),
    )
    return {(row["name"], row["role"], row["division"]): row["login"] for row in rows}


async def taken(db: Reader, logins: Iterable[str]) -> set[str]:
    """Return which of these user names somebody has, or had."""
    rows = await db.rows_in("SELECT login FROM account WHERE login IN (*)", set(logins))
    return {row["login"] for row in rows}
