"""Names and endings as they are compared, how many tries there are, and the ticket of an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.rules import households
from server.rules.households import Left, plain_name, plain_tail, wait_for
from tests.cast import START, VILLAGE_A, VILLAGE_B


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("张三", "张三"),
        (" 张　三 ", "张三"),
        ("张\u200b三\u00ad", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("Ｗａｎｇ　Wu", "WANGWU"),
    ],
)
def test_a_name_is_the_same_however_it_is_typed(typed: str, compared: str) -> None:
    assert plain_name(typed) == compared


@pytest.mark.parametrize(
    ("typed", "compared"),
    [("1234", "1234"), (" 12 34", "1234"), ("123x", "123X"), ("１２３Ｘ", "123X"), ("123×", "123X")]
    + [(bad, None) for bad in ("", "123", "12345", "X123", "12X4", "一二三四", "12-4", "٠١٢٣")],
)
def test_an_ending_is_three_digits_and_one_more_or_x(typed: str, compared: str | None) -> None:
    assert plain_tail(typed) == compared


def test_a_name_waits_and_a_village_never_does() -> None:
    assert wait_for(Left(6, 40, 200)) is None
    assert wait_for(Left(1, 40, 200)) is None
    assert wait_for(Left(0.5, 40, 200)) == pytest.approx(2 * 3600)
    for crowded in (Left(6, 0, 200), Left(5, 40, 0), Left(5, 0, 0)):
        assert wait_for(crowded) is None
    for wrong_twice in (Left(4, 0.9, 200), Left(4, 40, 0.9)):
        assert wait_for(wrong_twice) == pytest.approx(4 * 3600)


def test_who_is_looked_at() -> None:
    assert households.looks_like_guessing(0, 30)
    assert not households.looks_like_guessing(0, 29)
    assert not households.looks_like_guessing(100, 60)
    assert households.asked_since(date(2028, 2, 29)) == date(2025, 2, 28)


def mark(text: str) -> str:
    return f"{abs(hash(text)):032x}"


def test_a_ticket_is_good_for_its_village_and_for_half_an_hour() -> None:
    ids = ("a-1", "b-2")
    ticket = households.ticket_for(VILLAGE_A, ids, START, mark)
    assert households.payments_of(ticket, VILLAGE_A, START, mark) == ids
    almost = START + timedelta(minutes=30) - timedelta(seconds=1)
    assert households.payments_of(ticket, VILLAGE_A, almost, mark) == ids
    for now, village, sent in (
        (START + timedelta(minutes=30), VILLAGE_A, ticket),
        (START, VILLAGE_B, ticket),
        (START, VILLAGE_A, ticket.replace("b-2", "c-3")),
        (START, VILLAGE_A, "9" + ticket),
        (START, VILLAGE_A, ""),
        (START, VILLAGE_A, "..."),
    ):
        assert households.payments_of(sent, village, now, mark) is None
