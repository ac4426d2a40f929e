"""What changed between two editions, in the form's words."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from server.rules.difference import difference
from server.rules.values import Text
from tests.rules import difference_vectors
from tests.rules.categories_on_disk import Example, document, example, examples

FORM = document("finance_quarterly", "form")


@pytest.mark.parametrize("one", examples("good"), ids=str)
def test_nothing_changed(one: Example) -> None:
    assert difference(one.content, deepcopy(one.content), document(one.key, "form")) == []


def test_a_corrected_line_is_named_with_both_amounts() -> None:
    before = example("finance_quarterly", "good-two-lines-of-one-item").content
    after = deepcopy(before)
    after["expense"][3]["amount"] = 118_450
    after["subtotals"]["expense"] += 3_600
    line, total = difference(before, after, FORM)
    assert line.pointer == "/expense/3/amount"
    assert line.label == Text(
        "本期支出 · 办公、水电费 水电费 · 金额", "Expense · Office, water and power 水电费 · Amount"
    )
    assert (line.before, line.after, line.kind, line.type) == (114_850, 118_450, "changed", "money")
    assert total.pointer == "/subtotals/expense"


def test_an_inserted_row_is_one_change() -> None:
    before = example("finance_quarterly", "good-2026-q3").content
    after = deepcopy(before)
    after["expense"].insert(0, {"item": "tax", "amount": 12_300})
    [added] = difference(before, after, FORM)
    assert (added.pointer, added.kind, added.before, added.after) == (
        "/expense/0",
        "added",
        None,
        12_300,
    )
    assert added.label is not None
    assert added.label.zh == "本期支出 · 税金及附加"
    [removed] = difference(after, before, FORM)
    assert (removed.pointer, removed.kind, removed.before, removed.after) == (
        "/expense/0",
        "removed",
        12_300,
        None,
    )


def test_entries_of_a_moved_line_are_followed() -> None:
    before = example("finance_quarterly", "good-2026-q3").content
    after = deepcopy(before)
    after["expense"].reverse()
    after["expense"][-1]["entries"][0]["amount"] += 1
    [change] = difference(before, after, FORM)
    assert change.pointer == "/expense/7/entries/0/amount"
    assert change.label is not None
    assert change.label.zh == "本期支出 · 经营支出 · 逐笔明细 · 2026-07-20 记-0705 农机油料 · 金额"


@pytest.mark.parametrize("index", [1, 2])
def test_namesakes_keep_their_order(index: int) -> None:
    one = example("dibao_roster", "good-2026-q2")
    after = deepcopy(one.content)
    assert after["households"][1]["holder_name"] == after["households"][2]["holder_name"]
    after["households"][index]["covered_persons"] = 3
    [change] = difference(one.content, after, document(one.key, "form"))
    assert change.pointer == f"/households/{index}/covered_persons"
    assert (change.before, change.after, change.type) == (index, 3, "int")


def test_choices_are_words_and_filled_fields_are_additions() -> None:
    before = example("finance_quarterly", "good-2026-q3").content
    after = before | {"book": "committee", "note": "更正"}
    book, note = difference(before, after, FORM)
    assert (book.before, book.after) == (
        Text("集体经济组织账", "Collective organisation's book"),
        Text("村民委员会账", "Villagers' committee's book"),
    )
    assert (note.kind, note.before, note.after) == ("added", None, "更正")


def test_without_a_form_places_are_pointers() -> None:
    [change] = difference({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}})
    assert (change.pointer, change.label, change.before, change.after) == ("/a/b/1", None, 2, 3)


def test_what_no_form_asks_is_not_hidden() -> None:
    before = example("finance_quarterly", "good-2026-q3").content
    [change] = difference(before, before | {"unasked": True}, FORM)
    assert (change.pointer, change.label, change.after, change.type) == (
        "/unasked",
        None,
        True,
        "flag",
    )


def test_changed_photos_are_a_change() -> None:
    before = example("finance_quarterly", "good-2026-q3").content
    after = deepcopy(before)
    after["income"][0]["entries"][0]["photos"] = ["0" * 64]
    [change] = difference(before, after, FORM)
    assert change.pointer == "/income/0/entries/0/photos"
    assert (change.before, change.after) == (1, 1)
    assert change.type == "photos"


def test_the_phone_shows_the_same_changes_before_sending() -> None:
    """pwa/src/core/difference.ts walks this file; `difference_vectors.write` makes it anew."""
    kept = json.loads(difference_vectors.FILE.read_text("utf-8"))
    assert kept == json.loads(json.dumps(difference_vectors.vectors()))
    by_name = {each["name"]: each["changes"] for each in kept}
    assert by_name["nothing"] == []
    assert len(by_name["one amount"]) == 1
    assert by_name["what no field asks for"][0]["label"] is None
