"""Subscribing without an account: what one village, one device and one address may have, and the link that ends it."""

from __future__ import annotations

import hashlib
import hmac
import re

from server.rules.proofs import Mark
from server.rules.values import Text

# More than any village has phones; what is beyond comes from a machine.
MOST_IN_A_VILLAGE = 20_000
# Villages and questions that one device waits for.
MOST_OF_A_DEVICE = 30

_TICKET = re.compile(r"(?P<id>[0-9a-f-]{36})\.(?P<mark>[0-9a-f]{32})", re.ASCII)

STOP = Text("不再收", "Stop these")


def device_of(endpoint: str, auth: str) -> str:
    """Return the name by which a device finds its own subscriptions: whoever knows neither secret cannot guess it."""
    return hashlib.sha256(f"{endpoint}\n{auth}".encode()).hexdigest()


def ticket_of(subscriber_id: str, mark: Mark) -> str:
    """Return what ends a subscription without a sign-in: only this site can have made it."""
    return f"{subscriber_id}.{mark(_marked(subscriber_id))}"


def subscriber_of(ticket: str, mark: Mark) -> str | None:
    """Return whose subscription a ticket ends; None for a ticket that this site did not make."""
    found = _TICKET.fullmatch(ticket)
    if found is None or not hmac.compare_digest(found["mark"], mark(_marked(found["id"]))):
        return None
    return found["id"]


def _marked(subscriber_id: str) -> str:
    return f"stop telling {subscriber_id}"
