"""Where a short link leads now: the notice it names, and what the scanned sheet says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server import problems
from server.problems import Say
from server.rules.cards import last_day, public_edition, title_of
from server.rules.disclosures import Disclosure, EditionHead, was_opened
from server.rules.periods import local_date
from server.rules.rulebook import Rulebook, period_of
from server.rules.short_links import Paper, read
from server.rules.windows import down_at
from server.storage import disclosures, divisions, editions, short_links
from server.storage.database import Reader


@dataclass(frozen=True, slots=True)
class Landing:
    """The notice to show, and the sheet that was scanned; None where the link names the notice alone."""

    disclosure_id: str
    paper: Paper | None


async def short_link(db: Reader, *, book: Rulebook, signs: str, now: datetime) -> Landing:
    """Return where the signs of a short link lead.

    Raises not_found for signs that nobody has, and in the same words for a notice of which nothing opened yet;
    notice_ended for one that was on show and is no longer read by anybody.
    """
    link = read(signs)
    disclosure_id = await short_links.find(db, link.notice) if link else None
    disclosure = await disclosures.get(db, disclosure_id) if disclosure_id else None
    if link is None or disclosure is None:
        raise problems.not_found()
    heads = (await editions.heads_for_disclosures(db, [disclosure.id])).get(disclosure.id, [])
    if public_edition(heads, book, disclosure, now) is not None:
        return Landing(disclosure.id, link.paper)
    shown = [e for e in heads if was_opened(e, now)]
    if not shown:
        raise problems.not_found()
    raise await _ended(db, book, disclosure, shown)


async def _ended(
    db: Reader, book: Rulebook, disclosure: Disclosure, shown: list[EditionHead]
) -> problems.Problem:
    """Return the refusal that says from when to when a notice was on show; of its content it has nothing."""
    category, period = book.categories[disclosure.category], period_of(disclosure)
    place = (await divisions.names(db, [disclosure.division])).get(disclosure.division, "")
    opened = [local_date(e.opens_at) for e in shown if e.opens_at]
    ended = [last_day(down) for e in shown if (down := down_at(e))]
    return problems.notice_ended(
        village=place,
        notice=Say(title_of(category, period, "zh"), title_of(category, period, "en")),
        first=min(opened),
        last=max([*opened, *ended]),
    )
