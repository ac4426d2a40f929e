"""The form and the pages of what was asked, as a browser without scripts meets them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx
import pytest

from server.web import pages as pages_of
from tests.cast import SITE, VILLAGE_A, VILLAGE_B, ZHANG_SAN, ZHAO_LIU, Hall, read
from tests.journeys.asking import (
    ANSWER,
    QUESTION,
    accounts_on_view,
    answered,
    asked,
    at_desk,
    follow_of,
    let_through,
    line_of,
)
from tests.journeys.posting import accounts_of, approve, new_id, submission

FORM = f"/v/{VILLAGE_A}/ask"


def browser(hall: Hall) -> httpx.AsyncClient:
    return hall.visitor(Origin=SITE, Accept="text/html")


def fields(page: str) -> dict[str, str]:
    """Return what a browser would send of a form that nobody touched."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    if kind := re.search(r'name="kind" value="(\w+)" checked', page):
        found["kind"] = kind[1]
    if line := re.search(r'<option value="([^"]+)" selected', page):
        found["line"] = html.unescape(line[1])
    return found


@pytest.mark.one_engine
async def test_a_row_of_a_table_has_a_link_that_names_nobody(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    page = (await browser(hall).get(f"/d/{disclosure}?lang=zh")).text
    rows = re.findall(
        r'<a class="link" href="([^"]+)" rel="nofollow" aria-label="问第 1 行">', page
    )
    assert rows
    for link in map(html.unescape, rows):
        assert link.isascii()
        assert "%E" not in link
        form = await browser(hall).get(f"{link}&lang=zh")
        assert form.status_code == 200
        assert fields(form.text)["line"] == link.partition("line=")[2]


@pytest.mark.one_engine
def test_every_form_has_words_for_a_phone_without_a_signal() -> None:
    # Without them the browser puts a page of its own in the place of what was typed.
    pages = (Path(pages_of.__file__).parent / "templates").glob("*.html")
    forms = [
        form
        for page in pages
        for form in re.findall(r'<form\b.*method="post".*>', page.read_text())
    ]
    assert len(forms) == 7
    assert [form for form in forms if "data-offline=" not in form] == []


async def test_a_form_is_sent_without_a_script_and_leads_to_the_private_page(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    pointer = await line_of(hall, disclosure)
    page = await browser(hall).get(f"{FORM}?about={disclosure}&line={pointer}&lang=zh")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "5个工作日内答复，最迟 10月14日" in read(page.text)
    form = fields(page.text)
    assert form["line"] == pointer
    sent = await browser(hall).post(FORM, data={**form, "text": QUESTION, "contact": ""})
    assert sent.status_code == 303, sent.text
    assert sent.headers["location"] == f"/f/{form['follow']}"
    mine = await browser(hall).get(sent.headers["location"])
    assert QUESTION in mine.text
    assert "办公、水电费" in mine.text
    assert mine.headers["cache-control"] == "no-store"
    # With 'no-referrer' a browser would send its form, how satisfied one is, with the origin 'null'.
    assert mine.headers["referrer-policy"] == "same-origin"
    assert "noindex" in mine.headers["x-robots-tag"]
    (row,) = await hall.rows("SELECT state, proved, pointer FROM inquiry")
    assert (row["state"], bool(row["proved"]), row["pointer"]) == ("held", False, pointer)
    again = await browser(hall).post(FORM, data={**form, "text": QUESTION})
    assert again.headers["location"] == sent.headers["location"]
    assert len(await hall.rows("SELECT id FROM inquiry")) == 1


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("啊", "至少写 4 个字，现在是 1 个"),
        ("", "至少写 4 个字，现在是 0 个"),
        ("多" * 1001, "最多 1000 个字，现在是 1001 个"),
        ("他的号码是 11010519491231002X", "身份证号码"),
        ("<script>alert(1)</script> 11010519491231002X", "身份证号码"),
    ],
)
async def test_a_refusal_shows_the_form_again_with_what_was_typed(
    hall: Hall, text: str, said: str
) -> None:
    form = fields((await browser(hall).get(FORM)).text)
    refused = await browser(hall).post(
        f"{FORM}?lang=zh", data={**form, "text": text, "kind": "complaint", "contact": "老王家"}
    )
    assert refused.status_code == 422
    assert said in refused.text
    assert '<a class="link" href="#text">去改“写清楚您的问题”</a>' in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert html.escape(text) in refused.text
    assert "老王家" in refused.text
    assert "<script>alert" not in refused.text
    assert 'value="complaint" checked' in refused.text
    assert fields(refused.text)["follow"] != form["follow"]
    assert await hall.rows("SELECT id FROM inquiry") == []


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"kind": "joke"}, 400),
        ({"id": "1"}, 400),
        ({"follow": "short"}, 400),
        ({"surprise": "x"}, 400),
        ({"about": "01a11906-3680-7000-8000-000000000009"}, 404),
        ({"number": "-1"}, 400),
    ],
)
async def test_a_form_that_nobody_of_ours_made(
    hall: Hall, data: dict[str, str], status: int
) -> None:
    form = fields((await browser(hall).get(FORM)).text)
    sent = await browser(hall).post(FORM, data={**form, "text": QUESTION, **data})
    assert sent.status_code == status
    assert await hall.rows("SELECT id FROM inquiry") == []


async def test_only_a_form_is_taken_and_only_from_our_own_page(hall: Hall) -> None:
    form = fields((await browser(hall).get(FORM)).text) | {"text": QUESTION}
    as_json = await browser(hall).post(FORM, json=form)
    assert as_json.status_code == 415
    foreign = await hall.visitor(Origin="https://elsewhere.example").post(FORM, data=form)
    assert foreign.status_code == 403
    broken = await browser(hall).post(
        FORM,
        content=b"text=%FF%FE",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert broken.status_code == 400
    assert await hall.rows("SELECT id FROM inquiry") == []


@pytest.mark.one_engine
async def test_an_answer_stands_beside_its_line_in_the_list_and_on_the_villages_page(
    hall: Hall,
) -> None:
    disclosure = await accounts_on_view(hall)
    pointer = await line_of(hall, disclosure)
    visitor = browser(hall)
    before = await visitor.get(f"/v/{VILLAGE_A}")
    receipt = await answered(hall, disclosure_id=disclosure, pointer=pointer)
    notice = (await visitor.get(f"/d/{disclosure}?lang=zh")).text
    row = next(r for r in notice.split("<tr") if "办公、水电费" in r)
    assert ANSWER in row
    assert f"line={pointer.replace('/', '%2F')}" in row or f"line={pointer}" in row
    for address in (f"/v/{VILLAGE_A}", f"/v/{VILLAGE_A}/answers", f"/q/{receipt['id']}"):
        shown = await visitor.get(f"{address}?lang=zh")
        assert shown.status_code == 200
        assert QUESTION in shown.text
        assert ANSWER in shown.text
    after = await visitor.get(f"/v/{VILLAGE_A}", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert QUESTION not in (await visitor.get(f"/v/{VILLAGE_B}")).text


@pytest.mark.one_engine
async def test_a_question_that_nobody_answered_yet_changes_no_public_page(hall: Hall) -> None:
    visitor = browser(hall)
    before = await visitor.get(f"/v/{VILLAGE_A}")
    await asked(hall)
    after = await visitor.get(f"/v/{VILLAGE_A}", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 304


@pytest.mark.one_engine
async def test_a_topic_has_a_page_and_its_reason_is_read_behind_the_link(hall: Hall) -> None:
    topic = await asked(hall, 1, kind="topic", text="请公开鱼塘的承包合同")
    assert (await browser(hall).get(f"/q/{topic['id']}")).status_code == 404
    await let_through(hall, topic["id"])
    page = await browser(hall).get(f"/q/{topic['id']}?lang=zh")
    assert "0 部手机联名，满 20 部必须公开" in page.text
    held = await asked(hall, 2, proved=False)
    refuse = {"decision": "refuse", "reason": "只有乱码，看不出问什么"}
    await at_desk(hall, ZHAO_LIU, held["id"], "look", refuse)
    mine = await browser(hall).get(f"/f/{follow_of(2)}?lang=zh")
    assert "没有受理，原因：只有乱码，看不出问什么" in mine.text


@pytest.mark.one_engine
async def test_after_a_correction_an_answer_does_not_stand_beside_another_line(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    pointer = await line_of(hall, disclosure)
    await answered(hall, disclosure_id=disclosure, pointer=pointer)
    content = accounts_of("2026-q3")
    lines = content["expense"]
    lines.insert(0, lines.pop(int(pointer.rsplit("/", 1)[1])))
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, id=new_id(hall.clock(), 8), content=content, reason="换了顺序")
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"], seed=2)
    page = (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")).json()
    (shown,) = page["inquiries"]
    assert (shown["pointer"], shown["line"]) == (None, "办公、水电费")
