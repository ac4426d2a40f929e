"""Search: texts cut into words, and what somebody typed, cut the same way.

One way of cutting serves both engines: runs of Chinese characters become pairs that overlap (低保金 → 低保 保金),
letters and digits stay whole words. The pairs only narrow down: what was found must hold every term, compared
without the signs between letters, digits and characters (彭政发〔2026〕3号 → 彭政发20263号, 12,300.50 → 12300.50).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from operator import add

from server.rules.permissions import scope_prefix

# What was cut otherwise is filed again at the next start.
CUT = 4
# The least and the most signs that somebody may look for.
LEAST, MOST = 2, 60
# Between the fields of one line: nothing that was typed reaches over it.
FIELD = "\n"

_CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHARACTERS = re.compile(f"[{_CHINESE}]+")
_RUN = re.compile(f"[{_CHINESE}]+|[a-z]+|[0-9]+")
_FRACTION = re.compile(r"(?<=[0-9])\.[0-9]+")
# Signs that part one thing from the next, and all the others, which stand within a thing and are passed over: what is
# no letter, digit or character, a point that is no decimal one, and a blank that parts no two words of letters or digits.
_PARTING = ",、;:。!?"
_PARTED = str.maketrans(dict.fromkeys(_PARTING, FIELD))
_WITHIN = re.compile(
    rf"(?<=[0-9]),(?=[0-9]{{3}}(?![0-9]))|[^\w\s.{_PARTING}]|_|(?<![0-9])\.|\.(?![0-9])"
    r"|(?<![a-z0-9]) | (?![a-z0-9])"
)

Wanted = Sequence[Sequence[str]]
"""Terms that must all stand in a text, each in one of its ways of being written."""


def tidy(text: str) -> str:
    """Return a text as it is filed: one form of every sign, single blanks."""
    if _CHARACTERS.fullmatch(text):
        return unicodedata.normalize("NFKC", text)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def small(text: str) -> str:
    """Return a text in small letters, sign for sign."""
    low = text.lower()
    return (
        low
        if len(low) == len(text)
        else "".join(s if len(s.lower()) > 1 else s.lower() for s in text)
    )


def folded(low: str) -> str:
    """Return a text in small letters as it is compared: without the signs within a thing."""
    return _WITHIN.sub("", low).translate(_PARTED)


def kept(low: str) -> list[int]:
    """Return where each sign of the folded text stands in the text."""
    gone = {hit.start() for hit in _WITHIN.finditer(low)}
    return [at for at in range(len(low)) if at not in gone]


def terms(q: str) -> tuple[str, ...]:
    """Return what must stand in a text, each as it is compared and once; blanks and control characters part terms."""
    spaced = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in q)
    apart = small(tidy(spaced)).replace(" ", FIELD)
    return tuple(dict.fromkeys(term for term in folded(apart).split(FIELD) if term))


def holds(text: str, wanted: Wanted) -> bool:
    """Tell whether a filed text holds every term in one of its ways."""
    if not wanted:
        return True
    low = small(text)
    # Most stand there as they are: only where one does not is the text compared without signs.
    if all(any(way in low for way in ways) for ways in wanted):
        return True
    compared = folded(low)
    return all(any(way in compared for way in ways) for ways in wanted)


def in_doubt(wanted: Wanted) -> Wanted:
    """Return the terms of which the index cannot say whether a text holds them: it knows whole words only."""
    return [ways for ways in wanted if any(asked(way) != (way,) for way in ways)]


def words(text: str) -> tuple[str, ...]:
    """Return the words under which a text is filed, each once: as it stands, and as it is compared."""
    return tuple(dict.fromkeys(word for field in text.split(FIELD) for word in field_words(field)))


def field_words(field: str) -> list[str]:
    """Return the words of one field of a filed text; one may be there twice."""
    # Most are characters alone: a short way for them.
    if _CHARACTERS.fullmatch(field):
        return list(map(add, field, field[1:])) if len(field) > 1 else [field]
    low = small(field)
    stands = _RUN.findall(low)
    compared = _RUN.findall(_WITHIN.sub("", low))  # parting signs may stay: no word holds one
    return _cut(compared) if compared == stands else [*_cut(compared), *_cut(stands)]


def amount_words(text: str) -> list[str]:
    """Return the words of an amount as it stands on a sheet, 12,345.50: 12345 and 50, 12 and 345."""
    whole, cents = text[:-3], text[-2:]
    if "," not in whole:
        return [whole, cents]
    return [whole.replace(",", ""), cents, *whole.split(",")]


def asked(term: str) -> tuple[str, ...]:
    """Return the words to look up for a term, if any. A lone character narrows nothing down, and of an amount the yuan do."""
    found = _cut(_RUN.findall(_FRACTION.sub("", term)))
    return tuple(dict.fromkeys(w for w in found if len(w) > 1 or w.isascii()))


def _cut(runs: list[str]) -> list[str]:
    found: list[str] = []
    for run in runs:
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found += map(add, run, run[1:])
    return found


def scope_word(division: str) -> str | None:
    """Return the word under which everything in a division is filed; None for the whole country."""
    prefix = scope_prefix(division)
    return f"in{prefix}" if prefix else None


def scope_words(division: str) -> tuple[str, ...]:
    """Return the words of a division and of those above it."""
    above = {division[:end].ljust(12, "0") for end in (2, 4, 6, 9, 12)}
    return tuple(sorted({word for code in above if (word := scope_word(code))}))
