"""What is said of a notice that was on show and that nobody outside reads any more: a tombstone without contents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from server.rules.cards import days_on_show, public_edition, titles_of
from server.rules.disclosures import Disclosure, EditionHead
from server.rules.places import Named, spoken_name
from server.rules.rule_words import retention_words
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Text
from server.rules.windows import Visibility, term_over, visibility


class Ending(Struct, frozen=True):
    """Whose notice it was, which, and from when to when it was on show.

    `term`, `until`: how long it could be read afterwards, and until which day; None where it was hidden as it came down.
    `office`: where it can be asked for.
    """

    division: str
    village: str
    office: str
    notice: Text
    first: date
    last: date
    term: Text | None
    until: date | None


def ending_of(
    disclosure: Disclosure,
    editions: Sequence[EditionHead],
    line: Sequence[Named],
    book: Rulebook,
    now: datetime,
) -> Ending | None:
    """Return what is said of a notice that is over; None while the public knows of it, and where it never did.

    `line`: its village with those above it, from the province down.
    """
    days = days_on_show(editions, now)
    if days is None or public_edition(editions, book, disclosure, now) is not None:
        return None
    display = book.schedule_of(disclosure).display
    expired = expired_editions(disclosure, editions, book, now)
    newest = expired[max(expired)] if expired else None
    over = term_over(newest, display) if newest else None
    return Ending(
        division=disclosure.division,
        village=spoken_name(line[-1].name) if line else "",
        office=_office(line),
        notice=titles_of(book.categories[disclosure.category], period_of(disclosure)),
        first=days[0],
        last=days[1],
        term=retention_words(over[1]) if over else None,
        until=over[0] if over else None,
    )


def expired_editions(
    disclosure: Disclosure, editions: Sequence[EditionHead], book: Rulebook, now: datetime
) -> dict[int, EditionHead]:
    """Return the editions whose term to be read is over, by number."""
    display = book.schedule_of(disclosure).display
    return {
        e.number: e
        for e in editions
        if e.number is not None and visibility(e, display, now) is Visibility.EXPIRED
    }


def _office(line: Sequence[Named]) -> str:
    """Return who is asked: the township, which keeps the record; a village that has none above it, itself."""
    found = next((each for each in reversed(line) if each.level == "township"), None)
    return spoken_name((found or line[-1]).name) if line else ""
