"""Terms of office: what one second before midnight in Asia/Shanghai changes, and who may only look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from server.rules.permissions import ACTS, Act, Actor, OutOfOffice, refusal, refusal_by_role
from server.rules.terms import LOOKS_ON, Term, first_and_last_day, no_longer, not_yet
from server.rules.values import Text

MIDNIGHT = datetime(2026, 12, 31, 16, tzinfo=UTC)  # 1 January in the village
SECOND = timedelta(seconds=1)
VILLAGE = "640425103200"


@pytest.mark.parametrize(
    ("now", "begun", "over", "closed"),
    [
        (MIDNIGHT - SECOND, False, False, False),
        (MIDNIGHT, True, True, False),
        (MIDNIGHT + LOOKS_ON - SECOND, True, True, False),
        (MIDNIGHT + LOOKS_ON, True, True, True),
    ],
)
def test_a_term_changes_at_midnight(now: datetime, begun: bool, over: bool, closed: bool) -> None:
    assert Term(starts_at=MIDNIGHT).begun(now) is begun
    assert Term(ends_at=MIDNIGHT).over(now) is over
    assert Term(ends_at=MIDNIGHT).closed(now) is closed
    assert Term().begun(now)
    assert not Term().over(now)


def test_the_earliest_day_is_the_village_s_tomorrow() -> None:
    before, after = first_and_last_day(MIDNIGHT - SECOND), first_and_last_day(MIDNIGHT)
    assert [str(day) for day in before] == ["2027-01-01", "2028-01-01"]
    assert [str(day) for day in after] == ["2027-01-02", "2028-01-02"]


def test_the_sentences_name_the_day_the_post_and_who_has_it() -> None:
    early, late = (
        not_yet(Term(starts_at=MIDNIGHT)),
        no_longer(Term(ends_at=MIDNIGHT), Text("报账员", "accountant"), "李四"),
    )
    assert "2027年1月1日" in early.zh
    assert "2027-01-01" in early.en
    for said in ("2027年1月1日", "报账员", "李四"):
        assert said in late.zh
    assert "接任的人" in no_longer(Term(ends_at=MIDNIGHT), Text("报账员", "accountant"), None).zh


LOOKING = {
    "see_tasks",
    "take_reminders",
    "see_submissions",
    "see_inquiries",
    "see_rectifications",
    "see_outreach",
}


@pytest.mark.parametrize("act", [act for act, roles in ACTS.items() if "accountant" in roles])
def test_out_of_office_one_may_only_look(act: Act) -> None:
    why = Text("从…起", "since …")
    out = Actor("z", "张三", "accountant", VILLAGE, "s", OutOfOffice(why))
    assert refusal(out, act, VILLAGE) == (None if act in LOOKING else why)
    assert refusal_by_role(out, act, VILLAGE) is None
    finishing = Actor("z", "张三", "accountant", VILLAGE, "s", OutOfOffice(why, finishing=True))
    assert (refusal(finishing, act, VILLAGE) is None) == (act in LOOKING | {"store_photo"})
