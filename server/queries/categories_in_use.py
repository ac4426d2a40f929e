"""Which categories a place uses: since when, by which law, in how many of its villages, and what is to come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from msgspec import Struct

from server.rules.categories import Category, LegalBasis, in_force
from server.rules.obligations import VillageLife
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal_to_rule
from server.rules.places import spoken_name
from server.rules.putting_to_use import Use, use_of
from server.rules.rule_words import OFTEN_WORDS, schedule_words
from server.rules.rulebook import Rulebook
from server.rules.schedules import Policy, schedule_for
from server.rules.values import Text
from server.storage import divisions, policies
from server.storage.database import Reader


class CategoryUse(Struct, frozen=True):
    """A category in a place: `villages` of all those there owe it today, some perhaps by a rule of their own.

    `own`: the county's own, from its folder. `legal_basis`: the sources in force today; none: no law asks for it.
    """

    key: str
    name: Text
    publisher: str
    own: bool
    legal_basis: tuple[LegalBasis, ...]
    often: Text
    due: Text
    display: Text
    use: Use
    villages: int


class CategoryUses(Struct, frozen=True):
    """Every category of the installation, those in use first."""

    division: str
    division_name: str
    may_manage: bool
    villages: int
    items: tuple[CategoryUse, ...]


async def categories_in_use(
    db: Reader, *, book: Rulebook, actor: Actor, now: datetime, shipped: Collection[str]
) -> CategoryUses:
    """Return how every category stands in the actor's area today; `shipped`: the keys of the program's own."""
    today = local_date(now)
    standing = policies.beside(book.policies, await policies.recordings(db))
    villages = [v for v in await divisions.villages_under(db, actor.division) if v.alive_on(today)]
    names = await divisions.names(db, [actor.division])
    lines = [
        _line(category, standing, actor.division, villages, today, own=category.key not in shipped)
        for category in book.categories.values()
    ]
    lines.sort(key=lambda line: (not line.use.in_use, line.use.next_on is None, line.key))
    return CategoryUses(
        actor.division,
        spoken_name(names.get(actor.division, actor.division)),
        refusal_to_rule(actor, actor.division) is None,
        len(villages),
        tuple(lines),
    )


def _line(
    category: Category,
    standing: Sequence[Policy],
    division: str,
    villages: Sequence[VillageLife],
    today: date,
    *,
    own: bool,
) -> CategoryUse:
    schedule = schedule_for(category, standing, division, today)
    due, display, _ = schedule_words(schedule)
    return CategoryUse(
        key=category.key,
        name=category.name,
        publisher=category.publisher,
        own=own,
        legal_basis=in_force(category.legal_basis, today),
        often=OFTEN_WORDS[schedule.cadence],
        due=due,
        display=display,
        use=use_of(category, standing, division, today),
        villages=_owing(category, standing, villages, today),
    )


def _owing(
    category: Category, standing: Sequence[Policy], villages: Sequence[VillageLife], today: date
) -> int:
    found: dict[tuple[int, ...], bool] = {}
    count = 0
    for village in villages:
        holding = tuple(n for n, p in enumerate(standing) if p.holds(village.code, today))
        if holding not in found:
            found[holding] = schedule_for(category, standing, village.code, today).in_use
        count += found[holding]
    return count
