"""Imported ledgers: the files, what each village got of them, and how a township's columns are matched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from server.rules.ledger_files import KnownMatching
from server.rules.ledger_imports import LedgerImport, LedgerPart, Prepared
from server.rules.listing import Wanted
from server.storage import models_ledgers
from server.storage.columns import code_range, document, millis, moment, parsed
from server.storage.database import Reader, Row, Tx
from server.storage.listing import holding, in_order

_IMPORT = (
    "id, division, category, payments, name, digest, file_mark, rows, villages, total, warnings,"
    " loaded_by, loaded_by_name, loaded_at"
)
_INTO = "id IN (SELECT imported_id FROM ledger_part WHERE division IN ({}))"
_PART = "id, imported_id, division, category, version, rows, total, list_id"
# So many forms of headings a township has for one kind of ledger; older ones are asked again.
MOST_KNOWN = 50


async def known_matchings(db: Reader, division: str, kind: str) -> list[KnownMatching]:
    """Return how a township matched ledgers of a kind before, the newest last."""
    rows = await db.rows(
        "SELECT heads, table_key, columns, unit FROM ledger_matching WHERE division = ? AND kind = ?"
        f" ORDER BY kept_at DESC, id DESC LIMIT {MOST_KNOWN}",
        division,
        kind,
    )
    return [
        KnownMatching(r["heads"], r["table_key"], parsed(r["columns"]), r["unit"])
        for r in reversed(rows)
    ]


async def keep_matching(
    tx: Tx, division: str, kind: str, known: KnownMatching, *, by: str, now: datetime
) -> None:
    """Remember a matching; the same headings again take the place of what was remembered."""
    values = {
        "table_key": known.table,
        "columns": document(dict(known.columns)),
        "unit": known.unit,
        "kept_by_name": by,
        "kept_at": millis(now),
    }
    where = {"division": division, "kind": kind, "heads": known.heads}
    if await tx.insert(models_ledgers.LedgerMatching, county=division[:6], **where, **values):
        return
    names = ", ".join(f"{name} = ?" for name in values)
    await tx.execute(
        f"UPDATE ledger_matching SET {names} WHERE division = ? AND kind = ? AND heads = ?",
        *values.values(),
        *where.values(),
    )


async def insert(tx: Tx, made: LedgerImport, parts: Sequence[LedgerPart]) -> bool:
    """Insert an import with what each village got; False where this very import is on record already."""
    if not await tx.insert(
        models_ledgers.LedgerImport,
        id=made.id,
        county=made.division[:6],
        division=made.division,
        category=made.category,
        payments=made.payments,
        name=made.name,
        digest=made.digest,
        file_mark=made.file_mark,
        rows=made.rows,
        villages=made.villages,
        total=made.total,
        warnings=made.warnings,
        loaded_by=made.loaded_by,
        loaded_by_name=made.loaded_by_name,
        loaded_at=millis(made.loaded_at),
    ):
        return False
    for part in parts:
        await tx.insert(
            models_ledgers.LedgerPart,
            id=part.id,
            county=part.division[:6],
            imported_id=made.id,
            division=part.division,
            category=part.category,
            version=part.version,
            rows=part.rows,
            total=part.total,
            content=None if part.content is None else document(part.content),
            list_id=part.list_id,
            loaded_at=millis(made.loaded_at),
        )
    return True


async def find(db: Reader, division: str, digest: str) -> LedgerImport | None:
    """Return the import of a file under the same decisions, or None."""
    row = await db.row(
        f"SELECT {_IMPORT} FROM ledger_import WHERE division = ? AND digest = ?", division, digest
    )
    return _import_of(row) if row else None


async def last_of_file(
    db: Reader, division: str, category: str, marks: Sequence[str]
) -> LedgerImport | None:
    """Return the newest import of a file, however it was matched; `marks`: of it, under every key there is."""
    rows = await db.rows_in(
        f"SELECT {_IMPORT} FROM ledger_import WHERE division = ? AND category = ? AND file_mark IN (*)",
        marks,
        division,
        category,
    )
    return max(map(_import_of, rows), key=lambda one: one.loaded_at, default=None)


async def under(
    db: Reader,
    scope: str,
    wanted: Wanted,
    *,
    categories: Sequence[str],
    after: str | None,
    limit: int,
) -> list[LedgerImport]:
    """Return the imports of a scope as wanted, beyond a position; `categories`: those whose name is what is sought."""
    held, sought = holding(
        wanted, scope, ("name", "loaded_by_name"), named={"category": categories}, places=_INTO
    )
    beyond, values, order = in_order(wanted.sort, "loaded_at", after)
    rows = await db.rows(
        f"SELECT {_IMPORT} FROM ledger_import WHERE division >= ? AND division < ?{held}{beyond}{order} LIMIT {int(limit)}",
        *code_range(scope),
        *sought,
        *values,
    )
    return [_import_of(row) for row in rows]


async def parts_of(db: Reader, imports: Sequence[str]) -> dict[str, list[LedgerPart]]:
    """Return what each village got, by import, without the contents."""
    rows = await db.rows_in(f"SELECT {_PART} FROM ledger_part WHERE imported_id IN (*)", imports)
    found: dict[str, list[LedgerPart]] = {}
    for row in sorted(rows, key=lambda one: str(one["division"])):
        part = LedgerPart(**{"import_id": row["imported_id"]} | {k: row[k] for k in row if k != "imported_id"})  # fmt: skip
        found.setdefault(part.import_id, []).append(part)
    return found


async def prepared(db: Reader, division: str, category: str, version: int) -> Prepared | None:
    """Return what a township prepared last for a village's notice, None once something was sent there since."""
    row = await db.row(
        "SELECT p.content, p.rows, p.total, i.name, i.loaded_at, i.loaded_by_name FROM ledger_part p"
        " JOIN ledger_import i ON i.id = p.imported_id"
        " WHERE p.division = ? AND p.category = ? AND p.version = ? AND p.content IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM disclosure d JOIN edition e ON e.disclosure_id = d.id"
        " WHERE d.division = p.division AND d.category = p.category AND e.received_at > p.loaded_at)"
        " ORDER BY p.loaded_at DESC, p.id DESC LIMIT 1",
        division,
        category,
        version,
    )
    if row is None:
        return None
    return Prepared(
        row["name"], moment(row["loaded_at"]), row["loaded_by_name"], row["rows"], row["total"],
        parsed(row["content"]),
    )  # fmt: skip


def _import_of(row: Row) -> LedgerImport:
    values = {name: row[name] for name in row}
    return LedgerImport(
        **values | {"loaded_at": moment(row["loaded_at"]), "payments": bool(row["payments"])}
    )
