"""What stories about rules share: a county's policy as its administrator writes it, and sending it."""

from __future__ import annotations

import json
from typing import Any

import httpx

from server.web.opening import read_book
from tests.cast import COUNTY, Hall

POLICIES = "/api/v1/policies"


def rule(name: str = "county-2027", first: str = "2027-01-01", **said: Any) -> dict[str, Any]:
    """Return a policy of the county that shows quarterly things for 12 days, unless told otherwise."""
    return {
        "id": name,
        "division_prefix": COUNTY[:6],
        "valid_from": first,
        "valid_to": None,
        "title": {"zh": "彭阳县村务公开办法", "en": "The county's measures"},
        "legal_basis": [],
        "overrides": {"cadence:quarterly": {"display": {"min_days": 12, "unit": "calendar"}}},
        **said,
    }


async def put(client: httpx.AsyncClient, doc: Any, *ends: str, **said: str) -> httpx.Response:
    """Send a policy to be put in force."""
    body = {
        "text": doc if isinstance(doc, str) else json.dumps(doc),
        "ends": list(ends),
        "reason": "县里新的办法",
        **said,
    }
    return await client.post(POLICIES, json=body)


async def preview(client: httpx.AsyncClient, doc: Any, *ends: str) -> httpx.Response:
    """Ask what a policy would change."""
    return await client.post(
        f"{POLICIES}/preview", json={"text": json.dumps(doc), "ends": list(ends)}
    )


async def reread(hall: Hall) -> None:
    """Let the house read its rules again, as it does every half minute."""
    house = hall.house
    house.book = await read_book(
        house.store.reader, house.settings.seeds, house.book.categories, house.book.papers
    )
