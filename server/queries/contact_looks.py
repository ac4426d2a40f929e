"""Who looked at how somebody who asked can be reached: for the auditor, who may not look."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from server.rules.inquiry_handling import CONTACT_SEEN
from server.rules.permissions import ROLES, Actor
from server.rules.places import spoken_name
from server.rules.values import Text
from server.storage import accounts, divisions, events
from server.storage.database import Reader

KEPT_IN_SIGHT = timedelta(days=366)
MOST = 500
_ROLES: dict[str, Text] = {str(role): name for role, name in ROLES.items()}


class ContactLook(Struct, frozen=True):
    """One look: when, by whom, at the contact of which inquiry. What was seen is not here."""

    at: datetime
    name: str
    role: Text | None
    inquiry_id: str
    number: str
    division: str
    division_name: str


class ContactLooks(Struct, frozen=True):
    """The looks of the last year in the auditor's area, newest first; `more`: there were more than are listed."""

    items: tuple[ContactLook, ...]
    more: bool


async def contact_looks(db: Reader, *, actor: Actor, now: datetime) -> ContactLooks:
    """Return who looked at contacts in the actor's area."""
    found = await events.newest_of_action(
        db, CONTACT_SEEN, actor.division, now - KEPT_IN_SIGHT, MOST + 1
    )
    shown = found[:MOST]
    people = await accounts.names(db, [e.actor for e in shown])
    names = await divisions.names(db, [e.division for e in shown])
    items = tuple(
        ContactLook(
            at=event.at,
            name=people.get(event.actor, event.actor),
            role=_ROLES.get(str(event.details.get("role"))),
            inquiry_id=event.subject,
            number=str(event.details.get("number", "")),
            division=event.division,
            division_name=spoken_name(names.get(event.division, event.division)),
        )
        for event in shown
    )
    return ContactLooks(items, len(found) > MOST)
