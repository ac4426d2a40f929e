"""Counting that a page was opened, where it was made or fetched the whole way; the desk counts what it hands out itself."""

from __future__ import annotations

from server.rules.divisions import village_of
from server.rules.page_views import TELLING, Kind, by_a_person
from server.web.asking import Ask

# Cookies of people at work (web/cookies.py): what they open is no view of a villager's.
_OURS = b"gsl_"


def seen(ask: Ask, division: str, kind: Kind) -> None:
    """Count that somebody opened a page of a village, unless it was no GET, no person, or somebody at work."""
    if ask.request.method != "GET":
        return
    telling = []
    for name, value in ask.request.scope["headers"]:
        if name in TELLING:
            telling.append(value)
        elif name == b"cookie" and _OURS in value:
            return
    if by_a_person(telling):
        # A group's pages are its village's.
        ask.house.views.add((village_of(division), kind), ask.now)
