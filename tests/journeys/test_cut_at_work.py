"""The process dies while a visit or a proof is being kept: nothing acknowledged is lost, nothing half stays, sending again ends well.

The moment is chosen, not hit by chance as in test_power_cut.py: between two writes, when everything is written and not yet
committed, and when it is committed and nobody was told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from server.storage import events
from server.storage.database import Store, Tx
from tests.cast import VILLAGE_A, WANG_WU, ZHANG_SAN, Hall
from tests.journeys.inspecting import drawn, item_of, ordered, stepped, visit, visited
from tests.journeys.posting import send_photo

MOMENTS = ("between two writes", "before the commit", "before the answer")
PROOF = {"words": "已经换上第三季度的账目"}


class Died(BaseException):
    """The process is gone: nobody catches it and nobody answers."""


def dies(patch: pytest.MonkeyPatch, moment: str, action: str) -> None:
    """Let the process die at a moment of the transaction that records an action."""
    record, transaction = events.record, Store.transaction

    async def recorded(tx: Tx, **told: Any) -> None:
        if told["action"] == action:
            raise Died
        await record(tx, **told)

    @asynccontextmanager
    async def cut(store: Store) -> AsyncIterator[Tx]:
        hit = False
        async with transaction(store) as tx:
            yield tx
            hit = bool(await tx.rows("SELECT id FROM event WHERE action = ?", action))
            if hit and moment == "before the commit":
                raise Died
        if hit:
            raise Died

    if moment == "between two writes":
        patch.setattr(events, "record", recorded)
    else:
        patch.setattr(Store, "transaction", cut)


@pytest.mark.parametrize("moment", MOMENTS)
async def test_in_the_middle_of_a_visit(hall: Hall, moment: str) -> None:
    page = await drawn(hall)
    rank = item_of(page, VILLAGE_A)["rank"]
    photo = await send_photo(await hall.client_as(WANG_WU))
    found = visit(hall, published="no", note="公开栏上还是上一季的", photos=[photo])

    async def send() -> httpx.Response:
        return await visited(hall, page, rank, found)

    with pytest.MonkeyPatch.context() as patch:
        dies(patch, moment, "inspection.visited")
        with pytest.raises(Died):
            await send()
    kept = await hall.rows("SELECT id FROM inspection WHERE received_at IS NOT NULL")
    pictures = await hall.rows("SELECT id FROM inspection_photo")
    told = await hall.rows("SELECT id FROM event WHERE action = 'inspection.visited'")
    done = int(moment == "before the answer")
    assert [len(kept), len(pictures), len(told)] == [done] * 3
    first, second = await send(), await send()
    assert first.status_code == 200, first.text
    assert second.json() == first.json()
    assert len(await hall.rows("SELECT id FROM event WHERE action = 'inspection.visited'")) == 1
    assert len(await hall.rows("SELECT id FROM inspection_photo")) == 1


@pytest.mark.parametrize("moment", MOMENTS)
async def test_in_the_middle_of_a_proof(hall: Hall, moment: str) -> None:
    order = await ordered(hall)
    photo = await send_photo(await hall.client_as(ZHANG_SAN))

    async def send() -> httpx.Response:
        return await stepped(hall, order, "proof", {**PROOF, "photos": [photo]}, ZHANG_SAN)

    with pytest.MonkeyPatch.context() as patch:
        dies(patch, moment, "rectification.proved")
        with pytest.raises(Died):
            await send()
    steps = await hall.rows("SELECT id FROM rectification_step WHERE kind = 'proof'")
    told = await hall.rows("SELECT id FROM event WHERE action = 'rectification.proved'")
    states = [row["state"] for row in await hall.rows("SELECT state FROM rectification")]
    done = moment == "before the answer"
    assert len(steps) == len(told) == int(done)
    assert states == ["proved" if done else "open"]
    first, second = await send(), await send()
    assert first.status_code == 200, first.text
    assert second.json() == first.json()
    assert len(await hall.rows("SELECT id FROM rectification_step WHERE kind = 'proof'")) == 1
    assert len(await hall.rows("SELECT id FROM event WHERE action = 'rectification.proved'")) == 1
