"""Matters: notices that tell of one thing, from the decision to the settlement, and where in it each of them stands.

The law asks for long things to be disclosed before, during and after (事前、事中、事后): these three are the phases.
Which kind of notice it is, a decision, a contract, an account, its own category says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, Literal, get_args

from msgspec import Struct

from server.rules.cards import days_on_show, notice_card, title_of
from server.rules.disclosures import Disclosure, EditionHead
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang, Text
from server.rules.windows import next_change

Phase = Literal["before", "during", "after"]
PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
PHASE_WORDS: Final[Mapping[Phase, Text]] = {
    "before": Text("事前", "Before"),
    "during": Text("事中", "During"),
    "after": Text("事后", "After"),
}
# A road has a decision, a tender, a contract, a few payments and a settlement; an account tells of several things.
MOST_NOTICES: Final = 20
MOST_MATTERS: Final = 6
LONGEST_NAME: Final = 30


class Matter(Struct, frozen=True):
    """One thing that a village's notices tell of, by the name people know it by."""

    id: str
    division: str
    name: str
    created_at: datetime
    created_by: str
    revision: int = 1


class Link(Struct, frozen=True):
    """A notice's place in a matter; its id is made by the client, and a removed one stays removed."""

    id: str
    matter_id: str
    disclosure_id: str
    phase: Phase
    linked_at: datetime
    linked_by: str
    removed_at: datetime | None = None


class MatterNotice(Struct, frozen=True):
    """A notice of a matter as the public may know of it: on which days it was posted, and what became of it.

    `stage`: as on its card, or 'hidden' where its display is over and its content is no longer shown. `until`: the last
    day of what is over. `here`: the page it stands on.
    """

    disclosure_id: str
    title: str
    category_name: Text
    phase: Phase
    phase_name: Text
    stage: str
    since: date
    until: date | None
    here: bool


class MatterThread(Struct, frozen=True):
    """A matter on the page of one of its notices: the notices from before to after."""

    name: str
    notices: tuple[MatterNotice, ...]


Rows = Mapping[str, tuple[Disclosure, Sequence[EditionHead]]]


def plain_name(name: str) -> str:
    """Return a name as it is kept: its words with one blank between them."""
    return " ".join(name.split())


def ready(editions: Iterable[EditionHead]) -> bool:
    """Say whether a notice may be put into a matter: an edition of it was let through, opened or not."""
    return any(edition.number is not None for edition in editions)


def threads(
    matters: Iterable[tuple[Matter, Sequence[Link]]],
    rows: Rows,
    book: Rulebook,
    here: str,
    now: datetime,
    lang: Lang,
) -> tuple[MatterThread, ...]:
    """Return the matters of the notice `here` in which another notice may be known of now; of the others not a word."""
    known = village_threads(matters, rows, book, now, lang, here)
    return tuple(each for each in known if any(notice.here for notice in each.notices))


def village_threads(
    matters: Iterable[tuple[Matter, Sequence[Link]]],
    rows: Rows,
    book: Rulebook,
    now: datetime,
    lang: Lang,
    here: str = "",
) -> tuple[MatterThread, ...]:
    """Return the matters of which two notices or more may be known of now, whoever looks and from whichever notice."""
    found = []
    for matter, links in matters:
        notices = [
            notice
            for link in links
            if (notice := _notice(link, rows, book, here, now, lang)) is not None
        ]
        if len(notices) > 1:
            notices.sort(key=lambda n: (PHASES.index(n.phase), n.since, n.disclosure_id))
            found.append(MatterThread(matter.name, tuple(notices)))
    return tuple(found)


def next_thread_change(rows: Rows, book: Rulebook, now: datetime) -> datetime | None:
    """Return when time alone changes what may be known of these notices. Nobody may be told: one may be about to open."""
    turns = [next_change(es, book.schedule_of(d).display, now) for d, es in rows.values()]
    return min((turn for turn in turns if turn is not None), default=None)


def _notice(
    link: Link, rows: Rows, book: Rulebook, here: str, now: datetime, lang: Lang
) -> MatterNotice | None:
    """Return a linked notice as the public may know of it; None while nothing of it was ever on show."""
    disclosure, editions = rows[link.disclosure_id]
    days = days_on_show(editions, now)
    if days is None:
        return None
    card = notice_card(disclosure, editions, book, now, lang)
    stage = card.stage if card else "hidden"
    category = book.categories[disclosure.category]
    over = stage in ("archived", "hidden", "withdrawn")
    return MatterNotice(
        disclosure_id=disclosure.id,
        title=title_of(category, period_of(disclosure), lang),
        category_name=category.name,
        phase=link.phase,
        phase_name=PHASE_WORDS[link.phase],
        stage=stage,
        since=days[0],
        until=days[1] if over else None,
        here=disclosure.id == here,
    )
