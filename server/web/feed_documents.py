"""Feeds as documents: Atom (RFC 4287) and JSON Feed 1.1, made of the same entries.

Ids are made of the disclosure's own id and the edition's number and hold no address: they stay the same when the
site moves, and the entry of an edition that was withdrawn takes the place of the one that showed it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from server.rules.feeds import Feed, FeedEntry
from server.rules.values import Lang
from server.web.page_words import TAGS, Words

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
# Under which the ids of feeds are made; any constant would do, but it never changes.
_FEEDS = UUID("7d0c3a52-5b0e-5f6e-9a51-6a1f4f9d2c11")
# A feed has to say when it changed; one that never had an entry has not.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def entry_id(entry: FeedEntry) -> str:
    """Return an entry's id, the same for ever."""
    return f"urn:uuid:{uuid5(UUID(entry.disclosure_id), f'edition {entry.edition}')}"


def feed_id(code: str, category: str | None, lang: Lang) -> str:
    """Return a feed's id, the same for ever."""
    return f"urn:uuid:{uuid5(_FEEDS, '|'.join((code, category or '', lang)))}"


def feed_title(feed: Feed, words: Words) -> str:
    """Return a feed's title: the site's, the place's, the category's if it has one."""
    parts = [words.say("village.title", name=feed.place.name), feed.category_name]
    return " · ".join(part for part in parts if part)


def home_of(feed: Feed, origin: str) -> str:
    """Return the page a feed belongs to."""
    if feed.place.level == "village":
        return f"{origin}/v/{feed.place.code}"
    return f"{origin}/?in={feed.place.code}"


def atom(
    feed: Feed, *, category: str | None, lang: Lang, words: Words, origin: str, address: str
) -> bytes:
    """Return the Atom document; `address`: where it was found itself."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": TAGS[lang]})
    _put(root, "id", feed_id(feed.place.code, category, lang))
    _put(root, "title", feed_title(feed, words))
    _put(root, "subtitle", words.say("site.about"))
    _put(root, "updated", _time(max((e.updated_at for e in feed.entries), default=_NEVER)))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    home = {"rel": "alternate", "type": "text/html", "href": home_of(feed, origin)}
    ET.SubElement(root, "link", home)
    _put(ET.SubElement(root, "author"), "name", feed.place.name)
    _put(root, "generator", words.say("site"), uri=origin)
    for entry in feed.entries:
        _atom_entry(root, entry, origin)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _atom_entry(root: ET.Element, entry: FeedEntry, origin: str) -> None:
    made = ET.SubElement(root, "entry")
    _put(made, "id", entry_id(entry))
    _put(made, "title", entry.title)
    _put(made, "published", _time(entry.opened_at))
    _put(made, "updated", _time(entry.updated_at))
    link = {"rel": "alternate", "type": "text/html", "href": _page(entry, origin)}
    ET.SubElement(made, "link", link)
    _put(ET.SubElement(made, "author"), "name", entry.village)
    ET.SubElement(made, "category", {"term": entry.category_name})
    _put(made, "summary", _told(entry.lines) or entry.title)


def json_feed(feed: Feed, *, lang: Lang, words: Words, origin: str, address: str) -> dict[str, Any]:
    """Return the JSON Feed document; `address`: where it was found itself."""
    return {
        "version": JSON_FEED,
        "title": feed_title(feed, words),
        "description": words.say("site.about"),
        "home_page_url": home_of(feed, origin),
        "feed_url": address,
        "language": TAGS[lang],
        "authors": [{"name": feed.place.name}],
        "items": [
            {
                "id": entry_id(entry),
                "url": _page(entry, origin),
                "title": entry.title,
                "content_text": _told(entry.lines) or entry.title,
                "date_published": _time(entry.opened_at),
                "date_modified": _time(entry.updated_at),
                "authors": [{"name": entry.village}],
                "tags": [entry.category_name],
            }
            for entry in feed.entries
        ],
    }


def _put(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _NO_XML.sub("", text)


def _told(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _page(entry: FeedEntry, origin: str) -> str:
    return f"{origin}/d/{entry.disclosure_id}?edition={entry.edition}"


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
