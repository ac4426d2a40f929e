"""A notice leaves the public's sight when the term of the county's rule is over; nothing is deleted, and those at work see it."""

from __future__ import annotations

import pytest

from tests.cast import LI_SI, TOWNSHIP, VILLAGE_A, WANG_WU, ZHANG_SAN, ZHOU_BA, Hall, problem_of
from tests.journeys.posting import new_id
from tests.journeys.retaining import (
    FIRST_OVER,
    FIRST_READ_THROUGH,
    MARKS,
    OVER,
    READ_THROUGH,
    REASON,
    corrected,
    published,
    ruled,
)
from tests.journeys.ruling import preview, put, reread, rule

ZH, PAGE = {"Accept-Language": "zh"}, {"Accept": "text/html"}


@pytest.mark.one_engine
async def test_an_edition_goes_at_its_second_and_says_so(hall: Hall) -> None:
    disclosure, _, (photo, _) = await corrected(hall)
    visitor = hall.visitor()
    one = f"/api/v1/disclosures/{disclosure}?edition=1"
    difference = f"/d/{disclosure}/difference?before=1&after=2"
    hall.clock.set(FIRST_READ_THROUGH)
    before = await visitor.get(one)
    assert MARKS[0] in before.text
    assert before.json()["card"]["hides_at"] == "2026-11-10T16:00:00Z"
    assert 'data-hide-after="2026-11-10T16:00:00Z"' in (await visitor.get(difference)).text
    assert (await visitor.get(f"/api/v1/photos/{photo}/960.webp")).status_code == 200

    hall.clock.set(FIRST_OVER)
    gone = await visitor.get(one, headers={"If-None-Match": before.headers["etag"], **ZH})
    assert (gone.status_code, problem_of(gone)) == (410, "edition-no-longer-public")
    assert gone.json()["detail"] == (
        "第 1 版按规定可以查阅到 2026-11-10，现在不再显示内容。能看的是第 2 版。"
    )
    assert problem_of(await visitor.get(difference)) == "not-found"
    assert problem_of(await visitor.get(f"/api/v1/photos/{photo}/960.webp")) == "not-found"
    listed = await visitor.get(f"/d/{disclosure}?edition=1", headers=ZH | PAGE)
    assert listed.status_code == 410
    assert "公开查阅的期限过了" in listed.text
    assert "edition=1" not in listed.text.split("<ol", 1)[1].split("</ol>")[0]
    assert "/difference" not in listed.text
    feed = (await visitor.get(f"/api/v1/open-data/{VILLAGE_A}/feed.json")).text
    assert [f"{disclosure}?edition={n}" in feed for n in (1, 2)] == [False, True]
    stands = (await visitor.get(f"/api/v1/disclosures/{disclosure}")).json()
    assert [(e["number"], e["state"], e["reason"]) for e in stands["editions"]] == [
        (2, "approved", REASON),
        (1, "expired", None),
    ]
    assert stands["card"]["hides_at"] == "2026-11-20T16:00:00Z"


@pytest.mark.one_engine
async def test_the_notice_goes_and_no_older_edition_takes_its_place(hall: Hall) -> None:
    disclosure, _, (_, photo) = await corrected(hall)
    visitor = hall.visitor()
    addresses = [
        f"/d/{disclosure}",
        f"/api/v1/disclosures/{disclosure}",
        f"/v/{VILLAGE_A}",
        f"/v/{VILLAGE_A}/past",
        f"/api/v1/open-data/{VILLAGE_A}/feed.atom",
        f"/api/v1/open-data/{TOWNSHIP}/notices.csv",
        f"/api/v1/photos/{photo}/960.webp",
        "/sitemap-notices-1.xml",
    ]
    hall.clock.set(READ_THROUGH)
    kept = {a: await visitor.get(a, headers=ZH) for a in addresses}
    for address, answer in kept.items():
        assert answer.status_code == 200, address
        assert photo in address or disclosure in answer.text, address
    assert f'data-hide-after="{OVER[:4]}-11-20T16:00:00Z"' in kept[addresses[0]].text

    hall.clock.set(OVER)
    for address, answer in kept.items():
        tag = {"If-None-Match": answer.headers["etag"]} if "etag" in answer.headers else {}
        now = await visitor.get(address, headers=tag | ZH)
        assert now.status_code in (200, 404, 410), address
        assert now.status_code != 200 or disclosure not in now.text, address
        assert not any(mark in now.text for mark in (*MARKS, REASON)), address
    told = (await visitor.get(addresses[1], headers=ZH)).json()
    assert told["status"] == 410
    assert told["type"] == "/problems/notice-no-longer-public"
    assert told["detail"] == (
        "红河村的“2026年第三季度财务收支”从 2026-10-08 公开到 2026-10-20。按规定，公开结束后可以查阅 1 个月，"
        "到 2026-11-20 为止，现在不再显示内容。内容没有删除，要查阅，请找红河镇。这个网址一直有效。"
    )
    page = await visitor.get(f"/d/{disclosure}?edition=1", headers=ZH | PAGE)
    assert page.status_code == 410
    assert "公开查阅的期限过了" in page.text
    assert f'href="/v/{VILLAGE_A}"' in page.text
    hall.clock.set("2036-11-21 00:00+08:00")
    assert (await visitor.get(f"/d/{disclosure}")).status_code == 410


async def test_those_at_work_see_all_of_it_and_nothing_was_deleted(hall: Hall) -> None:
    disclosure, submissions, photos = await corrected(hall)
    asked = {"division": TOWNSHIP, "first": "2026-07-01", "last": "2026-10-31"}
    hall.clock.set(READ_THROUGH)
    auditor = await hall.client_as(WANG_WU)
    matrix = (await auditor.get("/api/v1/compliance", params=asked)).json()
    events = await hall.rows("SELECT COUNT(*) AS n FROM event")
    hall.clock.set(OVER)
    for person in (ZHANG_SAN, LI_SI, WANG_WU):
        client = await hall.client_as(person)
        for mark, submission, photo in zip(MARKS, submissions, photos, strict=True):
            page = await client.get(f"/api/v1/submissions/{submission}")
            assert mark in page.text, person.name
            assert page.json()["line"]["stage"] == "expired"
            seen = await client.get(f"/api/v1/photos/{photo}/960.webp")
            assert (seen.status_code, seen.headers["cache-control"]) == (200, "private, no-store")
    auditor = await hall.client_as(WANG_WU)
    after = (await auditor.get("/api/v1/compliance", params=asked)).json()

    def cell(found: dict[str, object]) -> object:
        return next(
            c
            for row in found["rows"]  # type: ignore[attr-defined]
            for c in row["cells"]
            if c and row["division"] == VILLAGE_A and c["category"] == "finance_quarterly"
        )

    assert cell(matrix) == cell(after)
    assert await hall.rows("SELECT COUNT(*) AS n FROM event") == events
    assert len(await hall.rows("SELECT id FROM edition WHERE content <> ''")) == 2
    # A villager cannot rate it any more.
    assert (await hall.visitor().get(f"/d/{disclosure}/rate")).status_code in (404, 410)


@pytest.mark.one_engine
async def test_a_withdrawn_one_keeps_its_tombstone_and_loses_it_with_its_reason(hall: Hall) -> None:
    ruled(hall)
    disclosure, _, _ = await published(hall, 1)
    hall.clock.pass_(seconds=1)
    phone = await hall.client_as(ZHANG_SAN)
    body = {"id": new_id(hall.clock(), 60), "reason": "撤回缘由"}
    gone = await phone.post(f"/api/v1/disclosures/{disclosure}/withdrawal", json=body)
    assert gone.status_code == 200, gone.text
    hall.clock.pass_(seconds=1)
    await published(hall, 2)
    visitor = hall.visitor()
    hall.clock.set("2026-11-08 23:59:59+08:00")
    assert "撤回缘由" in (await visitor.get(f"/d/{disclosure}/editions")).text
    for moment in ("2026-11-09 00:00:00+08:00", OVER):
        hall.clock.set(moment)
        for address in (f"/d/{disclosure}", f"/d/{disclosure}/editions", f"/v/{VILLAGE_A}"):
            assert "撤回缘由" not in (await visitor.get(address)).text, (address, moment)
        feed = (await visitor.get(f"/api/v1/open-data/{VILLAGE_A}/feed.json")).text
        assert "撤回缘由" not in feed
        assert MARKS[0] not in (await visitor.get(f"/d/{disclosure}")).text


@pytest.mark.one_engine
async def test_without_a_term_nothing_changes(hall: Hall) -> None:
    ruled(hall, retention=None)
    disclosure, _, photo = await published(hall, 1)
    hall.clock.set("2046-11-21 00:00+08:00")
    page = await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")
    assert MARKS[0] in page.text
    assert (page.json()["card"]["stage"], page.json()["card"]["hides_at"]) == ("archived", None)
    assert (await hall.visitor().get(f"/api/v1/photos/{photo}/960.webp")).status_code == 200


@pytest.mark.one_engine
async def test_a_county_that_names_a_term_later_hides_what_was_over_before_from_its_first_day(
    hall: Hall,
) -> None:
    ruled(hall, retention=None)
    disclosure, _, _ = await published(hall, 1)
    zhou = await hall.client_as(ZHOU_BA)
    term = rule(overrides={"finance_quarterly": {"display": {"retention": {"days": 30}}}})
    seen = (await preview(zhou, term)).json()
    assert (seen["hidden"], seen["changed"] > 0, seen["moved"]) == (1, True, 0)
    longer = rule(overrides={"finance_quarterly": {"display": {"retention": {"months": 6}}}})
    assert (await preview(zhou, longer)).json()["hidden"] == 0
    done = await put(zhou, term)
    assert done.status_code == 201, done.text
    await reread(hall)
    ruled(hall, retention=None)

    visitor, address = hall.visitor(), f"/api/v1/disclosures/{disclosure}"
    hall.clock.set("2026-12-31 23:59:59+08:00")
    page = await visitor.get(address)
    assert MARKS[0] in page.text
    assert page.json()["card"]["hides_at"] == "2026-12-31T16:00:00Z"
    hall.clock.set("2027-01-01 00:00+08:00")
    gone = await visitor.get(address, headers=ZH)
    assert (gone.status_code, problem_of(gone)) == (410, "notice-no-longer-public")
    assert MARKS[0] not in gone.text
    assert "30 天" in gone.json()["detail"]
    wang = await hall.client_as(WANG_WU)
    drawer = await wang.get(
        "/api/v1/compliance/evidence",
        params={"division": VILLAGE_A, "category": "finance_quarterly", "period": "2026Q3"},
    )
    assert [e["expired_at"] for e in drawer.json()["editions"]] == ["2026-12-31T16:00:00Z"]
