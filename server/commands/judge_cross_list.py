"""Say of something that two lists show beside each other: looked at and fine, or ordered to be put right."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules import gate
from server.rules.cross_lists import Decision
from server.rules.inquiries import written
from server.rules.permissions import Actor, refusal
from server.storage import events, rectifications
from server.storage.database import Tx


class Judged(Struct, frozen=True):
    """What is said of a finding (its key). `rectification_id`: the order, where one was given."""

    key: str
    division: str
    decision: Decision
    words: str
    rectification_id: str | None = None


async def judge_cross_list(
    tx: Tx, *, actor: Actor, now: datetime, address: str, judged: Judged
) -> None:
    """Write what somebody says of a finding; the event is the record, and the last one counts. The same again adds none.

    Raises: not_allowed, reason_needed (fine without a reason), content_has_errors (a personal number in the words),
    not_found (an order of another village, or none).
    """
    if why := refusal(actor, "order_rectification", judged.division):
        raise problems.not_allowed(why)
    words = written(judged.words)
    if judged.decision == "fine" and not words:
        raise problems.reason_needed("/words")
    if found := gate.beside({"words": words}):
        raise problems.content_has_errors(found)
    if judged.decision == "ordered":
        order = await rectifications.get(tx, judged.rectification_id or "")
        if order is None or order.division != judged.division:
            raise problems.not_found()
    details = {
        "decision": judged.decision,
        "words": words,
        "rectification": judged.rectification_id if judged.decision == "ordered" else None,
    }
    earlier = await events.for_subject(tx, judged.key)
    if earlier and (earlier[-1].actor, earlier[-1].details) == (actor.account_id, details):
        return
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="cross_list.judged",
        subject=judged.key,
        division=judged.division,
        address=address,
        details=details,
    )
