"""What changed between two public editions of a disclosure, line by line, and why."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules.cards import title_of
from server.rules.difference import Change, difference
from server.rules.disclosures import Disclosure, Edition
from server.rules.privacy import public_content
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang
from server.rules.windows import hides_at, is_public, visibility
from server.storage import disclosures, editions
from server.storage.database import Reader


class EditionDifference(Struct, frozen=True):
    """Two edition numbers, the published reason of the later one, and the changes between their public contents.

    `hides_at`: when the first of the two may no longer be read; None when both stay readable.
    """

    disclosure_id: str
    title: str
    before: int
    after: int
    reason: str | None
    opened_at: datetime | None
    changes: tuple[Change, ...]
    hides_at: datetime | None


async def edition_difference(
    db: Reader,
    *,
    book: Rulebook,
    disclosure_id: str,
    before: int,
    after: int,
    now: datetime,
    lang: Lang,
) -> EditionDifference:
    """Return the public difference. Raises not_found when either edition is not public."""
    disclosure = await disclosures.get(db, disclosure_id)
    if disclosure is None:
        raise problems.not_found()
    public = {
        e.number: e
        for e in await editions.for_disclosure(db, disclosure_id)
        if _may_be_read(e, book, disclosure, now)
    }
    if before not in public or after not in public:
        raise problems.not_found()
    old, new = public[before], public[after]
    category, display = book.categories[disclosure.category], book.schedule_of(disclosure).display
    return EditionDifference(
        disclosure_id=disclosure_id,
        title=title_of(category, period_of(disclosure), lang),
        before=before,
        after=after,
        reason=new.reason,
        opened_at=new.opens_at,
        changes=tuple(
            difference(
                public_content(category, old.content),
                public_content(category, new.content),
                book.papers[category.key, new.schema_version].form,
            )
        ),
        hides_at=min((m for e in (old, new) if (m := hides_at(e, display))), default=None),
    )


def _may_be_read(edition: Edition, book: Rulebook, disclosure: Disclosure, now: datetime) -> bool:
    seen = visibility(edition, book.schedule_of(disclosure).display, now)
    return is_public(seen)
