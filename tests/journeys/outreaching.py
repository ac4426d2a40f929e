"""What people at work send on outreach, for stories about it."""

from __future__ import annotations

from typing import Any

import httpx

from tests.cast import VILLAGE_A, ZHANG_SAN, Hall, Person
from tests.journeys.posting import approve, submission


def letter(seed: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a letter to two groups of village A, on the first day of the story."""
    return {
        "id": f"01990000-0000-7000-8000-0000000a{seed:04}",
        "kind": "letter",
        "stage": "done",
        "first": "2026-10-08",
        "last": "2026-10-08",
        "villages": [{"division": VILLAGE_A, "groups": ["1组、3组"], "groups_total": 8}],
        "households": 120,
        "counted_by": "村会计",
        **changes,
    }


def visit_day(seed: int = 50, **changes: Any) -> dict[str, Any]:
    """Return the announcement of a day on which somebody explains the accounts."""
    announced = letter(
        seed,
        kind="visit_day",
        stage="planned",
        first="2026-12-12",
        last="2026-12-12",
        from_time="09:00",
        until_time="11:00",
        place="村委会院子",
        counted_by="",
        villages=[{"division": VILLAGE_A}],
    )
    del announced["households"]
    return {**announced, **changes}


async def recorded(hall: Hall, body: dict[str, Any], who: Person = ZHANG_SAN) -> httpx.Response:
    """Send a record as somebody."""
    client = await hall.client_as(who)
    return await client.post("/api/v1/outreach", json=body)


async def published(hall: Hall) -> str:
    """Let 张三 publish a quarter's accounts, and return the notice's id."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    await approve(hall, sent["id"])
    notice: str = answer.json()["disclosure_id"]
    return notice
