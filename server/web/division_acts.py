"""Single acts on a division over HTTP: what one would do, and doing it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from server.commands.change_division import change_division
from server.queries.division_acts import act_preview
from server.rules.division_acts import Kind, Wanted
from server.rules.periods import local_date
from server.web.asking import Ask
from server.web.wire import In, Out, PlaceCode

Name = Annotated[str, msgspec.Meta(max_length=200)]


class DivisionAct(In):
    """What to do to a division, from which day on: today (when it is left out) or earlier.

    `name`: of what is renamed or added; its official one. `successor`: into which village it is merged.
    """

    act: Kind
    on: date | None = None
    name: Name = ""
    successor: PlaceCode | None = None


class DivisionActPreview(Out):
    """What an act would do, a sentence each, in the language asked for. `revision` goes back in If-Match: r and the number.

    `notices`, `accounts`, `query_points`: how many belong to it. `owed`: how many obligations are not posted.
    """

    code: str
    name: str
    on: date
    effects: list[str]
    notices: int
    accounts: int
    query_points: int
    owed: int
    revision: int


async def preview_act(ask: Ask) -> DivisionActPreview:
    """Say what an act on a division would do; nothing is changed."""
    wanted = _wanted(ask)
    found = await act_preview(ask.db, book=ask.house.book, actor=ask.me, wanted=wanted, now=ask.now)
    return DivisionActPreview(
        code=wanted.code,
        name=found.name,
        on=wanted.on,
        effects=[each.pick(ask.lang) for each in found.effects],
        notices=found.resting.notices,
        accounts=found.resting.accounts,
        query_points=found.resting.points,
        owed=found.resting.owed,
        revision=found.revision,
    )


async def post_act(ask: Ask) -> None:
    """Do it."""
    await change_division(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        wanted=_wanted(ask),
        revision=ask.expected_revision(),
    )


def _wanted(ask: Ask) -> Wanted:
    body: DivisionAct = ask.body
    return Wanted(
        kind=body.act,
        code=ask.path["code"],
        on=body.on or local_date(ask.now),
        name=body.name,
        successor=(body.successor or "") if body.act == "merge" else "",
    )
