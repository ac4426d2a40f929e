"""What was asked for in an area, however it stands: exemptions and other deadlines, and what the reader may do with each."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from server.rules import exemptions as rules
from server.rules.exemptions import KINDS, STATES, Exemption, Kind, State, Way
from server.rules.periods import BadPeriod, label, parse_period
from server.rules.permissions import Actor
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.storage import divisions, exemptions
from server.storage.database import Reader

MOST = 1000
_EVERY = Text("所有事项", "everything")


class ExemptionLine(Struct, frozen=True):
    """One of them. `category` null: every one; `period` null: all periods that end in [valid_from, valid_to]."""

    id: str
    division: str
    division_name: str
    category: str | None
    category_name: Text
    period: str | None
    period_name: Text | None
    valid_from: date | None
    valid_to: date | None
    kind: Kind
    kind_name: Text
    due_on: date | None
    reason: str
    asked_by_name: str
    asked_at: datetime
    state: State
    state_name: Text
    decided_by_name: str
    post: Text
    decided_at: datetime | None
    decision: str
    ended_by_name: str
    ended_at: datetime | None
    ended_reason: str
    ways: tuple[Way, ...]
    revision: int


class ExemptionList(Struct, frozen=True):
    """What waits first, then newest first; `more`: there are older ones than these. `waiting`: for the reader to decide."""

    items: tuple[ExemptionLine, ...]
    waiting: int
    more: bool


async def exemption_list(db: Reader, *, book: Rulebook, actor: Actor) -> ExemptionList:
    """Return what was asked for the actor's area, below it and above it."""
    found = await exemptions.newest(db, actor.division, MOST + 1)
    names = await divisions.names(db, [e.division for e in found])
    lines = tuple(line_of(e, names, book, actor) for e in found[:MOST])
    return ExemptionList(lines, sum("decide" in each.ways for each in lines), len(found) > MOST)


async def waiting_for(db: Reader, *, actor: Actor) -> int:
    """Return how many wait for an actor to decide on them."""
    asked = await exemptions.asked(db, actor.division)
    return sum("decide" in rules.ways(actor, each) for each in asked)


async def one_exemption(
    db: Reader, exemption: Exemption, *, book: Rulebook, actor: Actor
) -> ExemptionLine:
    """Return one of them as the list shows it."""
    names = await divisions.names(db, [exemption.division])
    return line_of(exemption, names, book, actor)


def line_of(
    exemption: Exemption, names: dict[str, str], book: Rulebook, actor: Actor
) -> ExemptionLine:
    """Return an exemption as a line; `names`: of divisions, by code."""
    category = book.categories.get(exemption.category or "")
    return ExemptionLine(
        id=exemption.id,
        division=exemption.division,
        division_name=spoken_name(names.get(exemption.division, exemption.division)),
        category=exemption.category,
        category_name=category.name
        if category
        else Text(exemption.category, exemption.category)
        if exemption.category
        else _EVERY,
        period=exemption.period_key,
        period_name=_period_name(exemption.period_key),
        valid_from=exemption.valid_from,
        valid_to=exemption.valid_to,
        kind=exemption.kind,
        kind_name=KINDS[exemption.kind],
        due_on=exemption.due_on,
        reason=exemption.reason,
        asked_by_name=exemption.asked_by_name,
        asked_at=exemption.asked_at,
        state=exemption.state,
        state_name=STATES[exemption.state],
        decided_by_name=exemption.decided_by_name,
        post=exemption.post,
        decided_at=exemption.decided_at,
        decision=exemption.decision,
        ended_by_name=exemption.ended_by_name,
        ended_at=exemption.ended_at,
        ended_reason=exemption.ended_reason,
        ways=rules.ways(actor, exemption),
        revision=exemption.revision,
    )


def _period_name(key: str | None) -> Text | None:
    if key is None:
        return None
    try:
        return label(parse_period(key))
    except BadPeriod:
        return Text(key, key)
