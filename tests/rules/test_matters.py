"""Matters: what a notice's page may say of the others, from a second before they open until after they are gone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from server.rules.disclosures import Disclosure, Edition
from server.rules.matters import Link, Matter, Phase, next_thread_change, ready, threads
from server.rules.rulebook import Papers, Rulebook
from tests.rules.builders import VILLAGE, at, calendar, edition
from tests.rules.categories_on_disk import category, document

SECOND = timedelta(seconds=1)
OPENS = at("2026-10-15 08:00:00")
MATTER = Matter("road", VILLAGE, "二组村道硬化", OPENS, "zhang")
KEYS = ("annual_plan", "finance_quarterly", "housing_relief")
BOOK = Rulebook(
    {key: category(key) for key in KEYS},
    {(key, 1): Papers({}, {}, document(key, "view")) for key in KEYS},
    [],
    calendar(),
)


def id_of(key: str) -> str:
    """An id that a short code can be made of."""
    return key.encode().hex()


def notice(key: str, category: str = "finance_quarterly", period: str = "2026Q3") -> Disclosure:
    """A notice; events are known by their day."""
    event = date(2026, 9, 20) if category != "finance_quarterly" else None
    return Disclosure(
        id=id_of(key),
        county=VILLAGE[:6],
        division=VILLAGE,
        category=category,
        period_key=f"E2026-09-20/{key}" if event else period,
        period_start=event or date(2026, 7, 1),
        period_end=event or date(2026, 9, 30),
        event_on=event,
        title="",
        created_at=OPENS,
    )


def shown(opens_at: datetime, **changes: Any) -> Edition:
    return replace(
        edition("2026-10-08 09:00:00"),
        number=1,
        state="approved",
        decided_at=at("2026-10-08 10:00:00"),
        opens_at=opens_at,
        **changes,
    )


def link(key: str, phase: Phase, matter: Matter = MATTER) -> Link:
    return Link(f"link of {key}", matter.id, id_of(key), phase, OPENS, "zhang")


ACCOUNT = (notice("account"), [shown(at("2026-10-08 10:00:00"))])


def thread_of(now: datetime, **others: tuple[Disclosure, list[Edition]]) -> list[tuple[str, ...]]:
    """What the account's page says of its matter: each notice's key, phase and stage."""
    phases: dict[str, Phase] = {"plan": "before", "repairs": "after"}
    links = [link("account", "during"), *(link(key, phases[key]) for key in others)]
    rows = {d.id: (d, es) for d, es in (ACCOUNT, *others.values())}
    found = threads([(MATTER, links)], rows, BOOK, id_of("account"), now, "zh")
    return [
        (bytes.fromhex(n.disclosure_id).decode(), n.phase, n.stage)
        for one in found
        for n in one.notices
    ]


def test_a_notice_is_named_from_its_opening_second_on() -> None:
    plan = (notice("plan", "annual_plan"), [shown(OPENS)])
    assert thread_of(OPENS - SECOND, plan=plan) == []
    assert thread_of(OPENS, plan=plan) == [
        ("plan", "before", "open"),
        ("account", "during", "open"),
    ]
    assert next_thread_change({"plan": plan}, BOOK, OPENS - SECOND) == OPENS


def test_what_waits_for_its_review_is_not_named_however_late_it_is() -> None:
    waits = (notice("plan", "annual_plan"), [edition("2026-10-08 09:00:00")])
    assert thread_of(at("2027-01-01 00:00:00"), plan=waits) == []
    assert not ready(waits[1])
    assert ready([shown(OPENS)])


def test_what_was_taken_down_before_it_opened_was_never_there() -> None:
    gone = shown(OPENS, withdrawn_at=OPENS - SECOND, withdrawn_reason="错")
    never = (notice("plan", "annual_plan"), [replace(gone, state="withdrawn")])
    assert thread_of(OPENS + SECOND, plan=never) == []


def test_what_was_taken_down_later_says_so() -> None:
    gone = shown(OPENS, withdrawn_at=OPENS + timedelta(days=2), withdrawn_reason="错")
    plan = (notice("plan", "annual_plan"), [replace(gone, state="withdrawn")])
    assert ("plan", "before", "withdrawn") in thread_of(OPENS + timedelta(days=2), plan=plan)
    assert ("plan", "before", "open") in thread_of(OPENS + timedelta(days=2) - SECOND, plan=plan)


def test_what_is_no_longer_shown_is_named_with_its_days() -> None:
    down = at("2026-10-23 00:00:00")
    repairs = (notice("repairs", "housing_relief"), [shown(OPENS, comes_down_at=down)])
    links = [link("account", "during"), link("repairs", "after")]
    rows = {d.id: (d, es) for d, es in (ACCOUNT, repairs)}
    (one,) = threads([(MATTER, links)], rows, BOOK, id_of("account"), down, "zh")
    last = one.notices[-1]
    assert (last.stage, last.since, last.until) == (
        "hidden",
        date(2026, 10, 15),
        date(2026, 10, 22),
    )
    assert last.title.startswith("2026年9月20日")
    (before,) = threads([(MATTER, links)], rows, BOOK, id_of("account"), down - SECOND, "zh")
    assert (before.notices[-1].stage, before.notices[-1].until) == ("open", None)


def test_they_stand_from_before_to_after_whenever_they_came() -> None:
    plan = (notice("plan", "annual_plan"), [shown(OPENS)])
    repairs = (notice("repairs", "housing_relief"), [shown(at("2026-10-08 11:00:00"))])
    found = thread_of(OPENS, repairs=repairs, plan=plan)
    assert [phase for _, phase, _ in found] == ["before", "during", "after"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_matter_of_one_notice_is_not_named(lang: Any) -> None:
    alone = [(MATTER, [link("account", "during")])]
    assert threads(alone, {id_of("account"): ACCOUNT}, BOOK, id_of("account"), OPENS, lang) == ()
