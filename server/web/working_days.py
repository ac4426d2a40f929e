"""Working-day calendars over HTTP: the years on record, what a year's notice would change, and loading it."""

from __future__ import annotations

import json

from server import problems
from server.commands.import_workdays import import_workdays
from server.queries.working_days import (
    CalendarPreview,
    CalendarYears,
    calendar_document,
    calendar_years,
    preview_calendar,
    why_not,
)
from server.rules.documents import BadDocument
from server.rules.json_text import read_json
from server.rules.workdays import BadNotice, YearNotice, parse_year_notice
from server.web.asking import Answer, Ask
from server.web.csv_files import attachment
from server.web.policies import FileName, FileText
from server.web.wire import In


class NoticeText(In):
    """The text of a year's file, and the file's name."""

    text: FileText
    file: FileName = ""


async def list_years(ask: Ask) -> CalendarYears:
    """Every year on record, and the next one."""
    actor = ask.must("see_rules", ask.me.division)
    return await calendar_years(ask.db, book=ask.house.book, actor=actor, now=ask.now)


async def get_year_file(ask: Ask) -> Answer:
    """A year's notice as a file."""
    ask.must("see_rules", ask.me.division)
    year = int(ask.path["year"])
    doc = await calendar_document(ask.db, book=ask.house.book, year=year)
    text = json.dumps(doc, ensure_ascii=False, indent=2) + "\n"
    return Answer(
        text.encode(), media_type="application/json", headers=attachment(f"workdays-{year}.json")
    )


async def preview_year(ask: Ask) -> CalendarPreview:
    """What a year's notice would change; nothing is kept."""
    notice = await _read(ask)
    return await preview_calendar(
        ask.db, book=ask.house.book, division=ask.me.division, notice=notice, now=ask.now
    )


async def post_year(ask: Ask) -> CalendarYears:
    """Load a year's notice: the newest counts, older ones stay on record."""
    await _read(ask)
    body: NoticeText = ask.body
    await import_workdays(
        ask.tx,
        read_json(body.text),
        now=ask.now,
        actor=ask.me.account_id,
        address=ask.address,
    )
    return await calendar_years(ask.tx, book=ask.house.book, actor=ask.me, now=ask.now)


async def _read(ask: Ask) -> YearNotice:
    """Return the notice that came; raise not_allowed, or calendar_not_valid with file and place."""
    body: NoticeText = ask.body
    if why := await why_not(ask.db, ask.me):
        raise problems.not_allowed(why)
    try:
        return parse_year_notice(read_json(body.text))
    except (BadDocument, BadNotice) as error:
        raise problems.calendar_not_valid(body.file, error.pointer, error.text) from None
