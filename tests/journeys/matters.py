"""Notices that tell of one thing: an accountant's phone puts them into a matter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from tests.cast import ZHANG_SAN, Hall, Person
from tests.journeys.posting import new_id
from tests.journeys.test_annual_plan import post

EXAMPLE = Path("schemas/categories/subsidy_list/examples/v1/good-namesakes.json")
SUBSIDY: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))["content"]
NAME = "二组村道硬化"


def matter_id(number: int = 1) -> str:
    """Return the id of a matter, the same at any time."""
    return f"01990000-0000-7000-8000-0000000a{number:04d}"


async def subsidy(hall: Hall, seed: int = 60, **changes: Any) -> str:
    """Post a list of subsidies as 张三 and let it be approved; return its disclosure."""
    parts = {"category": "subsidy_list", "content": SUBSIDY, "event_on": "2026-10-08"}
    return await post(hall, seed, **{**parts, "period": None, **changes})


def link_body(disclosure: str, phase: str = "before", **changes: Any) -> dict[str, Any]:
    """Return a link as it is sent; the first of a matter brings its name."""
    parts = {
        "matter_id": matter_id(),
        "disclosure_id": disclosure,
        "phase": phase,
        "name": NAME,
        **changes,
    }
    return {name: value for name, value in parts.items() if value is not None}


async def link(
    hall: Hall,
    disclosure: str,
    phase: str = "before",
    number: int = 1,
    who: Person = ZHANG_SAN,
    **changes: Any,
) -> httpx.Response:
    """Put a notice into the matter and return the answer; `number` makes another link."""
    client = await hall.client_as(who)
    made = changes.pop("id", None) or new_id(hall.clock(), 8000 + number)
    body = link_body(disclosure, phase, **changes)
    return await client.put(f"/api/v1/matter-links/{made}", json=body)


async def linked(hall: Hall, disclosure: str, phase: str, number: int, **changes: Any) -> str:
    """Put a notice into the matter and return the link's id."""
    answer = await link(hall, disclosure, phase, number, **changes)
    assert answer.status_code == 200, answer.text
    made: str = answer.json()["id"]
    return made
