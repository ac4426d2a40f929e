"""What verdicts go by, read together: the same number of statements for a village and for a county."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from server.rules.owners import Owner, owner_of
from server.rules.verdicts import Facts
from server.storage import (
    commitments,
    disclosures,
    divisions,
    editions,
    exemptions,
    occurrences,
    photos,
)
from server.storage.database import Reader


async def read(
    db: Reader,
    division: str,
    first: date,
    last: date,
    *,
    owners: Sequence[Owner] | None = None,
) -> Facts:
    """Return everything on record about what the villages at or below a division owe in [first, last].

    `owners`: its groups instead, or both; by default of a group the group, and else villages.
    """
    villages = await divisions.lives_under(db, division, owners or (owner_of(division),))
    posted = await disclosures.list_for_scope(db, division, first, last)
    by_disclosure = await editions.heads_for_disclosures(db, [d.id for d in posted])
    uses = await photos.for_editions(db, [e.id for es in by_disclosure.values() for e in es])
    return Facts(
        villages=villages,
        first=first,
        last=last,
        exemptions=await exemptions.for_scope(db, division),
        occurrences=await occurrences.for_scope(db, division),
        editions={
            (d.division, d.category, d.period_key): by_disclosure.get(d.id, []) for d in posted
        },
        boards={
            edition: [use.received_at for use in of if use.role == "board"]
            for edition, of in uses.items()
        },
        registered=await commitments.for_scope(db, division, first, last),
    )
