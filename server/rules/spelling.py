"""Spelling: which characters of a name somebody means who types pinyin, whole (shuiliweixiu) or initials (slwx).

Whole syllables and initials may stand beside each other; the last syllable may be half typed. Characters with several
readings are found by each. Where readings come from is the caller's: `readings` gives the syllables of a character.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations, product

Readings = Callable[[str], Sequence[str]]

# A name that is longer is a sentence.
LONGEST_NAME = 40
# So many readings of a name are kept, and ways of parting what was typed are tried; the likely ones come first.
_MOST_READINGS = 8
_MOST_PARTINGS = 8
# What was typed: at least two letters, at most twelve characters.
_TYPED = re.compile(r"[a-z]{2,60}")
_LEAST, _MOST = 2, 12


def letters(term: str) -> str | None:
    """Return what was typed as letters without tones (nǚ → nv), or None where it is no pinyin."""
    plain = unicodedata.normalize("NFD", term.replace("ü", "v")).replace("u\u0308", "v")
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("'", "")
    return bare if _TYPED.fullmatch(bare) else None


def initials(name: str, readings: Readings) -> tuple[str, ...]:
    """Return the initials of a name's runs of characters, each in its likely readings."""
    runs: list[list[Sequence[str]]] = [[]]
    for char in name:
        if read := readings(char):
            runs[-1].append(tuple(dict.fromkeys(syllable[0] for syllable in read)))
        elif runs[-1]:
            runs.append([])
    found = (way for run in runs if len(run) >= _LEAST for way in _ways(run))
    return tuple(dict.fromkeys(found))


def pairs(ways: Iterable[str]) -> list[str]:
    """Return the pairs of letters that stand beside each other in initials, each once: slwx → sl, lw, wx."""
    found = (way[at : at + 2] for way in ways for at in range(len(way) - 1))
    return list(dict.fromkeys(found))


def _ways(run: Sequence[Sequence[str]]) -> list[str]:
    """Return the readings of a run, those first that differ from the usual one in few characters."""
    usual = [read[0] for read in run]
    found = ["".join(usual)]
    double = [at for at, read in enumerate(run) if len(read) > 1]
    for changed in range(1, len(double) + 1):
        for places in combinations(double, changed):
            for other in product(*(run[at][1:] for at in places)):
                if len(found) == _MOST_READINGS:
                    return found
                signs = list(usual)
                for place, sign in zip(places, other, strict=True):
                    signs[place] = sign
                found.append("".join(signs))
    return found


def initials_meant(typed: str, syllables: Collection[str]) -> list[str]:
    """Return the initials that somebody may mean who typed these letters; the fewest characters first."""
    found: list[str] = []
    waiting: list[tuple[int, str]] = [(0, "")]
    while waiting and len(found) < _MOST_PARTINGS:
        following: list[tuple[int, str]] = []
        for at, before in waiting:
            for length in range(1, min(6, len(typed) - at) + 1):
                part, end = typed[at : at + length], at + length
                if not _is_part(part, syllables, last=end == len(typed)):
                    continue
                if end == len(typed):
                    found.append(before + part[0])
                elif len(before) + 1 < _MOST:
                    following.append((end, before + part[0]))
        waiting = list(dict.fromkeys(following))[:200]
    meant = dict.fromkeys(each for each in found if len(each) >= _LEAST)
    return list(meant)[:_MOST_PARTINGS]


def _is_part(part: str, syllables: Collection[str], *, last: bool) -> bool:
    if part in syllables:
        return True
    if len(part) == 1:
        return part not in "iuv"  # no syllable begins with them
    return last and any(syllable.startswith(part) for syllable in syllables)


def together(terms: Iterable[str], syllables: Collection[str]) -> list[str]:
    """Return terms with syllables that stand in a row as one: shui li wei xiu is typed for four characters."""
    found: list[str] = []
    joined = False
    for term in terms:
        is_syllable = term in syllables
        if is_syllable and joined:
            found[-1] += term
        else:
            found.append(term)
        joined = is_syllable
    return found


def meant(typed: str, names: Iterable[str], readings: Readings, most: int) -> tuple[str, ...]:
    """Return the characters in these names that are read as was typed, those of the most names first."""
    counts: Counter[str] = Counter()
    for name in names:
        counts.update(
            {
                name[at:end]
                for at in range(len(name))
                for end in _ends(name, at, typed, readings)
                if end - at >= _LEAST
            }
        )
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(text for text, _ in ranked[:most])


def _ends(name: str, at: int, typed: str, readings: Readings) -> Iterator[int]:
    """Yield where the characters from `at` end that are read as the letters typed."""
    if not typed:
        yield at
        return
    if at == len(name):
        return
    for syllable in readings(name[at]):
        if typed.startswith(syllable):
            yield from _ends(name, at + 1, typed[len(syllable) :], readings)
        elif syllable.startswith(typed) and len(typed) > 1:
            yield at + 1
        if typed[0] == syllable[0] and len(syllable) > 1:
            yield from _ends(name, at + 1, typed[1:], readings)
