"""The ledgers that were imported in an area, and of what a township can import more."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server.rules.listing import Wanted, said_by
from server.rules.permissions import Actor
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.rules.tables import tables_of
from server.rules.values import Fen, Text
from server.storage import divisions, ledgers
from server.storage.database import Reader
from server.storage.listing import cursor_after

PAGE = 30


class ImportedPart(Struct, frozen=True):
    """What one village got of an import."""

    division: str
    division_name: str
    rows: int
    total: Fen | None


class ImportedLedger(Struct, frozen=True):
    """One import: the file's name, what it was of, what came of it; `warnings`: what was found and let pass."""

    id: str
    name: str
    category: str
    category_name: Text
    payments: bool
    rows: int
    total: Fen | None
    warnings: int
    loaded_at: datetime
    loaded_by_name: str
    parts: tuple[ImportedPart, ...]


class ImportedLedgers(Struct, frozen=True):
    """The imports of an area, newest first; `next`: where the following page goes on."""

    items: tuple[ImportedLedger, ...]
    next: str | None


class LedgerKind(Struct, frozen=True):
    """What a ledger can be of. `payments`: its lists of what was paid can be imported too; `publisher`: who posts its notice."""

    key: str
    name: Text
    publisher: str
    payments: bool


class LedgerVillage(Struct, frozen=True):
    """A village that a file can be for as a whole."""

    code: str
    name: str


class LedgerChoices(Struct, frozen=True):
    """Of what, and for which villages, a ledger can be imported here."""

    kinds: tuple[LedgerKind, ...]
    villages: tuple[LedgerVillage, ...]


async def ledger_imports(
    db: Reader,
    *,
    book: Rulebook,
    actor: Actor,
    wanted: Wanted,
    cursor: str | None,
    limit: int | None = None,
) -> ImportedLedgers:
    """Return a page of the imports of the actor's area, as wanted."""
    most = limit or PAGE
    categories = said_by(wanted.q, {key: each.name for key, each in book.categories.items()})
    found = await ledgers.under(
        db, actor.division, wanted, categories=categories, after=cursor, limit=most + 1
    )
    page = found[:most]
    parts = await ledgers.parts_of(db, [one.id for one in page])
    names = await divisions.names(db, {p.division for each in parts.values() for p in each})
    items = []
    for one in page:
        category = book.categories.get(one.category)
        items.append(
            ImportedLedger(
                id=one.id,
                name=one.name,
                category=one.category,
                category_name=category.name if category else Text(one.category, one.category),
                payments=one.payments,
                rows=one.rows,
                total=one.total,
                warnings=one.warnings,
                loaded_at=one.loaded_at,
                loaded_by_name=one.loaded_by_name,
                parts=tuple(
                    ImportedPart(
                        p.division, spoken_name(names.get(p.division, p.division)), p.rows, p.total
                    )
                    for p in parts.get(one.id, ())
                ),
            )
        )
    last = page[-1] if len(found) > most else None
    following = cursor_after(last.loaded_at, last.id, last.division) if last else None
    return ImportedLedgers(tuple(items), following)


async def ledger_choices(
    db: Reader, *, book: Rulebook, actor: Actor, now: datetime
) -> LedgerChoices:
    """Return the categories in use that have a list, and the villages of the actor's area."""
    today = book.today(now)
    lives = await divisions.villages_under(db, actor.division)
    return LedgerChoices(
        tuple(
            LedgerKind(c.key, c.name, c.publisher, c.payments is not None)
            for c in sorted(book.in_use(actor.division, today), key=lambda c: c.key)
            if tables_of(book.papers[c.key, c.current_version].form).lists
        ),
        tuple(LedgerVillage(v.code, spoken_name(v.name)) for v in lives if v.alive_on(today)),
    )
