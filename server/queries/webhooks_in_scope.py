"""Which chat groups get reminders in this area, and did they arrive?"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from server.rules.deliveries import WHY
from server.rules.places import spoken_name
from server.rules.values import Text
from server.storage import deliveries, divisions, webhooks
from server.storage.database import Reader
from server.storage.deliveries import Delivery
from server.storage.webhooks import Webhook

LOOK_BACK = timedelta(days=31)
MOST_SHOWN = 5


class SentLine(Struct, frozen=True):
    """A message to a group: when it was planned, how it stands, and why it did not arrive."""

    at: datetime
    kind: str
    state: str
    attempts: int
    why: Text | None
    code: int | None


class WebhookLine(Struct, frozen=True):
    """A group, or a site, as its administrators see it; of the address only the host and the last four characters.

    `stopped_at`: since when a site is told nothing more, and `stopped_why`; a test message that arrives ends that.
    """

    id: str
    division: str
    division_name: str
    name: str
    robot: str
    host: str
    ends_in: str
    signed: bool
    created_at: datetime
    sent: int
    failed: int
    stopped_at: datetime | None
    stopped_why: Text | None
    newest: tuple[SentLine, ...]


class WebhookLines(Struct, frozen=True):
    """The groups of an area; `sent` and `failed` count the last 31 days."""

    items: tuple[WebhookLine, ...]


async def webhooks_in_scope(db: Reader, division: str, now: datetime) -> WebhookLines:
    """Return the groups at and below a division, with what went to each lately."""
    found = await webhooks.standing(db, division)
    names = await divisions.names(db, {w.division for w in found})
    sent: dict[str, list[Delivery]] = {}
    for each in await deliveries.newest_for(db, [w.id for w in found], now - LOOK_BACK):
        sent.setdefault(each.recipient, []).append(each)
    return WebhookLines(tuple(_line(w, names, sent.get(w.id, [])) for w in found))


def _line(hook: Webhook, names: dict[str, str], sent: list[Delivery]) -> WebhookLine:
    host = hook.address.partition("://")[2].partition("/")[0]
    return WebhookLine(
        id=hook.id,
        division=hook.division,
        division_name=spoken_name(names.get(hook.division, "")),
        name=hook.name,
        robot=hook.robot,
        host=host,
        ends_in=hook.address[-4:],
        signed=hook.secret is not None,
        created_at=hook.created_at,
        sent=sum(d.state == "sent" for d in sent),
        failed=sum(d.state == "failed" for d in sent),
        stopped_at=hook.stopped_at,
        stopped_why=WHY[hook.stopped_why] if hook.stopped_why else None,
        newest=tuple(
            SentLine(
                d.created_at, d.kind, d.state, d.attempts, WHY[d.why] if d.why else None, d.code
            )
            for d in sent[:MOST_SHOWN]
        ),
    )
