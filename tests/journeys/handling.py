"""The township's desk at work: 赵六 does something with what was asked, and whoever asked rates the answer."""

from __future__ import annotations

from typing import Any

import httpx

from tests.cast import ZHAO_LIU, Hall, Person
from tests.journeys.asking import at_desk, follow_of
from tests.journeys.posting import new_id

QUESTION = {"kind": "question", "subject": "finance"}
REPORT = {"kind": "report", "subject": "relief", "about": "village"}


async def done(
    hall: Hall, inquiry_id: str, act: str, body: dict[str, Any], who: Person = ZHAO_LIU
) -> Any:
    """Do something at the desk that succeeds, and return the page."""
    given = await at_desk(hall, who, inquiry_id, act, body)
    assert given.is_success, given.text
    return given.json() if given.content else None


async def classified(hall: Hall, inquiry_id: str, body: dict[str, Any]) -> httpx.Response:
    """Let 赵六 say anew what something is."""
    client = await hall.client_as(ZHAO_LIU)
    path = f"/api/v1/desk/inquiries/{inquiry_id}"
    tag = (await client.get(path)).headers["etag"]
    return await client.put(f"{path}/classification", json=body, headers={"If-Match": tag})


def referral(
    hall: Hall, office: str = "department", seed: int = 1, **changes: Any
) -> dict[str, Any]:
    """Return a referral as the desk sends it."""
    return {
        "id": new_id(hall.clock(), 7000 + seed),
        "office": office,
        "name": "县农经站" if office in ("department", "discipline") else "",
        "due_on": "2026-10-13",
        "note": "请核对第三季度的凭证，写明金额和时间。",
        **changes,
    }


async def rated(hall: Hall, rating: str, words: str = "", number: int = 1) -> httpx.Response:
    """Rate the answer behind the private link."""
    return await hall.visitor().put(
        f"/api/v1/follow-ups/{follow_of(number)}/satisfaction",
        json={"rating": rating, "words": words},
    )
