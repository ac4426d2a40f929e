"""Is the schema of this database the newest that this program knows?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from server.storage.database import APP, Reader

_FOLDER = Path(__file__).parent / "migrations"


@cache
def known_migrations() -> frozenset[str]:
    """Return the names of the migrations that this program brings."""
    return frozenset(path.stem for path in _FOLDER.glob("[0-9]*.py"))


async def pending_migrations(db: Reader) -> list[str]:
    """Return the migrations that this program brings and this database has not had, oldest first."""
    rows = await db.rows("SELECT name FROM tortoise_migrations WHERE app = ?", APP)
    return sorted(known_migrations() - {row["name"] for row in rows})
