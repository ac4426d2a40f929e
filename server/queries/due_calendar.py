"""What falls due in a village with its groups, in one group or in a township: last year's, this year's and next year's obligations."""

from __future__ import annotations

from datetime import date, datetime

from server import problems
from server.problems import Say
from server.rules import obligations
from server.rules.due_dates import DueDates, due_dates
from server.rules.owners import owner_of
from server.rules.periods import local_date
from server.rules.places import named_whole, place_of, spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Lang
from server.storage import divisions, exemptions, occurrences
from server.storage.database import Reader

_LEVELS = ("township", "village", "group")


async def due_calendar(
    db: Reader, *, book: Rulebook, code: str, now: datetime, lang: Lang
) -> DueDates:
    """Return the due days of the periods that end last year, this year and next year, by the rules as they stand.

    Raises not_found for what is no township, village or village group.
    """
    line = await divisions.ancestors(db, code)
    if not line or line[-1].level not in _LEVELS:
        raise problems.not_found(Say("这个村或乡镇", "such village or township"))
    year = local_date(now).year
    villages = [v for v in await divisions.owing_under(db, code) if owner_of(v.code) in book.owners]
    happened = await occurrences.for_scope(db, code)
    owed = obligations.owed(
        villages,
        book.categories,
        book.policies,
        book.calendar,
        date(year - 1, 1, 1),
        date(year + 1, 12, 31),
        await exemptions.for_scope(db, code),
        happened,
        now,
    )
    names = {village.code: spoken_name(village.name) for village in villages}
    return DueDates(
        named_whole(place_of(line)),
        tuple(due_dates(owed, names, {each.id: each for each in happened}, book, lang)),
    )
