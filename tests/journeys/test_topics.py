"""点题: villagers name what they want made public and sign together; enough of them cannot be declined."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cast import VILLAGE_A, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.asking import (
    answer,
    asked,
    at_desk,
    let_through,
    publish,
    work,
)
from tests.journeys.posting import new_id

TOPIC = "请公开鱼塘的承包合同和每年的租金"


async def topic(hall: Hall, number: int = 1) -> str:
    """Let a villager name a topic and 赵六 let it through; return its id."""
    receipt = await asked(hall, number, kind="topic", text=TOPIC)
    assert receipt["state"] == "held"
    await let_through(hall, receipt["id"])
    return str(receipt["id"])


async def sign(hall: Hall, inquiry_id: str, phone: int, **changes: Any) -> httpx.Response:
    """Sign from one of the village's phones."""
    villager = hall.visitor("198.51.100.20")
    known = new_id(hall.clock(), 7000 + phone)
    body = {
        "id": known,
        "device": f"phone-number-{phone:05d}",
        "proof": await work(villager, known),
        **changes,
    }
    return await villager.post(f"/api/v1/inquiries/{inquiry_id}/signatures", json=body)


async def shown(hall: Hall) -> dict[str, Any]:
    found = await hall.visitor().get(f"/api/v1/villages/{VILLAGE_A}/inquiries?lang=zh")
    (only,) = found.json()["items"]
    one: dict[str, Any] = only
    return one


@pytest.mark.one_engine
async def test_nobody_reads_or_signs_a_topic_before_it_was_let_through(hall: Hall) -> None:
    receipt = await asked(hall, kind="topic", text=TOPIC)
    items = (await hall.visitor().get(f"/api/v1/villages/{VILLAGE_A}/inquiries")).json()["items"]
    assert items == []
    assert problem_of(await sign(hall, receipt["id"], 1)) == "not-found"
    await let_through(hall, receipt["id"])
    assert (await shown(hall))["signing"] == {
        "signatures": 0,
        "needed": 20,
        "joined": False,
        "open": True,
    }


async def test_a_phone_signs_once(hall: Hall) -> None:
    one = await topic(hall)
    for _ in range(2):
        signed = await sign(hall, one, 1)
        assert signed.status_code == 200, signed.text
        assert signed.json() == {"signatures": 1, "needed": 20, "joined": False}
    other = await topic(hall, 2)
    assert (await sign(hall, other, 1, id=new_id(hall.clock(), 1))).status_code == 422
    known = new_id(hall.clock(), 8001)
    proof = await work(hall.visitor(), known)
    assert (await sign(hall, other, 1, id=known, proof=proof)).json()["signatures"] == 1
    # Nothing on record says that the same phone signed both.
    marks = await hall.rows("SELECT device FROM inquiry_signature")
    assert len({m["device"] for m in marks}) == 2


@pytest.mark.one_engine
async def test_what_was_declined_and_then_signed_by_enough_waits_again(hall: Hall) -> None:
    one = await topic(hall)
    missing = await at_desk(
        hall, ZHANG_SAN, one, "answers", {"id": new_id(hall.clock(), 1), "text": "不方便"}
    )
    assert problem_of(missing) == "answer-not-possible"
    await answer(hall, one, text="合同在村委会可以看，暂不上网。", takes_up=False)
    await publish(hall, one)
    declined = await shown(hall)
    assert (declined["answer"]["takes_up"], declined["signing"]["open"]) == (False, True)

    hall.clock.set("2026-11-02 08:00+08:00")
    for phone in range(19):
        await sign(hall, one, phone)
    assert (await shown(hall))["signing"]["joined"] is False
    last = await sign(hall, one, 19)
    assert last.json() == {"signatures": 20, "needed": 20, "joined": True}

    zhang = await hall.client_as(ZHANG_SAN)
    (line,) = (await zhang.get("/api/v1/desk/inquiries")).json()["open"]
    assert (line["state"], line["turn"], line["due"]["on"]) == (
        "waiting",
        "answer",
        "2026-11-09",
    )
    again = {"id": new_id(hall.clock(), 2), "text": "还是不公开", "takes_up": False}
    refused = await at_desk(hall, ZHANG_SAN, one, "answers", again)
    assert problem_of(refused) == "answer-not-possible"
    await answer(hall, one, seed=3, text="本月公开合同全文。", takes_up=True)
    await publish(hall, one)
    taken_up = await shown(hall)
    assert (taken_up["answer"]["takes_up"], taken_up["signing"]["open"]) == (True, False)
    assert problem_of(await sign(hall, one, 20)) == "topic-not-open"


@pytest.mark.one_engine
async def test_declining_is_refused_when_enough_signed_while_it_was_reviewed(hall: Hall) -> None:
    one = await topic(hall)
    await answer(hall, one, text="不公开", takes_up=False)
    for phone in range(20):
        await sign(hall, one, phone)
    stopped = await at_desk(hall, ZHAO_LIU, one, "review", {"decision": "approve"})
    assert problem_of(stopped) == "answer-not-possible"
    back = {"decision": "return", "reason": "联名人数已够"}
    assert (await at_desk(hall, ZHAO_LIU, one, "review", back)).status_code == 200


@pytest.mark.one_engine
@pytest.mark.parametrize("kind", ["question", "report"])
async def test_only_topics_are_signed(hall: Hall, kind: str) -> None:
    receipt = await asked(hall, kind=kind)
    assert problem_of(await sign(hall, receipt["id"], 1)) == "not-found"
