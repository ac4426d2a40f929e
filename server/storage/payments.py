"""Lists of payments and their rows: amounts, days and marks; no name and no number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from server.rules.listing import Wanted
from server.rules.payments import Line, Payment, PaymentList
from server.storage import models_payments
from server.storage.columns import code_range, day, millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx
from server.storage.listing import holding, in_order

_LIST = (
    "id, division, category, period_key, purpose, paid_on, rows, unasked, total, key, fingerprint,"
    " loaded_by, loaded_by_name, loaded_at, revision, removed_at, delay_cause, delay_words"
)
_PAYMENT = "id, division, list_id, row, mark, amount, purpose, paid_on, said, said_at, removed_at"


class Said(Struct, frozen=True):
    """How many households of a list said that the money came as published, and how many that it did not."""

    yes: int
    no: int


def place_of(division: str, category: str, period_key: str) -> str:
    """Return the name under which whoever changes this list works alone (Tx.alone)."""
    return f"payments {division} {category} {period_key}"


async def find_list(
    db: Reader, division: str, category: str, period_key: str
) -> PaymentList | None:
    """Return the list of a village, a category and a period, removed or not, or None."""
    row = await db.row(
        f"SELECT {_LIST} FROM payment_list WHERE division = ? AND category = ? AND period_key = ?",
        division,
        category,
        period_key,
    )
    return _list_of(row) if row else None


async def get_list(db: Reader, list_id: str) -> PaymentList | None:
    """Return a list, removed or not, or None."""
    row = await db.row(f"SELECT {_LIST} FROM payment_list WHERE id = ?", list_id)
    return _list_of(row) if row else None


async def lists_of(db: Reader, division: str, since: date, limit: int) -> list[PaymentList]:
    """Return a village's lists that stand, the newest day of payment first, from a day on."""
    rows = await db.rows(
        f"SELECT {_LIST} FROM payment_list WHERE division = ? AND removed_at IS NULL AND paid_on >= ?"
        f" ORDER BY paid_on DESC, id DESC LIMIT {int(limit)}",
        division,
        since.isoformat(),
    )
    return [_list_of(row) for row in rows]


async def paid_between(db: Reader, scope: str, first: date, last: date) -> list[PaymentList]:
    """Return the lists under a scope that stand and were paid from `first` to `last`, both included."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {_LIST} FROM payment_list WHERE division >= ? AND division < ? AND removed_at IS NULL"
        " AND paid_on >= ? AND paid_on <= ? ORDER BY paid_on, id",
        low,
        high,
        first.isoformat(),
        last.isoformat(),
    )
    return [_list_of(row) for row in rows]


async def lists_under(
    db: Reader,
    scope: str,
    wanted: Wanted,
    *,
    categories: Sequence[str],
    after: str | None,
    limit: int,
) -> list[PaymentList]:
    """Return the lists under a scope that stand, as wanted, beyond a position; `categories`: those whose name is sought."""
    held, sought = holding(
        wanted, scope, ("purpose", "loaded_by_name"), named={"category": categories}
    )
    beyond, values, order = in_order(wanted.sort, "loaded_at", after)
    rows = await db.rows(
        f"SELECT {_LIST} FROM payment_list WHERE division >= ? AND division < ? AND removed_at IS NULL{held}{beyond}"
        f"{order} LIMIT {int(limit)}",
        *code_range(scope),
        *sought,
        *values,
    )
    return [_list_of(row) for row in rows]


async def keys_in_use(db: Reader) -> dict[str, int]:
    """Return how many lists that stand were marked with each version of the key."""
    rows = await db.rows(
        "SELECT key, COUNT(*) AS lists FROM payment_list WHERE removed_at IS NULL GROUP BY key"
    )
    return {row["key"]: int(row["lists"]) for row in rows}


async def keep_list(tx: Tx, kept: PaymentList) -> None:
    """Write a list: a new one, or its next state under the same village, category and period."""
    values = {
        "division": kept.division,
        "category": kept.category,
        "period_key": kept.period_key,
        "purpose": kept.purpose,
        "paid_on": kept.paid_on.isoformat(),
        "rows": kept.rows,
        "unasked": kept.unasked,
        "total": kept.total,
        "key": kept.key,
        "fingerprint": kept.fingerprint,
        "loaded_by": kept.loaded_by,
        "loaded_by_name": kept.loaded_by_name,
        "loaded_at": millis(kept.loaded_at),
        "revision": kept.revision,
        "removed_at": millis(kept.removed_at),
        "delay_cause": kept.delay_cause,
        "delay_words": kept.delay_words,
    }
    county = kept.division[:6]
    if await tx.insert(models_payments.PaymentList, id=kept.id, county=county, **values):
        return
    names = ", ".join(f"{name} = ?" for name in values)
    await tx.execute(f"UPDATE payment_list SET {names} WHERE id = ?", *values.values(), kept.id)


async def of_list(db: Reader, list_id: str) -> list[Payment]:
    """Return the payments of a list that stand, in their order."""
    rows = await db.rows(
        f"SELECT {_PAYMENT} FROM payment WHERE list_id = ? AND removed_at IS NULL ORDER BY row, id",
        list_id,
    )
    return [_payment_of(row) for row in rows]


async def with_marks(db: Reader, marks: Iterable[str]) -> list[Payment]:
    """Return the payments that stand and have one of these marks."""
    rows = await db.rows_in(
        f"SELECT {_PAYMENT} FROM payment WHERE removed_at IS NULL AND mark IN (*)", marks
    )
    return [_payment_of(row) for row in rows]


async def with_ids(db: Reader, division: str, ids: Iterable[str]) -> list[Payment]:
    """Return the payments of a village with these ids, as far as they stand."""
    rows = await db.rows_in(
        f"SELECT {_PAYMENT} FROM payment WHERE division = ? AND removed_at IS NULL AND id IN (*)",
        ids,
        division,
    )
    return [_payment_of(row) for row in rows]


async def not_received(db: Reader, list_id: str) -> list[Payment]:
    """Return the payments of a list of which somebody said that they did not come, gone ones too."""
    rows = await db.rows(
        f"SELECT {_PAYMENT} FROM payment WHERE list_id = ? AND said = ? ORDER BY row, id",
        list_id,
        False,
    )
    return [_payment_of(row) for row in rows]


async def said_of(db: Reader, list_ids: Iterable[str]) -> dict[str, Said]:
    """Return what the households of lists said, by list; gone payments count too."""
    rows = await db.rows_in(
        "SELECT list_id, SUM(CASE WHEN said THEN 1 ELSE 0 END) AS yes, COUNT(said) AS answers"
        " FROM payment WHERE said IS NOT NULL AND list_id IN (*) GROUP BY list_id",
        list_ids,
    )
    return {r["list_id"]: Said(int(r["yes"]), int(r["answers"]) - int(r["yes"])) for r in rows}


async def insert_many(tx: Tx, payments: Sequence[Payment]) -> None:
    """Insert new payments."""
    await tx.execute_many(
        "INSERT INTO payment (id, county, division, list_id, row, mark, amount, purpose, paid_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                p.id,
                p.division[:6],
                p.division,
                p.list_id,
                p.line.row,
                p.line.mark,
                p.line.amount,
                p.line.purpose,
                p.line.paid_on.isoformat(),
            )
            for p in payments
        ],
    )


async def move(tx: Tx, places: Sequence[tuple[str, Line]]) -> None:
    """Give payments that stay the row and the mark that they have in the corrected list."""
    await tx.execute_many(
        "UPDATE payment SET row = ?, mark = ? WHERE id = ?",
        [(line.row, line.mark, payment_id) for payment_id, line in places],
    )


async def remove(tx: Tx, ids: Sequence[str], now: datetime) -> None:
    """Take payments out of their list: nobody finds them any more, what was said of them stays."""
    at = millis(now)
    await tx.execute_many(
        "UPDATE payment SET mark = NULL, removed_at = ? WHERE id = ?", [(at, each) for each in ids]
    )


async def say(tx: Tx, payment_id: str, *, received: bool, now: datetime) -> None:
    """Write what a household says of a payment; the last word counts."""
    await tx.execute(
        "UPDATE payment SET said = ?, said_at = ? WHERE id = ?", received, millis(now), payment_id
    )


def _list_of(row: Row) -> PaymentList:
    return PaymentList(
        **{
            **row,
            "paid_on": day(row["paid_on"]),
            "loaded_at": moment(row["loaded_at"]),
            "removed_at": moment_or_none(row["removed_at"]),
        }
    )


def _payment_of(row: Row) -> Payment:
    return Payment(
        id=row["id"],
        division=row["division"],
        list_id=row["list_id"],
        line=Line(row["row"], row["mark"], row["amount"], row["purpose"], day(row["paid_on"])),
        said=None if row["said"] is None else bool(row["said"]),
        said_at=moment_or_none(row["said_at"]),
        removed_at=moment_or_none(row["removed_at"]),
    )
