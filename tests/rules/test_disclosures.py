from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from server.rules.disclosures import (
    Edition,
    failure_reasons_review,
    failure_reasons_withdraw,
    first_publication,
    judged_at,
    known_at,
    stage_at,
)
from tests.rules.builders import LI, ZHANG, approved, at, edition, schedule, withdrawn

DISPLAY = schedule().display
HIDING = schedule(display={"after": "hidden"}).display
RECEIVED = "2026-10-14 20:00:00"
UP = approved(RECEIVED, "2026-10-16 08:00:00", decided_at=at("2026-10-15 10:00:00"))

WITHDRAWN_UNOPENED = replace(UP, state="withdrawn", withdrawn_at=at("2026-10-16 07:00:00"))


@pytest.mark.parametrize(
    ("shown", "moment", "stage"),
    [
        (edition(RECEIVED), "2026-10-20 00:00:00", "in_review"),
        (UP, "2026-10-15 09:59:59", "in_review"),
        (UP, "2026-10-15 10:00:00", "scheduled"),
        (UP, "2026-10-16 07:59:59", "scheduled"),
        (UP, "2026-10-16 08:00:00", "open"),
        (replace(UP, superseded_at=at("2027-01-10 00:00")), "2027-01-09 23:59:59", "open"),
        (replace(UP, superseded_at=at("2027-01-10 00:00")), "2027-01-10 00:00:00", "archived"),
        (withdrawn(RECEIVED, "2026-10-20 00:00:00"), "2026-10-19 23:59:59", "open"),
        (withdrawn(RECEIVED, "2026-10-20 00:00:00"), "2026-10-20 00:00:00", "withdrawn"),
        (WITHDRAWN_UNOPENED, "2026-10-16 07:00:00", "hidden"),
        (WITHDRAWN_UNOPENED, "2026-10-16 08:00:00", "hidden"),
        (
            edition(RECEIVED, state="returned", decided_at=at("2026-10-15 10:00:00")),
            "2026-10-15 10:00:00",
            "returned",
        ),
        (
            edition(RECEIVED, state="returned", decided_at=at("2026-10-15 10:00:00")),
            "2026-10-15 09:59:59",
            "in_review",
        ),
    ],
)
def test_stages_to_the_second(shown: Edition, moment: str, stage: str) -> None:
    assert stage_at(shown, DISPLAY, at(moment)) == stage


def test_a_display_that_is_over_and_not_kept_is_hidden() -> None:
    over = replace(UP, comes_down_at=at("2026-10-27 00:00"))
    assert stage_at(over, HIDING, at("2026-10-26 23:59:59")) == "open"
    assert stage_at(over, HIDING, at("2026-10-27 00:00:00")) == "hidden"


@pytest.mark.parametrize(
    ("received", "plan", "opens", "grace", "judged"),
    [
        # Received in time, approved within the 48 hours of grace: the receipt judges.
        ("2026-10-15 23:59:59", None, "2026-10-17 23:59:59", 48, "2026-10-15 23:59:59"),
        # One second beyond the grace: what villagers could read judges.
        ("2026-10-15 23:59:59", None, "2026-10-18 00:00:00", 48, "2026-10-18 00:00:00"),
        # Sent early and meant for later: the village's own plan judges.
        (
            "2026-10-05 09:00:00",
            "2026-10-15 08:00:00",
            "2026-10-15 08:00:00",
            48,
            "2026-10-15 08:00:00",
        ),
        (
            "2026-10-05 09:00:00",
            "2026-10-15 08:00:00",
            "2026-10-17 08:00:00",
            48,
            "2026-10-15 08:00:00",
        ),
        (
            "2026-10-05 09:00:00",
            "2026-10-15 08:00:00",
            "2026-10-17 08:00:01",
            48,
            "2026-10-17 08:00:01",
        ),
        # A plan in the past is no plan.
        (
            "2026-10-15 09:00:00",
            "2026-10-01 08:00:00",
            "2026-10-15 10:00:00",
            48,
            "2026-10-15 09:00:00",
        ),
        # No grace: only publication counts.
        ("2026-10-15 09:00:00", None, "2026-10-15 10:00:00", 0, "2026-10-15 10:00:00"),
    ],
)
def test_the_moment_that_judges(
    received: str, plan: str | None, opens: str, grace: int, judged: str
) -> None:
    shown = approved(received, opens, plan_at=at(plan) if plan else None)
    assert judged_at(shown, schedule(grace_hours=grace)) == at(judged)


def test_what_never_opened_is_not_judged() -> None:
    assert judged_at(edition(RECEIVED), schedule()) is None


def test_the_phone_s_clock_judges_nothing() -> None:
    lies = replace(UP, composed_at=at("2020-01-01 00:00"), captured_at=at("2020-01-01 00:00"))
    assert judged_at(lies, schedule()) == judged_at(UP, schedule())


def test_the_first_that_was_on_show_is_the_first_publication() -> None:
    now = at("2026-12-01 00:00")
    never = withdrawn("2026-10-01 08:00", "2026-10-01 08:30", id="never", opens="2026-10-01 09:00")
    first = withdrawn("2026-10-02 08:00", "2026-10-04 08:00", id="first")
    second = approved("2026-10-05 08:00", id="second", number=2)
    waiting = edition("2026-09-30 08:00", id="waiting")
    assert first_publication([second, never, waiting, first], now) == first
    assert first_publication([second, never, waiting, first], at("2026-10-02 08:59:59")) is None
    assert first_publication([waiting], now) is None


def test_known_at_forgets_what_came_later() -> None:
    shown = withdrawn(
        RECEIVED,
        "2026-11-20 00:00",
        opens="2026-10-16 08:00",
        decided_at=at("2026-10-15 10:00"),
        comes_down_at=at("2026-11-01 00:00"),
        superseded_at=at("2026-11-05 00:00"),
    )
    assert known_at(shown, at("2026-10-14 19:59:59")) is None
    waiting = known_at(shown, at("2026-10-15 09:59:59"))
    assert waiting is not None
    assert (waiting.state, waiting.number, waiting.opens_at) == ("in_review", None, None)
    up = known_at(shown, at("2026-10-31 23:59:59"))
    assert up is not None
    assert (up.state, up.comes_down_at, up.superseded_at, up.withdrawn_at) == (
        "approved",
        None,
        None,
        None,
    )
    assert up.opens_at == at("2026-10-16 08:00")
    down = known_at(shown, at("2026-11-10 00:00"))
    assert down is not None
    assert (down.comes_down_at, down.superseded_at) == (shown.comes_down_at, shown.superseded_at)
    assert known_at(shown, at("2026-11-20 00:00")) == shown


def test_knowing_twice_is_knowing_once() -> None:
    for hours in range(0, 24 * 50, 7):
        now = at(RECEIVED) + timedelta(hours=hours)
        once = known_at(withdrawn(RECEIVED, "2026-11-20 00:00"), now)
        assert once is not None
        assert known_at(once, now) == once


def test_li_si_may_review_and_zhang_san_may_not_review_his_own() -> None:
    assert failure_reasons_review(edition(RECEIVED), LI) == []
    assert [r.zh for r in failure_reasons_review(edition(RECEIVED), ZHANG)] == [
        "不能审议自己报送的内容，请由他人审议"
    ]
    decided = failure_reasons_review(UP, ZHANG)
    assert len(decided) == 2
    assert decided[0].en == "This edition is already approved"


def test_only_what_was_published_is_withdrawn_and_only_with_a_reason() -> None:
    assert failure_reasons_withdraw(UP, "数字有误") == []
    assert len(failure_reasons_withdraw(UP, "  ")) == 1
    assert len(failure_reasons_withdraw(edition(RECEIVED), "")) == 2
    assert (
        failure_reasons_withdraw(withdrawn(RECEIVED, "2026-10-20 00:00"), "x")[0].zh == "已经撤回"
    )
