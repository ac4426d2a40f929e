"""What the township's phone sends on inspections, for stories about what happens next."""

from __future__ import annotations

from typing import Any

import httpx

from tests.cast import TOWNSHIP, WANG_WU, Hall, Person

DRAW: dict[str, Any] = {
    "division": TOWNSHIP,
    "kind": "villages",
    "purpose": "第三季度公开检查",
    "first": "2026-07-01",
    "last": "2026-09-30",
    "share_permille": 100,
    "detect_permille": 900,
}


async def drawn(hall: Hall, seed: int = 1, **changes: Any) -> dict[str, Any]:
    """Let 王五 draw a list and return its page; the same seed draws under the same id."""
    wang = await hall.client_as(WANG_WU)
    body = {**DRAW, "id": f"01990000-0000-7000-8000-0000000d{seed:04}", **changes}
    answer = await wang.post("/api/v1/inspections", json=body)
    assert answer.status_code == 201, answer.text
    page: dict[str, Any] = answer.json()
    return page


def item_of(page: dict[str, Any], division: str) -> dict[str, Any]:
    """Return the item of a list that is about a village."""
    return next(item for item in page["items"] if item["division"] == division)


def visit(hall: Hall, **changes: Any) -> dict[str, Any]:
    """Return a visit that found everything as it should be."""
    return {
        "published": "yes",
        "accurate": "yes",
        "complete": "yes",
        "timely": "yes",
        "composed_at": hall.clock().isoformat(),
        **changes,
    }


async def visited(
    hall: Hall, page: dict[str, Any], rank: int, found: dict[str, Any], who: Person = WANG_WU
) -> httpx.Response:
    """Send what somebody found at an item of a list."""
    client = await hall.client_as(who)
    return await client.put(
        f"/api/v1/inspections/{page['head']['id']}/items/{rank}/visit", json=found
    )
