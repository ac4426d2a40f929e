"""Which posts are there to choose from, and which of them may not review what?"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from server.rules.permissions import scope_prefix
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.storage import accounts
from server.storage.database import Reader


class Post(Struct, frozen=True):
    """A post as people here and the rules spell it, and the categories that it may not review in this place."""

    post: str
    may_not_review: tuple[Text, ...]


async def posts_in_scope(db: Reader, book: Rulebook, division: str, today: date) -> list[Post]:
    """Return the posts of accounts under a division and those that its rules exclude today, by their spelling.

    Rules name posts by their spelling: whoever chooses from here cannot miss one by another way of writing it.
    """
    excluded: dict[str, list[Text]] = {}
    for key, category in book.categories.items():
        for post in book.schedule(key, division, today).review.excluded_posts:
            excluded.setdefault(post, []).append(category.name)
    used = await accounts.posts_in_scope(db, scope_prefix(division))
    return [Post(post, tuple(excluded.get(post, ()))) for post in sorted({*excluded, *used})]
