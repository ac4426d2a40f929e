"""How a matter went: the steps of a category with their days, limits and posts."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.sheets import TableSection, sheet_for
from tests.rules.builders import calendar
from tests.rules.categories_on_disk import KEYS, category, document, example

FUND = "special_funds"


def shown(days: dict[str, str], lang: Any = "zh", **more: Any) -> list[tuple[Any, ...]] | None:
    """Return the rows of a fund's timeline whose steps were done on these days."""
    content = {
        **example(FUND, "good-projects").content,
        "process": [{"step": step, "on": on} for step, on in days.items()],
    }
    sheet = sheet_for(category(FUND), document(FUND, "view"), content, lang, **more)
    found = [s for s in sheet.sections if s.id == "process"]
    if not found:
        return None
    assert isinstance(found[0], TableSection)
    assert [c.key for c in found[0].columns] == ["step", "on", "took", "within", "post"]
    return [row.cells for row in found[0].rows]


def test_every_step_says_its_day_what_it_took_its_limit_and_who_answers_for_it() -> None:
    rows = shown({"notified": "2026-09-28", "allocated": "2026-10-12"}, calendar=calendar())
    assert rows is not None
    # National Day is seven days off, and Saturday the 10th is worked for it.
    assert rows[:3] == [
        ("收到资金文件", "2026-09-28", "", "", "乡镇财政所所长"),
        ("提出分配方案", "2026-10-12", "6 个工作日", "20 个工作日", "业务办公室负责人"),
        ("领导审核", None, "", "", "分管副乡镇长"),
    ]
    assert len(rows) == 5


@pytest.mark.parametrize(
    ("paid", "lang", "took"),
    [
        ("2026-08-18", "zh", "3 个工作日"),
        ("2026-08-19", "zh", "4 个工作日，超 1 个工作日"),
        ("2026-08-19", "en", "4 working days, 1 working day too long"),
    ],
)
def test_what_took_longer_than_its_limit_says_by_how_much(paid: str, lang: str, took: str) -> None:
    rows = shown({"received": "2026-08-13", "paid": paid}, lang, calendar=calendar())
    assert rows is not None
    assert rows[-1][2] == took


def test_what_was_done_before_its_turn_says_no_time_and_turns_no_clock_back() -> None:
    rows = shown({"notified": "2026-08-03", "received": "2026-08-01", "paid": "2026-08-05"})
    assert rows is not None
    assert [row[2] for row in rows] == ["", "", "", "", "2 天"]


def test_an_account_of_before_reads_as_it_did_and_a_new_one_shows_how_it_came_about() -> None:
    key = "finance_quarterly"
    content = {**example(key, "good-2026-q1").content}
    first, now = (document(key, "view", version) for version in category(key).versions)
    before = sheet_for(category(key), first, content, "zh")
    assert sheet_for(category(key), now, content, "zh").sections == before.sections
    content["process"] = [
        {"step": "closed", "on": "2026-04-02"},
        {"step": "checked", "on": "2026-04-08"},
    ]
    table = sheet_for(category(key), now, content, "zh", calendar=calendar()).sections[-1]
    assert isinstance(table, TableSection)
    assert table.rows[1].cells == (
        "民主理财审核",
        "2026-04-08",
        "6 天，超 1 天",
        "5 天",
        "村务监督委员会主任",
    )


def test_a_step_that_was_left_out_does_not_stop_the_clock_and_nothing_done_shows_nothing() -> None:
    rows = shown({"notified": "2026-08-03", "approved": "2026-08-13"})
    assert rows is not None
    assert rows[1][:2] == ("提出分配方案", None)
    assert rows[2][:3] == ("领导审核", "2026-08-13", "10 天")
    assert shown({}) is None


def test_a_term_that_is_no_number_of_days_stands_in_its_place() -> None:
    content = example("election", "good-result", version=2).content
    view = document("election", "view", 2)
    table = sheet_for(category("election"), view, content, "zh").sections[-1]
    assert isinstance(table, TableSection)
    limits = [row.cells[3] for row in table.rows]
    assert limits == ["选举日20日前", "5 天", "3 天", "", "", "当场"]


def test_every_category_shows_its_steps_and_cites_where_the_five_days_are_from() -> None:
    for key in KEYS:
        found = category(key)
        kinds = [each["kind"] for each in document(key, "view", found.current_version)["sections"]]
        assert kinds.count("timeline") == 1, key
        if any((step.step, step.days) == ("checked", 5) for step in found.process):
            cited = {(each.title.en.split(" ")[0], each.article) for each in found.legal_basis}
            assert ("Chongqing", "29") in cited, key
