"""Whose turn an edition's review is, in the words in which everybody who waits reads it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server.rules import reviewing
from server.rules.disclosures import Disclosure, Edition, awaits_review
from server.rules.reviewing import WORDS, Turn, signed_for
from server.rules.rulebook import Rulebook
from server.rules.values import Text


class Waiting(Struct, frozen=True):
    """Whose signature is waited for (reviewer, supervisor, township), how many are given of how many, since when.

    `then`: the steps that follow, in their order.
    """

    by: str
    words: Text
    given: int
    needed: int
    since: datetime
    then: tuple[Text, ...]


def turn_of(book: Rulebook, disclosure: Disclosure, edition: Edition) -> Turn | None:
    """Return whose turn it is; of an edition from before there were turns, the first one's; None once it is decided."""
    if not awaits_review(edition):
        return None
    rule = book.schedule_of(disclosure).review
    return edition.turn or reviewing.turn(rule, edition.content, (), edition.received_at)


def waiting(book: Rulebook, disclosure: Disclosure, edition: Edition) -> Waiting | None:
    """Return whom an edition waits for and who comes after; None once it is decided."""
    turn = turn_of(book, disclosure, edition)
    if turn is None:
        return None
    publisher = book.categories[disclosure.category].publisher
    rule = book.schedule_of(disclosure).review
    steps = [by for by, _ in reviewing.needed(rule, edition.content)]
    later = steps[steps.index(turn.by) + 1 :] if turn.by in steps else []
    return Waiting(
        by=turn.by,
        words=WORDS[signed_for(turn.by, publisher)],
        given=turn.given,
        needed=turn.needed,
        since=turn.since,
        then=tuple(WORDS[signed_for(by, publisher)] for by in later),
    )
