"""Say of a payment whether it came as published: yes or no, without a name, and it may be said differently later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from server import problems
from server.rules.throttling import PAYMENT_SAID
from server.storage import events, payments, throttles
from server.storage.database import Tx


async def say_received(
    tx: Tx, *, now: datetime, division: str, ids: Sequence[str], which: str, received: bool
) -> None:
    """Write what is said of one of the payments (`ids`) that an answer page named.

    The event names neither a person nor an address. Raises not_found for a payment that the page did not name, or
    that a corrected list no longer has, and said_too_often: what stands then stays.
    """
    if which not in ids:
        raise problems.not_found()
    standing = await payments.with_ids(tx, division, [which])
    if not standing:
        raise problems.not_found()
    before = standing[0].said
    if before is received:
        return
    wait = await throttles.take(tx, f"payment-said {which}", PAYMENT_SAID, now)
    if wait is not None:
        raise problems.said_too_often(most=PAYMENT_SAID.capacity, retry_after=wait)
    await throttles.clear_full(tx, now)
    await payments.say(tx, which, received=received, now=now)
    await events.record(
        tx,
        at=now,
        actor=None,
        action="payment.said",
        subject=which,
        division=division,
        address="",
        details={"received": received, "before": before},
    )
