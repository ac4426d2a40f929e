"""Rectification over HTTP: found, ordered, proved, sent back, proved again and closed; or taken up to the county."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from server.storage import accounts
from server.storage.accounts import Account
from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    LI_SI,
    START,
    SUN_QI,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    Person,
    problem_of,
)
from tests.journeys.inspecting import (
    drawn,
    item_of,
    order_body,
    ordered,
    step,
    stepped,
    visit,
    visited,
)
from tests.journeys.posting import new_id, send_photo

PROOF = {"words": "第三季度的账目已经重新张贴"}
COUNTY_AUDITOR = Person("01990000-0000-7000-8000-0000000000c1", "wujiu", "吴九", "auditor", COUNTY)


async def county_auditor(hall: Hall) -> None:
    """Give the county an auditor of its own."""
    who = COUNTY_AUDITOR
    async with hall.store.transaction() as tx:
        await accounts.insert(
            tx,
            Account(
                id=who.id,
                county=COUNTY[:6],
                login=who.login,
                name=who.name,
                role=who.role,
                division=who.division,
                password_hash=None,
                disabled_at=None,
                created_at=hall.clock(),
            ),
        )


@pytest.mark.one_engine
async def test_found_ordered_proved_sent_back_proved_again_and_closed(hall: Hall) -> None:
    page = await drawn(hall)
    rank = item_of(page, VILLAGE_A)["rank"]
    found = visit(hall, timely="no", note="公开栏上还是第二季度的")
    assert (await visited(hall, page, rank, found)).status_code == 200
    order = await ordered(hall, inspection={"draw": page["head"]["id"], "rank": rank}, days=5)
    assert (
        order["head"]["due_on"] == "2026-10-14"
    )  # Saturday 10 October is worked after the holiday
    assert order["draw_id"] == page["head"]["id"]

    zhang = await hall.client_as(ZHANG_SAN)
    listing = (await zhang.get("/api/v1/rectifications")).json()
    (line,) = listing["open"]
    assert (line["mine"], line["days_left"], listing["overdue"]) == (True, 5, 0)
    hall.clock.set("2026-10-16 10:00+08:00")
    listing = (await zhang.get("/api/v1/rectifications")).json()
    assert (listing["open"][0]["days_late"], listing["overdue"]) == (2, 1)
    early = await stepped(hall, order, "closure", {"words": "好了"}, WANG_WU)
    assert problem_of(early) == "rectification-not-possible"  # nothing closes without proof

    photo = await send_photo(zhang)
    sent = {**PROOF, "photos": [photo]}
    proved = await step(hall, order, "proof", sent, ZHANG_SAN)
    assert (proved["head"]["state"], proved["head"]["days_late"]) == ("proved", 2)
    assert (await stepped(hall, order, "proof", sent, ZHANG_SAN)).json() == proved
    twice = await stepped(hall, order, "proof", {**sent, "words": "又写了一遍"}, ZHANG_SAN)
    assert problem_of(twice) == "same-id-other-content"

    back = await step(hall, order, "return", {"words": "照片里看不清日期", "days": 3}, WANG_WU)
    assert (back["head"]["state"], back["head"]["due_on"]) == ("open", "2026-10-21")
    hall.clock.set("2026-10-20 10:00+08:00")
    await step(hall, order, "proof", {**PROOF, "photos": [photo]}, ZHANG_SAN, seed=2)
    done = await step(
        hall,
        order,
        "closure",
        {"words": "看过照片，已经换上", "recovered": 128_000},
        WANG_WU,
        seed=2,
    )
    assert (done["head"]["state"], done["head"]["recovered"]) == ("closed", 128_000)
    assert [s["kind"] for s in done["steps"]] == ["proof", "return", "proof", "closure"]
    assert (done["head"]["days_late"], done["ways"]) == (0, [])
    rows = await hall.rows(
        "SELECT action FROM event WHERE subject = ? ORDER BY id", order["head"]["id"]
    )
    assert [row["action"].partition(".")[2] for row in rows] == [
        "ordered",
        "proved",
        "returned",
        "proved",
        "closed",
    ]
    listing = (await zhang.get("/api/v1/rectifications")).json()
    assert (listing["open"], len(listing["closed"])) == ([], 1)


@pytest.mark.one_engine
async def test_what_went_up_is_closed_by_the_county(hall: Hall) -> None:
    await county_auditor(hall)
    order = await ordered(hall)
    hall.clock.set("2026-11-16 09:00+08:00")
    up = await step(
        hall, order, "escalation", {"words": "三次催办没有回音", "measure": "criticism"}, ZHAO_LIU
    )
    assert (up["head"]["level"], up["head"]["measure_name"]["zh"]) == ("county", "通报批评")
    again = await stepped(hall, order, "escalation", {"words": "再报一次"}, WANG_WU, seed=2)
    assert problem_of(again) == "rectification-not-possible"
    await step(hall, order, "proof", PROOF, ZHANG_SAN)
    township = await stepped(hall, order, "closure", {"words": "可以了"}, WANG_WU)
    assert problem_of(township) == "not-allowed"
    done = await step(hall, order, "closure", {"words": "可以了"}, COUNTY_AUDITOR, seed=2)
    assert done["head"]["state"] == "closed"


ORDERS: list[tuple[str, dict[str, Any], str]] = [
    ("of another township", {"division": FAR_VILLAGE}, "not-allowed"),
    ("a measure that no policy names", {"measure": "prison"}, "measure-unknown"),
    ("a term of a year", {"days": 200}, "term-too-long"),
    ("nothing found", {"finding": "\n"}, "reason-needed"),
    ("nothing to do", {"demand": " "}, "reason-needed"),
    ("somebody's phone", {"finding": "打 13800138000 问过"}, "content-has-errors"),
    (
        "found in another village",
        {"inspection": {"draw": new_id(START, 3), "rank": 1}},
        "wrong-type",
    ),
]


@pytest.mark.parametrize(("changes", "slug"), [o[1:] for o in ORDERS], ids=[o[0] for o in ORDERS])
async def test_what_cannot_be_ordered(hall: Hall, changes: dict[str, Any], slug: str) -> None:
    wang = await hall.client_as(WANG_WU)
    answer = await wang.post("/api/v1/rectifications", json=order_body(**changes))
    assert problem_of(answer) == slug
    assert not await hall.rows("SELECT id FROM rectification")


@pytest.mark.one_engine
async def test_an_order_given_twice_is_one(hall: Hall) -> None:
    order = await ordered(hall)
    hall.clock.pass_(days=1)
    assert (await ordered(hall))["head"]["due_on"] == order["head"]["due_on"]
    wang = await hall.client_as(WANG_WU)
    other = await wang.post("/api/v1/rectifications", json=order_body(demand="换一件事"))
    assert problem_of(other) == "same-id-other-content"


STEPS: list[tuple[str, str, dict[str, Any], Person, str]] = [
    ("proof without a word", "proof", {"words": " "}, ZHANG_SAN, "reason-needed"),
    ("a photo that never came", "proof", {**PROOF, "photos": ["b" * 64]}, ZHANG_SAN, "unknown-photo"),
    (
        "a notice that is not the village's",
        "proof",
        {**PROOF, "disclosure_id": "01990000-0000-7000-8000-00000000abcd"},
        ZHANG_SAN,
        "wrong-type",
    ),
    ("the supervisor proves nothing", "proof", PROOF, LI_SI, "not-allowed"),
    ("the township does not prove for the village", "proof", PROOF, WANG_WU, "not-allowed"),
    ("the next village", "proof", PROOF, SUN_QI, "not-found"),
    ("an editor does not close", "closure", {"words": "好"}, ZHAO_LIU, "not-allowed"),
    ("the village does not close", "closure", {"words": "好"}, ZHANG_SAN, "not-allowed"),
    ("the administrator has no part in it", "closure", {"words": "好"}, ZHOU_BA, "not-allowed"),
    ("sent back before it came", "return", {"words": "再改", "days": 3}, WANG_WU, "rectification-not-possible"),
    ("less than nothing came back", "closure", {"words": "好", "recovered": -1}, WANG_WU, "wrong-type"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "body", "who", "slug"), [s[1:] for s in STEPS], ids=[s[0] for s in STEPS]
)
async def test_steps_that_are_refused_leave_the_order_as_it_was(
    hall: Hall, act: str, body: dict[str, Any], who: Person, slug: str
) -> None:
    order = await ordered(hall)
    answer: httpx.Response = await stepped(hall, order, act, body, who)
    assert problem_of(answer) == slug
    assert not await hall.rows("SELECT id FROM rectification_step")
    assert (await hall.rows("SELECT revision FROM rectification"))[0]["revision"] == 1


async def test_two_who_decide_at_once_are_not_both_heard(hall: Hall) -> None:
    order = await ordered(hall)
    await step(hall, order, "proof", PROOF, ZHANG_SAN)
    wang = await hall.client_as(WANG_WU)
    address = f"/api/v1/rectifications/{order['head']['id']}"
    tag = (await wang.get(address)).headers["etag"]
    await step(hall, order, "return", {"words": "看不清", "days": 2}, WANG_WU)
    await step(hall, order, "proof", PROOF, ZHANG_SAN, seed=2)
    late = await wang.post(
        f"{address}/closure",
        json={"id": new_id(hall.clock(), 99), "words": "好"},
        headers={"If-Match": tag},
    )
    assert problem_of(late) == "edited-meanwhile"


@pytest.mark.one_engine
async def test_the_next_village_sees_nothing_of_it(hall: Hall) -> None:
    order = await ordered(hall)
    sun = await hall.client_as(SUN_QI)
    assert (await sun.get("/api/v1/rectifications")).json()["open"] == []
    assert problem_of(await sun.get(f"/api/v1/rectifications/{order['head']['id']}")) == "not-found"
    wang = await hall.client_as(WANG_WU)
    choices = (await wang.get("/api/v1/rectification-choices")).json()
    assert [v["code"] for v in choices["villages"]] == [VILLAGE_A, VILLAGE_B]
    assert choices["choices"]["term_days"] == 10
