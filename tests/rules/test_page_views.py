"""Page views as rules: who is a person, which day it is, and small numbers."""

from __future__ import annotations

from datetime import date

import pytest

from server.rules.page_views import ViewCounter, Views, by_a_person, few
from tests.cast import VILLAGE_A, at

PHONE = (
    b"Mozilla/5.0 (Linux; Android 10; M2004J19C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    b"Chrome/86.0.4240.99 MQQBrowser/6.2 Mobile Safari/537.36 MicroMessenger/8.0.30 NetType/WIFI Language/zh_CN"
)


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ([PHONE], True),
        ([b"Mozilla/5.0 (Linux; Android 9; CUBOT X19) Chrome/98.0 Mobile Safari/537.36"], True),
        ([PHONE, b"prefetch"], False),
        ([b"prefetch;prerender", PHONE], False),
        ([b"Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search)"], False),
        ([b"Mozilla/5.0 (compatible; bingbot/2.0)"], False),
        ([b"curl/8.5.0"], False),
        ([b"python-requests/2.31"], False),
        ([], False),
    ],
)
def test_who_reads_is_told_by_what_a_program_says_of_itself(
    said: list[bytes], person: bool
) -> None:
    assert by_a_person(said) is person


def test_the_last_second_of_a_day_and_the_first_of_the_next_are_two_days() -> None:
    counter = ViewCounter()
    counter.add((VILLAGE_A, "village"), at("2026-10-08 23:59:59+08:00"))
    counter.add((VILLAGE_A, "village"), at("2026-10-09 00:00:00+08:00"))
    counter.add((VILLAGE_A, "notice"), at("2026-10-09 00:00:00+08:00"))
    counter.add((VILLAGE_A, "village"), at("2026-10-09 23:59:59+08:00"))
    assert counter.taken() == [
        Views(VILLAGE_A, date(2026, 10, 8), "village", 1),
        Views(VILLAGE_A, date(2026, 10, 9), "village", 2),
        Views(VILLAGE_A, date(2026, 10, 9), "notice", 1),
    ]
    assert counter.taken() == []


def test_what_could_not_be_written_is_added_to_what_comes() -> None:
    counter = ViewCounter()
    counter.add((VILLAGE_A, "village"), at("2026-10-08 09:00+08:00"))
    counter.put_back(counter.taken())
    counter.add((VILLAGE_A, "village"), at("2026-10-08 09:01+08:00"))
    assert [one.views for one in counter.taken()] == [2]


def test_few_views_are_told_as_few() -> None:
    assert [few(n) for n in (0, 1, 4, 5, 120)] == ["0", "<5", "<5", "5", "120"]
