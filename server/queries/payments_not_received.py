"""Which payments of a list are said not to have come: for auditors, by the row of the township's own file, without a name."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.rules.permissions import Actor, refusal
from server.rules.values import Fen
from server.storage import payments
from server.storage.database import Reader


class NotReceived(Struct, frozen=True):
    """A payment that somebody says did not come. `removed`: a corrected list no longer has it."""

    row: int
    amount: Fen
    purpose: str
    paid_on: date
    said_at: datetime
    removed: bool


class NotReceivedList(Struct, frozen=True):
    """Those of one list, by their rows."""

    items: tuple[NotReceived, ...]


async def payments_not_received(db: Reader, *, actor: Actor, list_id: str) -> NotReceivedList:
    """Return the payments of a list that somebody says did not come. Raises not_found, not_allowed."""
    found = await payments.get_list(db, list_id)
    if found is None:
        raise problems.not_found()
    if why := refusal(actor, "see_not_received", found.division):
        raise problems.not_allowed(why)
    return NotReceivedList(
        tuple(
            NotReceived(
                p.line.row,
                p.line.amount,
                p.line.purpose,
                p.line.paid_on,
                p.said_at,
                p.removed_at is not None,
            )
            for p in await payments.not_received(db, list_id)
            if p.said_at is not None
        )
    )
