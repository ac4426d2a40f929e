"""A villager asks, the village answers, the township's head reads it over, and then everybody reads both."""

from __future__ import annotations

import pytest

from tests.cast import (
    FAR_VILLAGE,
    SUN_QI,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.journeys.asking import (
    ANSWER,
    CONTACT,
    QUESTION,
    accounts_on_view,
    answer,
    answered,
    ask,
    asked,
    at_desk,
    follow_of,
    followed,
    inquiry,
    let_through,
    line_of,
    listed,
    publish,
    work,
)
from tests.journeys.posting import new_id
from tests.journeys.test_relief import happened, posted, reviewed


async def test_from_the_question_to_the_public_answer(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    pointer = await line_of(hall, disclosure)
    receipt = await asked(hall, disclosure_id=disclosure, pointer=pointer, contact=CONTACT)
    assert receipt["number"] == "2026-001"
    assert receipt["state"] == "waiting"
    # 8 October is the first working day after the holiday; Saturday the 10th is worked.
    assert (receipt["due_on"], receipt["provisional"]) == ("2026-10-14", False)
    assert receipt["follow_url"].endswith(f"/f/{follow_of(1)}")

    mine = await followed(hall)
    assert (mine["state"], mine["text"], mine["answer"]) == ("waiting", QUESTION, None)
    assert mine["notice"] == "2026年第三季度财务收支"
    assert mine["line"] == "办公、水电费"
    assert (mine["contact_left"], mine["on_view"]) == (True, False)
    assert CONTACT not in str(mine)
    assert await listed(hall) == []

    hall.clock.set("2026-10-12 10:00+08:00")
    zhang = await hall.client_as(ZHANG_SAN)
    desk = (await zhang.get("/api/v1/desk/inquiries")).json()
    (line,) = desk["open"]
    assert (line["turn"], line["due"]["days_left"], line["division_name"]) == (
        "answer",
        2,
        "红河村",
    )
    page = (await zhang.get(f"/api/v1/desk/inquiries/{receipt['id']}")).json()
    assert (page["contact_left"], page["pointer"]) == (True, pointer)
    seen = await zhang.post(f"/api/v1/desk/inquiries/{receipt['id']}/contact")
    assert seen.json() == {"contact": CONTACT}
    await answer(hall, receipt["id"])
    assert (await followed(hall))["answer"] is None
    assert await listed(hall) == []

    hall.clock.set("2026-10-13 09:00+08:00")
    zhao = await hall.client_as(ZHAO_LIU)
    (line,) = (await zhao.get("/api/v1/desk/inquiries")).json()["open"]
    assert line["turn"] == "review"
    await publish(hall, receipt["id"])
    mine = await followed(hall)
    assert mine["state"] == "published"
    assert mine["answer"]["text"] == ANSWER
    assert mine["due"]["days_late"] == 0
    (shown,) = await listed(hall)
    assert shown["text"] == QUESTION
    assert shown["answer"]["text"] == ANSWER
    assert shown["answer"]["answered_by_name"] == "张三"
    assert shown["answer"]["reviewed_by_name"] == "赵六"
    assert (shown["pointer"], shown["asked_on"]) == (pointer, "2026-10-08")
    assert "asked_at" not in shown
    one = await hall.visitor().get(f"/api/v1/inquiries/{receipt['id']}?lang=zh")
    assert one.json()["inquiry"] == shown

    events = await hall.rows(
        "SELECT action, actor, address FROM event WHERE subject = ? ORDER BY id", receipt["id"]
    )
    assert [(e["action"], e["actor"]) for e in events] == [
        ("inquiry.asked", None),
        ("inquiry.contact_seen", ZHANG_SAN.id),
        ("inquiry.answered", ZHANG_SAN.id),
        ("inquiry.published", ZHAO_LIU.id),
    ]
    assert events[0]["address"] == ""  # nobody is to find out who asked


@pytest.mark.one_engine
async def test_sent_twice_is_asked_once(hall: Hall) -> None:
    first = await ask(hall)
    again = await ask(hall)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "replayed": True}
    # The proof is spent and two hours pass: the same bytes are still the same inquiry.
    villager = hall.visitor()
    known = first.json()["id"]
    body = inquiry(2, proof=await work(villager, new_id(hall.clock(), 5002)))
    sent = await villager.put(f"/api/v1/inquiries/{new_id(hall.clock(), 5002)}", json=body)
    hall.clock.pass_(hours=3)
    repeated = await villager.put(f"/api/v1/inquiries/{sent.json()['id']}", json=body)
    assert repeated.status_code == 200
    other = await villager.put(f"/api/v1/inquiries/{known}", json=inquiry(text="另一个问题呢？"))
    assert problem_of(other) == "same-id-other-content"
    assert (await hall.rows("SELECT COUNT(*) AS n FROM inquiry"))[0]["n"] == 2


@pytest.mark.one_engine
async def test_each_village_counts_its_own_year(hall: Hall) -> None:
    numbers = [
        (await asked(hall, 1))["number"],
        (await asked(hall, 2))["number"],
        (await asked(hall, 3, division=VILLAGE_B))["number"],
    ]
    hall.clock.set("2026-12-31 23:59:59+08:00")
    numbers.append((await asked(hall, 4))["number"])
    hall.clock.set("2027-01-01 00:00:00+08:00")
    late = await asked(hall, 5)
    numbers.append(late["number"])
    assert numbers == ["2026-001", "2026-002", "2026-001", "2026-003", "2027-001"]
    assert late["provisional"] is True  # the holiday notice of 2027 is not out


@pytest.mark.one_engine
async def test_without_work_it_is_accepted_and_looked_at_first(hall: Hall) -> None:
    receipt = await asked(hall, proved=False)
    assert receipt["state"] == "held"
    zhang = await hall.client_as(ZHANG_SAN)
    assert (await zhang.get("/api/v1/desk/inquiries")).json()["open"] == []
    unseen = await zhang.get(f"/api/v1/desk/inquiries/{receipt['id']}")
    assert problem_of(unseen) == "not-found"
    (line,) = (await (await hall.client_as(WANG_WU)).get("/api/v1/desk/inquiries")).json()["open"]
    assert line["turn"] == "look"
    hall.clock.pass_(days=1)
    await let_through(hall, receipt["id"])
    (line,) = (await zhang.get("/api/v1/desk/inquiries")).json()["open"]
    assert line["turn"] == "answer"
    assert line["due"]["on"] == "2026-10-14"  # the clock ran while it was held


@pytest.mark.one_engine
async def test_advertising_is_refused_with_a_reason_that_is_read(hall: Hall) -> None:
    receipt = await asked(hall, text="低息贷款请看 https://loan.example.com")
    assert receipt["state"] == "held"
    empty = await at_desk(hall, ZHAO_LIU, receipt["id"], "look", {"decision": "refuse"})
    assert problem_of(empty) == "reason-needed"
    refuse = {"decision": "refuse", "reason": "这是广告，和村务无关"}
    for _ in range(2):  # the same decision again changes nothing
        done = await at_desk(hall, ZHAO_LIU, receipt["id"], "look", refuse)
        assert done.json()["head"]["state"] == "refused"
    mine = await followed(hall)
    assert (mine["state"], mine["refused_reason"]) == ("refused", "这是广告，和村务无关")
    assert await listed(hall) == []


@pytest.mark.one_engine
async def test_an_answer_that_was_returned_is_written_anew_and_the_clock_runs_on(
    hall: Hall,
) -> None:
    receipt = await asked(hall)
    await answer(hall, receipt["id"], text="不清楚")
    back = {"decision": "return", "reason": "请说明是哪一笔"}
    done = await at_desk(hall, WANG_WU, receipt["id"], "review", back)
    assert done.status_code == 200
    hall.clock.set("2026-10-15 00:00:00+08:00")
    zhang = await hall.client_as(ZHANG_SAN)
    (line,) = (await zhang.get("/api/v1/desk/inquiries")).json()["open"]
    assert (line["returned"], line["turn"], line["due"]["days_late"]) == (True, "answer", 1)
    page = (await zhang.get(f"/api/v1/desk/inquiries/{receipt['id']}")).json()
    assert page["answers"][0]["reason"] == "请说明是哪一笔"
    await answer(hall, receipt["id"], seed=2)
    await publish(hall, receipt["id"], who=WANG_WU)
    (shown,) = await listed(hall)
    assert (shown["answer"]["text"], shown["due"]["days_late"]) == (ANSWER, 1)


@pytest.mark.one_engine
async def test_nobody_reviews_an_answer_of_their_own_and_nobody_answers_for_another_village(
    hall: Hall,
) -> None:
    report = await asked(hall, kind="report", text="有人把救济粮拿回家了")
    own = await asked(hall, 2)
    far = await asked(hall, 3, division=FAR_VILLAGE)
    zhang = await hall.client_as(ZHANG_SAN)
    # A report may be about the village: it is the township's.
    assert [i["id"] for i in (await zhang.get("/api/v1/desk/inquiries")).json()["open"]] == [
        own["id"]
    ]
    body = {"id": new_id(hall.clock(), 6001), "text": ANSWER}
    match = {"If-Match": '"r1"'}
    for who, inquiry_id, slug in (
        (ZHANG_SAN, report["id"], "not-found"),
        (SUN_QI, own["id"], "not-found"),
        (ZHAO_LIU, far["id"], "not-found"),
        (ZHAO_LIU, own["id"], "not-allowed"),
        (ZHOU_BA, own["id"], "not-allowed"),
    ):
        client = await hall.client_as(who)
        tried = await client.post(
            f"/api/v1/desk/inquiries/{inquiry_id}/answers", json=body, headers=match
        )
        assert problem_of(tried) == slug, who.name
    await answer(hall, report["id"], who=ZHAO_LIU)
    mine = await at_desk(hall, ZHAO_LIU, report["id"], "review", {"decision": "approve"})
    assert problem_of(mine) == "own-answer"
    await publish(hall, report["id"], who=WANG_WU)
    assert [i["number"] for i in await listed(hall)] == [report["number"]]


@pytest.mark.one_engine
async def test_the_reviewer_may_keep_a_name_from_the_public(hall: Hall) -> None:
    receipt = await asked(hall, text="王小二家的砖是不是村里的？")
    await answer(hall, receipt["id"])
    await publish(hall, receipt["id"], shown_text="有一户用的砖是不是村里的？")
    (shown,) = await listed(hall)
    assert shown["text"] == "有一户用的砖是不是村里的？"
    assert (await followed(hall))["text"] == "王小二家的砖是不是村里的？"


async def test_two_at_the_desk_at_once(hall: Hall) -> None:
    receipt = await asked(hall)
    zhang = await hall.client_as(ZHANG_SAN)
    path = f"/api/v1/desk/inquiries/{receipt['id']}/answers"
    seen = {"If-Match": '"r1"'}
    first = {"id": new_id(hall.clock(), 6001), "text": ANSWER}
    done = await zhang.post(path, json=first, headers=seen)
    assert done.headers["etag"] == '"r2"'
    again = await zhang.post(path, json=first, headers=seen)
    assert (again.status_code, again.json()) == (200, done.json())
    other = await zhang.post(path, json={**first, "text": "别的话"}, headers=seen)
    assert problem_of(other) == "same-id-other-content"
    second = await zhang.post(path, json={**first, "id": new_id(hall.clock(), 6002)}, headers=seen)
    assert problem_of(second) == "already-decided"
    zhao = await hall.client_as(ZHAO_LIU)
    review = f"/api/v1/desk/inquiries/{receipt['id']}/review"
    stale = await zhao.post(review, json={"decision": "approve"}, headers=seen)
    assert problem_of(stale) == "edited-meanwhile"
    unread = await zhao.post(review, json={"decision": "approve"})
    assert problem_of(unread) == "precondition-required"
    for _ in range(2):
        done = await zhao.post(review, json={"decision": "approve"}, headers={"If-Match": '"r2"'})
        assert done.status_code == 200
    assert len(await listed(hall)) == 1


@pytest.mark.one_engine
async def test_the_answer_about_a_relief_notice_goes_when_the_notice_goes(hall: Hall) -> None:
    receipt, _ = await posted(hall, await happened(hall))
    disclosure = receipt["disclosure_id"]
    unseen = await ask(hall, disclosure_id=disclosure)  # not reviewed yet: nobody may know of it
    assert problem_of(unseen) == "not-found"
    await reviewed(hall, receipt["id"])
    hall.clock.set("2026-10-09 09:00+08:00")
    page = (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")).json()
    rows = next(s["rows"] for s in page["sheet"]["sections"] if s["kind"] == "table")
    about = await asked(
        hall, disclosure_id=disclosure, pointer=rows[0]["pointer"], text="这一户评议会投票了吗？"
    )
    # The township published it: the township answers, and another of its people reviews.
    await answer(hall, about["id"], who=ZHAO_LIU)
    await publish(hall, about["id"], who=WANG_WU)
    (shown,) = await listed(hall)
    assert set(shown["line"].split(" · ")) <= {str(cell) for cell in rows[0]["cells"]}
    assert shown["answer"]["body"]["zh"] == "乡镇"
    hall.clock.set("2026-10-15 23:59:59+08:00")
    assert len(await listed(hall)) == 1
    hall.clock.set("2026-10-16 00:00:00+08:00")
    assert await listed(hall) == []
    one = await hall.visitor().get(f"/api/v1/inquiries/{about['id']}")
    assert problem_of(one) == "not-found"
    mine = await followed(hall)  # whoever asked still has the answer, and no way to the notice
    assert mine["answer"]["text"] == ANSWER
    assert (mine["notice"], mine["disclosure_id"], mine["on_view"]) == (None, None, False)


@pytest.mark.one_engine
async def test_pages_of_thirty(hall: Hall) -> None:
    for number in range(32):
        hall.clock.pass_(minutes=6)
        await answered(hall, number)
    first = (await hall.visitor().get(f"/api/v1/villages/{VILLAGE_A}/inquiries")).json()
    rest = await hall.visitor().get(
        f"/api/v1/villages/{VILLAGE_A}/inquiries?cursor={first['next']}"
    )
    seen = [i["number"] for i in [*first["items"], *rest.json()["items"]]]
    assert len(first["items"]) == 30
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 32
    assert rest.json()["next"] is None
    unknown = await hall.visitor().get("/api/v1/villages/640425103000/inquiries")
    assert problem_of(unknown) == "not-found"
