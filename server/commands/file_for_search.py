"""File what search may find of editions that came before it: a start does this; an approval files its own.

All is filed again when texts are cut differently, or a category lets something else be found, than at the last start.
"""

from __future__ import annotations

import hashlib

from server.external import pinyin
from server.rules import searching
from server.rules.rulebook import Rulebook
from server.storage import disclosures, installation, search
from server.storage.database import Store

KEY = "search"
AT_ONCE = 200


async def file_for_search(store: Store, book: Rulebook) -> int:
    """File what is missing, in short transactions, and return for how many editions."""
    asked = repr(
        (searching.CUT, sorted((c.key, c.searchable, c.names) for c in book.categories.values()))
    )
    mark = hashlib.sha256(asked.encode()).hexdigest()[:16]
    async with store.transaction() as tx:
        # Processes that start together: one empties the index, the others find it done.
        await tx.alone(KEY)
        if await installation.get(tx, KEY) != mark:
            await search.forget(tx)
            await installation.set_value(tx, KEY, mark)
    filed = 0
    while True:
        async with store.transaction() as tx:
            await tx.alone(KEY)
            found = await search.not_filed(tx, AT_ONCE)
            of = await disclosures.get_many(tx, [e.disclosure_id for e in found])
            for edition in found:
                disclosure = of[edition.disclosure_id]
                await search.file(
                    tx, book.categories[disclosure.category], disclosure, edition, pinyin.readings
                )
        filed += len(found)
        if len(found) < AT_ONCE:
            return filed
