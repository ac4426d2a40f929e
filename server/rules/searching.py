"""Search: what of an edition may be found, cut into words, and what somebody typed, cut the same way.

One way of cutting serves both engines: runs of Chinese characters become pairs that overlap (低保金 → 低保 保金),
letters and digits stay whole words. The pairs only narrow down: what was found must hold every term as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.rules import pointers
from server.rules.cards import title_of
from server.rules.categories import Category
from server.rules.disclosures import Disclosure
from server.rules.permissions import scope_prefix
from server.rules.personal_numbers import personal_number
from server.rules.privacy import public_content
from server.rules.rulebook import period_of
from server.rules.values import yuan

# What was cut otherwise is filed again at the next start.
CUT = 1
# The least and the most signs that somebody may look for.
LEAST, MOST = 2, 60
# An excerpt shows this many signs before the first hit, and so many in all.
_BEFORE, _LONG = 16, 90
# What the column holds.
_POINTER = 200

_CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_CHINESE}]+|[a-z0-9]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Record:
    """A piece of an edition that can be found: where it stands ('' is the title), and its text."""

    pointer: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; `hit`: it is what was looked for."""

    text: str
    hit: bool


def tidy(text: str) -> str:
    """Return a text as it is filed: one form of every sign, single blanks, no commas within numbers."""
    return _THOUSANDS.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))


def plain(text: str) -> str:
    """Return a text as it is compared: tidy, in small letters."""
    return tidy(text).lower()


def terms(q: str) -> tuple[str, ...]:
    """Return what must stand in a text, each as it was typed and once; control characters part terms."""
    spaced = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in q)
    return tuple(dict.fromkeys(plain(spaced).split()))


def words(text: str) -> tuple[str, ...]:
    """Return the words under which a text is filed, each once."""
    return tuple(dict.fromkeys(_cut(plain(text))))


def asked(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the words to look up for terms. A lone character narrows nothing down; what has no other is not found."""
    return tuple(
        dict.fromkeys(w for term in wanted for w in _cut(term) if len(w) > 1 or w.isascii())
    )


def _cut(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if run.isascii() or len(run) == 1:
            yield run
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))


def scope_word(division: str) -> str | None:
    """Return the word under which everything in a division is filed; None for the whole country."""
    prefix = scope_prefix(division)
    return f"in{prefix}" if prefix else None


def scope_words(division: str) -> tuple[str, ...]:
    """Return the words of a division and of those above it."""
    above = {division[:end].ljust(12, "0") for end in (2, 4, 6, 9, 12)}
    return tuple(sorted({word for code in above if (word := scope_word(code))}))


def records(
    category: Category,
    disclosure: Disclosure,
    content: Mapping[str, Any],
    captions: Iterable[str | None],
) -> list[Record]:
    """Return what may be found of an edition: its title, what its category names, and captions where it names anything.

    Only what is public is filed, as the public sees it; a line in which a personal number stands is left out. Fields of
    one line make one record.
    """
    title = title_of(category, period_of(disclosure), "zh")
    foreign = title_of(category, period_of(disclosure), "en")
    filed = [Record("", tidy(f"{title} {foreign}"))]
    if not category.searchable:
        return filed
    shown = public_content(category, content)
    lines: dict[str, list[str]] = {}
    for pattern in category.searchable:
        for pointer, value in pointers.find(shown, pattern):
            text = yuan(value) if isinstance(value, int) else str(value)
            if not text.strip() or (isinstance(value, str) and personal_number(value)):
                continue
            where = pointer.rpartition("/")[0] or pointer
            lines.setdefault(where, []).append(tidy(text))
    filed += [Record(at[:_POINTER], " ".join(texts)) for at, texts in sorted(lines.items())]
    filed += [Record("/photos", tidy(c)) for c in captions if c and not personal_number(c)]
    return filed


def excerpt(text: str, wanted: Iterable[str]) -> tuple[Piece, ...]:
    """Return the part of a filed text around its first hit, cut at what was looked for."""
    found = [re.escape(term) for term in sorted(wanted, key=len, reverse=True)]
    hits = re.compile("|".join(found), re.IGNORECASE) if found else None
    first = hits.search(text) if hits else None
    start = max(0, first.start() - _BEFORE) if first else 0
    end = start + _LONG
    part = text[start:end]
    pieces = [Piece("…", hit=False)] if start else []
    at = 0
    for hit in hits.finditer(part) if hits else ():
        if hit.start() > at:
            pieces.append(Piece(part[at : hit.start()], hit=False))
        pieces.append(Piece(hit[0], hit=True))
        at = hit.end()
    rest = part[at:] + ("…" if end < len(text) else "")
    return (*pieces, Piece(rest, hit=False)) if rest else tuple(pieces)
