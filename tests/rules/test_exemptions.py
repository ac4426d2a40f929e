"""Exemptions and other deadlines: two people, from the decision on, and the past stays as it was said then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.rules.compliance import Cell, judge, needs_person
from server.rules.disclosures import Edition
from server.rules.exemptions import Exemption, failure, known_at, refused, ways, weigh
from server.rules.permissions import Actor, Role
from server.rules.rates import counted
from server.rules.tallies import sign_of
from tests.rules.builders import VILLAGE, at, calendar, day, quick
from tests.rules.test_compliance import Q3, approved, kinds

TOWNSHIP = "640425100000"
# Due through 2026-10-15.
LAST_SECOND, MIDNIGHT = at("2026-10-15 23:59:59"), at("2026-10-16 00:00:00")


def exemption(decided: str = "2026-10-10 09:00", **changes: Any) -> Exemption:
    plain = Exemption(
        id="x",
        division=TOWNSHIP,
        category="finance_quarterly",
        reason="洪灾",
        asked_at=at("2026-10-01 09:00"),
        asked_by="wang",
        state="approved",
        decided_by="zhao",
        decided_at=at(decided),
    )
    return replace(plain, **changes)


def later(decided: str = "2026-10-10 09:00", to: str = "2026-10-31", **changes: Any) -> Exemption:
    return exemption(decided, due_on=day(to), **changes)


def look(*given_ones: Exemption, as_of: str, posted: Edition | None = None) -> Cell:
    moment = at(as_of)
    found = weigh(Q3.due, VILLAGE, Q3.category, Q3.period, known_at(given_ones, moment))
    owed = replace(
        Q3, due=found.due, exempt=found.exempt, moved=found.moved, afterwards=found.afterwards
    )
    return judge(owed, [posted] if posted else [], [], moment, calendar())


def said(cell: Cell) -> tuple[str, int | None]:
    return cell.state, cell.late_days


def test_approved_a_second_before_the_limit_it_lifts_and_a_second_later_it_does_not() -> None:
    before = exemption(decided_at=LAST_SECOND)
    assert said(look(before, as_of="2026-10-20 12:00")) == ("exempt", None)
    afterwards = exemption(decided_at=MIDNIGHT)
    cell = look(afterwards, as_of="2026-10-20 12:00")
    assert said(cell) == ("missing", 1), "the days end on the day on which it was lifted"
    assert "exempted_after" in kinds(cell)
    assert not needs_person(cell)


def test_what_was_missing_is_shown_with_both_and_never_as_on_time() -> None:
    lifted = exemption("2026-10-20 09:00")
    assert said(look(lifted, as_of="2026-10-20 08:59:59")) == ("missing", 5)
    cell = look(lifted, as_of="2026-11-20 00:00")
    assert said(cell) == ("missing", 5)
    (finding,) = [f for f in cell.findings if f.kind == "exempted_after"]
    assert "过期 5 天" in finding.text.zh
    assert "洪灾" in finding.text.zh
    assert counted([(sign_of(cell), 1)]).missing == 1
    assert counted([(sign_of(cell), 1)]).unscheduled == 0
    posted = approved("2026-10-25 08:00")
    assert said(look(lifted, as_of="2026-11-20 00:00", posted=posted)) == ("late", 10)


def test_another_deadline_in_time_moves_the_due_moment() -> None:
    moved = later(decided_at=LAST_SECOND)
    assert said(look(moved, as_of="2026-10-31 23:59:59")) == ("due_soon", None)
    cell = look(moved, as_of="2026-11-01 00:00:00")
    assert said(cell) == ("missing", 1)
    assert "deadline_moved" in kinds(cell)
    on_time = approved("2026-10-31 23:59:59")
    assert look(moved, as_of="2026-11-20 00:00", posted=on_time).state == "on_time"
    too_late = approved("2026-11-01 00:00:00")
    assert said(look(moved, as_of="2026-11-20 00:00", posted=too_late)) == ("late", 1)


def test_another_deadline_afterwards_leaves_the_verdict_and_gives_time() -> None:
    moved = later(decided_at=MIDNIGHT)
    waiting = look(moved, as_of="2026-10-31 23:59:59")
    assert (waiting.state, needs_person(waiting), waiting.relieved) == ("missing", False, True)
    over = look(moved, as_of="2026-11-01 00:00:00")
    assert (said(over), needs_person(over)) == (("missing", 17), True)
    posted = approved("2026-10-25 08:00")
    cell = look(moved, as_of="2026-11-20 00:00", posted=posted)
    assert said(cell) == ("late", 10)
    assert "deadline_after" in kinds(cell)


def test_a_day_is_only_ever_moved_back() -> None:
    cell = look(later(to="2026-10-15"), as_of="2026-10-16 00:00:00")
    assert (said(cell), kinds(cell)) == (("missing", 1), [])
    twice = (later(to="2026-10-31"), later("2026-10-12 09:00", to="2026-10-20", id="y"))
    assert look(*twice, as_of="2026-10-31 12:00").state == "due_soon"


def test_what_was_on_show_when_it_was_lifted_keeps_its_verdict() -> None:
    posted = approved("2026-10-09 08:00")
    cell = look(exemption(), as_of="2026-10-20 00:00", posted=posted)
    assert cell.state == "on_time"
    after = approved("2026-10-12 08:00")
    assert look(exemption(), as_of="2026-10-20 00:00", posted=after).state == "exempt"


def test_ended_before_the_limit_it_is_owed_again_and_afterwards_it_was_relied_on() -> None:
    ended = exemption(state="ended", ended_at=LAST_SECOND, ended_reason="水退了")
    assert look(ended, as_of="2026-10-15 23:59:58").state == "exempt", "an end to come is unknown"
    assert said(look(ended, as_of="2026-10-16 00:00")) == ("missing", 1)
    relied = replace(ended, ended_at=MIDNIGHT)
    cell = look(relied, as_of="2026-10-20 00:00")
    assert cell.state == "exempt"
    assert any("水退了" in f.text.zh for f in cell.findings)


def test_ended_after_it_was_lifted_afterwards_the_days_count_again() -> None:
    ended = exemption(
        "2026-10-20 09:00", state="ended", ended_at=at("2026-10-25 09:00"), ended_reason="误批"
    )
    assert said(look(ended, as_of="2026-10-24 12:00")) == ("missing", 5)
    cell = look(ended, as_of="2026-10-26 12:00")
    assert (said(cell), needs_person(cell)) == (("missing", 11), True)


def test_every_category_and_the_places_below() -> None:
    flood = exemption(category=None, valid_from=day("2026-09-01"), valid_to=day("2026-09-30"))
    assert look(flood, as_of="2026-10-20 00:00").state == "exempt"
    assert (
        look(replace(flood, division="640425101000"), as_of="2026-10-20 00:00").state == "missing"
    )
    assert (
        look(replace(flood, valid_to=day("2026-09-29")), as_of="2026-10-20 00:00").state
        == "missing"
    )


moments = st.integers(0, 60 * 24).map(lambda h: at("2026-09-25 00:00") + timedelta(hours=h))


@quick
@given(moments, st.none() | st.just(day("2026-10-25")), moments, st.none() | moments, moments)
def test_a_past_day_is_judged_the_same_whatever_was_decided_since(
    decided: Any, due_on: Any, as_of: Any, posted_at: Any, ended: Any
) -> None:
    one = exemption(decided_at=decided, due_on=due_on)
    if ended > decided:
        one = replace(one, state="ended", ended_at=ended, ended_reason="水退了")
    posted = (
        replace(approved("2026-10-01 08:00"), received_at=posted_at, opens_at=posted_at)
        if posted_at
        else None
    )
    text = as_of.strftime("%Y-%m-%d %H:%M:%S")
    seen = look(one, as_of=text, posted=posted)
    if decided > as_of:
        assert seen == look(as_of=text, posted=posted)
    elif ended > as_of:
        unended = replace(one, state="approved", ended_at=None)
        assert said(seen) == said(look(unended, as_of=text, posted=posted))
    plain = look(as_of=text, posted=posted)
    if decided >= Q3.due.due_before and plain.state in ("late", "missing"):
        assert seen.state == plain.state, "decided afterwards, nothing is undone"


def _actor(who: str, role: Role, division: str = TOWNSHIP) -> Actor:
    return Actor(who, "某人", role, division, "s")


@pytest.mark.parametrize(
    ("who", "role", "division", "may"),
    [
        ("wang", "auditor", TOWNSHIP, False),  # asked for it
        ("zhao", "editor", TOWNSHIP, True),
        ("county", "auditor", "640425000000", True),
        ("other", "auditor", "640425101000", False),
        ("zhang", "accountant", VILLAGE, False),
        ("outside", "examiner", "640425000000", False),
    ],
)
def test_a_second_person_of_the_township_or_the_county_decides(
    who: str, role: Role, division: str, may: bool
) -> None:
    waiting = exemption(state="asked", decided_at=None, decided_by=None)
    assert (refused(_actor(who, role, division), waiting, "decide") is None) is may
    assert ways(_actor(who, role, division), waiting) == (("decide",) if may else ())


def test_what_can_be_done_with_each_state() -> None:
    states: tuple[Any, ...] = ("asked", "approved", "refused", "ended")
    can = {
        s: [w for w in ("decide", "end") if failure(exemption(state=s), w) is None] for s in states
    }  # type: ignore[arg-type]
    assert can == {"asked": ["decide"], "approved": ["end"], "refused": [], "ended": []}
