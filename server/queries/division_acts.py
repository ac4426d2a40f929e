"""What a single act on a division would do: looked at before it is done."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules import division_acts as acts
from server.rules.division_acts import Scene, Wanted
from server.rules.division_effects import Resting, effects
from server.rules.division_lives import refusal_to_change
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.rules.verdicts import judged
from server.storage import disclosures, division_acts, divisions, editions, facts, query_points
from server.storage.database import Reader

_NOT_POSTED = ("open", "due_soon", "missing")
_YEAR = timedelta(days=366)


class ActPreview(Struct, frozen=True):
    """What an act does, in sentences, and of what it was said: `revision` goes back with the act."""

    name: str
    effects: tuple[Text, ...]
    resting: Resting
    revision: int


async def act_preview(
    db: Reader, *, book: Rulebook, actor: Actor, wanted: Wanted, now: datetime
) -> ActPreview:
    """Return what an act would do. Raises not_allowed, division_act_not_possible."""
    for code in (wanted.code, wanted.successor):
        if code and (why := refusal_to_change(actor, code)):
            raise problems.not_allowed(why)
    scene = await division_acts.scene(db, wanted, local_date(now))
    if (found := acts.failure(wanted, scene)) is not None:
        raise problems.division_act_not_possible(found.field, found.text)
    resting = await _resting(db, book, wanted, scene, now)
    name = wanted.name.strip() if wanted.kind == "add" else scene.rows[-1].name
    return ActPreview(
        name=spoken_name(name),
        effects=tuple(effects(wanted, scene, resting)),
        resting=resting,
        revision=acts.state_number(scene.rows),
    )


async def _resting(
    db: Reader, book: Rulebook, wanted: Wanted, scene: Scene, now: datetime
) -> Resting:
    code = wanted.code
    notices, accounts = await divisions.resting_on(db, [code])
    plain = Resting(
        notices=notices,
        accounts=accounts,
        points=len(await query_points.standing(db, code)),
    )
    here = await divisions.get(db, code)
    if here is None or here.level != "village" or wanted.kind not in ("close", "merge"):
        return plain
    last = wanted.on - timedelta(days=1)
    posted = await disclosures.list_for_division(db, code)
    known = await facts.read(db, code, last - _YEAR, last)
    cells = judged(known, book, now)
    if scene.successor is not None:
        leads = [scene.successor[0].name]
    else:
        found = await divisions.successors(db, replace(here, valid_to=last))
        others = [each for each in found if each.code != code]
        leads = [e.name for e in others if e.name == here.name] or [e.name for e in others]
    return replace(
        plain,
        later=sum(local_date(each.created_at) >= wanted.on for each in posted),
        waiting=len(await editions.awaiting_review(db, code)),
        owed=sum(cell.state in _NOT_POSTED for cell in cells),
        leads=tuple(spoken_name(name) for name in leads),
    )
