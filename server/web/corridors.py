"""The way to a door: by the words a path begins with, not by asking one door after the other.

Starlette tries its routes in turn: two hundred patterns, most of a millisecond for the last. Routes whose paths begin with
the same words stand in one corridor here; a path is asked of the corridor with the most words first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from starlette.routing import BaseRoute, Match, NoMatchFound, Route
from starlette.types import Receive, Scope, Send

MOST_WORDS = 4  # '/api/v1/divisions/…': from there on few are left


class Corridors(BaseRoute):
    """Routes by the words before their first parameter. Of two that fit, the one with more words is taken."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._by_words: dict[tuple[str, ...], list[Route]] = {}
        for route in routes:
            self._by_words.setdefault(_words(route.path), []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return the route that fits as `route` of the child scope."""
        if scope["type"] != "http":
            return Match.NONE, {}
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        parts = tuple(path.split("/", MOST_WORDS + 1)[1 : MOST_WORDS + 1])
        for many in range(len(parts), -1, -1):
            for route in self._by_words.get(parts[:many], ()):
                match, child = route.matches(scope)
                if match is not Match.NONE:
                    return match, {**child, "route": route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the route that was found."""
        await scope["route"].handle(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> NoReturn:
        """Refuse: addresses are written by web/cards.py and rules/, never looked up by a route's name."""
        raise NoMatchFound(name, path_params)


def _words(path: str) -> tuple[str, ...]:
    words = []
    for part in path.split("/")[1 : MOST_WORDS + 1]:
        if "{" in part:
            break
        words.append(part)
    return tuple(words)
