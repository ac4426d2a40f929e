"""Matters and their links: which notices tell of one thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from server.rules.matters import Link, Matter
from server.storage import models_matters
from server.storage.columns import millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

_MATTER = "id, division, name, created_at, created_by, revision"
_LINK = "l.id, l.matter_id, l.disclosure_id, l.phase, l.linked_at, l.linked_by, l.removed_at"

_OF_MATTER = "m.division, m.name, m.created_at, m.created_by, m.revision"
_IN_ORDER = "ORDER BY m.created_at, m.id, l.linked_at, l.id"


async def get(db: Reader, matter_id: str) -> Matter | None:
    """Return a matter, or None."""
    row = await db.row(f"SELECT {_MATTER} FROM matter WHERE id = ?", matter_id)
    return _matter(row) if row else None


async def insert(tx: Tx, matter: Matter) -> bool:
    """Insert a matter once; False when its id is taken."""
    return await tx.insert(
        models_matters.Matter,
        id=matter.id,
        county=matter.division[:6],
        division=matter.division,
        name=matter.name,
        created_at=millis(matter.created_at),
        created_by=matter.created_by,
    )


async def rename(tx: Tx, matter_id: str, name: str, *, expect_revision: int) -> bool:
    """Give a matter another name; False when it was renamed since the expected revision."""
    sql = "UPDATE matter SET name = ?, revision = revision + 1 WHERE id = ? AND revision = ?"
    return await tx.execute(sql, name, matter_id, expect_revision) == 1


async def link(db: Reader, link_id: str) -> Link | None:
    """Return a link, a removed one too, or None."""
    row = await db.row(f"SELECT {_LINK} FROM matter_link l WHERE l.id = ?", link_id)
    return _link(row) if row else None


async def links(db: Reader, matter_id: str) -> list[Link]:
    """Return the links of a matter that stand, in the order in which they were made."""
    rows = await db.rows(
        f"SELECT {_LINK} FROM matter_link l WHERE l.matter_id = ? AND l.removed_at IS NULL"
        " ORDER BY l.linked_at, l.id",
        matter_id,
    )
    return [_link(row) for row in rows]


async def add(tx: Tx, link: Link, *, county: str) -> bool:
    """Insert a link once; False when its id is taken."""
    return await tx.insert(
        models_matters.MatterLink,
        id=link.id,
        county=county,
        matter_id=link.matter_id,
        disclosure_id=link.disclosure_id,
        phase=link.phase,
        linked_at=millis(link.linked_at),
        linked_by=link.linked_by,
    )


async def remove(tx: Tx, link_id: str, now: datetime) -> bool:
    """Remove a link that stands; False when it was removed before."""
    sql = "UPDATE matter_link SET removed_at = ? WHERE id = ? AND removed_at IS NULL"
    return await tx.execute(sql, millis(now), link_id) == 1


async def for_disclosure(db: Reader, disclosure_id: str) -> list[tuple[Matter, list[Link]]]:
    """Return the matters that a notice stands in, oldest first, each with all its links: one statement."""
    rows = await db.rows(
        f"SELECT {_LINK}, {_OF_MATTER} FROM matter_link own"
        " JOIN matter m ON m.id = own.matter_id JOIN matter_link l ON l.matter_id = m.id"
        f" WHERE own.disclosure_id = ? AND own.removed_at IS NULL AND l.removed_at IS NULL {_IN_ORDER}",
        disclosure_id,
    )
    return _with_links(rows)


async def for_division(db: Reader, division: str) -> list[tuple[Matter, list[Link]]]:
    """Return the matters of a village, oldest first, each with all its links: one statement."""
    rows = await db.rows(
        f"SELECT {_LINK}, {_OF_MATTER} FROM matter m JOIN matter_link l ON l.matter_id = m.id"
        f" WHERE m.division = ? AND l.removed_at IS NULL {_IN_ORDER}",
        division,
    )
    return _with_links(rows)


def _with_links(rows: Iterable[Row]) -> list[tuple[Matter, list[Link]]]:
    found: dict[str, tuple[Matter, list[Link]]] = {}
    for row in rows:
        key = row["matter_id"]
        if key not in found:
            found[key] = (_matter({**row, "id": key}), [])
        found[key][1].append(_link(row))
    return list(found.values())


def _matter(row: Row) -> Matter:
    return Matter(
        id=row["id"],
        division=row["division"],
        name=row["name"],
        created_at=moment(row["created_at"]),
        created_by=row["created_by"],
        revision=row["revision"],
    )


def _link(row: Row) -> Link:
    return Link(
        id=row["id"],
        matter_id=row["matter_id"],
        disclosure_id=row["disclosure_id"],
        phase=row["phase"],
        linked_at=moment(row["linked_at"]),
        linked_by=row["linked_by"],
        removed_at=moment_or_none(row["removed_at"]),
    )
