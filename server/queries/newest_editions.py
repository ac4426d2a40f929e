"""The newest editions of a village, a village group or a township, as its feeds tell them."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.problems import Say
from server.rules.feeds import Feed, entry_of, seen_at
from server.rules.places import named_whole, place_of, spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Lang
from server.storage import disclosures, divisions, editions
from server.storage.database import Reader

NEWEST = 50
_LEVELS = ("township", "village", "group")


async def newest_editions(
    db: Reader, *, book: Rulebook, code: str, category: str | None, now: datetime, lang: Lang
) -> Feed:
    """Return a place's newest entries, of one category or all.

    Raises not_found for what is no township, village or village group, and for an unknown category.
    """
    line = await divisions.ancestors(db, code)
    if not line or line[-1].level not in _LEVELS:
        raise problems.not_found(Say("这个村或乡镇", "such village or township"))
    if category is not None and category not in book.categories:
        raise problems.not_found(Say("这个类别", "such category"))
    asked = NEWEST * 2
    while True:
        heads = await editions.newest_opened(db, code, category, now, asked)
        of_heads = await disclosures.get_many(db, {e.disclosure_id for e in heads})
        seen = seen_at(((of_heads[e.disclosure_id], e) for e in heads), book, now)[:NEWEST]
        # Relief lists leave when their window ends: where many did, the newest that stand lie further back.
        if len(seen) == NEWEST or len(heads) < asked:
            break
        asked *= 4
    names = await divisions.names(db, {d.division for d, _, _ in seen})
    return Feed(
        named_whole(place_of(line)),
        book.categories[category].name.pick(lang) if category else None,
        tuple(
            entry_of(d, e, how, spoken_name(names.get(d.division, "")), book, lang)
            for d, e, how in seen
        ),
    )
