from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.rules.compliance import Cell, judge, needs_person, summary
from server.rules.disclosures import Edition
from server.rules.exemptions import Exemption
from server.rules.obligations import Obligation
from server.rules.periods import parse_period
from server.rules.windows import due_for
from tests.rules.builders import (
    NOTICE,
    VILLAGE,
    ZHANG,
    approved,
    at,
    calendar,
    day,
    edition,
    quick,
    schedule,
    withdrawn,
)


def obligation(period: str = "2026Q3", doc: Any = None, **changes: Any) -> Obligation:
    rule = schedule(doc, **changes) if doc else schedule(**changes)
    found = parse_period(period)
    due = due_for(rule, found, calendar())
    return Obligation(VILLAGE, "finance_quarterly", found, rule, due, None, None)


Q3 = obligation()
BOARD = [at("2026-10-10 09:00")]
LATER = "2026-11-20 12:00"


def look(
    *editions: Edition,
    at_: str = LATER,
    owed: Obligation = Q3,
    boards: Sequence[datetime] = BOARD,
) -> Cell:
    return judge(owed, list(editions), boards, at(at_), calendar())


def kinds(cell: Cell) -> list[str]:
    return [f.kind for f in cell.findings]


def said(cell: Cell, kind: str) -> tuple[str, str]:
    found = next(f for f in cell.findings if f.kind == kind)
    return found.text.zh, found.text.en


@pytest.mark.parametrize(
    ("moment", "state", "days"),
    [
        ("2026-09-30 23:59:59", "not_yet", None),
        ("2026-10-01 00:00:00", "open", None),
        ("2026-10-13 23:59:59", "open", None),
        ("2026-10-14 00:00:00", "due_soon", None),  # one working day before the 15th
        ("2026-10-15 23:59:59", "due_soon", None),
        ("2026-10-16 00:00:00", "missing", 1),
        ("2026-10-26 09:00:00", "missing", 11),
    ],
)
def test_the_timetable_of_a_quarter_nobody_posts(moment: str, state: str, days: int | None) -> None:
    cell = look(at_=moment)
    assert (cell.state, cell.late_days) == (state, days)
    assert cell.findings == []
    assert needs_person(cell) is (state == "missing")


def test_due_soon_begins_on_the_working_day_before_a_holiday() -> None:
    # Due on Thursday 8 October 2026, the first working day after a week off.
    owed = obligation("2026-09", due={"kind": "day_of_month", "month_offset": 1, "day": 8})
    assert look(owed=owed, at_="2026-09-30 23:59:59").state == "not_yet"
    assert look(owed=owed, at_="2026-10-01 00:00:00").state == "due_soon"


@pytest.mark.parametrize(
    ("received", "state", "days"),
    [
        ("2026-10-15 23:59:59", "on_time", None),
        ("2026-10-16 00:00:00", "late", 1),
        ("2026-10-18 23:59:59", "late", 3),
        ("2026-10-19 00:00:00", "late", 4),
    ],
)
def test_on_time_ends_at_midnight(received: str, state: str, days: int | None) -> None:
    cell = look(approved(received))
    assert (cell.state, cell.late_days) == (state, days)
    assert cell.judged_at == at(received)
    assert kinds(cell) == []
    assert not needs_person(cell)


def test_from_missing_to_on_time_when_the_review_comes_within_the_grace() -> None:
    posted = approved("2026-10-15 20:00", "2026-10-16 09:00", decided_at=at("2026-10-16 09:00"))
    before = look(posted, at_="2026-10-16 08:59:59")
    assert (before.state, kinds(before)) == ("missing", ["in_review"])
    after = look(posted, at_="2026-10-16 09:00:00")
    assert (after.state, after.opened_on) == ("on_time", day("2026-10-16"))


def test_a_post_scheduled_for_tomorrow_says_so() -> None:
    posted = approved(
        "2026-10-13 20:00",
        "2026-10-15 08:00",
        decided_at=at("2026-10-14 09:00"),
        plan_at=at("2026-10-15 08:00"),
    )
    cell = look(posted, at_="2026-10-14 12:00")
    assert (cell.state, kinds(cell)) == ("due_soon", ["scheduled"])
    assert said(cell, "scheduled")[0] == "已审议通过，定于2026年10月15日公开"
    assert look(posted, at_="2026-10-15 08:00").state == "on_time"


def test_a_returned_post_is_not_there() -> None:
    returned = edition("2026-10-13 20:00", state="returned", decided_at=at("2026-10-14 09:00"))
    cell = look(returned, at_="2026-10-20 09:00")
    assert (cell.state, kinds(cell)) == ("missing", ["returned"])
    again = edition("2026-10-20 08:00", id="again")
    assert kinds(look(returned, again, at_="2026-10-20 09:00")) == ["in_review"]


def test_four_of_ten_days() -> None:
    gone = withdrawn("2026-10-10 08:00", "2026-10-15 12:00")
    cell = look(gone)
    assert cell.state == "on_time"
    assert kinds(cell) == ["ended_early", "displayed_short", "withdrawn"]
    assert said(cell, "displayed_short") == (
        "展示 4 天，规定 10 天，须重新公布",
        "Displayed 4 of 10 days; must be published again",
    )
    assert said(cell, "withdrawn")[0] == "2026年10月15日撤回：数字有误"
    assert next(f for f in cell.findings if f.kind == "displayed_short").numbers == {
        "displayed": 4,
        "required": 10,
        "unit": "calendar",
    }
    assert needs_person(cell)


def test_the_tenth_day_ends_at_midnight() -> None:
    posted = "2026-10-10 08:00"
    assert "displayed_short" in kinds(look(withdrawn(posted, "2026-10-20 23:59:59")))
    assert kinds(look(withdrawn(posted, "2026-10-21 00:00:00"))) == ["withdrawn"]


def test_while_it_hangs_nothing_is_short() -> None:
    assert kinds(look(approved("2026-10-10 08:00"), at_="2026-10-12 00:00")) == []
    planned = approved("2026-10-10 08:00", comes_down_at=at("2026-10-12 00:00"))
    assert kinds(look(planned, at_="2026-10-11 23:59:59")) == []
    assert kinds(look(planned, at_="2026-10-12 00:00:00")) == ["ended_early", "displayed_short"]


def test_publishing_again_makes_a_short_display_good_and_keeps_the_verdict() -> None:
    first = withdrawn("2026-10-10 08:00", "2026-10-15 12:00", id="first")
    again = approved("2026-10-18 08:00", id="again", number=2)
    cell = look(first, again)
    assert (cell.state, cell.edition_id) == ("on_time", "first")
    assert kinds(cell) == ["ended_early", "corrected"]
    at_once = look(first, again, at_="2026-10-19 00:00")
    assert "displayed_short" not in kinds(at_once)


def test_a_correction_continues_the_display_and_never_erases_lateness() -> None:
    first = approved("2026-10-18 08:00", id="first", superseded_at=at("2026-10-20 10:00"))
    correction = approved("2026-10-20 09:00", "2026-10-20 10:00", id="correction", number=2)
    cell = look(first, correction)
    assert (cell.state, cell.late_days, cell.edition_id) == ("late", 3, "first")
    assert kinds(cell) == ["corrected"]
    assert said(cell, "corrected")[1] == "Corrected 1 time after publication"


def test_seven_working_days_are_counted_in_working_days() -> None:
    owed = obligation("E2026-09-25-00000000", NOTICE, board_photo_required=False)
    gone = withdrawn("2026-09-28 08:00", "2026-10-10 12:00")
    zh, en = said(look(gone, owed=owed), "displayed_short")
    assert zh == "展示 4 个工作日，规定 7 个工作日，须重新公布"
    assert en == "Displayed 4 of 7 working days; must be published again"


def test_nobody_else_s_review() -> None:
    assert kinds(look(approved("2026-10-10 08:00", decided_by=ZHANG))) == ["unreviewed"]
    assert kinds(look(approved("2026-10-10 08:00", decided_at=None))) == ["unreviewed"]
    after = approved("2026-10-10 08:00", "2026-10-10 09:00", decided_at=at("2026-10-12 09:00"))
    assert kinds(look(after)) == ["reviewed_after"]
    free = obligation(review_required=False)
    assert kinds(look(approved("2026-10-10 08:00", decided_by=None), owed=free)) == []


def test_a_board_photo_must_come_from_inside_the_window() -> None:
    posted = approved("2026-10-10 08:00")
    assert kinds(look(posted, boards=[])) == ["no_board_photo"]
    assert said(look(posted, boards=[]), "no_board_photo")[0] == "没有公开栏照片，规定须有"
    stale = look(posted, boards=[at("2026-09-30 23:59:59")])
    assert (
        said(stale, "no_board_photo")[1] == "No photo of the board inside the window (1 outside it)"
    )
    assert kinds(look(posted, boards=[at("2026-10-01 00:00:00")])) == []
    assert kinds(look(posted, boards=[at("2026-11-20 12:00:01")])) == ["no_board_photo"]
    free = obligation(board_photo_required=False)
    assert kinds(look(posted, boards=[], owed=free)) == []


def test_accepted_content_findings_stay_visible() -> None:
    posted = approved("2026-10-10 08:00", findings=[{"check": "finance.continuity"}] * 2)
    cell = look(posted)
    assert said(cell, "content") == ("内容核对有 2 处提示", "Content checks: 2 findings")
    assert needs_person(cell)


def test_a_provisional_due_day_is_said() -> None:
    owed = obligation(
        "E2026-12-24-00000000", NOTICE, due={"kind": "days_after", "days": 10, "unit": "working"}
    )
    cell = look(owed=owed, at_="2026-12-25 00:00")
    assert (cell.state, kinds(cell)) == ("open", ["provisional"])
    assert not needs_person(cell)


EXEMPTION = Exemption(
    id="x",
    division=VILLAGE,
    category="finance_quarterly",
    period_key="2026Q3",
    reason="洪灾",
    asked_at=at("2026-09-30 00:00"),
    state="approved",
    decided_at=at("2026-10-01 00:00"),
)
EXEMPT = replace(Q3, exempt=EXEMPTION)


def test_exempt_is_neither_missing_nor_counted() -> None:
    cell = look(owed=EXEMPT)
    assert (cell.state, cell.late_days, needs_person(cell)) == ("exempt", None, False)
    total = summary([cell, look(approved("2026-10-10 08:00"))])
    assert (total.owed, total.exempt, total.on_time, total.finished) == (1, 1, 1, 1)
    assert total.on_time_permille == 1000


def test_the_rate_is_over_finished_ones_and_never_rounds_up_to_all() -> None:
    on_time, missing = look(approved("2026-10-10 08:00")), look()
    unfinished = look(at_="2026-10-02 00:00")
    total = summary([*[on_time] * 1999, missing, *[unfinished] * 55])
    assert total.on_time_permille == 999
    assert total.needs_person == 1
    assert summary([unfinished]).on_time_permille is None


moments = st.integers(0, 120 * 24).map(lambda h: at("2026-09-20 00:00") + timedelta(hours=h))
delays = st.integers(1, 40 * 24).map(lambda h: timedelta(hours=h))


@st.composite
def histories(draw: st.DrawFn) -> list[Edition]:
    """Editions as the house writes them: each moment after the one that causes it."""
    made: list[Edition] = []
    received = draw(moments)
    for number in range(1, draw(st.integers(0, 3)) + 1):
        shown = edition("2026-09-20 00:00", id=f"e{number}", received_at=received)
        decided = received + draw(delays)
        kind = draw(st.sampled_from(["in_review", "returned", "approved", "approved", "withdrawn"]))
        if kind != "in_review":
            shown = replace(shown, state=kind, decided_at=decided, decided_by="li")
        if kind in ("approved", "withdrawn"):
            opens = decided + draw(st.sampled_from([timedelta(0), timedelta(days=2)]))
            shown = replace(shown, number=number, opens_at=opens)
            if draw(st.booleans()):
                shown = replace(shown, comes_down_at=opens + draw(delays))
            if draw(st.booleans()):
                shown = replace(shown, superseded_at=opens + draw(delays))
        if kind == "withdrawn":
            gone = decided + draw(delays)
            shown = replace(shown, withdrawn_at=gone, withdrawn_reason="数字有误")
        made.append(shown)
        received = decided + draw(delays)
    return made


@quick
@given(histories(), st.lists(moments, max_size=3), moments, delays)
def test_a_past_day_is_judged_the_same_whatever_happened_since(
    history: list[Edition], boards: list[datetime], as_of: datetime, since: timedelta
) -> None:
    cell = judge(Q3, history, boards, as_of, calendar())
    # What the database held then: later rows were absent, later changes not yet written.
    then = [e for e in history if e.received_at <= as_of]
    then = [
        replace(e, state="approved", withdrawn_at=None, withdrawn_reason=None)
        if e.withdrawn_at and e.withdrawn_at > as_of
        else e
        for e in then
    ]
    then = [replace(e, superseded_at=None) if _after(e.superseded_at, as_of) else e for e in then]
    then = [
        edition("2026-09-20 00:00", id=e.id, received_at=e.received_at)
        if _after(e.decided_at, as_of)
        else e
        for e in then
    ]
    assert judge(Q3, then, [b for b in boards if b <= as_of], as_of, calendar()) == cell
    # And facts that come later still change nothing.
    later = as_of + since
    grown = [
        *history,
        edition("2026-09-20 00:00", id="later", received_at=later),
        approved("2026-09-20 00:00", id="later too", received_at=later, opens_at=later),
    ]
    assert judge(Q3, grown, [*boards, later], as_of, calendar()) == cell


def _after(moment: datetime | None, as_of: datetime) -> bool:
    return moment is not None and moment > as_of


@quick
@given(histories(), moments, delays)
def test_corrections_and_withdrawals_never_change_a_verdict(
    history: list[Edition], now: datetime, since: timedelta
) -> None:
    before = judge(Q3, history, [], now, calendar())
    if before.state not in ("on_time", "late"):
        return
    later = now + since
    after = judge(Q3, history, [], later, calendar())
    assert (after.state, after.late_days, after.edition_id, after.judged_at) == (
        before.state,
        before.late_days,
        before.edition_id,
        before.judged_at,
    )
    correction = approved(
        "2026-09-20 00:00", id="correction", received_at=later, opens_at=later, number=9
    )
    corrected = judge(Q3, [*history, correction], [], later, calendar())
    assert (corrected.state, corrected.late_days) == (before.state, before.late_days)


@quick
@given(histories(), moments)
def test_every_cell_has_one_state_and_every_finding_two_languages(
    history: list[Edition], now: datetime
) -> None:
    cell = judge(Q3, history, [], now, calendar())
    total = summary([cell, look(owed=EXEMPT)])
    parts = (total.on_time, total.late, total.missing, total.due_soon, total.open, total.not_yet)
    assert sum(parts) == total.owed == 1
    assert total.on_time_permille is None or 0 <= total.on_time_permille <= 1000
    assert (cell.late_days is not None) == (cell.state in ("late", "missing"))
    assert cell.late_days is None or cell.late_days >= 1
    assert all(f.text.zh and f.text.en for f in cell.findings)
    singles = [k for k in kinds(cell) if k != "ended_early"]
    assert len(singles) == len(set(singles))
