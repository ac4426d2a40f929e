"""Categories over HTTP: what must be shown, by which rule, and the form it is asked with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import msgspec

from server import problems
from server.queries.form_context import FormContext, form_context
from server.rules.categories import Category, LegalBasis
from server.rules.periods import local_date
from server.rules.values import Text
from server.web.asking import Answer, Ask
from server.web.etag import weak
from server.web.wire import In, Out, PlaceCode


class CategoryLine(Out):
    """A category in a list.

    `searchable`: patterns of what of its notices a search finds beside their titles; none for a list of people.
    `names`: those of them that hold short names, which pinyin finds too.
    `cadence`: how often it falls due in the division that was asked for today, nationally where none was.
    """

    key: str
    name: Text
    title: Text
    publisher: str
    wording: str
    icon: str
    current_version: int
    searchable: tuple[str, ...]
    names: tuple[str, ...]
    cadence: str


class CategoryQuery(In):
    """Only what is in use in a division today; every category of this installation where none is named."""

    division: PlaceCode | None = None


class CategoryList(Out):
    """Categories by key: every one of this installation, or those in use in a division."""

    items: list[CategoryLine]


class CategoryPage(Out):
    """A category with its national schedule, its legal basis and its current schema, form and view."""

    line: CategoryLine
    schedule: Mapping[str, Any]
    legal_basis: tuple[LegalBasis, ...]
    schema: Mapping[str, Any]
    form: Mapping[str, Any]
    view: Mapping[str, Any]


class FormQuery(In):
    """For which place and period a form is opened."""

    division: PlaceCode
    period: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    event_on: date | None = None


def _line(category: Category, cadence: str | None = None) -> CategoryLine:
    return CategoryLine(
        key=category.key,
        name=category.name,
        title=category.title,
        publisher=category.publisher,
        wording=category.wording,
        icon=category.icon,
        current_version=category.current_version,
        searchable=tuple(category.searchable),
        names=tuple(category.names),
        cadence=cadence or str(category.schedule_doc["cadence"]),
    )


async def list_categories(ask: Ask) -> Answer:
    """Every category, or those in use in a division."""
    asked: CategoryQuery = ask.query
    book = ask.house.book
    if asked.division is None:
        lines = [_line(category) for _, category in sorted(book.categories.items())]
    else:
        today = local_date(ask.now)
        lines = [
            _line(category, book.schedule(category.key, asked.division, today).cadence)
            for category in book.in_use(asked.division, today)
        ]
    known = ",".join(f"{line.key}.{line.cadence}" for line in lines)
    return Answer(
        CategoryList(items=lines),
        etag=weak("categories", known, ask.house.print),
    )


async def get_category(ask: Ask) -> Answer:
    """One category with its form."""
    book, key = ask.house.book, ask.path["key"]
    category = book.categories.get(key)
    if category is None:
        raise problems.not_found()
    version = category.current_version
    page = CategoryPage(
        line=_line(category),
        schedule=category.schedule_doc,
        legal_basis=category.legal_basis,
        schema=book.papers[category.key, version].schema,
        form=book.papers[category.key, version].form,
        view=book.papers[category.key, version].view,
    )
    return Answer(page, etag=weak("category", key, ask.house.print))


async def get_form(ask: Ask) -> FormContext:
    """A form opened for a place and a period, with what the last period left behind."""
    asked: FormQuery = ask.query
    return await form_context(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        category_key=ask.path["category"],
        division=asked.division,
        period_key=asked.period,
        event_on=asked.event_on,
        today=local_date(ask.now),
    )
