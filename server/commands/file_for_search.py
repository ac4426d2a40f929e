"""File what search may find of editions that came before it: a start does this; an approval files its own.

All is filed again when texts are cut differently, or a category lets something else be found, than at the last start;
or when somebody asks for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from server.external import pinyin
from server.rules import searching
from server.rules.disclosures import Edition
from server.rules.findable import Labels, labels_of
from server.rules.rulebook import Rulebook
from server.storage import disclosures, installation, search, search_words
from server.storage.database import Store, Tx
from server.storage.search import Filing

KEY = "search"
AT_ONCE = 200


async def file_for_search(
    store: Store,
    book: Rulebook,
    *,
    afresh: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """File what is missing, in short transactions, and return for how many editions.

    `afresh`: empty the index first. `tell` hears after each transaction how many were filed, of how many. Whoever is
    interrupted, or runs beside another who does the same, leaves an index that the next call completes.
    """
    async with store.transaction() as tx:
        # Processes that start together: one empties the index, the others find it done.
        await tx.alone(KEY)
        mark = _mark(book)
        if afresh or await installation.get(tx, KEY) != mark:
            await search.forget(tx)
            await installation.set_value(tx, KEY, mark)
    total = await search.count_not_filed(store.reader) if tell else 0
    filed = 0
    last: Edition | None = None
    while True:
        async with store.transaction() as tx:
            await tx.alone(KEY)
            found = await search.not_filed(tx, AT_ONCE, after=last)
            await _file(tx, book, found)
            if len(found) < AT_ONCE <= filed:
                await search_words.settle(tx)
        filed += len(found)
        if tell and found:
            tell(filed, total)
        if len(found) < AT_ONCE:
            return filed
        last = found[-1]


async def _file(tx: Tx, book: Rulebook, found: list[Edition]) -> None:
    of = await disclosures.get_many(tx, [edition.disclosure_id for edition in found])
    labels: dict[tuple[str, int], Labels] = {}
    filings = []
    for edition in found:
        disclosure = of[edition.disclosure_id]
        paper = (disclosure.category, edition.schema_version)
        if paper not in labels:
            labels[paper] = labels_of(book.papers[paper].form)
        category = book.categories[disclosure.category]
        filings.append(Filing(category, labels[paper], disclosure, edition))
    await search.file_all(tx, filings, pinyin.readings)


def _mark(book: Rulebook) -> str:
    """Return what tells a way of cutting, of letting be found and of calling it, from another."""
    asked = repr(
        (
            searching.CUT,
            sorted((c.key, c.searchable, c.names) for c in book.categories.values()),
            [(paper, labels_of(book.papers[paper].form)) for paper in sorted(book.papers)],
        )
    )
    return hashlib.sha256(asked.encode()).hexdigest()[:16]
