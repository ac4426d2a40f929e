"""What approval makes of an edition, and what it takes the place of."""

from __future__ import annotations

from server.rules import publication
from server.rules.disclosures import Disclosure
from server.rules.periods import parse_period
from tests.rules.builders import LI, NOTICE, VILLAGE, approved, at, calendar, edition, schedule


def disclosure(period: str) -> Disclosure:
    found = parse_period(period)
    return Disclosure(
        id=period,
        county=VILLAGE[:6],
        division=VILLAGE,
        category="finance_quarterly",
        period_key=period,
        period_start=found.start,
        period_end=found.end,
        event_on=None,
        title="",
        created_at=at("2026-01-01 08:00:00"),
    )


def opened(
    sent: str, now: str, doc: dict[str, object] | None = None, **changes: object
) -> publication.Edition:
    return publication.approved(
        edition(sent, **changes),
        schedule(doc) if doc else schedule(),
        calendar(),
        number=1,
        now=at(now),
        decided_by=LI,
    )


def test_it_opens_when_approved_or_later_if_so_planned() -> None:
    sent = "2026-10-09 10:02:00"
    assert opened(sent, "2026-10-09 13:00:00").opens_at == at("2026-10-09 13:00:00")
    planned = opened(sent, "2026-10-09 13:00:00", plan_at=at("2026-10-15 08:00:00"))
    assert planned.opens_at == at("2026-10-15 08:00:00")
    overtaken = opened(sent, "2026-10-16 13:00:00", plan_at=at("2026-10-15 08:00:00"))
    assert overtaken.opens_at == at("2026-10-16 13:00:00")


def test_a_fixed_display_ends_by_itself_and_never_before_its_minimum() -> None:
    # Seven working days from the day after Friday 9 October; Saturday the 10th is a make-up workday.
    sent, now = "2026-10-09 08:00:00", "2026-10-09 09:00:00"
    assert opened(sent, now, NOTICE).comes_down_at == at("2026-10-20 00:00:00")
    shorter = opened(sent, now, NOTICE, plan_until=at("2026-10-12 00:00:00"))
    assert shorter.comes_down_at == at("2026-10-20 00:00:00")
    longer = opened(sent, now, NOTICE, plan_until=at("2026-11-01 00:00:00"))
    assert longer.comes_down_at == at("2026-11-01 00:00:00")
    assert opened(sent, now).comes_down_at is None


def test_a_correction_takes_its_place_at_once_and_the_next_quarter_after_the_minimum() -> None:
    first = approved("2026-10-09 08:00:00", id="first")
    second = approved("2026-10-12 08:00:00", number=2, id="second")
    rule = schedule().display
    places = publication.succession(
        second, disclosure("2026Q3"), [first, second], [], rule, calendar()
    )
    assert places == [("first", at("2026-10-12 09:00:00"))]

    late_quarter = approved("2026-10-08 08:00:00", id="q2")
    prompt = approved("2026-10-09 08:00:00", id="q3")
    history = [(disclosure("2026Q2"), late_quarter)]
    # Ten days from the day after the 8th: the second quarter stays through the 18th.
    places = publication.succession(
        prompt, disclosure("2026Q3"), [prompt], history, rule, calendar()
    )
    assert places == [("q2", at("2026-10-19 00:00:00"))]


def test_an_older_period_posted_late_stays_for_its_minimum_only() -> None:
    newer = (disclosure("2026Q3"), approved("2026-10-09 08:00:00", id="q3"))
    older = approved("2026-10-20 08:00:00", id="q2")
    places = publication.succession(
        older, disclosure("2026Q2"), [older], [newer], schedule().display, calendar()
    )
    assert places == [("q2", at("2026-10-31 00:00:00"))]
