"""An import of a ledger on record: what was read, what each village got of it, and what of it a posting form begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.rules.values import Fen

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerImport:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPart:
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the township prepared for a village's next notice: from which file, when and by whom, so many rows."""

    name: str
    loaded_at: datetime
    loaded_by_name: str
    rows: int
    total: Fen | None
    content: Mapping[str, Any]
