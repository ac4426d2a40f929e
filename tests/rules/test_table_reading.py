"""Other people's tables: the proposal, the rows or the cells that stand in the way, as the phone reads them too."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.matching import Match, propose
from server.rules.table_reading import read_tables
from server.rules.tables import tables_of
from server.rules.workbooks import ReadSheet, letters, place, spans
from tests.rules import categories_on_disk as disk

VECTORS = disk.read(disk.SCHEMAS / "vectors" / "tables.json")


def sheet_of(grid: list[list[str]], **more: Any) -> ReadSheet:
    rows = tuple(tuple(cell or None for cell in row) for row in grid)
    return ReadSheet(name="表", rows=rows, **more)


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
def test_what_a_table_says(vector: dict[str, Any]) -> None:
    tables = tables_of(disk.document(vector["category"], "form"))
    sheet = sheet_of(vector["grid"])
    (match,) = propose([sheet], tables)
    assert match == Match(**vector["match"])
    reading = read_tables(tables, [sheet], [match])
    for error, wanted in zip(reading.errors, vector.get("errors", []), strict=True):
        assert error.place == f"表!{wanted['cell']}"
        assert error.word == wanted.get("word")
        assert "says" not in wanted or error.text.zh == wanted["says"]
        assert error.text.en.isascii() or "“" in error.text.en
    if "content" in vector:
        assert reading.content == vector["content"]
        assert [s.partition("!")[2] for s in reading.skipped] == vector["skipped"]


def test_a_number_in_a_cell_that_several_rows_share_is_no_rows_number() -> None:
    tables = tables_of(disk.document("finance_quarterly", "form"))
    sheet = sheet_of(
        [["项目", "金额"], ["租赁收入", "100"], ["存款利息", "100"]], covered=frozenset({(2, 1)})
    )
    reading = read_tables(tables, [sheet], [Match(0, 0, "/income", {"/item": 0, "/amount": 1})])
    assert [e.place for e in reading.errors] == ["表!B3"]
    assert "合并" in reading.errors[0].text.zh


def test_words_in_a_cell_that_several_rows_share_are_each_rows_words() -> None:
    tables = tables_of(disk.document("dibao_preliminary", "form"))
    sheet = sheet_of(
        [["村民小组", "申请人姓名", "家庭人口", "拟保障人口", "拟月保障金额"],
         ["一组", "王五", "2", "2", "500"], ["一组", "赵六", "3", "1", "300"]],
        covered=frozenset({(2, 0)}),
    )  # fmt: skip
    (match,) = propose([sheet], tables)
    reading = read_tables(tables, [sheet], [match])
    assert reading.errors == []
    assert [h["group"] for h in reading.content["households"]] == ["一组", "一组"]


def test_a_heading_over_two_filled_columns_is_asked_about_and_over_an_empty_one_it_is_not() -> None:
    tables = tables_of(disk.document("dibao_preliminary", "form"))
    heads = ["村民小组", "申请人姓名", "家庭人口", "家庭人口", "拟月保障金额"]
    covered = frozenset({(0, 3)})
    for second, places in (("2", ["表!C1"]), ("", [])):
        sheet = sheet_of([heads, ["一组", "王五", "2", second, "500"]], covered=covered)
        (match,) = propose([sheet], tables)
        reading = read_tables(tables, [sheet], [match])
        assert [e.place for e in reading.errors if "合并" in e.text.zh] == places
    both = sheet_of([heads, ["一组", "王五", "2", "2", "500"]], covered=covered | {(1, 3)})
    errors = read_tables(tables, [both], propose([both], tables)).errors
    assert not any("合并" in e.text.zh for e in errors)


def test_several_lines_of_one_name_are_asked_for() -> None:
    tables = tables_of(disk.document("finance_quarterly", "form"))
    lines = sheet_of([["项目", "金额"], ["租赁收入", "1"], ["租赁收入", "2"]])
    heads = ["项目", "日期", "摘要", "金额", "同名第几行"]
    columns = {"^/item": 0, "/date": 1, "/summary": 2, "/amount": 3, "^row": 4}
    for ordinal, errors, entries in (("2", [], [0, 1]), ("", ["表!E2"], []), ("3", ["表!E2"], [])):
        journal = sheet_of([heads, ["租赁收入", "2026-07-05", "租金", "2", ordinal]])
        reading = read_tables(
            tables,
            [lines, journal],
            [
                Match(0, 0, "/income", {"/item": 0, "/amount": 1}),
                Match(1, 0, "/income/*/entries", columns),
            ],
        )
        assert [e.place for e in reading.errors] == errors
        if not errors:
            assert [len(x.get("entries", [])) for x in reading.content["income"]] == entries


def test_how_cells_are_called() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
    assert place("收入", 6, 2) == "收入!C7"
    assert spans(frozenset({2, 3, 4, 7}), "row") == ("3–5", "8")
    assert spans(frozenset({1}), "column") == ("B",)
