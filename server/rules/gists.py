"""The gist of an edition: the few amounts that lists and charts show, added up once, when it arrives.

A view names amounts by the patterns they add up; the gist has each under its patterns, joined by '+'. So lists
and charts need no content, and a view that asks for something new is noticed by its wants. Beside them stands how much
the content says at all (`FILLED`): what has 0 there was posted empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from server.rules import pointers
from server.rules.values import Fen, Text

Gist = Mapping[str, Fen]
_TREND = ("income", "expense", "closing")
# How much a content says: its lines that say something, its numbers that are not nothing, its note. No pattern is called so.
FILLED = "filled"


def gist_of(view: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Fen]:
    """Return the amounts (fen) that a view's lists and charts show of a content, and how much it says at all.

    What nobody stated is none, not 0.00.
    """
    charted = _charted(view)
    gist = {
        "+".join(patterns): pointers.total(content, patterns)
        for patterns in _asked(view)
        if patterns in charted or any(_stated(content, each) for each in patterns)
    }
    return {**gist, FILLED: _filled(content)}


def _stated(content: Mapping[str, Any], pattern: str) -> bool:
    """Rows add up to 0.00 where there are none; a single amount stands there or does not."""
    return "*" in pattern or pointers.get(content, pattern) is not None


def is_empty(gist: Gist) -> bool:
    """Say whether a content has no line that says something, no number but nothing, and no word about it."""
    return gist.get(FILLED) == 0


def _filled(content: Mapping[str, Any]) -> int:
    if not _has_list(content):
        return 1  # all of it is words, and its shape asks for them
    count = int(any(_is_written(content.get(key)) for key in ("note", "explanation")))
    for key, value in content.items():
        if isinstance(value, Mapping):
            count += sum(map(_is_number, value.values()))
        elif isinstance(value, list):
            count += sum(isinstance(line, Mapping) and _says_something(line) for line in value)
        else:
            count += key != "year" and _is_number(value)
    return count


def _has_list(content: Mapping[str, Any]) -> bool:
    return any(isinstance(value, list) for value in content.values())


def _says_something(line: Mapping[str, Any]) -> bool:
    # 'item' says which heading of the form it is: it was there before anybody wrote anything.
    return any(_is_written(v) or _is_number(v) for k, v in line.items() if k != "item")


def _is_written(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value != 0


def wants(view: Mapping[str, Any]) -> list[str]:
    """Return the names under which a view looks amounts up."""
    return [*("+".join(patterns) for patterns in _asked(view)), FILLED]


def figures(view: Mapping[str, Any], gist: Gist) -> list[tuple[Text, Fen]]:
    """Return the few amounts (fen) that a list shows of a notice, as its view names them."""
    named = ((f["label"], "+".join(f["amount"])) for f in view["figures"])
    return [(_words(at["zh"], at["en"]), gist[name]) for at, name in named if name in gist]


@cache
def _words(zh: str, en: str) -> Text:
    return Text(zh, en)


def trend_point(view: Mapping[str, Any], gist: Gist) -> tuple[Fen, Fen, Fen] | None:
    """Return (income, expense, closing) in fen for a chart over periods; None where the view has no trend."""
    trend = view.get("trend")
    if trend is None:
        return None
    names = ["+".join(trend[name]) for name in _TREND]
    if not all(name in gist for name in names):
        return None
    income, expense, closing = (gist[name] for name in names)
    return income, expense, closing


def _asked(view: Mapping[str, Any]) -> list[list[str]]:
    return [f["amount"] for f in view["figures"]] + _charted(view)


def _charted(view: Mapping[str, Any]) -> list[list[str]]:
    trend = view.get("trend")
    return [trend[name] for name in _TREND] if trend else []
