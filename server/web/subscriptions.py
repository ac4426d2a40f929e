"""What a villager, or a program, subscribes to: feeds of what was published, a calendar of what falls due.

Their ETags are made of their bytes, and nothing in these says when they were asked for: what time alone brings
or takes away changes them in that second, and nothing else does.
"""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec

from server.queries.due_calendar import due_calendar
from server.queries.newest_editions import newest_editions
from server.rules.feeds import Feed
from server.web import calendar_document, feed_documents
from server.web.asking import Answer, Ask
from server.web.page_words import Words
from server.web.wire import CategoryKey, In

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


class FeedQuery(In):
    """Of which category; all of them by default."""

    category: CategoryKey | None = None


async def _feed(ask: Ask) -> Feed:
    asked: FeedQuery = ask.query
    return await newest_editions(
        ask.db,
        book=ask.house.book,
        code=ask.path["code"],
        category=asked.category,
        now=ask.now,
        lang=ask.lang,
    )


def _own_address(ask: Ask) -> str:
    """Return where this document is found in this language, whatever chose the language this time."""
    category = ask.query.category
    words = {"category": category} if category else {}
    return f"{ask.origin}{ask.request.url.path}?{urlencode({**words, 'lang': ask.lang})}"


async def get_atom_feed(ask: Ask) -> Answer:
    """The newest editions, corrections and withdrawals of a village or a township, as Atom (RFC 4287)."""
    feed = await _feed(ask)
    made = feed_documents.atom(
        feed,
        category=ask.query.category,
        lang=ask.lang,
        words=Words(ask.lang, ask.now),
        origin=ask.origin,
        address=_own_address(ask),
    )
    return Answer(made, media_type=f"{ATOM}; charset=utf-8")


async def get_json_feed(ask: Ask) -> Answer:
    """The newest editions, corrections and withdrawals of a village or a township, as JSON Feed 1.1."""
    feed = await _feed(ask)
    made = feed_documents.json_feed(
        feed,
        lang=ask.lang,
        words=Words(ask.lang, ask.now),
        origin=ask.origin,
        address=_own_address(ask),
    )
    return Answer(msgspec.json.encode(made), media_type=JSON_FEED)


async def get_due_calendar(ask: Ask) -> Answer:
    """What falls due in a village or a township, as a calendar to subscribe to (RFC 5545)."""
    found = await due_calendar(
        ask.db, book=ask.house.book, code=ask.path["code"], now=ask.now, lang=ask.lang
    )
    made = calendar_document.calendar(found, Words(ask.lang, ask.now), ask.origin)
    return Answer(made.encode(), media_type=f"{calendar_document.MEDIA_TYPE}; charset=utf-8")
