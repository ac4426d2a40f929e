"""Open data of a place and a period: what the public may read now, a hundred notices at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from server import problems
from server.problems import Say
from server.rules.cards import public_edition
from server.rules.open_data import Rows, Scope, rows_of
from server.rules.periods import BadPeriod, local_date, parse_period
from server.rules.places import place_of
from server.rules.rulebook import Rulebook
from server.rules.values import Lang
from server.rules.windows import Visibility, visibility
from server.storage import disclosures, divisions, editions
from server.storage.database import Reader

BATCH = 100
_LEVELS = ("county", "township", "village")


async def open_data_scope(db: Reader, *, code: str, period: str | None, now: datetime) -> Scope:
    """Return of where and when data is asked for; without a period of this year.

    Raises not_found for what is no county, township or village, and parameter_not_valid for what is no period.
    """
    line = await divisions.ancestors(db, code)
    if not line or line[-1].level not in _LEVELS:
        raise problems.not_found(Say("这个县、乡镇或村", "such county, township or village"))
    try:
        asked = parse_period(period if period is not None else str(local_date(now).year))
    except BadPeriod as error:
        raise problems.parameter_not_valid("period", Say(error.text.zh, error.text.en)) from None
    return Scope(place_of(line), asked)


async def open_data(
    db: Reader, *, book: Rulebook, scope: Scope, now: datetime, lang: Lang, origin: str
) -> AsyncIterator[Rows]:
    """Yield the rows of every notice of the periods that lie within the one asked for, in the order of their ids.

    Few statements a batch, and no more than a batch in memory, however large the county is.
    """
    after = ""
    while batch := await disclosures.in_period(
        db, scope.place.code, scope.period, after=after, limit=BATCH
    ):
        after = batch[-1].id
        heads = await editions.heads_for_disclosures(db, [d.id for d in batch])
        lines = await divisions.lines(db, {d.division for d in batch})
        seen = []
        for disclosure in batch:
            edition = public_edition(heads.get(disclosure.id, []), book, disclosure, now)
            # A village that was merged away has no page any more; its notices are the archive's.
            if edition is not None and lines[disclosure.division]:
                how = visibility(edition, book.schedule_of(disclosure).display, now)
                seen.append((disclosure, edition, how))
        shown = [e.id for _, e, how in seen if how is not Visibility.WITHDRAWN]
        contents = await editions.get_many(db, shown)
        for disclosure, edition, how in seen:
            whole = contents.get(edition.id)
            yield rows_of(
                disclosure,
                heads[disclosure.id],
                (edition, how),
                whole.content if whole else None,
                place_of(lines[disclosure.division]),
                book,
                now,
                lang,
                f"{origin}/d/{disclosure.id}",
            )
