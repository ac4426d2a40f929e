"""The township's desk over HTTP: taken up or not, referred, put off, answered, received, answered once more, and counted."""

from __future__ import annotations

import pytest

from tests.cast import LI_SI, VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.asking import (
    ANSWER,
    CONTACT,
    answer,
    answered,
    asked,
    at_desk,
    follow_of,
    followed,
    let_through,
    listed,
    publish,
)
from tests.journeys.handling import QUESTION, REPORT, classified, done, rated, referral
from tests.journeys.posting import new_id


async def test_taken_up_referred_put_off_answered_not_satisfied_and_answered_again(
    hall: Hall,
) -> None:
    receipt = await asked(hall)  # Thursday 8 October
    one = receipt["id"]
    mine = await followed(hall)
    assert (mine["accepted_on"], mine["accept_due"]["on"]) == (None, "2026-10-14")
    zhao = await hall.client_as(ZHAO_LIU)
    (line,) = (await zhao.get("/api/v1/desk/inquiries")).json()["open"]
    assert (line["turn"], line["accept_due"]["days_left"]) == ("accept", 5)

    hall.clock.set("2026-10-09 09:00+08:00")
    page = await done(hall, one, "acceptance", QUESTION)
    assert page["handling"]["accepted_by_name"] == "赵六"
    again = await at_desk(hall, ZHAO_LIU, one, "acceptance", QUESTION)
    assert again.json()["revision"] == page["revision"]  # the same again changes nothing
    mine = await followed(hall)
    assert (mine["accepted_on"], mine["accept_due"]) == ("2026-10-09", None)

    sent = referral(hall)
    page = await done(hall, one, "referrals", sent)
    assert (page["head"]["referral"]["name"], page["head"]["respondent"]) == (
        "县农经站",
        "township",
    )
    zhang = await hall.client_as(ZHANG_SAN)  # it is not the village's any more
    assert problem_of(await zhang.get(f"/api/v1/desk/inquiries/{one}")) == "not-found"
    mine = await followed(hall)
    assert mine["referral"] == {"office": "department", "name": "县农经站", "due_on": "2026-10-13"}
    assert sent["note"] not in str(mine)

    hall.clock.set("2026-10-14 10:00+08:00")
    (line,) = (await zhao.get("/api/v1/desk/inquiries")).json()["open"]
    assert line["referral"]["days_late"] == 1
    page = await done(hall, one, "extension", {"days": 3, "reason": "农经站还在调原始凭证"})
    assert page["head"]["due"]["on"] == "2026-10-19"
    mine = await followed(hall)
    assert (mine["extension"]["reason"], mine["due"]["on"]) == (
        "农经站还在调原始凭证",
        "2026-10-19",
    )
    register = (await zhao.get(f"/desk/inquiries/{one}/register?lang=zh")).text
    assert "3 个工作日：农经站还在调原始凭证" in register.replace("<one-line>", "")
    twice = await at_desk(hall, ZHAO_LIU, one, "extension", {"days": 2, "reason": "再等等"})
    assert problem_of(twice) == "extension-not-possible"

    await done(hall, one, "referrals/end", {"outcome": "reported", "words": "凭证齐全，三笔相符"})
    assert "凭证齐全" not in str(await followed(hall))
    await answer(hall, one, who=ZHAO_LIU)
    hall.clock.set("2026-10-19 17:00+08:00")
    await publish(hall, one, who=WANG_WU)
    assert (await followed(hall))["due"]["days_late"] == 0

    first = await rated(hall, "not", "没说打印机买在哪家")
    assert first.status_code == 200
    assert (first.json()["state"], first.json()["round"]) == ("waiting", 2)
    assert (await rated(hall, "not", "没说打印机买在哪家")).status_code == 200  # sent twice
    assert problem_of(await rated(hall, "satisfied")) == "rating-not-possible"
    (shown,) = await listed(hall)  # the first answer stays public
    assert (shown["answer"]["text"], shown["due"]["days_late"]) == (ANSWER, 0)
    (line,) = (await zhao.get("/api/v1/desk/inquiries")).json()["open"]
    assert (line["turn"], line["round"], line["due"]["on"]) == ("answer", 2, "2026-10-26")
    page = (await zhao.get(f"/api/v1/desk/inquiries/{one}")).json()
    assert page["handling"]["satisfaction"][0]["words"] == "没说打印机买在哪家"
    await answer(hall, one, who=ZHAO_LIU, seed=2, text="在县城惠民办公店买的，发票已补在公开栏。")
    await publish(hall, one, who=WANG_WU)
    last = await rated(hall, "not")
    assert (last.json()["state"], last.json()["may_rate"]) == ("published", False)

    events = await hall.rows("SELECT action, address FROM event WHERE subject = ? ORDER BY id", one)
    assert [e["action"].removeprefix("inquiry.") for e in events] == [
        *("asked", "accepted", "referred", "extended", "reported_back", "answered", "published"),
        *("reopened", "answered", "published", "rated"),
    ]
    assert [
        e["address"] for e in events if e["action"] in ("inquiry.reopened", "inquiry.rated")
    ] == ["", ""]


@pytest.mark.one_engine
async def test_a_refusal_says_why_and_where_to_turn(hall: Hall) -> None:
    receipt = await asked(hall, text="法院判的赔偿款什么时候给我？")
    refusal = {"ground": "by_law", "words": "这件事法院已经判了，要由法院执行。"}
    for wrong, slug in (
        ({**refusal, "ground": "made_up"}, "ground-unknown"),
        ({**refusal, "words": "  "}, "reason-needed"),
        ({**refusal, "words": "身份证 11010519491231002X"}, "content-has-errors"),
    ):
        assert problem_of(await at_desk(hall, ZHAO_LIU, receipt["id"], "refusal", wrong)) == slug
    for _ in range(2):
        await done(hall, receipt["id"], "refusal", refusal)
    mine = await followed(hall)
    assert (mine["state"], mine["refused_reason"]) == ("refused", refusal["words"])
    assert "12348" in mine["turn_to"]
    html = (await hall.visitor().get(f"/f/{follow_of(1)}?lang=zh")).text
    for said in (refusal["words"], "12348", "诉讼、仲裁"):
        assert said in html
    assert await listed(hall) == []
    late = await at_desk(hall, ZHAO_LIU, receipt["id"], "acceptance", QUESTION)
    assert problem_of(late) == "already-decided"


@pytest.mark.one_engine
async def test_what_was_taken_up_ends_with_an_answer_and_answering_takes_up(hall: Hall) -> None:
    refusal = {"ground": "elsewhere", "words": "不归我们管"}
    first = await asked(hall)
    await done(hall, first["id"], "acceptance", QUESTION)
    assert (
        problem_of(await at_desk(hall, ZHAO_LIU, first["id"], "refusal", refusal))
        == "refusal-not-possible"
    )
    second = await asked(hall, 2)
    await answer(hall, second["id"])
    page = (
        await (await hall.client_as(ZHAO_LIU)).get(f"/api/v1/desk/inquiries/{second['id']}")
    ).json()
    assert (page["handling"]["accepted_by_name"], page["head"]["accept_due"]) == ("张三", None)
    assert (
        problem_of(await at_desk(hall, ZHAO_LIU, second["id"], "refusal", refusal))
        == "already-decided"
    )


@pytest.mark.one_engine
async def test_a_question_that_turns_out_to_be_a_report_leaves_the_village(hall: Hall) -> None:
    receipt = await asked(hall, contact=CONTACT, text="会计把补贴领走了，怎么办？")
    one = receipt["id"]
    zhang = await hall.client_as(ZHANG_SAN)
    assert (await zhang.get(f"/api/v1/desk/inquiries/{one}")).status_code == 200
    page = await done(hall, one, "acceptance", REPORT)
    assert page["head"]["respondent"] == "township"
    for act, body in (
        ("contact", None),
        ("answers", {"id": new_id(hall.clock(), 9), "text": ANSWER}),
    ):
        tried = await zhang.post(
            f"/api/v1/desk/inquiries/{one}/{act}", json=body, headers={"If-Match": '"r2"'}
        )
        assert problem_of(tried) == "not-found"
    refused = await at_desk(hall, ZHAO_LIU, one, "referrals", referral(hall, "village"))
    assert problem_of(refused) == "referral-not-possible"
    # Its supervisors may look into it, and read no contact; said to be about them, it is taken back at once.
    await done(hall, one, "referrals", referral(hall, "supervisor"))
    li = await hall.client_as(LI_SI)
    (line,) = (await li.get("/api/v1/desk/inquiries")).json()["open"]
    assert (line["id"], line["turn"]) == (one, "report")
    looked = await li.post(f"/api/v1/desk/inquiries/{one}/contact")
    assert problem_of(looked) == "not-allowed"
    assert (await classified(hall, one, {**REPORT, "about": "supervisor"})).is_success
    assert (await li.get("/api/v1/desk/inquiries")).json() == {
        "open": [],
        "ended": [],
        "next": None,
    }
    assert problem_of(await li.get(f"/api/v1/desk/inquiries/{one}")) == "not-found"


@pytest.mark.one_engine
async def test_the_supervisors_say_what_they_found_once_and_the_township_answers(
    hall: Hall,
) -> None:
    receipt = await asked(hall)
    one = receipt["id"]
    early = await at_desk(hall, ZHAO_LIU, one, "referrals", referral(hall, "supervisor"))
    assert problem_of(early) == "referral-not-possible"  # taken up first
    await done(hall, one, "acceptance", QUESTION)
    far = await at_desk(hall, ZHAO_LIU, one, "referrals", referral(hall, due_on="2026-10-15"))
    assert problem_of(far) == "referral-not-possible"
    nameless = await at_desk(hall, ZHAO_LIU, one, "referrals", referral(hall, name=" "))
    assert problem_of(nameless) == "reason-needed"
    await done(hall, one, "referrals", referral(hall, "supervisor"))
    other = await at_desk(hall, ZHAO_LIU, one, "referrals", referral(hall, seed=2))
    assert problem_of(other) == "referral-not-possible"
    found = {"outcome": "reported", "words": "查了凭证，属实"}
    li = await hall.client_as(LI_SI)
    path = f"/api/v1/desk/inquiries/{one}"
    tag = {"If-Match": (await li.get(path)).headers["etag"]}
    for _ in range(2):
        assert (await li.post(f"{path}/referrals/end", json=found, headers=tag)).status_code == 204
    page = (await (await hall.client_as(ZHAO_LIU)).get(path)).json()
    assert page["handling"]["referrals"][0]["report"] == "查了凭证，属实"
    assert (page["head"]["respondent"], page["head"]["turn"]) == ("township", "answer")


@pytest.mark.one_engine
async def test_back_from_the_department_it_goes_to_the_village_which_answers_in_public(
    hall: Hall,
) -> None:
    one = (await asked(hall))["id"]
    await done(hall, one, "acceptance", QUESTION)
    to_village = referral(hall, "village", seed=2, note="请按农经站的口径向村民答复。")
    already = await at_desk(hall, ZHAO_LIU, one, "referrals", to_village)
    assert problem_of(already) == "referral-not-possible"  # the village answers it as it is
    await done(hall, one, "referrals", referral(hall))
    await done(hall, one, "referrals/end", {"outcome": "reported", "words": "按确权面积算"})
    page = await done(hall, one, "referrals", to_village)
    assert (page["head"]["respondent"], page["head"]["turn"]) == ("village", None)
    assert [each["outcome"] for each in page["handling"]["referrals"]] == ["reported", None]
    mine = await followed(hall)
    assert (mine["referral"]["office"], mine["referral"]["name"]) == ("village", "村委会")

    # The village reads what it is asked to do and what was found, and nobody else answers meanwhile.
    zhang = await hall.client_as(ZHANG_SAN)
    (line,) = (await zhang.get("/api/v1/desk/inquiries")).json()["open"]
    assert (line["turn"], line["referral"]["office"]) == ("answer", "village")
    found = {"outcome": "reported", "words": "村里自己写"}
    assert problem_of(await at_desk(hall, ZHAO_LIU, one, "referrals/end", found)) == (
        "referral-not-possible"
    )
    await answer(hall, one)
    back = {"decision": "return", "reason": "请写明哪一年的面积"}
    await done(hall, one, "review", back, WANG_WU)
    (line,) = (await zhang.get("/api/v1/desk/inquiries")).json()["open"]
    assert (line["returned"], line["referral"]["office"]) == (True, "village")
    await answer(hall, one, seed=2, text="按2025年确权面积算，对照表贴在公开栏。")
    await publish(hall, one, who=WANG_WU)

    (shown,) = await listed(hall)
    assert shown["answer"]["text"] == "按2025年确权面积算，对照表贴在公开栏。"
    assert "口径" not in str(shown) + str(await followed(hall))
    page = (await (await hall.client_as(ZHAO_LIU)).get(f"/api/v1/desk/inquiries/{one}")).json()
    assert page["head"]["referral"] is None
    assert [each["outcome"] for each in page["handling"]["referrals"]] == ["reported", "answered"]


@pytest.mark.one_engine
async def test_what_the_village_was_handed_and_is_taken_back_is_the_townships(hall: Hall) -> None:
    one = (await asked(hall))["id"]
    await done(hall, one, "acceptance", QUESTION)
    await done(hall, one, "referrals", referral(hall))
    await done(hall, one, "referrals/end", {"outcome": "taken_back", "words": "不归农经站管"})
    await done(hall, one, "referrals", referral(hall, "village", seed=2))
    await done(hall, one, "referrals/end", {"outcome": "taken_back", "words": "涉及村干部"})
    zhang = await hall.client_as(ZHANG_SAN)
    assert problem_of(await zhang.get(f"/api/v1/desk/inquiries/{one}")) == "not-found"
    await answer(hall, one, who=ZHAO_LIU)
    await publish(hall, one, who=WANG_WU)
    assert (await followed(hall))["state"] == "published"


@pytest.mark.one_engine
async def test_two_at_the_desk_decide_once(hall: Hall) -> None:
    receipt = await asked(hall)
    path = f"/api/v1/desk/inquiries/{receipt['id']}"
    zhao, wang = await hall.client_as(ZHAO_LIU), await hall.client_as(WANG_WU)
    tag = {"If-Match": (await zhao.get(path)).headers["etag"]}
    assert (await zhao.post(f"{path}/acceptance", json=QUESTION, headers=tag)).is_success
    refusal = {"ground": "elsewhere", "words": "不归我们管"}
    late = await wang.post(f"{path}/refusal", json=refusal, headers=tag)
    assert problem_of(late) == "refusal-not-possible"
    other = {**QUESTION, "subject": "land"}
    stale = await wang.post(f"{path}/acceptance", json=other, headers=tag)
    assert problem_of(stale) == "edited-meanwhile"
    unread = await wang.post(f"{path}/acceptance", json=other)
    assert problem_of(unread) == "precondition-required"


@pytest.mark.one_engine
async def test_the_form_behind_the_link_needs_no_script_and_keeps_what_was_typed(
    hall: Hall,
) -> None:
    await answered(hall)
    browser = hall.visitor()
    page = f"/f/{follow_of(1)}"
    assert "满意吗" in (await browser.get(f"{page}?lang=zh")).text
    number = "11010519491231002X"
    refused = await browser.post(page, data={"rating": "not", "words": f"我是 {number}"})
    assert refused.status_code == 422
    assert "我是" in refused.text
    assert "checked" in refused.text
    sent = await browser.post(page, data={"rating": "satisfied", "words": ""})
    assert (sent.status_code, sent.headers["location"]) == (303, page)
    after = (await browser.get(f"{page}?lang=zh")).text
    assert "满意吗" not in after
    assert "您的评价" in after
    nobody = await browser.post("/f/nobodys-private-link-0", data={"rating": "satisfied"})
    assert nobody.status_code == 404


@pytest.mark.one_engine
async def test_the_figures_of_a_span_as_a_page_and_as_csv(hall: Hall) -> None:
    await answered(hall, 1)
    refused = await asked(hall, 2)
    await done(hall, refused["id"], "refusal", {"ground": "elsewhere", "words": "不归我们管"})
    await asked(hall, 3, kind="complaint")
    held = await asked(hall, 4, text="贷款请看 www.loan.example.com")
    await done(hall, held["id"], "look", {"decision": "refuse", "reason": "这是广告"})
    topic = await asked(hall, 5, kind="topic", text="请公开鱼塘承包合同")
    await let_through(hall, topic["id"])
    wang = await hall.client_as(WANG_WU)
    found = (await wang.get("/api/v1/desk/figures?first=2026-10-08&last=2026-10-08")).json()
    total = found["total"]
    assert (total["received"], total["finished"], total["direct"], total["other"]) == (4, 2, 1, 1)
    assert (total["in_time_rate"], total["reply_rate"], found["not_inquiries"]) == (10000, 5000, 1)
    assert [g["key"] for g in found["by_kind"]] == ["question", "complaint", "topic"]
    assert [(g["key"], g["figures"]["received"]) for g in found["by_village"]] == [(VILLAGE_A, 4)]
    empty = (await wang.get("/api/v1/desk/figures?first=2026-10-09&last=2026-10-09")).json()
    assert (empty["total"]["received"], empty["total"]["reply_rate"]) == (0, None)
    csv = await wang.get("/api/v1/desk/figures.csv?first=2026-10-08&last=2026-10-08&lang=zh")
    assert "合计,4,2,0,2,1,0,1,2,100.00%,50.00%" in csv.text
    backwards = await wang.get("/api/v1/desk/figures?first=2026-10-09&last=2026-10-08")
    assert problem_of(backwards) == "parameter-not-valid"
    for who, status in ((ZHANG_SAN, 403), (LI_SI, 403)):
        tried = await (await hall.client_as(who)).get("/api/v1/desk/figures")
        assert tried.status_code == status
    beyond = await wang.get("/api/v1/desk/figures?division=640424100000")
    assert problem_of(beyond) == "not-allowed"
