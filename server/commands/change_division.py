"""Do a single act on a division: rename it, close it, merge it into another, add one, take the last act back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from server import problems
from server.external import pinyin
from server.rules import division_acts as acts
from server.rules.division_acts import ACTIONS, Scene, Wanted
from server.rules.division_lives import refusal_to_change
from server.rules.divisions import DivisionRow, read_division
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.storage import division_acts, division_import, events
from server.storage.database import Tx

_ACTIONS = {kind: action for action, kind in ACTIONS.items()} | {"take_back": acts.TAKEN_BACK}


async def change_division(
    tx: Tx, *, actor: Actor, now: datetime, address: str, wanted: Wanted, revision: int
) -> None:
    """Do what is wanted to a division, if it still stands as whoever wants it saw it.

    Raises: not_allowed, division_changed_meanwhile, division_act_not_possible.
    """
    for code in (wanted.code, wanted.successor):
        if code and (why := refusal_to_change(actor, code)):
            raise problems.not_allowed(why)
    scene = await division_acts.scene(tx, wanted, local_date(now))
    if acts.state_number(scene.rows) != revision:
        raise problems.division_changed_meanwhile(wanted.code)
    if (found := acts.failure(wanted, scene)) is not None:
        raise problems.division_act_not_possible(found.field, found.text)
    groups: list[str] = []
    if wanted.kind == "take_back":
        assert scene.done is not None
        await division_acts.put_back(tx, wanted.code, scene.done)
    else:
        groups = await _by_list(tx, wanted, scene)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=_ACTIONS[wanted.kind],
        subject=wanted.code,
        division=wanted.code,
        address=address,
        details=_details(wanted, scene, groups),
    )


async def _by_list(tx: Tx, wanted: Wanted, scene: Scene) -> list[str]:
    """Apply the list of what the act leaves standing, as if it had been imported; return the groups that end with a village."""
    scope, rows, groups = await _listed(tx, wanted, scene)
    await division_import.begin(tx)
    await division_import.stage(tx, list(pinyin.with_initials(rows)))
    changes = await division_import.apply(tx, on=wanted.on, scope=scope)
    assert changes.added + changes.renamed + changes.closed == 1 + len(groups), changes
    if wanted.kind == "merge":
        await division_acts.lead_to(tx, wanted.code, wanted.successor)
    return groups


async def _listed(tx: Tx, wanted: Wanted, scene: Scene) -> tuple[str, list[DivisionRow], list[str]]:
    code = wanted.code
    if wanted.kind == "add":
        return code, [read_division(1, {"code": code, "name": wanted.name})], []
    here = scene.newest
    assert here is not None
    if wanted.kind == "rename":
        below = [row for row in await division_acts.list_of(tx, code) if row.code != code]
        return code, [division_acts.as_listed(here, wanted.name.strip()), *below], []
    above = here.parent or code
    around = await division_acts.list_of(tx, above)
    groups = [row.code for row in around if row.parent == code]
    return above, [row for row in around if row.code != code and row.parent != code], groups


def _details(wanted: Wanted, scene: Scene, groups: list[str]) -> dict[str, Any]:
    if wanted.kind == "take_back":
        assert scene.done is not None
        return {"act": scene.done.kind, "on": scene.done.on.isoformat()}
    details: dict[str, Any] = {"on": wanted.on.isoformat()}
    if wanted.kind == "rename" and scene.newest is not None:
        details |= {"old": scene.newest.name, "new": wanted.name.strip()}
    elif wanted.kind == "add":
        details["name"] = wanted.name.strip()
    else:
        details["last"] = (wanted.on - timedelta(days=1)).isoformat()
    if groups:
        details["groups"] = groups
    if wanted.kind == "merge":
        details["successor"] = wanted.successor
    return details
