"""Outreach over HTTP: records, the coverage as table, paper and files, and the ready texts of a notice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

import anyio.to_thread
import msgspec

from server import problems
from server.commands.record_outreach import record_outreach
from server.external import spreadsheets
from server.problems import Say
from server.queries.outreach_coverage import outreach_coverage
from server.queries.outreach_records import (
    OutreachChoices,
    OutreachList,
    OutreachPage,
    outreach_choices,
    outreach_in_scope,
    outreach_page,
)
from server.rules.coverage_paper import acts_table, paper_of, villages_table
from server.rules.inquiries import written
from server.rules.outreach import (
    MOST_COUNT,
    MOST_GROUP_NAME,
    MOST_GROUPS,
    MOST_NOTE,
    MOST_NOTICES,
    MOST_PHOTOS,
    MOST_VILLAGES,
    MOST_WORDS,
    Kind,
    Outreach,
    Reach,
    Stage,
    groups_in,
)
from server.rules.outreach_coverage import Coverage
from server.rules.periods import local_date
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.circulars import cell_words, painted, workbook
from server.web.csv_files import attachment, csv_file
from server.web.inquiry_pages import PRIVATE
from server.web.listing import ListPageQuery
from server.web.reading import HTML
from server.web.wire import DivisionCode, Id, In, Sha256

LONGEST_SPAN = timedelta(days=366)
USUAL_SPAN = timedelta(days=90)
Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_COUNT)]
Words = Annotated[str, msgspec.Meta(max_length=MOST_WORDS)]
Clock = Annotated[str, msgspec.Meta(pattern=r"^\d{2}:\d{2}$", max_length=5)]
Group = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_GROUP_NAME)]


class ReachBody(In):
    """A village that was reached: all of it, or the groups named; `groups_total`: how many it has."""

    division: DivisionCode
    groups: Annotated[list[Group], msgspec.Meta(max_length=MOST_GROUPS)] = msgspec.field(
        default_factory=list
    )
    groups_total: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None


class OutreachBody(In):
    """A record; `replaces`: the record whose place it takes. Times in Asia/Shanghai."""

    id: Id
    kind: Kind
    stage: Stage
    first: date
    last: date
    villages: Annotated[list[ReachBody], msgspec.Meta(max_length=MOST_VILLAGES)]
    from_time: Clock | None = None
    until_time: Clock | None = None
    place: Words = ""
    households: Count | None = None
    people: Count | None = None
    counted_by: Words = ""
    note: Annotated[str, msgspec.Meta(max_length=MOST_NOTE)] = ""
    notices: Annotated[list[Id], msgspec.Meta(max_length=MOST_NOTICES)] = msgspec.field(
        default_factory=list
    )
    photos: Annotated[list[Sha256], msgspec.Meta(max_length=MOST_PHOTOS)] = msgspec.field(
        default_factory=list
    )
    replaces: Id | None = None


class CoverageQuery(In):
    """An area (by default one's own) and a span of days, both included (by default the last 90)."""

    division: DivisionCode | None = None
    first: date | None = None
    last: date | None = None


class CoverageFileQuery(CoverageQuery):
    """Likewise, and which of its two tables."""

    table: Literal["villages", "acts"] = "villages"


async def post_outreach(ask: Ask) -> OutreachPage:
    """Record something that was done, or a day that is announced; the same words again change nothing."""
    body: OutreachBody = ask.body
    me = ask.me
    kept = await record_outreach(
        ask.tx,
        actor=me,
        now=ask.now,
        address=ask.address,
        record=Outreach(
            id=body.id,
            division=me.division,
            kind=body.kind,
            stage=body.stage,
            first=body.first,
            last=body.last,
            from_time=body.from_time,
            until_time=body.until_time,
            place=written(body.place),
            households=body.households,
            people=body.people,
            counted_by=written(body.counted_by),
            note=written(body.note),
            reaches=tuple(
                Reach(each.division, groups_in(each.groups), each.groups_total)
                for each in sorted(body.villages, key=lambda each: each.division)
            ),
            notices=tuple(dict.fromkeys(body.notices)),
            photos=tuple(dict.fromkeys(body.photos)),
            recorded_by=me.account_id,
            recorded_by_name=me.name,
            recorded_at=ask.now,
            replaces=body.replaces,
        ),
    )
    return await _page(ask, kept.id)


async def list_outreach(ask: Ask) -> OutreachList:
    """What reached my area, newest first."""
    asked: ListPageQuery = ask.query
    return await outreach_in_scope(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        wanted=asked.wanted(),
        cursor=asked.cursor,
        lang=ask.lang,
    )


async def get_outreach(ask: Ask) -> OutreachPage:
    """One record."""
    return await _page(ask, ask.path["id"])


async def get_outreach_choices(ask: Ask) -> OutreachChoices:
    """What a new record can name."""
    return await outreach_choices(
        ask.db, book=ask.house.book, actor=ask.me, now=ask.now, lang=ask.lang
    )


async def _page(ask: Ask, record_id: str) -> OutreachPage:
    return await outreach_page(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        record_id=record_id,
        now=ask.now,
        lang=ask.lang,
    )


async def get_coverage(ask: Ask) -> Coverage:
    """Which villages were reached by what, and which were not."""
    asked: CoverageQuery = ask.query
    division = asked.division or ask.me.division
    ask.must("see_outreach", division)
    last = asked.last or local_date(ask.now)
    first = asked.first or last - USUAL_SPAN
    if first > last:
        raise problems.parameter_not_valid(
            "first",
            Say(
                f"开始日期 {first} 晚于结束日期 {last}",
                f"the span begins on {first}, after its end on {last}",
            ),
        )
    if last - first > LONGEST_SPAN:
        days = (last - first).days
        raise problems.parameter_not_valid(
            "first", Say(f"最多一年，现在是 {days} 天", f"a year at most; these are {days} days")
        )
    return await outreach_coverage(ask.db, division=division, first=first, last=last, now=ask.now)


async def get_coverage_csv(ask: Ask) -> Answer:
    """One of its tables as a CSV file."""
    found = await get_coverage(ask)
    table = villages_table(found) if ask.query.table == "villages" else acts_table(found)
    rows: list[list[object]] = [[head.pick(ask.lang) for head in table.heads]]
    rows += [[cell_words(value, ask.lang) for value in row] for row in table.rows]
    return csv_file(rows, f"outreach-{ask.query.table}-{_name(found)}.csv")


async def get_coverage_xlsx(ask: Ask) -> Answer:
    """Both tables as a workbook, with real days and numbers."""
    found = await get_coverage(ask)
    made = workbook(paper_of(found, ask.now), ask.lang)
    data = await anyio.to_thread.run_sync(spreadsheets.write, made)
    name = f"outreach-{_name(found)}.xlsx"
    return Answer(data, media_type=spreadsheets.MEDIA_TYPE, headers=attachment(name))


async def coverage_page(ask: Ask) -> Answer:
    """/desk/outreach: the coverage as it is printed."""
    found = painted(
        paper_of(await get_coverage(ask), ask.now), ask.lang, back="/app/outreach/coverage"
    )
    html = pages.render_circular(found, screen_of(ask.request, ask.now))
    return Answer(html, media_type=HTML, cache="no-store", headers=PRIVATE)


def _name(found: Coverage) -> str:
    return f"{found.division}-{found.first}-{found.last}"
