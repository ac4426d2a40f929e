"""Spreadsheets over HTTP: a category's template out, a filled-in one or somebody's own sheet in."""

from __future__ import annotations

from typing import Annotated, Literal

import anyio.to_thread
import msgspec

from server import problems
from server.external import spreadsheets
from server.external.spreadsheet_files import Limits
from server.problems import Say
from server.queries.spreadsheet_content import (
    Chosen,
    SpreadsheetContent,
    TakenSingle,
    spreadsheet_content,
)
from server.rules.matching import Match
from server.rules.templates import template
from server.web.asking import Answer, Ask
from server.web.csv_files import attachment
from server.web.etag import weak
from server.web.wire import CategoryKey, In, PlaceCode

MOST_MATCHES, MOST_SINGLES = 20, 60
MOST_TEMPLATES = 64

# Each takes tens of milliseconds to write and changes with the program alone: its tag names it.
_templates: dict[str, bytes] = {}


class ChosenMatch(In):
    """Which table a sheet is, under which row of headings (counted from 0; -1: there is none), which column is which."""

    sheet: Annotated[int, msgspec.Meta(ge=0, le=1000)]
    header: Annotated[int, msgspec.Meta(ge=-1, le=100_000)]
    table: Annotated[str, msgspec.Meta(max_length=200)]
    columns: dict[str, Annotated[int, msgspec.Meta(ge=0, le=16_383)]]
    unit: Literal["yuan", "wan"] = "yuan"


class ChosenSingle(In):
    """A single value that a person takes, as it was found: its pointer, sheet, cell ('F3') and value."""

    pointer: Annotated[str, msgspec.Meta(max_length=200)]
    sheet: Annotated[int, msgspec.Meta(ge=0, le=1000)]
    cell: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]
    value: str | int | bool


class Matching(In):
    """What a person decided. `words`: by table and column (`/income /item`), a word of the sheet and what it means."""

    matches: Annotated[list[ChosenMatch], msgspec.Meta(max_length=MOST_MATCHES)]
    singles: Annotated[list[ChosenSingle], msgspec.Meta(max_length=MOST_SINGLES)] = msgspec.field(
        default_factory=list
    )
    words: dict[str, dict[str, str | int | bool]] = msgspec.field(default_factory=dict)


class SpreadsheetQuery(In):
    """For which form a spreadsheet is read. `hidden`: read hidden rows, columns and sheets too.

    `matching` is the JSON of what a person decided about the columns, in ASCII (`\\u6536` for 收): an address has
    room for some ten thousand signs; without it a proposal is answered.
    """

    category: CategoryKey
    division: PlaceCode
    hidden: Literal["left", "read"] = "left"
    matching: Annotated[str, msgspec.Meta(max_length=10_000, pattern=r"^[ -~]*$")] | None = None


async def get_template(ask: Ask) -> Answer:
    """A category's form as a workbook to fill in, in the reader's language."""
    book, key, lang = ask.house.book, ask.path["key"], ask.lang
    category = book.categories.get(key)
    if category is None:
        raise problems.not_found()
    version = category.current_version
    tag = weak("template", key, version, lang, ask.house.print)
    if ask.unchanged(tag):
        return Answer(etag=tag, status=304)
    if tag not in _templates:
        written = template(category, version, book.papers[key, version].form, lang)
        if len(_templates) >= MOST_TEMPLATES:
            _templates.clear()
        _templates[tag] = await anyio.to_thread.run_sync(spreadsheets.write, written)
    return Answer(
        _templates[tag],
        media_type=spreadsheets.MEDIA_TYPE,
        etag=tag,
        headers=attachment(f"{key}-v{version}-{lang}.xlsx"),
    )


async def read_spreadsheet(ask: Ask) -> SpreadsheetContent:
    """Read a spreadsheet for a form and store nothing: a content, or what a person has to decide first."""
    asked: SpreadsheetQuery = ask.query
    matching = _matching(asked.matching)
    return await spreadsheet_content(
        book=ask.house.book,
        validators=ask.house.validators,
        actor=ask.me,
        category_key=asked.category,
        division=asked.division,
        data=ask.body,
        limits=Limits(ask.house.settings.max_spreadsheet_bytes),
        hidden=asked.hidden == "read",
        chosen=None if matching is None else _chosen(matching),
        words={} if matching is None else matching.words,
    )


def _chosen(matching: Matching) -> Chosen:
    return Chosen(
        [Match(m.sheet, m.header, m.table, m.columns, m.unit) for m in matching.matches],
        [TakenSingle(s.pointer, s.sheet, s.cell, s.value) for s in matching.singles],
    )


def _matching(text: str | None) -> Matching | None:
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=Matching)
    except (msgspec.DecodeError, RecursionError):
        raise problems.parameter_not_valid(
            "matching", Say("写法不对", "not in the right form")
        ) from None
