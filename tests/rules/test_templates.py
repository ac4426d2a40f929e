"""Templates: every good example of every category goes into a workbook and comes back the same."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.cells import shown
from server.rules.matching import is_complete, propose
from server.rules.table_reading import completed, read_tables
from server.rules.tables import tables_of
from server.rules.templates import marked, template
from server.rules.workbooks import ReadSheet
from tests.rules import categories_on_disk as disk
from tests.workbooks import changed, read, template_of

LANGS = ("zh", "en")

# Workbooks are written by one library and read by another.
pytestmark = pytest.mark.slow


def without_photos(value: Any) -> Any:
    """Return a content without what stays on the phone."""
    if isinstance(value, dict):
        return {k: without_photos(v) for k, v in value.items() if k != "photos"}
    return [without_photos(v) for v in value] if isinstance(value, list) else value


def read_back(key: str, version: int, sheets: list[ReadSheet]) -> dict[str, Any]:
    """Return the content of a filled-in template, with the lists that its schema wants even when empty."""
    form, schema = (disk.document(key, kind, version) for kind in ("form", "schema"))
    tables = tables_of(form)
    matches = propose(sheets, tables)
    assert {m.table for m in matches} == {t.key for t in tables.tables}
    for match in matches:
        table = tables.table(match.table)
        assert table is not None
        assert is_complete(table, sheets[match.sheet], match), table.label
    singles = next(s for s in sheets if s.name in (tables.single.label.zh, tables.single.label.en))
    reading = read_tables(tables, sheets, matches, singles=singles)
    assert reading.errors == []
    assert reading.skipped == []
    lists = [k for k in schema["required"] if schema["properties"][k].get("type") == "array"]
    return {k: [] for k in lists} | completed(form, reading.content)


def typed(example: disk.Example) -> dict[str, Any]:
    """Return what of an example a template can hold: an empty list that need not be there is as good as none."""
    wanted = disk.document(example.key, "schema", example.version)["required"]
    content = without_photos(example.content)
    return {k: v for k, v in content.items() if v != [] or k in wanted}


@pytest.mark.parametrize(
    ("example", "lang"),
    [
        pytest.param(example, LANGS[number % 2], id=f"{example}-{LANGS[number % 2]}")
        for key in disk.KEYS
        for number, example in enumerate(disk.examples("good", key))
    ],
)
def test_a_content_comes_back_as_it_went_in(example: disk.Example, lang: str) -> None:
    sheets = read(template_of(example.key, lang, example.content, example.version))
    assert read_back(example.key, example.version, sheets) == typed(example)
    mark = marked([shown(row[0]) for sheet in sheets for row in sheet.rows if row])
    assert mark == (example.key, example.version)


# What a program does to a file when it saves it is the same for every form: a few that hold all kinds of cells.
SAVED_AGAIN = ("finance_quarterly", "housing_relief", "subsidy_list", "township_gov_list")


@pytest.mark.parametrize("key", SAVED_AGAIN)
def test_another_program_may_save_it(key: str) -> None:
    example = disk.examples("good", key)[-1]
    made = template_of(example.key, "zh", example.content, example.version)
    data = changed(made, lambda book: None)
    assert read_back(example.key, example.version, read(data)) == typed(example)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", disk.KEYS)
def test_every_name_is_one_name(key: str, lang: Any) -> None:
    """Labels tell single values and columns apart, in either language, and sheets have names of their own."""
    tables = tables_of(disk.document(key, "form"))
    for table in (tables.single, *tables.tables):
        labels = [c.label.pick(lang) for c in table.columns]
        assert len(set(labels)) == len(labels), table.label
    book = template(disk.category(key), 1, disk.document(key, "form"), lang)
    names = [sheet.name for sheet in book.sheets]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_sums_are_formulas_that_nobody_types_over_and_choices_drop_down() -> None:
    def look(book: Any) -> None:
        page = book["本期收入"]
        assert page.protection.sheet
        assert page["C2"].value == "=SUM('本期收入'!$C$4:$C$203)"
        assert page["C2"].protection.locked
        assert not page["C4"].protection.locked
        assert page.freeze_panes == "B4"
        kinds = {v.type for v in page.data_validations.dataValidation}
        assert kinds == {"list", "decimal"}
        basics = book["基本情况"]
        total = next(r for r in range(1, 40) if basics.cell(r, 1).value == "本期收入合计（元）")
        assert basics.cell(total, 2).value == "=SUM('本期收入'!$C$4:$C$203)"
        assert basics.cell(total, 2).protection.locked
        assert book["本期收入"]["D3"].comment.text.startswith("只有更正才可以是负数")

    changed(template_of("finance_quarterly"), look)


def test_the_same_template_is_the_same_bytes() -> None:
    assert template_of("dibao_roster") == template_of("dibao_roster")
