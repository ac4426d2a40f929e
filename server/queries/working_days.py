"""The working-day calendars on record: by year, official or computed, and what another notice would move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct

from server import problems
from server.rules import policy_preview
from server.rules.owners import Owner
from server.rules.periods import label, local_date, parse_period
from server.rules.permissions import Actor, covers, refusal_to_rule
from server.rules.places import spoken_name
from server.rules.policy_preview import Rules
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.rules.workdays import WorkdayCalendar, YearNotice
from server.storage import divisions, exemptions, occurrences, workdays
from server.storage.database import Reader

MOST_DUES = 60
_DAY = timedelta(days=1)


class CalendarYear(Struct, frozen=True):
    """A year: `known` is false where it is computed from weekends and the festivals that the moon does not move.

    `recorded_at`: when it was loaded here; None: it came with the program, or nobody loaded it.
    """

    year: int
    known: bool
    official: bool
    source: str
    holidays: tuple[date, ...]
    makeup_workdays: tuple[date, ...]
    recorded_at: datetime | None


class CalendarYears(Struct, frozen=True):
    """The years, newest first, from next year down."""

    may_manage: bool
    why_not: Text | None
    items: tuple[CalendarYear, ...]


class ChangedDay(Struct, frozen=True):
    """A day that becomes a working day, or ceases to be one."""

    on: date
    works: bool


class MovedDue(Struct, frozen=True):
    """Due days that move, alike in `villages` places of one kind, villages or village groups."""

    category: str
    name: Text
    period: str
    label: Text
    owner: Owner
    villages: int
    example: str
    before: date
    after: date


class CalendarPreview(Struct, frozen=True):
    """What a year's notice would change: days, and due days of what is owed by periods. `past`: of those moved, due already."""

    year: int
    official: bool
    source: str
    was_official: bool
    days: tuple[ChangedDay, ...]
    dues: tuple[MovedDue, ...]
    moved: int
    past: int
    settled: int


async def calendar_years(
    db: Reader, *, book: Rulebook, actor: Actor, now: datetime
) -> CalendarYears:
    """Return every year on record and the next one, which may be computed."""
    recorded = await workdays.recorded_at(db)
    notices = await _notices(db, book)
    next_year = local_date(now).year + 1
    years = sorted({*notices, next_year, next_year - 1}, reverse=True)
    why = await why_not(db, actor)
    return CalendarYears(
        why is None,
        why,
        tuple(_year(year, notices.get(year), recorded.get(year)) for year in years),
    )


async def why_not(db: Reader, actor: Actor) -> Text | None:
    """Return why an actor may not load a year's notice; None when they administer every county that counts by it."""
    if why := refusal_to_rule(actor, actor.division):
        return why
    others = [
        c for c in await divisions.counties_with_villages(db) if not covers(actor.division, c)
    ]
    if not others:
        return None
    return Text(
        f"工作日历全站共用，这里还有 {len(others)} 个别的县，请由管理全站的人在命令行录入",
        f"The calendar holds for the whole site, and {len(others)} other counties are on it: whoever runs the site loads it at the terminal",
    )


async def calendar_document(db: Reader, *, book: Rulebook, year: int) -> dict[str, Any]:
    """Return a year's notice as it can be loaded elsewhere. Raises not_found for a year that is computed."""
    notice = (await _notices(db, book)).get(year)
    if notice is None:
        raise problems.not_found()
    return {
        "year": notice.year,
        "official": notice.official,
        "source": notice.source,
        "holidays": sorted(each.isoformat() for each in notice.holidays),
        "makeup_workdays": sorted(each.isoformat() for each in notice.makeup_workdays),
    }


async def preview_calendar(
    db: Reader, *, book: Rulebook, division: str, notice: YearNotice, now: datetime
) -> CalendarPreview:
    """Return what a year's notice would change below a division."""
    notices = await _notices(db, book)
    before = WorkdayCalendar(notices)
    after = WorkdayCalendar({**notices, notice.year: notice})
    first = date(notice.year - 1, 11, 1)
    owing = await divisions.owing_under(db, division)
    found = policy_preview.moved_dues(
        Rules(book.categories, book.policies, before),
        Rules(book.categories, book.policies, after),
        owing,
        first,
        date(notice.year, 12, 31),
        await exemptions.for_scope(db, division),
        await occurrences.for_scope(db, division),
    )
    names = {v.code: v.name for v in owing}
    today = local_date(now)
    standing = notices.get(notice.year)
    return CalendarPreview(
        year=notice.year,
        official=notice.official,
        source=notice.source,
        was_official=standing is not None and standing.official,
        days=tuple(
            _changed(before, after, date(notice.year - 1, 12, 1), date(notice.year, 12, 31))
        ),
        dues=tuple(_moved(each, book, names) for each in found.moved[:MOST_DUES]),
        moved=sum(each.villages for each in found.moved),
        past=sum(each.villages for each in found.moved if min(each.before, each.after) < today),
        settled=found.settled,
    )


async def _notices(db: Reader, book: Rulebook) -> dict[int, YearNotice]:
    return {**book.calendar.notices, **{n.year: n for n in await workdays.all_current(db)}}


def _year(year: int, notice: YearNotice | None, recorded: datetime | None) -> CalendarYear:
    if notice is None:
        return CalendarYear(year, False, False, "", (), (), None)
    return CalendarYear(
        year,
        True,
        notice.official,
        notice.source,
        tuple(sorted(notice.holidays)),
        tuple(sorted(notice.makeup_workdays)),
        recorded,
    )


def _changed(
    before: WorkdayCalendar, after: WorkdayCalendar, first: date, last: date
) -> Sequence[ChangedDay]:
    days = (first + n * _DAY for n in range((last - first).days + 1))
    return [
        ChangedDay(day, after.is_workday(day))
        for day in days
        if after.is_workday(day) != before.is_workday(day)
    ]


def _moved(change: policy_preview.MovedDue, book: Rulebook, names: Mapping[str, str]) -> MovedDue:
    return MovedDue(
        category=change.category,
        name=book.categories[change.category].name,
        period=change.period,
        label=label(parse_period(change.period)),
        owner=change.owner,
        villages=change.villages,
        example=spoken_name(names.get(change.example, change.example)),
        before=change.before,
        after=change.after,
    )
