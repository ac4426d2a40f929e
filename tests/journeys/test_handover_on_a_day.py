"""A post changes hands at a midnight that was agreed on: nothing runs then, and nobody is in office twice or not at all."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cast import LI_SI, SITE, WANG_WU, ZHANG_SAN, ZHAO_LIU, ZHOU_BA, Hall, problem_of
from tests.journeys.posting import new_id, send_photo, submission
from tests.journeys.registering import register

API = "/api/v1"
NEW = "01990000-0000-7000-8000-0000000000aa"
DAY = "2026-10-12"
QIAN = {"id": NEW, "login": "qianjiu", "name": "钱九"}
HANDOVER = f"{API}/accounts/{ZHANG_SAN.id}/handover"
ZH = {"Accept-Language": "zh"}


async def arranged(by: httpx.AsyncClient, **other: Any) -> httpx.Response:
    return await by.post(HANDOVER, json={**QIAN, "on": DAY, **other})


async def seen(by: httpx.AsyncClient) -> dict[str, str]:
    """Return If-Match for the account of whoever looks, as it is now."""
    return {"If-Match": f'"r{(await by.get(f"{API}/me")).json()["revision"]}"'}


async def come(hall: Hall, card: httpx.Response) -> httpx.AsyncClient:
    """Sign the successor in with the code of a slip."""
    assert card.status_code == 201, card.text
    qian = hall.visitor(Origin=SITE)
    signed = await qian.post(f"{API}/sessions", json={"code": card.json()["code"]})
    assert signed.status_code == 201, signed.text
    return qian


async def post(phone: httpx.AsyncClient, sent: dict[str, Any]) -> httpx.Response:
    return await phone.post(f"{API}/submissions", json=sent, headers=ZH)


async def test_who_may_post_on_either_side_of_midnight(hall: Hall) -> None:
    hall.clock.set("2026-10-09 10:00+08:00")
    zhang = await hall.client_as(ZHANG_SAN)
    qian = await come(hall, await arranged(zhang))
    # The successor looks: tasks, submissions, the form and its checks; and does nothing yet.
    photo = await send_photo(zhang)
    for path in ("tasks", "submissions", "forms/finance_quarterly?period=2026Q3&division="):
        path = path + ZHANG_SAN.division if path.endswith("=") else path
        assert (await qian.get(f"{API}/{path}")).status_code == 200, path
    early = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    for refused in (
        await post(qian, early),
        await register(qian, early),
        await qian.post(f"{API}/accounts/{NEW}/handover", json={**QIAN, "on": DAY}),
    ):
        assert problem_of(refused) == "not-allowed"
    assert "您从2026年10月12日起接任" in (await post(qian, early)).json()["detail"]
    assert (await qian.get(f"{API}/me")).json()["starts_on"] == DAY

    hall.clock.set("2026-10-11 23:59:59+08:00")
    told = (await zhang.get(f"{API}/me")).json()
    assert (told["ends_on"], told["successor"], told["out"]) == (DAY, "钱九", None)
    registered = submission(
        hall, photos=[{"sha256": await send_photo(zhang, seed=2), "role": "board"}]
    )
    assert (await register(zhang, registered)).status_code == 201
    assert problem_of(await post(qian, early)) == "not-allowed"

    hall.clock.set("2026-10-12 00:00+08:00")
    late = submission(hall, id=new_id(hall.clock(), 9), period="2026Q2")
    for refused in (await post(zhang, late), await register(zhang, late)):
        said = refused.json()["detail"] if problem_of(refused) == "not-allowed" else ""
        assert "2026年10月12日" in said or "2026-10-12" in said
        assert "钱九" in said
    # What was registered in time follows, with its photos; then no photo is taken any more.
    assert (await post(zhang, registered)).status_code == 201
    assert (await post(zhang, registered)).status_code == 200  # the answer was lost
    refused = await zhang.put(
        f"{API}/photos/{'a' * 64}?division={ZHANG_SAN.division}", content=b"x"
    )
    assert problem_of(refused) == "not-allowed"
    assert (await zhang.get(f"{API}/submissions")).status_code == 200
    assert (await register(qian, late)).status_code == 201


async def test_what_was_registered_may_not_follow_when_it_has_lapsed(hall: Hall) -> None:
    hall.clock.set("2026-10-11 23:00+08:00")
    zhang = await hall.client_as(ZHANG_SAN)
    await arranged(zhang)
    sent = submission(hall)
    assert (await register(zhang, sent)).status_code == 201
    hall.clock.set("2026-10-14 22:59+08:00")
    assert await send_photo(zhang)
    hall.clock.set("2026-10-14 23:00+08:00")
    assert problem_of(await post(zhang, sent)) == "not-allowed"
    assert problem_of(await register(zhang, submission(hall, id=new_id(hall.clock(), 5)))) == (
        "not-allowed"
    )


async def test_the_old_account_looks_on_for_thirty_days(hall: Hall) -> None:
    hall.clock.set("2026-10-09 10:00+08:00")
    await arranged(await hall.client_as(ZHOU_BA))
    hall.clock.set("2026-11-01 10:00+08:00")
    zhang = await hall.client_as(ZHANG_SAN)
    hall.clock.set("2026-11-10 23:59:59+08:00")
    assert (await zhang.get(f"{API}/me")).status_code == 200
    hall.clock.set("2026-11-11 00:00+08:00")
    ended = await zhang.get(f"{API}/me", headers=ZH)
    assert problem_of(ended) == "session-ended"
    assert "交接" in ended.json()["detail"]


async def test_another_day_and_not_at_all(hall: Hall) -> None:
    hall.clock.set("2026-10-09 10:00+08:00")
    zhang, zhou = await hall.client_as(ZHANG_SAN), await hall.client_as(ZHOU_BA)
    qian = await come(hall, await arranged(zhou))
    moved = await zhang.put(HANDOVER, json={"on": "2026-10-20"}, headers=await seen(zhang))
    assert (moved.json()["ends_on"], moved.json()["arranged"]) == ("2026-10-20", True)
    assert (await qian.get(f"{API}/me")).json()["starts_on"] == "2026-10-20"
    hall.clock.set("2026-10-12 00:00+08:00")
    assert (await register(zhang, submission(hall))).status_code == 201

    called_off = await zhou.delete(HANDOVER, headers=await seen(zhang))
    assert (called_off.json()["ends_on"], called_off.json()["succeeded_by"]) == (None, None)
    ended = await qian.get(f"{API}/me", headers=ZH)
    assert problem_of(ended) == "session-ended"
    assert "交接取消了" in ended.json()["detail"]
    # The same person again, under the same name; and this time it happens.
    card = await arranged(zhou, id="01990000-0000-7000-8000-0000000000bb", on="2026-10-13")
    qian = await come(hall, card)
    assert card.json()["account_id"] == NEW
    hall.clock.set("2026-10-13 00:00+08:00")
    assert (await qian.get(f"{API}/me")).json()["out"] is None
    for too_late in (
        await zhou.put(HANDOVER, json={"on": "2026-10-20"}, headers=await seen(zhang)),
        await zhou.delete(HANDOVER, headers=await seen(zhang)),
        await zhou.post(HANDOVER, json={**QIAN, "on": "2026-10-20"}),
    ):
        assert problem_of(too_late) == "handover-over"
    rows = await hall.rows(
        "SELECT action, actor FROM event WHERE action LIKE 'account.handover%' ORDER BY at"
    )
    assert [(row["action"].removeprefix("account.handover_"), row["actor"]) for row in rows] == [
        ("arranged", ZHOU_BA.id),
        ("moved", ZHANG_SAN.id),
        ("called_off", ZHOU_BA.id),
        ("arranged", ZHOU_BA.id),
    ]


async def test_a_successor_who_is_disabled_before_the_day_leaves_the_post_where_it_is(
    hall: Hall,
) -> None:
    hall.clock.set("2026-10-09 10:00+08:00")
    zhang, zhou = await hall.client_as(ZHANG_SAN), await hall.client_as(ZHOU_BA)
    await arranged(zhang)
    assert (await zhou.post(f"{API}/accounts/{NEW}/disable")).status_code == 200
    hall.clock.set("2026-10-12 08:00+08:00")
    assert (await register(zhang, submission(hall))).status_code == 201


async def test_a_lost_answer_gives_a_fresh_code(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    first, again = await arranged(zhang), await arranged(zhang)
    assert (first.status_code, again.status_code) == (201, 201)
    stale = await hall.visitor(Origin=SITE).post(
        f"{API}/sessions", json={"code": first.json()["code"]}
    )
    assert problem_of(stale) == "code-not-valid"
    await come(hall, again)
    assert problem_of(await arranged(zhang)) == "login-taken"  # they have come


@pytest.mark.parametrize(
    ("who", "whose", "asked", "problem"),
    [
        (ZHANG_SAN, ZHANG_SAN, {"on": "2026-10-08"}, "handover-day"),  # today
        (ZHANG_SAN, ZHANG_SAN, {"on": "2027-10-10"}, "handover-day"),  # in more than a year
        (ZHANG_SAN, ZHANG_SAN, {}, "not-allowed"),  # at once is the township's to do
        (ZHANG_SAN, LI_SI, {"on": DAY}, "not-allowed"),  # somebody else's post
        (LI_SI, LI_SI, {"on": DAY}, "not-allowed"),  # who supervises is not chosen by who did
        (WANG_WU, ZHANG_SAN, {"on": DAY}, "not-allowed"),
        (ZHAO_LIU, ZHANG_SAN, {"on": DAY}, "not-allowed"),
        (ZHOU_BA, ZHOU_BA, {"on": DAY}, "not-allowed"),
        (ZHOU_BA, ZHANG_SAN, {"on": DAY, "login": LI_SI.login}, "login-taken"),
        (ZHOU_BA, ZHANG_SAN, {"on": "2026-02-30"}, "wrong-type"),
    ],
)
async def test_who_may_not_and_when_not(
    hall: Hall, who: Any, whose: Any, asked: dict[str, str], problem: str
) -> None:
    client = await hall.client_as(who)
    answer = await client.post(f"{API}/accounts/{whose.id}/handover", json={**QIAN, **asked})
    assert problem_of(answer) == problem
    assert await hall.rows("SELECT id FROM account WHERE ends_at IS NOT NULL") == []
    for change in (
        await client.put(
            f"{API}/accounts/{whose.id}/handover", json={"on": DAY}, headers=await seen(client)
        ),
        await client.delete(f"{API}/accounts/{whose.id}/handover", headers=await seen(client)),
    ):
        assert problem_of(change) == "not-found"


async def test_what_is_arranged_is_changed_by_whom_it_concerns(hall: Hall) -> None:
    zhang, zhou = await hall.client_as(ZHANG_SAN), await hall.client_as(ZHOU_BA)
    qian = await come(hall, await arranged(zhou))
    for client in (qian, await hall.client_as(LI_SI), await hall.client_as(WANG_WU)):
        moved = await client.put(HANDOVER, json={"on": DAY}, headers=await seen(client))
        assert problem_of(moved) == "not-allowed"
        off = await client.delete(HANDOVER, headers=await seen(client))
        assert problem_of(off) == "not-allowed"
    of_hers = f"{API}/accounts/{NEW}/handover"
    for on in ({}, {"on": "2026-10-20"}):  # she has no post yet that could be handed on
        other_one = {
            "id": "01990000-0000-7000-8000-0000000000cc",
            "login": "sunshi",
            "name": "孙十",
        }
        assert problem_of(await zhou.post(of_hers, json=other_one | on)) == "handover-standing"
    for other in ({"login": "sunshi"}, {"on": "2026-10-20"}):
        assert problem_of(await arranged(zhang, **other)) == "handover-standing"
    assert problem_of(await zhou.post(HANDOVER, json=QIAN)) == "handover-standing"
    early = await zhang.put(HANDOVER, json={"on": "2026-10-08"}, headers=await seen(zhang))
    assert problem_of(early) == "handover-day"
