"""Put an imported ledger on record: once, whole, with what each village got and how its columns were matched.

The lists of payments themselves are loaded by `load_payments`, in the same transaction: what fails anywhere leaves nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules import gate
from server.rules.ledger_files import KnownMatching
from server.rules.ledger_imports import LedgerImport, LedgerPart
from server.rules.ledger_villages import VillagePart
from server.rules.permissions import Actor, refusal
from server.rules.values import uuid7_at
from server.storage import events, ledgers
from server.storage.database import Tx


class LedgerToKeep(Struct, frozen=True, kw_only=True):
    """A file as it was read and decided about. `lists`: by village, the list of payments that was loaded for it."""

    category: str
    version: int
    payments: bool
    kind: str
    name: str
    digest: str
    file_mark: str
    parts: Sequence[VillagePart]
    warnings: int
    matching: KnownMatching
    lists: Mapping[str, str]


async def import_ledger(
    tx: Tx, *, actor: Actor, now: datetime, address: str, ledger: LedgerToKeep
) -> LedgerImport:
    """Keep an import and return it; the same file under the same decisions again returns the first and writes nothing.

    Raises not_allowed, content_has_errors (a personal number in the file's name).
    """
    if why := refusal(actor, "import_ledgers", actor.division):
        raise problems.not_allowed(why)
    if found := gate.beside({"name": ledger.name}):
        raise problems.content_has_errors(found)
    totals = [part.total for part in ledger.parts if part.total is not None]
    made = LedgerImport(
        id=uuid7_at(now, secrets.token_bytes(10)),
        division=actor.division,
        category=ledger.category,
        payments=ledger.payments,
        name=ledger.name,
        digest=ledger.digest,
        file_mark=ledger.file_mark,
        rows=sum(part.rows for part in ledger.parts),
        villages=len(ledger.parts),
        total=sum(totals) if totals else None,
        warnings=ledger.warnings,
        loaded_by=actor.account_id,
        loaded_by_name=actor.name,
        loaded_at=now,
    )
    parts = [
        LedgerPart(
            id=uuid7_at(now, secrets.token_bytes(10)),
            import_id=made.id,
            division=part.division,
            category=ledger.category,
            version=ledger.version,
            rows=part.rows,
            total=part.total,
            content=part.content,
            list_id=ledger.lists.get(part.division),
        )
        for part in ledger.parts
    ]
    if not await ledgers.insert(tx, made, parts):
        earlier = await ledgers.find(tx, actor.division, ledger.digest)
        assert earlier is not None
        return earlier
    await ledgers.keep_matching(
        tx, actor.division, ledger.kind, ledger.matching, by=actor.name, now=now
    )
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="ledger_file.imported",
        subject=made.id,
        division=made.division,
        address=address,
        details={
            "category": made.category,
            "payments": made.payments,
            "rows": made.rows,
            "total": made.total,
            "villages": [part.division for part in parts],
            "warnings": made.warnings,
        },
    )
    return made
