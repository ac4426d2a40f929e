"""Outreach over HTTP: ready texts, a record and its correction, an announced day, and what the township makes of it all."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from server.web import opening
from tests.cast import (
    LI_SI,
    SITE,
    SUN_QI,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    Hall,
    problem_of,
)
from tests.journeys.outreaching import letter, published, recorded, visit_day
from tests.journeys.test_relief import AMOUNT, NAMES, happened, posted, reviewed

PHONE = "Mozilla/5.0 (Linux; Android 10) Chrome/86.0 Mobile Safari/537.36"


@pytest.mark.one_engine
async def test_the_texts_of_a_notice_say_what_its_page_says(hall: Hall) -> None:
    notice = await published(hall)
    phone = await hall.client_as(ZHANG_SAN)
    made = (await phone.get(f"/api/v1/disclosures/{notice}/texts")).json()
    assert [m["parts"] for m in made["messages"]] == [1, 2]
    assert all(m["text"].endswith(made["link"]) for m in made["messages"])
    assert made["link"].startswith(f"{SITE}/s/")
    landed = await hall.visitor().get(made["link"].removeprefix(SITE))
    assert landed.headers["location"] == f"/d/{notice}"
    page = (await hall.visitor().get(f"/api/v1/disclosures/{notice}")).json()
    assert page["sentences"][0] in made["chat"]
    assert "元" in "".join(made["script"]["paragraphs"])
    paper = await phone.get(made["letter"])
    assert paper.status_code == 200
    for words in (page["sentences"][0], "<svg", "盖章", made["link"]):
        assert words in paper.text.replace("<one-line>", "").replace("</one-line>", "")
    english = (await phone.get(f"/api/v1/disclosures/{notice}/texts?text=en")).json()
    assert "Read all of it:" in english["chat"]
    assert problem_of(await hall.visitor().get(f"/api/v1/disclosures/{notice}/texts")) == (
        "not-signed-in"
    )


@pytest.mark.one_engine
async def test_no_name_of_a_roster_is_in_any_text(hall: Hall) -> None:
    receipt, _ = await posted(hall, await happened(hall))
    await reviewed(hall, receipt["id"])
    notice = receipt["disclosure_id"]
    hall.clock.set("2026-10-09 09:00+08:00")
    page = (await hall.visitor().get(f"/d/{notice}")).text
    private = (*NAMES, AMOUNT)
    assert all(each in page for each in private)  # the public page has them, as the law wants
    editor = await hall.client_as(ZHAO_LIU)
    for language in ("zh", "en"):
        made = await editor.get(f"/api/v1/disclosures/{notice}/texts?text={language}")
        paper = await editor.get(f"/desk/letters/{notice}?text={language}")
        assert (made.status_code, paper.status_code) == (200, 200)
        assert "0954-0000000" in made.text
        assert not [each for each in private if each in made.text + paper.text]


async def test_a_record_is_kept_once_and_corrected_by_another(hall: Hall) -> None:
    notice = await published(hall)
    sent = letter(notices=[notice])
    first = await recorded(hall, sent)
    assert first.status_code == 201, first.text
    line = first.json()["record"]
    assert line["villages"] == [
        {
            "division": VILLAGE_A,
            "name": "红河村",
            "groups": ["1组", "3组"],
            "groups_total": 8,
        }
    ]
    assert (line["notices"][0]["id"], line["recorded_by_name"]) == (notice, "张三")
    again = await recorded(hall, sent)  # the phone never heard the answer
    assert again.json()["record"] == line
    other = await recorded(hall, letter(notices=[notice], households=121))
    assert problem_of(other) == "same-id-other-content"
    hall.clock.pass_(days=1)
    better = letter(2, households=119, replaces=line["id"])
    assert (await recorded(hall, better)).status_code == 201
    assert problem_of(await recorded(hall, letter(3, replaces=line["id"]))) == "outreach-replaced"
    wang = await hall.client_as(WANG_WU)
    listed = (await wang.get("/api/v1/outreach")).json()["items"]
    assert [(i["id"], i["replaced_by"]) for i in listed] == [
        (better["id"], None),
        (line["id"], better["id"]),
    ]
    rows = await hall.rows(
        "SELECT action, actor FROM event WHERE action LIKE 'outreach.%' ORDER BY id"
    )
    assert [row["action"] for row in rows] == ["outreach.recorded", "outreach.replaced"]
    coverage = (await wang.get("/api/v1/outreach-coverage")).json()
    assert [act["households"] for act in coverage["acts"]] == [119]


@pytest.mark.one_engine
async def test_an_announced_day_stands_on_the_village_page_until_it_has_passed(hall: Hall) -> None:
    notice = await published(hall)
    before = await hall.visitor().get(f"/v/{VILLAGE_A}")
    said = await recorded(hall, visit_day(notices=[notice]))
    assert said.status_code == 201, said.text
    page = await hall.visitor().get(f"/v/{VILLAGE_A}")
    assert page.headers["etag"] != before.headers["etag"]
    for words in ("有人来讲解", "12月12日", "09:00—11:00", "村委会院子", "2026年第三季度财务收支"):
        assert words in page.text
    assert "张三" not in page.text.split("有人来讲解")[1].split("</section>")[0]
    assert "有人来讲解" not in (await hall.visitor().get(f"/v/{VILLAGE_B}")).text
    hall.clock.set("2026-12-12 23:59+08:00")
    assert "村委会院子" in (await hall.visitor().get(f"/v/{VILLAGE_A}")).text
    hall.clock.set("2026-12-13 00:00+08:00")
    assert "村委会院子" not in (await hall.visitor().get(f"/v/{VILLAGE_A}")).text
    done = visit_day(51, stage="done", replaces=visit_day()["id"], people=40, counted_by="村会计")
    assert (await recorded(hall, done)).status_code == 201


@pytest.mark.one_engine
async def test_a_day_that_does_not_take_place_is_taken_back(hall: Hall) -> None:
    assert (await recorded(hall, visit_day())).status_code == 201
    void = visit_day(51, stage="void", replaces=visit_day()["id"], note="下雨，改期")
    assert (await recorded(hall, void)).status_code == 201
    page = (await hall.visitor().get(f"/v/{VILLAGE_A}")).text
    assert "村委会院子" not in page
    assert "下雨" not in page
    wang = await hall.client_as(WANG_WU)
    assert (await wang.get("/api/v1/outreach-coverage")).json()["reached"] == 0


async def views(hall: Hall, times: int) -> None:
    """Let somebody open village A's page so many times, and write it down."""
    villager = hall.visitor(**{"User-Agent": PHONE})
    for _ in range(times):
        await villager.get(f"/v/{VILLAGE_A}")
    await opening.write_views(hall.house)


@pytest.mark.one_engine
async def test_the_township_sees_who_was_reached_and_views_before_and_after(hall: Hall) -> None:
    await views(hall, 2)
    hall.clock.pass_(days=1)
    township = letter(
        kind="message",
        first="2026-10-09",
        last="2026-10-09",
        households=None,
        counted_by="",
        note="=1+1",
        villages=[{"division": VILLAGE_A}],
    )
    assert (await recorded(hall, township, ZHAO_LIU)).status_code == 201
    await views(hall, 7)
    hall.clock.pass_(days=2)
    wang = await hall.client_as(WANG_WU)
    span = "first=2026-10-01&last=2026-10-11"
    found: dict[str, Any] = (await wang.get(f"/api/v1/outreach-coverage?{span}")).json()
    assert [(v["name"], v["reached"], v["whole"], v["views"]) for v in found["villages"]] == [
        ("红河村", True, True, "9"),
        ("宽坪村", False, False, "0"),
    ]
    (act,) = found["acts"]
    assert (act["views_before"], act["views_after"], act["after_days"]) == ("<5", "7", 2)
    one = (await wang.get(f"/api/v1/outreach/{township['id']}")).json()
    assert [d["views"] for d in one["views"][0]["before"]][-2:] == ["0", "<5"]
    assert one["views"][0]["after"][0] == {"day": "2026-10-09", "views": "7"}
    table = (await wang.get(f"/api/v1/outreach-coverage.csv?{span}")).text
    assert "宽坪村" in table
    acts = (await wang.get(f"/api/v1/outreach-coverage.csv?{span}&table=acts&lang=en")).text
    assert "Text message" in acts
    book = await wang.get(f"/api/v1/outreach-coverage.xlsx?{span}")
    sheets = load_workbook(io.BytesIO(book.content))
    assert [row[0].value for row in sheets.worksheets[1].iter_rows(min_row=2)] == [
        "红河村",
        "宽坪村",
    ]
    paper = await wang.get(f"/desk/outreach?{span}")
    assert paper.status_code == 200
    assert "宽坪村" in paper.text
    # Her own village is all that 孙七 sees, and nothing was done there.
    sun = await hall.client_as(SUN_QI)
    own = (await sun.get("/api/v1/outreach-coverage")).json()
    assert ([v["name"] for v in own["villages"]], own["acts"]) == (["宽坪村"], [])


async def test_a_formula_in_a_group_is_text_on_the_way_out(hall: Hall) -> None:
    sent = letter(villages=[{"division": VILLAGE_A, "groups": ["=HYPERLINK(1)"]}], counted_by="+9")
    assert (await recorded(hall, sent)).status_code == 201
    wang = await hall.client_as(WANG_WU)
    rows = (await wang.get("/api/v1/outreach-coverage.csv?table=acts")).text
    assert "'=HYPERLINK(1)" in rows
    assert "'+9" in rows


@pytest.mark.one_engine
async def test_what_a_record_can_name_is_what_is_public_here(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    assert (await phone.get("/api/v1/outreach-choices")).json()["notices"] == []
    notice = await published(hall)
    found = (await phone.get("/api/v1/outreach-choices")).json()
    assert [v["name"] for v in found["villages"]] == ["红河村"]
    assert [(n["id"], n["title"]) for n in found["notices"]] == [(notice, "2026年第三季度财务收支")]
    supervisor = await hall.client_as(LI_SI)
    assert problem_of(await supervisor.get("/api/v1/outreach-choices")) == "not-allowed"
