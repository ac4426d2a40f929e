"""What the township's phone sends on inspections, for stories about what happens next."""

from __future__ import annotations

from typing import Any

import httpx

from tests.cast import TOWNSHIP, VILLAGE_A, WANG_WU, Hall, Person

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


def order_body(**changes: Any) -> dict[str, Any]:
    """Return an order to village A as the desk sends it."""
    return {
        "id": "01990000-0000-7000-8000-0000000e0001",
        "division": VILLAGE_A,
        "finding": "公开栏上还是第二季度的账目",
        "demand": "换上第三季度的，拍照报上来",
        "measure": "deadline",
        "days": 10,
        **changes,
    }


async def ordered(hall: Hall, **changes: Any) -> dict[str, Any]:
    """Let 王五 order something of village A and return the order's page."""
    wang = await hall.client_as(WANG_WU)
    answer = await wang.post("/api/v1/rectifications", json=order_body(**changes))
    assert answer.status_code == 201, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def stepped(
    hall: Hall, order: dict[str, Any], act: str, body: dict[str, Any], who: Person, seed: int = 1
) -> httpx.Response:
    """Do something with an order as somebody who has just read it; the same act and seed has the same id."""
    client = await hall.client_as(who)
    address = f"/api/v1/rectifications/{order['head']['id']}"
    tag = (await client.get(address)).headers.get("etag", '"r1"')
    number = f"{['proof', 'return', 'escalation', 'closure'].index(act)}{seed:03}"
    sent = {"id": f"01990000-0000-7000-8000-0000000f{number}", **body}
    return await client.post(f"{address}/{act}", json=sent, headers={"If-Match": tag})


async def step(
    hall: Hall, order: dict[str, Any], act: str, body: dict[str, Any], who: Person, seed: int = 1
) -> dict[str, Any]:
    """Do something with an order that succeeds, and return its page."""
    answer = await stepped(hall, order, act, body, who, seed)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page
