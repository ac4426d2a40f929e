"""News in words: short, in both languages, of places and notices only; and what ends a subscription."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from server.rules.deliveries import MOST_ATTEMPTS, SITE_LASTS, next_try
from server.rules.news import Kind, wants
from server.rules.subscribing import device_of, subscriber_of, ticket_of
from tests.cast import at

NOW = at("2026-10-16 08:00+08:00")
ID = "01a11906-3680-7000-8000-000000000007"


@dataclass
class Choices:
    notices: bool = True
    categories: tuple[str, ...] = ()
    missing: bool = False


@pytest.mark.parametrize(
    ("choices", "kind", "category", "wanted"),
    [
        (Choices(), "notice", "finance_quarterly", True),
        (Choices(), "corrected", "finance_quarterly", True),
        (Choices(), "missing", "finance_quarterly", False),
        (Choices(missing=True), "missing", "finance_quarterly", True),
        (Choices(notices=False, missing=True), "notice", "finance_quarterly", False),
        (Choices(categories=("dibao_preliminary",)), "notice", "finance_quarterly", False),
        (Choices(categories=("dibao_preliminary",)), "corrected", "dibao_preliminary", True),
        (Choices(categories=("dibao_preliminary",), missing=True), "missing", "x", True),
        (Choices(notices=False), "answer", "", True),
    ],
)
def test_what_is_wanted(choices: Choices, kind: Kind, category: str, wanted: bool) -> None:
    assert wants(choices, kind, category) is wanted


def mark(text: str) -> str:
    return f"{sum(text.encode()):032x}"


def test_a_ticket_is_good_for_its_own_subscription_alone() -> None:
    ticket = ticket_of(ID, mark)
    assert subscriber_of(ticket, mark) == ID
    assert subscriber_of(ticket_of(ID, lambda text: "0" * 32), mark) is None
    assert subscriber_of(ticket.replace("7.", "8."), mark) is None
    for nothing in ("", ".", ID, f"{ID}.", ticket + "0", ticket + "\n", ticket.upper()):
        assert subscriber_of(nothing, mark) is None, nothing


def test_a_device_is_known_by_both_of_its_secrets() -> None:
    assert device_of("https://push.test/1", "a") != device_of("https://push.test/1", "b")
    assert device_of("https://push.test/1", "a") != device_of("https://push.test/2", "a")


def test_a_site_is_tried_ever_more_seldom_until_its_days_are_over() -> None:
    moment, attempts, waits = NOW, 0, []
    while moment < NOW + SITE_LASTS:
        attempts += 1
        following = next_try(attempts, moment, "site")
        assert following is not None
        waits.append(following - moment)
        moment = following
    assert waits == sorted(waits)
    assert 8 <= attempts <= 12
    assert next_try(MOST_ATTEMPTS, NOW) is None
