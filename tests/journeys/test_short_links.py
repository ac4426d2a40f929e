"""What is printed on paper: its link stays for good, and says what became of the sheet."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.short_links import notice_signs, sheet_signs
from tests.cast import TOWNSHIP, VILLAGE_A, ZHANG_SAN, ZHAO_LIU, Hall, problem_of, read
from tests.journeys.posting import accounts_of, approve, new_id, submission
from tests.journeys.relief import relief_of

ZH = {"Accept-Language": "zh"}


async def posted(hall: Hall, **changes: Any) -> str:
    """Post and approve the accounts of a quarter; return the disclosure."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, **changes)
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    await approve(hall, sent["id"], seed=hall.clock().minute + 1)
    disclosure: str = answer.json()["disclosure_id"]
    return disclosure


async def corrected(hall: Hall, seed: int = 8, **changes: Any) -> str:
    content = accounts_of("2026-q3") | {"prepared_by": f"张三（更正 {seed}）"}
    return await posted(
        hall, id=new_id(hall.clock(), seed), content=content, reason="填表人写错了", **changes
    )


async def signs_of(hall: Hall, disclosure: str, edition: int = 1) -> str:
    """Return the signs on the sheets of an edition, from the record that anybody may read."""
    editions = (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}/editions")).json()
    line = next(e for e in editions["items"] if e["number"] == edition)
    return sheet_signs(notice_signs(disclosure), edition, line["content_hash"])


async def scan(hall: Hall, signs: str) -> str:
    """Return the page somebody sees who scans a sheet."""
    visitor = hall.visitor()
    way = await visitor.get(f"/S/{signs}")
    assert way.status_code == 303, way.text
    address = way.headers["location"]
    page = await visitor.get(address, headers=ZH)
    assert page.status_code == 200
    return read(page.text).replace(address.partition("?")[2], "paper=…")


@pytest.mark.one_engine
async def test_the_sheet_that_hangs_is_the_one_on_record(hall: Hall) -> None:
    disclosure = await posted(hall)
    signs = await signs_of(hall, disclosure)
    seen = await scan(hall, signs)
    assert "您扫的这张纸是第 1 版，就是现在公开的这一版" in seen
    assert await scan(hall, signs.lower()) == seen, "typed by hand, in small letters"
    way = await hall.visitor().get(f"/s/{notice_signs(disclosure)}")
    assert way.headers["location"] == f"/d/{disclosure}"
    page = (await hall.visitor().get(f"/d/{disclosure}", headers=ZH)).text
    assert "您扫的这张纸" not in page


@pytest.mark.one_engine
async def test_a_sheet_that_was_corrected_leads_to_the_new_edition(hall: Hall) -> None:
    disclosure = await posted(hall)
    old = await signs_of(hall, disclosure)
    hall.clock.set("2026-10-12 08:00+08:00")
    assert await corrected(hall) == disclosure
    seen = await scan(hall, old)
    assert "您扫的这张纸是第 1 版，现在是第 2 版" in seen
    assert "2026年10月12日（周一）换成新的一版" in seen
    assert "改的原因：填表人写错了" in seen
    difference = f"/d/{disclosure}/difference?before=1&amp;after=2"
    assert difference in seen
    assert (await hall.visitor().get(difference.replace("&amp;", "&"))).status_code == 200
    assert "您扫的这张纸是第 2 版，就是现在" in await scan(
        hall, await signs_of(hall, disclosure, 2)
    )


@pytest.mark.one_engine
async def test_a_changed_sheet_does_not_agree_with_the_record(hall: Hall) -> None:
    disclosure = await posted(hall)
    forged = sheet_signs(notice_signs(disclosure), 1, "sha256:" + "0" * 64)
    seen = await scan(hall, forged)
    assert "纸上的二维码和系统里的记录对不上" in seen
    assert 'data-paper="different"' in seen


async def test_a_correction_that_waits_is_not_known_to_its_own_sheet(hall: Hall) -> None:
    disclosure = await posted(hall)
    hall.clock.set("2026-10-12 08:00+08:00")
    await corrected(hall, publish={"when": "at", "at": "2026-10-14T08:00:00+08:00"})
    rows = await hall.rows("SELECT content_hash FROM edition WHERE number = 2")
    second = sheet_signs(notice_signs(disclosure), 2, rows[0]["content_hash"])
    hall.clock.set("2026-10-14 07:59:59+08:00")
    early = await scan(hall, second)
    assert "没有公开过这样的第 2 版" in early
    never = sheet_signs(notice_signs(disclosure), 2, "sha256:" + "0" * 64)
    assert early == await scan(hall, never), (
        "an edition that waits and one that never was: the same"
    )
    assert "就是现在公开的这一版" in await scan(hall, await signs_of(hall, disclosure))
    hall.clock.set("2026-10-14 08:00:00+08:00")
    assert "您扫的这张纸是第 2 版，就是现在" in await scan(hall, second)


@pytest.mark.one_engine
async def test_what_was_taken_down_keeps_its_link(hall: Hall) -> None:
    disclosure = await posted(hall)
    signs = await signs_of(hall, disclosure)
    hall.clock.set("2026-10-12 08:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    gone = await phone.post(
        f"/api/v1/disclosures/{disclosure}/withdrawal",
        json={"id": new_id(hall.clock(), 77), "reason": "村名写错"},
    )
    assert gone.status_code in (200, 201), gone.text
    seen = await scan(hall, signs)
    assert "您扫的这张纸是第 1 版，这一版已经撤回" in seen
    assert "2026年10月12日（周一）8:00 撤回" in seen
    assert "村名写错" in seen


@pytest.mark.one_engine
async def test_what_ended_says_so_with_its_days_and_nothing_else(hall: Hall) -> None:
    hall.clock.set("2026-10-12 09:00+08:00")
    editor = await hall.client_as(ZHAO_LIU)
    sent = submission(
        hall, category="dibao_preliminary", content=relief_of("2026-10-11"), event_on="2026-10-11"
    )
    sent.pop("period")
    answer = await editor.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    await approve(hall, sent["id"])
    disclosure = answer.json()["disclosure_id"]
    signs = await signs_of(hall, disclosure)
    assert "就是现在公开的这一版" in await scan(hall, signs)
    hall.clock.set("2026-10-19 23:59:59+08:00")
    assert "就是现在公开的这一版" in await scan(hall, signs)
    hall.clock.set("2026-10-20 00:00:00+08:00")
    for link in (signs, signs[:7]):
        ended = await hall.visitor().get(f"/S/{link}", headers=ZH)
        assert (ended.status_code, problem_of(ended)) == (410, "notice-ended")
        said = ended.json()["detail"]
        assert "红河村" in said
        assert "低保初审公示" in said
        assert "2026-10-12" in said
        assert "2026-10-19" in said
        assert "张三" not in ended.text
    for address in (f"/S/{signs}", f"/d/{disclosure}", f"/d/{disclosure}/editions"):
        page = await hall.visitor().get(address, headers=ZH | {"Accept": "text/html"})
        assert page.status_code == 410, address
        assert "公示已经结束" in page.text
        assert f'href="/v/{VILLAGE_A}"' in page.text, "back to its village"
        assert "从 2026-10-12 公示到 2026-10-19" in page.text
        assert "张三" not in page.text
    told = await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")
    assert (told.status_code, problem_of(told)) == (410, "notice-ended")
    never = await hall.visitor().get(f"/d/{disclosure}?edition=2", headers=ZH)
    assert never.status_code == 410, "which editions it had is not told"


@pytest.mark.one_engine
@pytest.mark.parametrize("place", [VILLAGE_A, TOWNSHIP])
async def test_a_division_s_code_is_no_short_link(hall: Hall, place: str) -> None:
    assert problem_of(await hall.visitor().get(f"/S/{place}")) == "not-found"
