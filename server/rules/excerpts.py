"""Excerpts: the part of a found text that is shown, cut at what was looked for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from server.rules.searching import FIELD, Wanted, folded, kept, small

# An excerpt shows this many signs before the first hit, and so many in all.
_BEFORE, _LONG = 16, 90


class Piece(Struct, frozen=True):
    """A piece of an excerpt; `hit`: it is what was looked for."""

    text: str
    hit: bool


def excerpt(text: str, wanted: Wanted) -> tuple[Piece, ...]:
    """Return the part of a filed text around its first hit, its fields apart by a blank."""
    spans = _spans(text, wanted)
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    end = start + _LONG
    pieces = [Piece("…", hit=False)] if start else []
    pieces += _pieces(text, spans, start, end)
    if end < len(text):
        pieces.append(Piece("…", hit=False))
    return tuple(pieces)


def marked(text: str, wanted: Wanted) -> tuple[Piece, ...]:
    """Return a whole text, cut at what was looked for."""
    return tuple(_pieces(text, _spans(text, wanted), 0, len(text)))


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    shown = text.replace(FIELD, " ")
    at = start
    for first, last in spans:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            yield Piece(shown[at:first], hit=False)
        yield Piece(shown[first:last], hit=True)
        at = last
    if at < min(end, len(text)):
        yield Piece(shown[at:end], hit=False)


def _spans(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Return where the terms stand, from the first on, none within another."""
    low = small(text)
    compared, place = folded(low), kept(low)
    found: list[tuple[int, int]] = []
    for way in {way for ways in wanted for way in ways}:
        at = compared.find(way)
        while at >= 0:
            found.append((place[at], place[at + len(way) - 1] + 1))
            at = compared.find(way, at + len(way))
    spans: list[tuple[int, int]] = []
    for first, last in sorted(found, key=lambda span: (span[0], -span[1])):
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans
