"""The matters of a notice: as the public may know of them, and as those who link them see all of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules.cards import title_of, titles_of
from server.rules.disclosures import Disclosure, EditionHead, stage_at
from server.rules.matters import (
    PHASES,
    Link,
    Matter,
    MatterThread,
    Phase,
    next_thread_change,
    ready,
    threads,
    village_threads,
)
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang, Text
from server.storage import disclosures, divisions, editions, matters
from server.storage.database import Reader

CHOICES = 20

Rows = dict[str, tuple[Disclosure, list[EditionHead]]]


class Threads(Struct, frozen=True):
    """Public threads, and what nobody outside may know: when time alone changes them next."""

    threads: tuple[MatterThread, ...]
    next_change: datetime | None

    @property
    def print(self) -> int:
        """Return a number that changes with what is shown, and is 0 where nothing is."""
        return zlib.crc32(repr(self.threads).encode()) if self.threads else 0


class LinkedNotice(Struct, frozen=True):
    """A notice of a matter for those who link it, open to the public or not."""

    link_id: str
    disclosure_id: str
    title: str
    phase: Phase
    stage: str
    opens_at: datetime | None
    here: bool


class MatterPage(Struct, frozen=True):
    """A matter with all its notices, from before to after; its `revision` is named by whoever renames it."""

    id: str
    name: str
    revision: int
    notices: tuple[LinkedNotice, ...]


class VillageMatters(Struct, frozen=True):
    """The matters of a village of which the public may know two notices or more; `here` is false in all of them."""

    items: tuple[MatterThread, ...]


class MattersOfNotice(Struct, frozen=True):
    """The matters that a notice stands in, oldest first."""

    matters: tuple[MatterPage, ...]


class LinkChoice(Struct, frozen=True):
    """A notice of the same village that can be linked."""

    disclosure_id: str
    title: str
    category_name: Text
    stage: str
    opens_at: datetime | None


class LinkChoices(Struct, frozen=True):
    """What a search among the village's own notices found, newest period first; `more`: others fit too."""

    items: tuple[LinkChoice, ...]
    more: bool


async def matter_threads(
    db: Reader, *, book: Rulebook, disclosure_id: str, now: datetime, lang: Lang
) -> Threads:
    """Return what the public may know now of the matters that a notice stands in: one statement where there are none."""
    found = await matters.for_disclosure(db, disclosure_id)
    if not found:
        return Threads((), None)
    rows = await _rows(db, found)
    return Threads(
        threads(found, rows, book, disclosure_id, now, lang), next_thread_change(rows, book, now)
    )


async def matters_of_village(
    db: Reader, *, book: Rulebook, code: str, now: datetime, lang: Lang
) -> Threads:
    """Return what the public may know now of a village's matters, of a closed one's too; raises not_found for what never was one."""
    line = await divisions.line_that_stood(db, code)
    if not line or line[-1].level != "village":
        raise problems.not_found()
    found = await matters.for_division(db, code)
    if not found:
        return Threads((), None)
    rows = await _rows(db, found)
    return Threads(
        village_threads(found, rows, book, now, lang), next_thread_change(rows, book, now)
    )


async def matters_of_notice(
    db: Reader, *, book: Rulebook, actor: Actor, disclosure_id: str, now: datetime, lang: Lang
) -> MattersOfNotice:
    """Return all matters of a notice with everything in them. Raises not_found, also for another's village."""
    await _own_notice(db, actor, disclosure_id)
    found = await matters.for_disclosure(db, disclosure_id)
    rows = await _rows(db, found)
    pages = []
    for matter, links in found:
        notices = [_linked(link, rows, book, disclosure_id, now, lang) for link in links]
        notices.sort(key=lambda n: (PHASES.index(n.phase), n.opens_at or now, n.disclosure_id))
        pages.append(MatterPage(matter.id, matter.name, matter.revision, tuple(notices)))
    return MattersOfNotice(tuple(pages))


async def matter_choices(
    db: Reader,
    *,
    book: Rulebook,
    actor: Actor,
    disclosure_id: str,
    q: str,
    now: datetime,
    lang: Lang,
) -> LinkChoices:
    """Return the village's other notices whose titles contain every word of `q`. Raises not_found as above."""
    notice = await _own_notice(db, actor, disclosure_id)
    words = q.casefold().split()
    items = []
    for other, heads in await editions.village_rows(db, notice.division):
        category = book.categories[other.category]
        titles = titles_of(category, period_of(other))
        said = f"{titles.zh} {titles.en} {category.name.zh} {category.name.en}".casefold()
        if other.id == notice.id or not ready(heads) or not all(word in said for word in words):
            continue
        stage, opens_at = _standing(other, heads, book, now)
        title = title_of(category, period_of(other), lang)
        items.append(LinkChoice(other.id, title, category.name, stage, opens_at))
    return LinkChoices(tuple(items[:CHOICES]), more=len(items) > CHOICES)


async def _own_notice(db: Reader, actor: Actor, disclosure_id: str) -> Disclosure:
    notice = await disclosures.get(db, disclosure_id)
    if notice is None or refusal(actor, "link_disclosures", notice.division):
        raise problems.not_found(problems.Say("这项公示", "such notice"))
    return notice


async def _rows(db: Reader, found: Iterable[tuple[Matter, list[Link]]]) -> Rows:
    ids = {link.disclosure_id for _, links in found for link in links}
    about = await disclosures.get_many(db, sorted(ids))
    heads = await editions.heads_for_disclosures(db, sorted(ids))
    return {key: (each, heads.get(key, [])) for key, each in about.items()}


def _linked(
    link: Link, rows: Rows, book: Rulebook, here: str, now: datetime, lang: Lang
) -> LinkedNotice:
    notice, heads = rows[link.disclosure_id]
    stage, opens_at = _standing(notice, heads, book, now)
    return LinkedNotice(
        link_id=link.id,
        disclosure_id=notice.id,
        title=title_of(book.categories[notice.category], period_of(notice), lang),
        phase=link.phase,
        stage=stage,
        opens_at=opens_at,
        here=notice.id == here,
    )


def _standing(
    notice: Disclosure, heads: list[EditionHead], book: Rulebook, now: datetime
) -> tuple[str, datetime | None]:
    """Return the stage of a notice's newest edition that was let through, and when its first one opened or will."""
    numbered = sorted((e for e in heads if e.number is not None), key=lambda e: e.number or 0)
    stage = stage_at(numbered[-1], book.schedule_of(notice).display, now)
    return stage, numbered[0].opens_at
