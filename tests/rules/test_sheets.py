"""Sheets: the numbers of the drawn phone screen, in both languages, from the view alone."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.periods import parse_period
from server.rules.sentences import glance, sentences
from server.rules.sheets import (
    FactsSection,
    Sheet,
    SumSection,
    TableSection,
    sheet_for,
)
from server.rules.values import yuan
from tests.rules.categories_on_disk import Example, category, document, example, examples

ONE = example("finance_quarterly", "good-2026-q3")


def sheet(lang: str = "zh", one: Example = ONE, **kwargs: Any) -> Sheet:
    view = document(one.key, "view")
    return sheet_for(category(one.key), view, one.content, lang, **kwargs)  # type: ignore[arg-type]


def full(lang: str) -> Sheet:
    return sheet(
        lang,
        previous=ONE.neighbour("good-2026-q2.json"),
        last_year=ONE.neighbour("good-2025-q3.json"),
        period=parse_period("2026Q3"),
    )


def rows(made: Sheet) -> list[Any]:
    section = made.sections[0]
    assert isinstance(section, SumSection)
    return list(section.rows)


def test_the_account_reads_as_one_sum() -> None:
    shown = [
        (r.sign, r.label, yuan(r.amount), yuan(r.previous), yuan(r.last_year))
        for r in rows(full("zh"))
        if r.level in ("total", "group")
    ]
    assert shown == [
        ("", "期初余额", "86,432.18", "74,737.97", "50,948.46"),
        ("+", "本期收入", "47,912.41", "45,612.41", "41,230.06"),
        ("+", "其他收款", "72,300.00", "20,000.00", "0.00"),
        ("-", "本期支出", "36,432.50", "33,918.20", "31,205.00"),
        ("-", "其他付款", "58,500.00", "20,000.00", "0.00"),
        ("=", "期末余额", "111,712.09", "86,432.18", "60,973.52"),
    ]


@pytest.mark.parametrize("one", examples("good", "finance_quarterly"), ids=str)
def test_the_signed_rows_add_up_to_the_closing_balance(one: Example) -> None:
    signs = {"": 1, "+": 1, "-": -1}
    made = [r for r in rows(sheet(one=one)) if r.level in ("total", "group")]
    *parts, closing = made
    assert closing.sign == "="
    assert sum(signs[r.sign] * r.amount for r in parts) == closing.amount
    for group in ("income", "other_receipts", "expense", "other_payments"):
        below = [
            r.amount
            for r in rows(sheet(one=one))
            if r.level == "line" and r.id.startswith(f"{group}.")
        ]
        assert sum(below) == next(r.amount for r in made if r.id == group)


def test_details_stand_below_their_heading() -> None:
    made = {r.id: r for r in rows(full("zh"))}
    heading = made["expense.management"]
    assert (heading.level, yuan(heading.amount), heading.pointer) == ("line", "21,346.50", "")
    assert yuan(heading.previous) == "19,896.20"
    details = [made[f"expense.management.{i}"] for i in range(4)]
    assert [(d.level, d.label, yuan(d.amount)) for d in details] == [
        ("sub", "干部报酬", "15,600.00"),
        ("sub", "误工补贴", "2,400.00"),
        ("sub", "办公、水电费", "1,746.50"),
        ("sub", "差旅、会议费", "1,600.00"),
    ]
    assert [d.previous for d in details] == [None] * 4, (
        "the quarter before had no details to compare with"
    )
    assert [e.voucher for e in details[2].entries] == ["记-0802", "记-0905"]
    assert len(details[2].entries[0].photos) == 1
    assert details[2].pointer == "/expense/3"


def test_a_single_line_is_its_heading_with_the_detail_in_brackets() -> None:
    zh = {r.id: r for r in rows(full("zh"))}
    en = {r.id: r for r in rows(full("en"))}
    assert zh["other_payments.construction"].label == "固定资产购建、在建工程（道路工程）"
    assert en["other_payments.construction"].label == "Fixed assets and construction (道路工程)"
    assert zh["income.other_income"].label == "其他收入（存款利息）"
    assert en["income.other_income"].label == "Other income (Bank interest)"
    assert zh["income.other_income"].pointer == "/income/4"


def test_a_heading_that_only_an_earlier_period_had_is_shown_with_nothing() -> None:
    one = example("finance_quarterly", "good-2026-q4-no-activity")
    made = {r.id: r for r in rows(sheet(one=one, previous=ONE.content))}
    assert made["other_payments.repayment"].amount == 0
    assert yuan(made["other_payments.repayment"].previous) == "10,000.00"
    assert "other_payments.repayment" not in {r.id for r in rows(sheet(one=one))}


def test_without_another_period_there_is_nothing_to_compare_with() -> None:
    assert {(r.previous, r.last_year) for r in rows(sheet())} == {(None, None)}
    assert sentences(sheet(), "zh") == [
        "本期收入 47,912.41 元。",
        "本期支出 36,432.50 元。",
        "期末余额 111,712.09 元。",
    ]


def test_sentences_say_how_much_more_and_mainly_why() -> None:
    assert sentences(full("zh"), "zh")[:2] == [
        "本期收入 47,912.41 元，比上季度多 2,300.00 元，主要是经营收入多 2,400.00 元；比去年同季多 6,682.35 元。",
        "本期支出 36,432.50 元，比上季度多 2,514.30 元，主要是管理费用多 1,450.30 元；比去年同季多 5,227.50 元。",
    ]
    assert sentences(full("en"), "en")[0] == (
        "Income 47,912.41 yuan: 2,300.00 yuan more than the quarter before,"
        " mainly operating income (2,400.00 yuan more);"
        " 6,682.35 yuan more than the same quarter last year."
    )
    assert [(t.id, yuan(t.amount)) for t in glance(full("zh"), "zh")] == [
        ("income", "47,912.41"),
        ("expense", "36,432.50"),
        ("closing", "111,712.09"),
    ]


def test_less_and_the_same_are_said_too() -> None:
    one = example("finance_quarterly", "good-2026-q4-no-activity")
    said = sentences(sheet(one=one, previous=ONE.content, period=parse_period("2026Q4")), "zh")
    assert said == [
        "本期收入 0.00 元，比上季度少 47,912.41 元，主要是补助收入少 25,000.00 元。",
        "本期支出 0.00 元，比上季度少 36,432.50 元，主要是管理费用少 21,346.50 元。",
        "期末余额 111,712.09 元，和上季度一样。",
    ]
    monthly = sheet("en", one=one, previous=one.content, period=parse_period("2026-09"))
    assert (
        sentences(monthly, "en")[2]
        == "Closing balance 111,712.09 yuan: the same as the month before."
    )


def test_titles_and_notes() -> None:
    assert full("zh").title == "2026年第三季度财务收支"
    assert full("en").title.startswith("Accounts, ")
    assert full("zh").subtitle == "杏塬村股份经济合作社（演示数据） · 集体经济组织账"
    assert full("zh").notes[0] == "期初 86,432.18 与上期期末一致。"
    assert sheet().notes[0].startswith("其他收款")
    explained = sheet(one=example("finance_quarterly", "good-opening-explained"))
    assert explained.notes[0].startswith("期初余额与上期期末不一致，原因：上季度盘点少记")


def test_tables_have_totals_and_leave_out_empty_columns() -> None:
    debts = next(s for s in full("zh").sections if s.id == "debts")
    assert isinstance(debts, TableSection)
    assert [c.key for c in debts.columns] == [
        "party",
        "opening",
        "increase",
        "decrease",
        "closing",
        "due_on",
    ]
    assert debts.totals == ("合计", 3_000_000, 0, 1_000_000, 2_000_000, None)
    assert not [
        s
        for s in sheet(one=example("finance_quarterly", "good-2026-q4-no-activity")).sections
        if s.id == "debts"
    ]


def test_the_real_allocation_table_is_whole() -> None:
    made = sheet(one=example("housing_relief", "good-dianjiang-2021-1"))
    table = next(s for s in made.sections if s.id == "allocation")
    assert isinstance(table, TableSection)
    assert len(table.rows) == 23
    assert table.rows[17].cells == (18, "白家镇", 1, 750_000, 4, 8_400_000, 0, 0, 5, 9_150_000)
    assert table.totals == (
        None,
        "合计",
        3,
        2_250_000,
        42,
        88_200_000,
        12,
        25_200_000,
        57,
        115_650_000,
    )


@pytest.mark.parametrize("one", examples("good"), ids=str)
def test_both_languages_have_the_same_numbers(one: Example) -> None:
    def numbers(made: Sheet) -> list[object]:
        found: list[object] = []
        for section in made.sections:
            if isinstance(section, SumSection):
                found += [(r.id, r.amount) for r in section.rows]
            elif isinstance(section, TableSection):
                found += [c for r in section.rows for c in r.cells if isinstance(c, int)]
            elif isinstance(section, FactsSection):
                found += [i.value for i in section.items if isinstance(i.value, int)]
        return found

    zh, en = sheet("zh", one), sheet("en", one)
    assert numbers(zh) == numbers(en)
    for section in en.sections:
        heads = [c.label for c in section.columns] if isinstance(section, TableSection) else []
        assert all(h.isascii() for h in [section.heading, *heads]), (
            "an English sheet has English heads"
        )
