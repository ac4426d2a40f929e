"""What of an edition may be found: lines, items by their names, totals by name and amount; of relief its title alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.rules.disclosures import Disclosure
from server.rules.findable import findable, labels_of
from tests.rules.categories_on_disk import KEYS, category, document, example, examples


def _found(key: str, content: dict[str, Any], *captions: str) -> tuple[dict[str, str], list[str]]:
    """Return the records by their pointers, fields apart by a bar, and the names."""
    disclosure = Disclosure(
        id="d", county="640425", division="640425100201", category=key, period_key="2026Q3",
        period_start=date(2026, 7, 1), period_end=date(2026, 9, 30), event_on=None, title="",
        created_at=datetime(2026, 10, 8, tzinfo=UTC),
    )  # fmt: skip
    labels = labels_of(document(key, "form"))
    records, names = findable(category(key), labels, disclosure, content, captions)
    return {at: text.replace("\n", " | ") for at, text, _ in records}, names


def _accounts() -> dict[str, Any]:
    return example("finance_quarterly", "good-2026-q3").content


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("", "2026年第三季度财务收支 | Accounts, Third quarter 2026"),
        ("/income/0", "经营收入 | 租赁收入 | 集体门面租金 | 12,000.00"),
        ("/income/0/entries/0", "记-0701 | 门面一至三号上半年租金 | 赵六 | 8,000.00"),
        ("/income/4", "其他收入 | 存款利息 | 62.41"),  # an item without words of its own
        ("/subtotals/income", "本期收入合计 | 47,912.41"),
        ("/closing/total", "期末余额 | 111,712.09"),
        ("/photos", "村口大槐树下"),
    ],
)
def test_a_line_is_filed_with_the_names_of_its_form(pointer: str, text: str) -> None:
    assert _found("finance_quarterly", _accounts(), "村口大槐树下")[0][pointer] == text


def test_the_names_of_items_are_names_and_handlers_are_found_nowhere() -> None:
    records, names = _found("finance_quarterly", _accounts())
    assert {"财务收支", "经营收入", "租赁收入", "集体门面租金", "赵六"} <= set(names)
    assert "本期收入合计" not in names
    assert not [text for text in records.values() if "孙七" in text]
    assert "王五" not in str(records)  # relief to a person: by surname, as the public reads it
    assert "王*" in str(records)


def test_a_total_of_nothing_and_an_item_nobody_knows_are_left_out() -> None:
    content = _accounts()
    content["subtotals"]["income"] = 0
    content["income"][4]["item"] = "of_another_version"
    records, _ = _found("finance_quarterly", content)
    assert "/subtotals/income" not in records
    assert records["/income/4"] == "62.41"


def test_a_text_with_a_personal_number_is_not_filed() -> None:
    content = _accounts()
    content["income"][0]["entries"][0]["summary"] = "租金，电话13800138000"
    content["note"] = "身份证11010519491231002X"
    records, _ = _found("finance_quarterly", content, "13800138000")
    assert records["/income/0/entries/0"] == "记-0701 | 赵六 | 8,000.00"
    assert "/note" not in records
    assert "/photos" not in records


@pytest.mark.parametrize("key", [key for key in KEYS if not category(key).searchable])
def test_of_relief_the_title_alone_is_filed(key: str) -> None:
    for one in examples("good"):
        if one.key == key:
            records, names = _found(key, one.content, "低保户张三")
            assert list(records) == [""]
            assert names == [category(key).title.zh]


@pytest.mark.parametrize(
    "key",
    [
        key
        for key in KEYS
        if any(at.startswith("/households/*") for at in category(key).privacy.public)
    ],
)
def test_no_list_of_households_lets_a_line_or_a_sum_be_found(key: str) -> None:
    """A list may have one household: then its sum is what that household received."""
    for pattern in category(key).searchable:
        assert not pattern.startswith(("/households", "/total", "/allocation"))
