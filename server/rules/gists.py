"""The gist of an edition: the few amounts that lists and charts show, added up once, when it arrives.

A view names amounts by the patterns they add up; the gist has each under its patterns, joined by '+'. So lists
and charts need no content, and a view that asks for something new is noticed by its wants.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.rules import pointers
from server.rules.values import Fen, Text

Gist = Mapping[str, Fen]
_TREND = ("income", "expense", "closing")


def gist_of(view: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Fen]:
    """Return the amounts (fen) that a view's lists and charts show of a content."""
    return {"+".join(patterns): pointers.total(content, patterns) for patterns in _asked(view)}


def wants(view: Mapping[str, Any]) -> list[str]:
    """Return the names under which a view looks amounts up."""
    return ["+".join(patterns) for patterns in _asked(view)]


def figures(view: Mapping[str, Any], gist: Gist) -> list[tuple[Text, Fen]]:
    """Return the few amounts (fen) that a list shows of a notice, as its view names them."""
    return [
        (Text(f["label"]["zh"], f["label"]["en"]), gist["+".join(f["amount"])])
        for f in view["figures"]
        if "+".join(f["amount"]) in gist
    ]


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
    trend = view.get("trend")
    return [f["amount"] for f in view["figures"]] + (
        [trend[name] for name in _TREND] if trend else []
    )
