"""Site notices: shown from a second until a second, changed before, ended at any time, by the office that wrote them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from server.rules.permissions import Actor, Role
from server.rules.site_notices import (
    LONGEST,
    MOST_TEXT,
    MOST_TITLE,
    SiteNotice,
    failure,
    fault,
    next_change,
    refused,
    shown,
    ways,
)
from tests.cast import COUNTY, TOWNSHIP, VILLAGE_A, at

BEGIN, END = at("2026-10-10 08:00+08:00"), at("2026-10-12 18:00+08:00")
NOW = at("2026-10-08 09:00+08:00")
SECOND = timedelta(seconds=1)


def notice(**change: Any) -> SiteNotice:
    usual = SiteNotice(
        id="01a11906-3680-7000-8000-000000000001",
        division=TOWNSHIP,
        office=TOWNSHIP,
        title="停水通知",
        text="10 日检修水管，请提前存水。",
        audience="both",
        weight="plain",
        from_at=BEGIN,
        until_at=END,
        written_by="account",
        written_by_name="赵六",
        written_at=NOW,
    )
    return replace(usual, **change)


def actor(role: Role, division: str) -> Actor:
    return Actor("account", "赵六", role, division, "session")


@pytest.mark.parametrize(
    ("ended", "moment", "state"),
    [
        (None, BEGIN - SECOND, "coming"),
        (None, BEGIN, "shown"),
        (None, END - SECOND, "shown"),
        (None, END, "over"),
        (BEGIN + SECOND, BEGIN, "shown"),
        (BEGIN + SECOND, BEGIN + SECOND, "over"),
        (NOW, NOW, "over"),
        (END + SECOND, END, "over"),
    ],
)
def test_the_clock_alone_says_how_it_stands(
    ended: datetime | None, moment: datetime, state: str
) -> None:
    assert notice(ended_at=ended).state(moment) == state


def test_the_next_change_is_a_second_at_which_something_appears_or_goes() -> None:
    one = notice()
    other = notice(from_at=BEGIN + SECOND, until_at=END + SECOND)
    never = notice(from_at=BEGIN + 2 * SECOND, ended_at=NOW)
    every = [one, other, never]
    moments, at_ = [], NOW
    while (following := next_change(every, at_)) is not None:
        assert len(shown(every, following)) != len(shown(every, following - SECOND))
        moments.append(following)
        at_ = following
    assert moments == [BEGIN, BEGIN + SECOND, END, END + SECOND]


def test_the_important_come_first_then_the_newest() -> None:
    old = notice(id="old", from_at=BEGIN)
    new = notice(id="new", from_at=BEGIN + SECOND)
    important = notice(id="important", weight="important", from_at=BEGIN)
    coming = notice(id="coming", weight="important", from_at=END - SECOND)
    order = [each.id for each in shown([old, new, important, coming], BEGIN + SECOND)]
    assert order == ["important", "new", "old"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({}, None),
        ({"title": ""}, "/title"),
        ({"title": "水" * MOST_TITLE}, None),
        ({"title": "水" * (MOST_TITLE + 1)}, "/title"),
        ({"text": ""}, "/text"),
        ({"text": "水" * MOST_TEXT}, None),
        ({"text": "水" * (MOST_TEXT + 1)}, "/text"),
        ({"from_at": NOW}, None),
        ({"from_at": NOW - SECOND}, "/from_at"),
        ({"from_at": NOW + LONGEST, "until_at": NOW + LONGEST + SECOND}, None),
        ({"from_at": NOW + LONGEST + SECOND, "until_at": NOW + 2 * LONGEST}, "/from_at"),
        ({"until_at": BEGIN}, "/until_at"),
        ({"until_at": BEGIN + SECOND}, None),
        ({"until_at": BEGIN + LONGEST}, None),
        ({"until_at": BEGIN + LONGEST + SECOND}, "/until_at"),
    ],
)
def test_what_cannot_be_is_said_at_its_place(change: dict[str, Any], pointer: str | None) -> None:
    found = fault(notice(**change), NOW)
    assert (found and found[0]) == pointer


def test_it_is_changed_until_it_begins_and_ended_until_it_is_over() -> None:
    editor = actor("editor", TOWNSHIP)
    assert ways(editor, notice(), BEGIN - SECOND) == ("change", "end")
    assert ways(editor, notice(), BEGIN) == ("end",)
    assert ways(editor, notice(), END) == ()
    begun = failure(notice(), "change", BEGIN)
    assert begun is not None
    assert "另写一条" in begun.zh
    assert failure(notice(ended_at=NOW), "end", NOW) is not None


@pytest.mark.parametrize(
    ("who", "office", "division", "may"),
    [
        (actor("editor", TOWNSHIP), TOWNSHIP, VILLAGE_A, True),
        (actor("editor", TOWNSHIP), COUNTY, VILLAGE_A, False),
        (actor("editor", TOWNSHIP), COUNTY, COUNTY, False),
        (actor("administrator", COUNTY), TOWNSHIP, VILLAGE_A, True),
        (actor("auditor", TOWNSHIP), TOWNSHIP, TOWNSHIP, False),
        (actor("accountant", VILLAGE_A), TOWNSHIP, VILLAGE_A, False),
    ],
)
def test_its_own_office_and_those_above_change_it(
    who: Actor, office: str, division: str, may: bool
) -> None:
    assert (refused(who, notice(office=office, division=division)) is None) is may
