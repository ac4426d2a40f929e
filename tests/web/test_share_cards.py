"""The picture that a chat shows beside a shared address is there exactly as long as the notice is."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path
from typing import Any

import pytest

from server.external import poster_pdf, share_card
from server.external.qr_codes import qr_svg
from tests.cast import SITE, VILLAGE_A, ZHANG_SAN, Hall, opened
from tests.journeys.asking import accounts_on_view
from tests.journeys.posting import accounts_of, approve, new_id, submission

VILLAGE = f"/v/{VILLAGE_A}"


def tag_of(page: str, name: str) -> str:
    """Return what a page says of itself to a chat."""
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]+)"', page)
    assert found is not None, name
    return found[1]


@pytest.mark.one_engine
async def test_a_page_names_its_picture_and_a_correction_has_another_address(hall: Hall) -> None:
    disclosure = await accounts_on_view(hall)
    visitor = hall.visitor()
    page = (await visitor.get(f"/d/{disclosure}?lang=zh")).text
    assert tag_of(page, "og:image") == f"{SITE}/d/{disclosure}/card.png?edition=1"
    assert tag_of(page, "twitter:card") == "summary_large_image"
    english = (await visitor.get(f"/d/{disclosure}?lang=en")).text
    assert tag_of(english, "og:image").endswith("card.png?lang=en&amp;edition=1")
    village = (await visitor.get(f"{VILLAGE}?lang=zh")).text
    assert tag_of(village, "og:image") == f"{SITE}{VILLAGE}/card.png"
    for address in (f"/d/{disclosure}/card.png?edition=1", f"{VILLAGE}/card.png"):
        picture = await visitor.get(address)
        assert picture.status_code == 200
        assert picture.headers["content-type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")
        again = await visitor.get(address, headers={"If-None-Match": picture.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    phone = await hall.client_as(ZHANG_SAN)
    content = accounts_of("2026-q3") | {"prepared_by": "另一人"}
    sent = submission(hall, id=new_id(hall.clock(), 8), content=content, reason="写错了人")
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"], seed=2)
    page = (await visitor.get(f"/d/{disclosure}?lang=zh")).text
    assert tag_of(page, "og:image").endswith("?edition=2")


@pytest.mark.one_engine
async def test_there_is_none_before_the_notice_opens_or_after_it_was_taken_down(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    disclosure = (await phone.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    visitor = hall.visitor()
    village = await visitor.get(f"{VILLAGE}/card.png")
    assert (await visitor.get(f"/d/{disclosure}/card.png")).status_code == 404
    await approve(hall, sent["id"])
    assert (await visitor.get(f"/d/{disclosure}/card.png")).status_code == 200
    assert (await visitor.get(f"{VILLAGE}/card.png")).content != village.content
    hall.clock.pass_(minutes=5)
    gone = {"id": new_id(hall.clock(), 9), "reason": "有人的名字写错了"}
    await phone.post(f"/api/v1/disclosures/{disclosure}/withdrawal", json=gone)
    hall.clock.pass_(seconds=1)
    assert (await visitor.get(f"/d/{disclosure}/card.png")).status_code == 404
    page = (await visitor.get(f"/d/{disclosure}?lang=zh")).text
    assert "card.png" not in page
    assert (await visitor.get(f"{VILLAGE}/card.png")).content == village.content


@pytest.mark.one_engine
async def test_without_a_font_no_page_names_one(
    database_url: str, photo_root: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "fonts"
    empty.mkdir()
    async with opened(database_url, photo_root, fonts=empty) as hall:
        page = (await hall.visitor().get(f"{VILLAGE}?lang=zh")).text
        assert "card.png" not in page
        assert tag_of(page, "twitter:card") == "summary"
        assert (await hall.visitor().get(f"{VILLAGE}/card.png")).status_code == 404


@pytest.mark.one_engine
async def test_a_code_leads_to_its_notice_as_long_as_there_is_one(hall: Hall) -> None:
    hall.clock.set("2026-10-09 10:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    disclosure = (await phone.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    code = f"/d/{disclosure}/code.svg"
    assert (await hall.visitor().get(code)).status_code == 404, "before it opens there is none"
    await approve(hall, sent["id"])
    drawn = await hall.visitor().get(code)
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    short = (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")).json()["card"]["short"]
    assert drawn.text == qr_svg(f"{SITE}/C/{short}".upper())
    folded = (await hall.visitor().get(f"/d/{disclosure}")).text.partition(f'<img src="{code}"')
    assert folded[0].rpartition("<details")[2].count("</details>") == 0, "seen when it is asked for"
    assert 'loading="lazy"' in folded[2].partition(">")[0], "and fetched no sooner"
    led = await hall.visitor().get(f"/C/{short.upper()}")
    assert led.headers["location"].startswith(f"/d/{disclosure}")
    hall.clock.pass_(days=2)
    body = {"id": new_id(hall.clock(), 61), "reason": "数字不对"}
    await phone.post(f"/api/v1/disclosures/{disclosure}/withdrawal", json=body)
    assert (await hall.visitor().get(code)).status_code == 200, (
        "its page says why it was taken down"
    )


@pytest.mark.parametrize(
    ("painter", "address"), [(share_card, "card.png"), (poster_pdf, "poster.pdf?paper=a4")]
)
async def test_a_crowd_that_comes_at_once_has_one_painted_for_it(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, painter: Any, address: str
) -> None:
    disclosure = await accounts_on_view(hall)
    made: list[str] = []

    def slow(*given: Any) -> bytes:
        made.append("painted")
        time.sleep(0.05)
        if len(made) == 1:
            raise MemoryError("once")
        return b"picture %d" % len(made)

    monkeypatch.setattr(painter, "paint", slow)
    crowd = [hall.visitor(f"198.51.100.{n}") for n in range(12)]
    answers = await asyncio.gather(*(one.get(f"/d/{disclosure}/{address}") for one in crowd))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200] * 11 + [500], "a failure is told to one, and the next one tries again"
    assert {a.content for a in answers if a.status_code == 200} == {b"picture 2"}
    assert len(made) == 2
    assert hall.house.shelf._benches == {}
