"""An import of a ledger on record: what was read, what each village got of it, and what of it a posting form begins with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from server.rules.values import Fen

LONGEST_NAME = 120


class LedgerImport(Struct, frozen=True, kw_only=True):
    """A file that was imported, whole. `digest`: of the file and of what was decided about it; `file_mark`: of the file alone."""

    id: str
    division: str
    category: str
    payments: bool
    name: str
    digest: str
    file_mark: str
    rows: int
    villages: int
    total: Fen | None
    warnings: int
    loaded_by: str
    loaded_by_name: str
    loaded_at: datetime


class LedgerPart(Struct, frozen=True, kw_only=True):
    """What one village got: the content that its notice may begin with, or the list of payments that was loaded for it."""

    id: str
    import_id: str
    division: str
    category: str
    version: int
    rows: int
    total: Fen | None
    content: Mapping[str, Any] | None = None
    list_id: str | None = None


class Prepared(Struct, frozen=True):
    """What the township prepared for a village's next notice: from which file, when and by whom, so many rows."""

    name: str
    loaded_at: datetime
    loaded_by_name: str
    rows: int
    total: Fen | None
    content: Mapping[str, Any]
