"""Attack: a poster, or its PDF, of what is not to be read: not open yet, taken down, ended, or never public."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pypdf
import pytest

from tests.cast import SUN_QI, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.posting import accounts_of, approve, new_id, submission
from tests.journeys.relief import relief_of

pytestmark = pytest.mark.one_engine

LATER = {"when": "at", "at": "2026-10-15T08:00:00+08:00"}
NAMES = ("poster", "poster.pdf", "poster?paper=a3&way=landscape&entries=yes")


def said(answer: httpx.Response) -> str:
    """Return what an answer says, whichever kind it is, without blanks."""
    text = answer.text
    if answer.headers["content-type"] == "application/pdf":
        pages = pypdf.PdfReader(io.BytesIO(answer.content))
        text = " ".join(page.extract_text() for page in pages.pages) + str(pages.metadata)
    return "".join(text.split())


async def posted(hall: Hall, **changes: Any) -> str:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, **changes)
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    await approve(hall, sent["id"], seed=hall.clock().minute + 1)
    disclosure: str = answer.json()["disclosure_id"]
    return disclosure


async def refused(hall: Hall, disclosure: str) -> None:
    unknown = new_id(hall.clock(), 99)
    for client in (hall.visitor(), await hall.client_as(ZHANG_SAN)):
        for name in NAMES:
            answer = await client.get(f"/d/{disclosure}/{name}")
            nothing = await client.get(f"/d/{unknown}/{name}")
            assert problem_of(answer) == "not-found", name
            assert answer.text.replace(disclosure, "…") == nothing.text.replace(unknown, "…")
            assert "etag" not in answer.headers


async def test_what_waits_has_no_poster(hall: Hall) -> None:
    disclosure = await posted(hall, publish=LATER)
    hall.clock.set("2026-10-15 07:59:59+08:00")
    await refused(hall, disclosure)
    hall.clock.set("2026-10-15 08:00:00+08:00")
    for name in NAMES:
        assert (await hall.visitor().get(f"/d/{disclosure}/{name}")).status_code == 200


async def test_what_waits_is_printed_by_those_who_may_see_it_alone(hall: Hall) -> None:
    disclosure = await posted(hall, publish=LATER)
    phone = await hall.client_as(ZHANG_SAN)
    (line,) = (await phone.get("/api/v1/submissions")).json()["items"]
    address = f"/api/v1/submissions/{line['id']}/poster?lang=zh"
    ahead = await phone.get(address)
    assert ahead.status_code == 200
    assert ahead.headers["cache-control"] == "no-store"
    assert "2026年10月15日（周四）8:00才公开" in ahead.text
    assert problem_of(await hall.visitor().get(address)) == "not-signed-in"
    stranger = await hall.client_as(SUN_QI)
    assert problem_of(await stranger.get(address)) == "not-found"
    hall.clock.set("2026-10-15 08:00:00+08:00")
    # What was printed before is, sheet by sheet, what everybody prints now, here and there.
    here = (await phone.get(address)).text
    there = (await hall.visitor().get(f"/d/{disclosure}/poster?lang=zh")).text
    sheets = {text.partition('<main id="main"')[2] for text in (ahead.text, here, there)}
    assert len(sheets) == 1
    assert sheets != {""}


async def test_the_pdf_of_what_waits_is_theirs_alone_too_and_kept_nowhere(hall: Hall) -> None:
    disclosure = await posted(hall, publish=LATER)
    phone = await hall.client_as(ZHANG_SAN)
    (line,) = (await phone.get("/api/v1/submissions")).json()["items"]
    address = f"/api/v1/submissions/{line['id']}/poster.pdf"
    asked = {"paper": "a3", "lang": "zh"}
    page = (await phone.get(address.removesuffix(".pdf"), params=asked)).text
    assert f'href="{address}?paper=a3&amp;way=portrait&amp;lang=zh"' in page
    for other in (hall.visitor(), await hall.client_as(SUN_QI)):
        assert problem_of(await other.get(address, params=asked)) in ("not-signed-in", "not-found")
    ahead = await phone.get(address, params=asked)
    assert ahead.headers["content-type"] == "application/pdf"
    assert ahead.headers["cache-control"] == "no-store"
    assert "etag" not in ahead.headers
    assert "红河村" in said(ahead)
    await refused(hall, disclosure)
    hall.clock.set("2026-10-15 08:00:00+08:00")
    there = await hall.visitor().get(f"/d/{disclosure}/poster.pdf", params=asked)
    assert said(there) == said(ahead), "what was printed before is what everybody prints now"

    waiting = submission(hall, id=new_id(hall.clock(), 31), reason="改一处")
    waiting["content"] = accounts_of("2026-q3") | {"note": "更正"}
    assert (await phone.post("/api/v1/submissions", json=waiting)).status_code == 201
    not_approved = await phone.get(f"/api/v1/submissions/{waiting['id']}/poster.pdf")
    assert problem_of(not_approved) == "not-found"


async def test_a_correction_that_waits_is_on_no_poster(hall: Hall) -> None:
    disclosure = await posted(hall)
    hall.clock.set("2026-10-12 08:00+08:00")
    content = accounts_of("2026-q3") | {"prepared_by": "王五六七"}
    await posted(
        hall, id=new_id(hall.clock(), 8), content=content, reason="填报人写错了", publish=LATER
    )
    visitor = hall.visitor()
    tags = {}
    for moment, number in (("2026-10-15 07:59:59+08:00", "1"), ("2026-10-15 08:00:00+08:00", "2")):
        hall.clock.set(moment)
        for name in NAMES:
            answer = await visitor.get(f"/d/{disclosure}/{name}", headers={"Accept-Language": "zh"})
            assert f"第{number}版" in said(answer), (name, moment)
            assert ("王五六七" in said(answer)) == (number == "2"), (name, moment)
            assert ("填报人写错了" in said(answer)) == (number == "2"), (name, moment)
            assert tags.setdefault((name, number), answer.headers["etag"]) == answer.headers["etag"]
    assert all(tags[name, "1"] != tags[name, "2"] for name in NAMES)


async def test_what_was_taken_down_has_no_poster(hall: Hall) -> None:
    disclosure = await posted(hall)
    for name in NAMES:  # what lies on the shelf must not come back
        assert (await hall.visitor().get(f"/d/{disclosure}/{name}")).status_code == 200
    phone = await hall.client_as(ZHANG_SAN)
    hall.clock.pass_(hours=1)
    gone = await phone.post(
        f"/api/v1/disclosures/{disclosure}/withdrawal",
        json={"id": new_id(hall.clock(), 77), "reason": "村名写错"},
    )
    assert gone.status_code == 200, gone.text
    await refused(hall, disclosure)


async def test_what_is_not_public_is_on_no_poster_and_what_ended_has_none(hall: Hall) -> None:
    hall.clock.set("2026-10-12 09:00+08:00")
    content = relief_of("2026-10-11") | {"internal_note": "内部印记"}
    editor = await hall.client_as(ZHAO_LIU)
    sent = submission(hall, category="dibao_preliminary", content=content, event_on="2026-10-11")
    sent.pop("period")
    answer = await editor.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    await approve(hall, sent["id"])
    visitor = hall.visitor()
    names = [h["holder_name"] for h in content["households"]]
    for name in NAMES:
        shown = said(
            await visitor.get(f"/d/{sent['id']}/{name}", headers={"Accept-Language": "zh"})
        )
        assert "内部印记" not in shown
        assert all(person in shown for person in names), (
            "relief names its households while it is up"
        )
    hall.clock.set("2026-10-20 00:00:00+08:00")
    for name in NAMES:
        ended = await visitor.get(f"/d/{sent['id']}/{name}")
        assert problem_of(ended) == "notice-ended", name
        assert not any(person in ended.text for person in names)
