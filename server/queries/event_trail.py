"""The trail: who did what in an area, newest first, for those who check it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from server.rules.event_words import event_words
from server.rules.inquiry_handling import CONTACT_SEEN
from server.rules.permissions import ROLES, Actor, may
from server.rules.places import spoken_name
from server.rules.values import Text
from server.storage import accounts, divisions, events
from server.storage.database import Reader
from server.storage.events import Event, Wanted

TERMINAL = Text("系统或命令行", "the system or its terminal")
OUTSIDE = Text("村民或设备（不记是谁）", "a villager or a device, not recorded who")
# What people do without an account: their address would say more than they wanted to.
_OUTSIDE = ("inquiry.", "notice.", "subscriber.", "payment.", "query_point.")


class TrailLine(Struct, frozen=True):
    """An event as it is read: by whom, what, about which subject, where and from which address.

    `actor_id` and `address` are '' where nobody was signed in; `details` are as they were recorded and name no person.
    """

    id: int
    at: datetime
    actor_id: str
    name: Text
    role: Text | None
    action: str
    words: Text
    subject: str
    division: str
    division_name: str
    address: str
    details: dict[str, Any]


class Trail(Struct, frozen=True):
    """A page of the trail; `next` is the number before which the following page begins."""

    items: tuple[TrailLine, ...]
    next: int | None


def seen_by(actor: Actor, wanted: Wanted) -> Wanted:
    """Return what is wanted without what this actor may not see: looks at a contact are the auditor's."""
    if may(actor, "see_contact_looks", wanted.scope):
        return wanted
    return replace(wanted, without=(CONTACT_SEEN,))


async def event_trail(db: Reader, wanted: Wanted, *, before: int | None, limit: int) -> Trail:
    """Return a page of events, newest first."""
    found = await events.trail(db, wanted, before=before, limit=limit + 1)
    page = found[:limit]
    people = await accounts.of_ids(db, [each.actor for each in page])
    places = await divisions.names(db, {each.division for each in page})
    lines = tuple(_line(each, people, places) for each in page)
    return Trail(lines, page[-1].id if len(found) > limit else None)


def _line(event: Event, people: dict[str, accounts.Account], places: dict[str, str]) -> TrailLine:
    account = people.get(event.actor)
    if account is not None:
        name, role = Text(account.name, account.name), ROLES[account.role]
    else:
        outside = not event.actor and event.action.startswith(_OUTSIDE)
        name, role = (OUTSIDE if outside else TERMINAL), None
    return TrailLine(
        id=event.id,
        at=event.at,
        actor_id=event.actor,
        name=name,
        role=role,
        action=event.action,
        words=event_words(event.action),
        subject=event.subject,
        division=event.division,
        division_name=spoken_name(places.get(event.division, event.division)),
        address=event.address if account is not None else "",
        details=event.details,
    )
