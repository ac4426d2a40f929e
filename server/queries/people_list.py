"""What a sheet of people would make: read in memory, judged, nothing stored; the template for it; the sheets of before."""

from __future__ import annotations

from datetime import datetime

import anyio
import anyio.to_thread
from msgspec import Struct

from server import problems
from server.external import delimited_files
from server.external.spreadsheet_files import Limits
from server.rules.account_batches import Judged, StandingPlace, judge_people
from server.rules.account_sheets import (
    ListedPlace,
    PeopleRead,
    people_template,
    phones,
    read_people,
)
from server.rules.permissions import Actor, scope_prefix
from server.rules.personal_cells import personal_cells
from server.rules.values import Lang
from server.rules.workbooks import WrittenBook
from server.rules.wrong_rows import SheetNotRead
from server.storage import account_batches, accounts, divisions, passkeys
from server.storage.database import Reader

AT_ONCE = 2

_limit: anyio.CapacityLimiter | None = None


async def people_file(data: bytes, limits: Limits) -> PeopleRead:
    """Return the people of a file (.xlsx or CSV) and what is wrong with other rows.

    Raises: the spreadsheet problems, spreadsheet_has_personal_numbers, people_list_not_read.
    """
    global _limit
    _limit = _limit or anyio.CapacityLimiter(AT_ONCE)
    return await anyio.to_thread.run_sync(_read, data, limits, limiter=_limit)


def _read(data: bytes, limits: Limits) -> PeopleRead:
    sheets = delimited_files.read(data, limits)
    found = list(personal_cells(sheets, phones(sheets)))
    if found:
        raise problems.spreadsheet_has_personal_numbers(len(found), found)
    try:
        return read_people(sheets)
    except SheetNotRead as error:
        raise problems.people_list_not_read(error.text) from None


async def people_judged(db: Reader, read: PeopleRead, *, actor: Actor, now: datetime) -> Judged:
    """Return which of a list's rows can become accounts, and why the others cannot."""
    places = [StandingPlace(*each) for each in await divisions.standing_below(db, actor.division)]
    known = await accounts.standing(db, scope_prefix(actor.division), now)
    return judge_people(read.people, actor=actor, places=places, known=known, now=now)


async def template_for(db: Reader, *, actor: Actor, lang: Lang) -> WrittenBook:
    """Return the workbook to fill in, with the places of the actor's area."""
    places = await divisions.standing_below(db, actor.division)
    return people_template([ListedPlace(*each) for each in places], lang)


class BatchLine(Struct, frozen=True):
    """One sheet of before: when and by whom, how many accounts, how many of them have not signed in yet."""

    id: str
    made_at: datetime
    made_by: str
    people: int
    waiting: int


class BatchList(Struct, frozen=True):
    """Sheets of before, the newest first; `next`: the cursor of the following page."""

    items: tuple[BatchLine, ...]
    next: str | None


async def past_batches(
    db: Reader, *, actor: Actor, cursor: str | None, limit: int, now: datetime
) -> BatchList:
    """Return the batches of the actor's area."""
    found = await account_batches.newest(db, actor.division, before=cursor, limit=limit + 1)
    page = found[:limit]
    members = await accounts.of_ids(db, (one for batch in page for one in batch.members))
    keys = await passkeys.counts(db, list(members))
    names = await accounts.names(db, {batch.made_by for batch in page})
    waits = {
        each.id
        for each in members.values()
        if each.password_hash is None and not keys.get(each.id) and not each.ended(now)
    }
    return BatchList(
        tuple(
            BatchLine(
                batch.id,
                batch.made_at,
                names.get(batch.made_by, ""),
                len(batch.members),
                sum(member in waits for member in batch.members),
            )
            for batch in page
        ),
        page[-1].id if len(found) > limit else None,
    )
