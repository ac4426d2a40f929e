"""A personal number in a workbook refuses the whole, wherever it is hidden, and is repeated nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import ZHANG_SAN, Hall, problem_of
from tests.workbooks import IDENTITY, book, changed

pytestmark = pytest.mark.one_engine

ROWS = [["项目", "金额", "备注"], ["租赁收入", 1, "无"], ["存款利息", 2, "无"]]


def in_plain_sight(made: Any) -> None:
    made["收入"]["C2"] = f"张三 {IDENTITY}"


def in_a_hidden_row(made: Any) -> None:
    made["收入"]["C3"] = IDENTITY
    made["收入"].row_dimensions[3].hidden = True


def in_a_hidden_column(made: Any) -> None:
    made["收入"]["H2"] = IDENTITY
    made["收入"].column_dimensions["H"].hidden = True


def in_a_hidden_sheet(made: Any) -> None:
    page = made.create_sheet("底稿")
    page["B9"] = IDENTITY
    page.sheet_state = "veryHidden"


def below_everything(made: Any) -> None:
    made["收入"]["J900"] = "6222 0212 3456 7890 128"


def as_a_number(made: Any) -> None:
    made["收入"]["C2"] = int(IDENTITY)


def a_mobile_as_a_number(made: Any) -> None:
    made["收入"]["C2"] = 13800138000


def in_full_width(made: Any) -> None:
    made["收入"]["C2"] = "".join(chr(ord(c) + 0xFEE0) for c in IDENTITY)


def in_a_name_of_a_sheet(made: Any) -> None:
    made.create_sheet(IDENTITY)["A1"] = "x"


def half_hidden(made: Any) -> None:
    made["收入"]["C2"] = "640425********1234"


PLACES = [
    (in_plain_sight, "收入!C2"),
    (in_a_hidden_row, "收入!C3"),
    (in_a_hidden_column, "收入!H2"),
    (in_a_hidden_sheet, "底稿!B9"),
    (below_everything, "收入!J900"),
    (as_a_number, "收入!C2"),
    (a_mobile_as_a_number, "收入!C2"),
    (in_full_width, "收入!C2"),
    (in_a_name_of_a_sheet, "#2"),
    (half_hidden, "收入!C2"),
]


@pytest.mark.parametrize(("hide", "cell"), PLACES, ids=[p[0].__name__ for p in PLACES])
async def test_it_is_found_and_not_repeated(hall: Hall, hide: Any, cell: str) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    for lang in ("zh", "en"):
        answer = await zhang.post(
            "/api/v1/spreadsheets",
            params={
                "category": "finance_quarterly",
                "division": ZHANG_SAN.division,
                "lang": lang,
            },
            content=changed(book(收入=ROWS), hide),
        )
        assert problem_of(answer) == "spreadsheet-has-personal-numbers"
        assert [e["cell"] for e in answer.json()["errors"]] == [cell]
        for digits in (IDENTITY, IDENTITY[:8], IDENTITY[-6:], "138001", "622202"):
            assert digits not in answer.text
