"""A house burns down: the township publishes the relief at once, marked so, and its review follows within five working days."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from server import jobs
from server.rules.schedules import parse_policy
from server.storage import events, webhooks
from server.web.submissions import SubmissionBody, submission_of
from tests.cast import (
    LI_SI,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    problem_of,
    read,
)
from tests.journeys.posting import new_id, submission
from tests.journeys.relief import relief_of
from tests.journeys.urgent import (
    WHY,
    about_review,
    cell,
    page,
    published,
    relief,
    review,
    send,
    urgent,
)
from tests.journeys.written import written

WAITING = "急事先公布，审议待补，最迟2026年10月14日"
WAITS = "；等乡镇备案（已签 0/1）"


async def waiting(hall: Hall) -> list[dict[str, Any]]:
    """Return what waits for the township's auditor."""
    auditor = await hall.client_as(WANG_WU)
    answer = await auditor.get("/api/v1/submissions?state=in_review")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_it_is_read_at_once_marked_on_every_surface_and_reviewed_after(hall: Hall) -> None:
    receipt = await published(hall)
    address = f"/api/v1/disclosures/{receipt['disclosure_id']}"
    assert (receipt["stage"], receipt["verdict"]) == ("open", "on_time")
    assert receipt["opens_at"] == receipt["received_at"]

    shown = await page(hall, receipt["disclosure_id"])
    assert WAITING in shown
    assert WHY in shown
    english = await page(hall, receipt["disclosure_id"], "en")
    assert "Published first as urgent; its review is to follow by 14 October 2026" in english
    first = await hall.visitor().get(address)
    mark = first.json()["card"]["urgent"]
    assert (mark["state"], mark["reason"], mark["review_due_on"]) == ("waiting", WHY, "2026-10-14")
    assert first.json()["reviews"] == []
    for path in (
        f"/v/{VILLAGE_A}",
        f"/v/{VILLAGE_A}/past",
        f"/d/{receipt['disclosure_id']}/poster",
    ):
        assert WAITING in read((await hall.visitor().get(path)).text), path

    assert about_review(await cell(hall)) == [("unreviewed", WAITING + WAITS)]
    assert (await cell(hall))["needs_person"] is False
    (line,) = await waiting(hall)
    assert (line["stage"], line["urgent"]["review_due_on"]) == ("open", "2026-10-14")

    hall.clock.set("2026-10-12 10:00+08:00")
    decided = await review(hall, receipt["id"])
    assert (decided.json()["stage"], decided.json()["number"]) == ("open", 1)
    assert await waiting(hall) == []
    after = "急事先公布，已于2026年10月12日补审"
    shown = await page(hall, receipt["disclosure_id"])
    assert after in shown
    assert WHY in shown
    assert "王五" in shown
    second = await hall.visitor().get(address)
    assert second.headers["etag"] != first.headers["etag"]
    assert second.json()["card"]["opened_at"] == first.json()["card"]["opened_at"]
    assert about_review(await cell(hall)) == [("reviewed_after", after)]
    # As of a moment before the review the township reads what it would have read then.
    then = await cell(hall, "2026-10-12T09:59:59+08:00")
    assert about_review(then) == [("unreviewed", WAITING + WAITS)]


async def test_the_term_ends_with_the_day_and_everybody_reads_that_it_is_over(hall: Hall) -> None:
    receipt = await published(hall)
    over = "急事先公布，审议待补，最迟2026年10月14日，已过 1 天"
    for moment, said, asks in (
        ("2026-10-14 23:59:59+08:00", WAITING, False),
        ("2026-10-15 00:00:00+08:00", over, True),
    ):
        hall.clock.set(moment)
        shown = await page(hall, receipt["disclosure_id"])
        assert (said in shown, over in shown) == (True, asks)
        found = await cell(hall)
        assert about_review(found) == [("unreviewed", said + WAITS)]
        assert found["needs_person"] is asks
    # Its five working days are over; it does not vanish while the review is owed.
    hall.clock.set("2026-10-20 09:00+08:00")
    assert "已过 6 天" in await page(hall, receipt["disclosure_id"])
    assert [line["id"] for line in await waiting(hall)] == [receipt["id"]]
    await review(hall, receipt["id"])
    # A whole day longer, so that everybody can read that it came.
    hall.clock.set("2026-10-21 23:59:59+08:00")
    assert "已于2026年10月20日补审，迟了 6 天" in await page(hall, receipt["disclosure_id"])
    hall.clock.set("2026-10-22 00:00:00+08:00")
    assert (await hall.visitor().get(f"/d/{receipt['disclosure_id']}")).status_code == 410
    assert about_review(await cell(hall)) == [
        ("reviewed_after", "急事先公布，已于2026年10月20日补审，迟了 6 天")
    ]
    assert (await cell(hall))["needs_person"] is True


async def test_a_review_that_does_not_agree_is_public_until_it_is_corrected(hall: Hall) -> None:
    receipt = await published(hall)
    hall.clock.set("2026-10-09 10:00+08:00")
    answer = await review(hall, receipt["id"], decision="return", reason="金额和审批表不一样")
    assert answer.status_code == 200, answer.text
    objected = "急事先公布，2026年10月9日补审没有同意：金额和审批表不一样"
    shown = await page(hall, receipt["disclosure_id"])
    assert objected in shown
    assert "2,000.00" in shown  # nothing disappears
    assert await waiting(hall) == []
    assert about_review(await cell(hall)) == [("objected", objected)]
    assert (await cell(hall))["needs_person"] is True
    editor = await hall.client_as(ZHAO_LIU)
    (task,) = [
        t
        for t in (await editor.get("/api/v1/tasks")).json()["items"]
        if t["category"] == "temporary_relief"
    ]
    assert (task["urgent"]["state"], task["urgent"]["objection"]) == (
        "objected",
        "金额和审批表不一样",
    )

    sent_before = (await editor.get(f"/api/v1/submissions/{receipt['id']}")).json()
    content = relief()
    content["households"][0]["amount"] = content["total"]["amount"] = 180000
    second = urgent(
        hall, id=new_id(hall.clock(), 8), content=content, event_on="2026-10-08",
        occurrence_id=sent_before["occurrence_id"], publish={"when": "on_approval"},
    )  # fmt: skip
    without = await send(hall, second)
    assert problem_of(without) == "reason-needed"
    sent = await send(hall, second | {"reason": "按审批表改正金额"})
    assert sent.json()["stage"] == "in_review", sent.text
    assert objected in await page(hall, receipt["disclosure_id"])
    hall.clock.set("2026-10-12 10:00+08:00")
    await review(hall, second["id"], seed=2)
    shown = await page(hall, receipt["disclosure_id"])
    assert "急事先公布，更正后已于2026年10月12日补审" in shown
    assert "金额和审批表不一样" in shown
    assert "1,800.00" in shown


async def test_withdrawn_before_the_review_it_stays_said_and_the_reason_goes(hall: Hall) -> None:
    receipt = await published(hall)
    hall.clock.pass_(minutes=5)
    editor = await hall.client_as(ZHAO_LIU)
    gone = await editor.post(
        f"/api/v1/disclosures/{receipt['disclosure_id']}/withdrawal",
        json={"id": new_id(hall.clock(), 60), "reason": "写错了村"},
    )
    assert gone.status_code == 200, gone.text
    shown = await page(hall, receipt["disclosure_id"])
    assert "急事先公布，没有等到补审就撤回了" in shown
    assert WHY not in shown
    assert await waiting(hall) == []
    before = await written(hall)
    assert problem_of(await review(hall, receipt["id"])) == "already-decided"
    assert await written(hall) == before
    assert about_review(await cell(hall))[0][0] == "unreviewed"


async def test_the_evidence_and_the_events_tell_the_whole_story(hall: Hall) -> None:
    receipt = await published(hall)
    hall.clock.set("2026-10-12 10:00+08:00")
    await review(hall, receipt["id"])
    found = await cell(hall)
    auditor = await hall.client_as(WANG_WU)
    asked = {"category": "temporary_relief", "period": found["period"], "division": VILLAGE_A}
    now = (await auditor.get("/api/v1/compliance/evidence", params=asked)).json()
    assert now["urgent"]["reason"] == WHY
    assert now["urgent"]["state"] == "reviewed"
    assert [e["action"] for e in now["events"]] == [
        "edition.published_first",
        "edition.reviewed_after",
    ]
    assert [s["reviewer_name"] for s in now["editions"][0]["signatures"]] == ["王五"]
    then = await auditor.get(
        "/api/v1/compliance/evidence", params=asked | {"as_of": "2026-10-09T00:00:00+08:00"}
    )
    assert then.json()["urgent"]["state"] == "waiting"
    assert then.json()["editions"][0]["signatures"] == []
    recorded = await events.for_subject(hall.store.reader, receipt["id"])
    assert recorded[0].details["urgent_reason"] == WHY


async def test_only_whose_turn_it_is_reviews_and_never_the_author(hall: Hall) -> None:
    receipt = await published(hall)
    before = await written(hall)
    for person, slug in (
        (ZHAO_LIU, "own-work"),
        (LI_SI, "not-allowed"),
        (ZHANG_SAN, "not-allowed"),
    ):
        assert problem_of(await review(hall, receipt["id"], person)) == slug
    assert problem_of(await review(hall, receipt["id"], decision="return")) == "reason-needed"
    number = await review(hall, receipt["id"], decision="return", reason="请打 13800138000")
    assert problem_of(number) == "content-has-errors"
    assert await written(hall) == before
    done = await review(hall, receipt["id"])
    assert done.status_code == 200
    after = await written(hall)
    assert (await review(hall, receipt["id"])).json() == done.json()  # the same verdict again
    other = await review(hall, receipt["id"], seed=2, decision="return", reason="晚了")
    assert problem_of(other) == "already-decided"
    assert await written(hall) == after


async def test_supervision_and_the_township_sign_one_after_the_other(hall: Hall) -> None:
    policy = {
        "id": "county-urgent",
        "division_prefix": "640425",
        "valid_from": "2026-01-01",
        "valid_to": None,
        "title": {"zh": "县里的规定", "en": "The county's rule"},
        "legal_basis": [],
        "overrides": {
            "temporary_relief": {
                "review": {
                    "steps": [
                        {"by": "supervisor", "signatures": 1},
                        {"by": "township", "signatures": 1},
                    ]
                },
                "urgent": {
                    "review_within_workdays": 2,
                    "source": {"zh": "县里的规定", "en": "The county's rule"},
                },
            }
        },
    }
    book = hall.house.book
    hall.house.book = book.under([*book.policies, parse_policy(policy)])
    receipt = await published(hall)
    due = "急事先公布，审议待补，最迟2026年10月10日"
    assert about_review(await cell(hall)) == [("unreviewed", f"{due}；等村监委会审议（已签 0/1）")]
    hall.clock.pass_(hours=1)
    assert (await review(hall, receipt["id"], LI_SI)).status_code == 200
    assert due in await page(hall, receipt["disclosure_id"])
    assert about_review(await cell(hall)) == [("unreviewed", f"{due}；等乡镇备案（已签 0/1）")]
    hall.clock.pass_(hours=1)
    assert (await review(hall, receipt["id"], WANG_WU, seed=2)).status_code == 200
    assert "已于2026年10月8日补审" in await page(hall, receipt["disclosure_id"])


async def test_sent_again_it_is_published_once(hall: Hall) -> None:
    body = urgent(hall)
    first = await send(hall, body)
    before = await written(hall)
    again = await send(hall, body)
    assert (again.status_code, again.json()["content_hash"]) == (200, first.json()["content_hash"])
    assert again.json()["opens_at"] == first.json()["opens_at"]
    changed = body | {"publish": {"when": "at_once", "reason": "另一个理由"}}
    assert problem_of(await send(hall, changed)) == "same-id-other-content"
    assert await written(hall) == before


ROWS: list[tuple[str, dict[str, Any], str, int, str, tuple[str, ...]]] = [
    ("no reason", {"publish": {"when": "at_once"}}, "reason-needed", 422, "/publish/reason", ()),
    ("spaces for a reason", {"publish": {"when": "at_once", "reason": "  "}}, "reason-needed", 422,
     "/publish/reason", ()),
    ("a number for a reason", {"publish": {"when": "at_once", "reason": 1}}, "wrong-type", 422, "/publish/reason", ()),
    ("a mobile number in the reason", {"publish": {"when": "at_once", "reason": "打 13800138000"}},
     "content-has-errors", 422, "/publish/reason", ()),
    ("an illness in the reason", {"publish": {"when": "at_once", "reason": "患白血病住院"}},
     "content-has-errors", 422, "/publish/reason", ()),
    ("an override that nobody can confirm first",
     {"publish": {"when": "at_once", "reason": "打 13800138000"},
      "overrides": [{"pointer": "/publish/reason", "kind": "mobile", "reason": "乡镇值班手机"}]},
     "content-has-errors", 422, "/publish/reason", ()),
    ("another category", {"category": "dibao_preliminary", "content": relief_of("2026-10-08")},
     "urgent-not-allowed", 422, "/publish/when", ("最低生活保障初审公示", "临时救助公示")),
    ("a moment to wait for", {"publish": {"when": "now", "reason": WHY}}, "wrong-type", 422, "/publish/when", ()),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "slug", "status", "pointer", "named"), ROWS)
async def test_what_is_not_published_first(
    hall: Hall,
    what: str,
    change: dict[str, Any],
    slug: str,
    status: int,
    pointer: str,
    named: tuple[str, ...],
) -> None:
    before = await written(hall)
    for lang in ("zh-CN", "en"):
        phone = await hall.client_as(ZHAO_LIU)
        answer = await phone.post(
            "/api/v1/submissions", json=urgent(hall) | change, headers={"Accept-Language": lang}
        )
        assert (problem_of(answer), answer.status_code) == (slug, status), what
        assert pointer in [e["pointer"] for e in answer.json()["errors"]]
        assert answer.json()["detail"].isascii() == (lang == "en")
        if lang == "zh-CN":
            assert all(word in answer.json()["detail"] for word in named)
    assert await written(hall) == before


async def test_the_village_s_accounts_wait_for_their_review(hall: Hall) -> None:
    before = await written(hall)
    phone = await hall.client_as(ZHANG_SAN)
    body = submission(hall, publish={"when": "at_once", "reason": "大家急着看"})
    refused = await phone.post("/api/v1/submissions", json=body)
    assert problem_of(refused) == "urgent-not-allowed"
    assert "村级财务" in refused.json()["detail"]
    assert refused.json()["allowed"] == ["临时救助公示"]
    assert await written(hall) == before


async def test_a_county_that_does_not_want_it_takes_the_choice_away(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    asked = {"division": VILLAGE_A, "event_on": "2026-10-08"}
    path = "/api/v1/forms/temporary_relief"
    form = (await editor.get(path, params=asked)).json()
    assert form["urgent"]["workdays"] == 5
    assert "国发〔2014〕47号" in form["urgent"]["source"]["zh"]
    policy = {
        "id": "county-no-urgent", "division_prefix": "640425", "valid_from": "2026-01-01", "valid_to": None,
        "title": {"zh": "县里的规定", "en": "The county's rule"}, "legal_basis": [],
        "overrides": {"*": {"urgent": None}},
    }  # fmt: skip
    book = hall.house.book
    hall.house.book = book.under([*book.policies, parse_policy(policy)])
    assert (await editor.get(path, params=asked)).json()["urgent"] is None
    refused = await send(hall, urgent(hall))
    assert problem_of(refused) == "urgent-not-allowed"
    assert "没有" in refused.json()["detail"]


async def test_the_preview_shows_the_mark_that_villagers_will_read(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    before = await written(hall)
    for shape in ("page", "poster"):
        answer = await editor.post("/api/v1/previews", json=urgent(hall) | {"shape": shape})
        assert answer.status_code == 200, answer.text
        assert WAITING in read(answer.json()["html"])
        assert WHY in answer.json()["html"]
    assert await written(hall) == before


async def test_groups_are_reminded_of_a_review_that_is_to_follow_until_it_came(hall: Hall) -> None:
    async with hall.store.transaction() as tx:
        group = webhooks.Webhook(
            id=new_id(hall.clock(), 90),
            division=TOWNSHIP,
            name="红河镇公开群",
            robot="wecom",
            address="https://robot.test/send?key=demo",
            secret=None,
            created_by=ZHOU_BA.id,
            created_at=hall.clock(),
            removed_at=None,
        )
        assert await webhooks.insert(tx, group)

    async def messages() -> list[str]:
        await jobs.plan(hall.house, hall.clock())
        rows = await hall.rows(
            "SELECT kind, message FROM delivery WHERE subject LIKE '%|review' ORDER BY kind"
        )
        return [f"{row['kind']} {row['message']}" for row in rows]

    receipt = await published(hall)
    for moment, kinds in (
        ("2026-10-09 06:00+08:00", 0),
        ("2026-10-13 09:00+08:00", 1),
        ("2026-10-13 15:00+08:00", 1),
        ("2026-10-14 09:00+08:00", 2),
        ("2026-10-15 09:00+08:00", 3),
    ):
        hall.clock.set(moment)
        assert len(await messages()) == kinds, moment
    found = await messages()
    assert "红河村：" in found[-1]
    assert any("今天是最后一天" in message for message in found)
    assert any("已过 1 天" in message for message in found)
    await review(hall, receipt["id"])
    hall.clock.set("2026-10-16 09:00+08:00")
    assert len(await messages()) == 3


async def test_registered_first_without_a_signal_it_is_published_when_it_arrives(
    hall: Hall,
) -> None:
    body = urgent(hall)
    digest = submission_of(msgspec.convert(body, SubmissionBody, strict=False)).hash()
    phone = await hall.client_as(ZHAO_LIU)
    committed = await phone.put(
        f"/api/v1/commitments/{body['id']}",
        json={
            **{
                k: body[k]
                for k in ("division", "category", "schema_version", "composed_at", "event_on")
            },
            "content_hash": digest,
            "photos": [],
        },
    )
    assert committed.status_code == 201, committed.text
    assert (await hall.visitor().get(f"/d/{body['id']}")).status_code == 404
    hall.clock.set("2026-10-09 12:00+08:00")
    receipt = (await send(hall, body)).json()
    assert receipt["stage"] == "open"
    assert receipt["committed_at"].startswith("2026-10-08T01:00")
    # The term of the review runs from when villagers could read it.
    assert "最迟2026年10月15日" in await page(hall, receipt["disclosure_id"])
