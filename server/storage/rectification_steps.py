"""A step of an order, whichever it is: found and weighed before it is made, then written with its event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.permissions import Actor
from server.rules.rectifications import Rectification, Step, Way, failure, may_read, refused
from server.storage import events, rectifications
from server.storage.database import Tx


async def order_for(tx: Tx, actor: Actor, order_id: str, way: Way) -> Rectification:
    """Return the order about which an actor may do something. Raises not_found, not_allowed."""
    order = await rectifications.get(tx, order_id)
    if order is None or not may_read(actor, order):
        raise problems.not_found()
    if why := refused(actor, order, way):
        raise problems.not_allowed(why)
    return order


async def taken_before(tx: Tx, order: Rectification, step: Step, way: Way, revision: int) -> bool:
    """Say whether this very step was taken already; if not, weigh it against how the order stands.

    Raises same_id_other_content, rectification_not_possible, edited_meanwhile, reason_needed, content_has_errors.
    """
    known = await rectifications.get_step(tx, step.id)
    if known is not None:
        # On another day the same term ends on another one.
        if known.said() != replace(step, due_on=known.due_on).said():
            raise problems.same_id_other_content(step.id, stored=known.said(), received=step.said())
        return True
    if why := failure(order, way):
        raise problems.rectification_not_possible(why)
    if order.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=order.revision)
    must_be_worded({"words": step.words})
    return False


def must_be_worded(texts: Mapping[str, str]) -> None:
    """Refuse an empty text, and one with personal numbers in it. Raises reason_needed, content_has_errors."""
    for name, text in texts.items():
        if not text:
            raise problems.reason_needed(f"/{name}")
    if found := gate.beside(dict(texts)):
        raise problems.content_has_errors(found)


async def take(
    tx: Tx,
    step: Step,
    changed: Rectification,
    *,
    action: str,
    address: str,
    details: Mapping[str, Any],
) -> Rectification:
    """Write a step, how the order stands after it, and the event; return the order with its new revision.

    Raises same_id_other_content, edited_meanwhile: somebody else was quicker.
    """
    revision = changed.revision
    if not await rectifications.add_step(tx, step, county=changed.division[:6]):
        raise problems.same_id_other_content(step.id, stored="-", received=step.said())
    if not await rectifications.update(tx, changed, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=step.at,
        actor=step.by,
        action=action,
        subject=changed.id,
        division=changed.division,
        address=address,
        details=dict(details),
    )
    return replace(changed, revision=revision + 1)
