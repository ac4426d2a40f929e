"""Add up the amounts that lists show of editions: once for those that came before a view asked for them.

A start does this when the views ask for other amounts than at the last start; a posting adds up its own.
"""

from __future__ import annotations

import hashlib

from server.rules.gists import gist_of, wants
from server.rules.rulebook import Rulebook
from server.storage import disclosures, editions, installation
from server.storage.database import Store

KEY = "gists"
AT_ONCE = 200
# Another word here has them all added up anew: since then an amount that nobody stated is none.
HOW = "stated"


async def add_up_gists(store: Store, book: Rulebook) -> int:
    """Add up what is missing, in short transactions, and return for how many editions."""
    asked = repr((HOW, sorted((key, wants(papers.view)) for key, papers in book.papers.items())))
    mark = hashlib.sha256(asked.encode()).hexdigest()[:16]
    if await installation.get(store.reader, KEY) == mark:
        return 0
    async with store.transaction() as tx:
        await editions.forget_gists(tx)
    added = 0
    while found := await editions.without_gist(store.reader, AT_ONCE):
        of = await disclosures.get_many(store.reader, [e.disclosure_id for e in found])
        async with store.transaction() as tx:
            for edition in found:
                papers = book.papers.get(
                    (of[edition.disclosure_id].category, edition.schema_version)
                )
                gist = gist_of(papers.view, edition.content) if papers else {}
                await editions.set_gist(tx, edition.id, gist)
        added += len(found)
    async with store.transaction() as tx:
        await installation.set_value(tx, KEY, mark)
    return added
