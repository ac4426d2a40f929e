"""Who is to be warned of what below a division, now: from tallies, those that are out of date judged anew up to a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from server.rules.cards import title_of
from server.rules.obligations import VillageLife
from server.rules.owners import owner_of
from server.rules.periods import local_date, parse_period
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.rules.schedules import reminder_rule_for
from server.rules.tallies import Column, Tally
from server.rules.values import Lang
from server.rules.warnings import ESCALATED, Warned, warnings_of
from server.storage import divisions, tallies
from server.storage.database import Reader
from server.storage.tallies import Kept

MOST = 500
MOST_ANEW = 800
_ORDER = {"red": 0, "yellow": 1, "prompt": 2}


class VillageWarning(Struct, frozen=True):
    """One warning: prompt, yellow or red; `days` late; `missed` how often in the last 400 days, this time included.

    `goes_to`: who is to act by now: village, township or county. `heir`: the village that a closed one was merged into,
    whose people post what it owed (decision 53).
    """

    level: str
    goes_to: str
    division: str
    village: str
    heir: str | None
    category: str
    period: str
    title: str
    due_on: date
    days: int
    missed: int


class Warnings(Struct, frozen=True):
    """The gravest and oldest first, 500 at most; the counts are of all. Of `waiting` villages and groups nothing is known yet."""

    as_of: datetime
    red: int
    yellow: int
    prompt: int
    waiting: int
    items: tuple[VillageWarning, ...]


async def compliance_warnings(
    db: Reader, *, book: Rulebook, division: str, now: datetime, lang: Lang
) -> Warnings:
    """Return what nobody has answered below a division and is due within a working day, overdue, or long so."""
    today = local_date(now)
    villages = {
        v.code: v
        for v in await divisions.owing_under(db, division)
        if owner_of(v.code) in book.owners
    }
    years = (today.year - 1, today.year)
    read = await tallies.read(db, division, years, list(villages), book=book, now=now)
    made = await tallies.make(db, book, read.stale[:MOST_ANEW], now)
    lines: dict[str, list[tuple[tuple[Column, ...], str]]] = {}
    known: list[Kept | Tally] = [*read.good, *(each.tally for each in made)]
    for line in known:
        lines.setdefault(line.division, []).append((line.columns, line.signs))
    found: list[tuple[str, Warned]] = []
    for code, of_village in lines.items():
        red_after = reminder_rule_for(book.policies, code, today).red_after_days
        found += [(code, each) for each in warnings_of(of_village, today, red_after)]
    found.sort(key=lambda pair: (_ORDER[pair[1].level], pair[1].column.due_on, pair[0]))
    heirs = {code: _heir(villages, code) for code, _ in found[:MOST] if villages[code].successor}
    names = await divisions.names(db, heirs.values())
    count = Counter(each.level for _, each in found)
    return Warnings(
        as_of=now,
        red=count["red"],
        yellow=count["yellow"],
        prompt=count["prompt"],
        waiting=len({code for code, _ in read.stale[MOST_ANEW:]}),
        items=tuple(
            VillageWarning(
                level=each.level,
                goes_to=ESCALATED[each.level],
                division=code,
                village=villages[code].shown_on(today),
                heir=spoken_name(names[heirs[code]]) if heirs.get(code) in names else None,
                category=each.column.category,
                period=each.column.period,
                title=title_of(
                    book.categories[each.column.category], parse_period(each.column.period), lang
                ),
                due_on=each.column.due_on,
                days=each.days,
                missed=each.missed,
            )
            for code, each in found[:MOST]
        ),
    )


def _heir(villages: Mapping[str, VillageLife], code: str) -> str:
    """Return the last of a closed village's successors that is known here."""
    seen = {code}
    while (
        (here := villages.get(code)) is not None
        and here.successor is not None
        and here.successor not in seen
    ):
        code = here.successor
        seen.add(code)
    return code
