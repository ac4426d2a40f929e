"""A villager's phone rates a notice."""

from __future__ import annotations

from typing import Any

import httpx

from tests.cast import Hall
from tests.journeys.asking import work
from tests.journeys.posting import new_id

GOOD = {
    "true": "yes",
    "complete": "yes",
    "clear": "no",
    "in_time": "yes",
    "as_published": "unsure",
}


def device(number: int) -> str:
    """Return the random name of a phone."""
    return f"a-phone-that-rates-{number:04d}"


async def rate(
    hall: Hall,
    disclosure: str,
    number: int = 1,
    *,
    proved: bool = True,
    address: str = "192.0.2.7",
    sending: int | None = None,
    **changes: Any,
) -> httpx.Response:
    """Rate a notice from phone `number` and return the answer; `sending` makes another one of the same phone."""
    villager = hall.visitor(address)
    known = new_id(hall.clock(), 7000 + (number if sending is None else sending))
    body = {"id": known, "device": device(number), "points": GOOD, **changes}
    if proved and "proof" not in body:
        body["proof"] = await work(villager, known)
    return await villager.put(f"/api/v1/disclosures/{disclosure}/rating", json=body)
