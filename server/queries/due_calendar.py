"""What falls due in a village or a township: last year's, this year's and next year's obligations."""

from __future__ import annotations

from datetime import date, datetime

from server import problems
from server.problems import Say
from server.rules import obligations
from server.rules.due_dates import DueDates, due_dates
from server.rules.periods import local_date
from server.rules.places import place_of, spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Lang
from server.storage import divisions, exemptions, occurrences
from server.storage.database import Reader

_LEVELS = ("township", "village")


async def due_calendar(
    db: Reader, *, book: Rulebook, code: str, now: datetime, lang: Lang
) -> DueDates:
    """Return the due days of the periods that end last year, this year and next year, by the rules as they stand.

    Raises not_found for what is neither a village nor a township.
    """
    line = await divisions.ancestors(db, code)
    if not line or line[-1].level not in _LEVELS:
        raise problems.not_found(Say("这个村或乡镇", "such village or township"))
    year = local_date(now).year
    villages = await divisions.villages_under(db, code)
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
        place_of(line),
        tuple(due_dates(owed, names, {each.id: each for each in happened}, book, lang)),
    )
