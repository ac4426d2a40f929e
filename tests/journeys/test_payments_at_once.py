"""Two of the township work on one list of payments at the same moment."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from server.storage import events
from tests.cast import ZHAO_LIU, Hall
from tests.journeys.receiving import LISTS, ZHANG, load, sheet


async def test_a_list_taken_down_while_it_is_corrected_leaves_nothing_that_stands(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = (await load(hall)).json()
    editor = await hall.client_as(ZHAO_LIU)
    record, correcting = events.record, asyncio.Event()

    async def slowly(*args: Any, **said: Any) -> None:
        await record(*args, **said)
        if said["action"] == "payments.replaced":
            correcting.set()
            await asyncio.sleep(0.3)

    monkeypatch.setattr(events, "record", slowly)
    corrected = asyncio.create_task(load(hall, sheet([("张三", ZHANG, "8")])))
    await asyncio.wait_for(correcting.wait(), 10)
    down = await editor.post(f"{LISTS}/{loaded['id']}/removal", json={"reason": "录错了"})
    assert ((await corrected).status_code, down.status_code) == (200, 204)
    assert await hall.rows("SELECT id FROM payment WHERE removed_at IS NULL") == []
    assert await hall.rows("SELECT id FROM payment WHERE mark IS NOT NULL") == []
