"""How a duty is lifted or gets another day: 王五 asks, 赵六 decides."""

from __future__ import annotations

from typing import Any

from tests.cast import WANG_WU, ZHAO_LIU, Hall

PATH = "/api/v1/exemptions"


async def lifted_by_two(hall: Hall, asked: dict[str, Any]) -> dict[str, Any]:
    """Ask for something and approve it, both now; return how it stands."""
    auditor = await hall.client_as(WANG_WU)
    answer = await auditor.post(PATH, json=asked)
    assert answer.status_code == 201, answer.text
    editor = await hall.client_as(ZHAO_LIU)
    decided = await editor.post(
        f"{PATH}/{asked['id']}/decision",
        json={"approve": True},
        headers={"If-Match": answer.headers["etag"]},
    )
    assert decided.status_code == 200, decided.text
    found: dict[str, Any] = decided.json()
    return found
