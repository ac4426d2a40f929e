"""Relief that cannot wait, as the township's phone sends it: published first, reviewed after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from tests.cast import TOWNSHIP, VILLAGE_A, WANG_WU, ZHAO_LIU, Hall, Person, read
from tests.journeys.posting import ALL_FIVE, new_id, send_photo, submission

GOOD = Path("schemas/categories/temporary_relief/examples/v1/good-one-urgent.json")
WHY = "房屋失火，当晚没有住处"


def relief() -> dict[str, Any]:
    """Return one household's urgent relief."""
    content: dict[str, Any] = json.loads(GOOD.read_text("utf-8"))["content"]
    return content


def urgent(hall: Hall, **changes: Any) -> dict[str, Any]:
    """Return the relief of today, to be published at once."""
    return submission(
        hall,
        **{
            "category": "temporary_relief",
            "period": None,
            "event_on": "2026-10-08",
            "content": relief(),
            "publish": {"when": "at_once", "reason": WHY},
            **changes,
        },
    )


async def send(hall: Hall, body: dict[str, Any], who: Person = ZHAO_LIU) -> httpx.Response:
    """Send a posting."""
    phone = await hall.client_as(who)
    return await phone.post("/api/v1/submissions", json=body)


async def published(hall: Hall, **changes: Any) -> dict[str, Any]:
    """Let 赵六 publish the relief first, with a photo of the board; return the receipt."""
    phone = await hall.client_as(ZHAO_LIU)
    photo = await send_photo(phone)
    body = urgent(hall, photos=[{"sha256": photo, "role": "board"}], **changes)
    answer = await phone.post("/api/v1/submissions", json=body)
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


async def review(
    hall: Hall, submission_id: str, who: Person = WANG_WU, seed: int = 1, **changes: Any
) -> httpx.Response:
    """Let somebody review what they have read."""
    client = await hall.client_as(who)
    read = await client.get(f"/api/v1/submissions/{submission_id}")
    return await client.post(
        f"/api/v1/submissions/{submission_id}/review",
        json={
            "id": new_id(hall.clock(), 700 + seed),
            "decision": "approve",
            "points": ALL_FIVE,
            **changes,
        },
        headers={"If-Match": read.headers.get("etag", '"r1"')},
    )


async def cell(hall: Hall, as_of: str | None = None) -> dict[str, Any]:
    """Return the matrix's cell of the relief."""
    auditor = await hall.client_as(WANG_WU)
    asked = {"division": TOWNSHIP, "first": "2026-10-01", "last": "2026-10-31"}
    if as_of is not None:
        asked["as_of"] = as_of
    matrix = (await auditor.get("/api/v1/compliance", params=asked)).json()
    row = next(r for r in matrix["rows"] if r["division"] == VILLAGE_A)
    found: dict[str, Any] = next(
        c for c in row["cells"] if c and c["category"] == "temporary_relief"
    )
    return found


def about_review(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a cell says of the review."""
    kinds = ("unreviewed", "reviewed_after", "objected")
    return [(f["kind"], f["text"]["zh"]) for f in found["findings"] if f["kind"] in kinds]


async def page(hall: Hall, disclosure_id: str, lang: str = "zh-CN") -> str:
    """Return the public page as HTML."""
    answer = await hall.visitor().get(f"/d/{disclosure_id}", headers={"Accept-Language": lang})
    assert answer.status_code == 200, answer.text
    return read(answer.text)
