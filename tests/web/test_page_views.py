"""Counting page views: what a person opens counts, staff and programs do not, and nothing of anybody is kept."""

from __future__ import annotations

from typing import Any

import pytest

from server.web import opening
from tests.cast import VILLAGE_A, ZHANG_SAN, Hall
from tests.journeys.posting import approve, submission

PHONE = "Mozilla/5.0 (Linux; Android 10) Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0.30"
PAGE = f"/v/{VILLAGE_A}"


async def counted(hall: Hall) -> dict[tuple[str, str], int]:
    """Write down what was counted, and return the numbers by day and kind of page."""
    await opening.write_views(hall.house)
    rows = await hall.rows("SELECT division, day, kind, views FROM page_view ORDER BY day, kind")
    assert all(row["division"] == VILLAGE_A for row in rows)
    return {(row["day"], row["kind"]): row["views"] for row in rows}


@pytest.mark.one_engine
async def test_every_way_of_opening_a_page_counts_once(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall.store.freshness, "_lease", 3600.0)
    villager = hall.visitor(**{"User-Agent": PHONE})
    first = await villager.get(PAGE)  # the whole way
    await villager.get(PAGE)  # from the desk
    spared = await villager.get(PAGE, headers={"If-None-Match": first.headers["etag"]})
    assert spared.status_code == 304
    large = {"Cookie": "view=elder", "If-None-Match": first.headers["etag"]}
    await villager.get(PAGE, headers=large)  # the whole way again
    assert await counted(hall) == {("2026-10-08", "village"): 4}
    hall.clock.pass_(days=1)
    await villager.get(f"{PAGE}/past")
    assert (await villager.get(f"{PAGE}/answers")).status_code == 200
    await villager.get(PAGE)
    assert await counted(hall) == {
        ("2026-10-08", "village"): 4,
        ("2026-10-09", "village"): 1,
        ("2026-10-09", "more"): 2,
    }


@pytest.mark.one_engine
async def test_a_notice_counts_for_its_village(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    phone.headers["User-Agent"] = PHONE
    sent = submission(hall)
    line = (await phone.post("/api/v1/submissions", json=sent)).json()
    await approve(hall, sent["id"])
    address = f"/d/{line['disclosure_id']}"
    villager = hall.visitor(**{"User-Agent": PHONE})
    assert (await villager.get(address)).status_code == 200
    assert (await villager.get(f"{address}/editions")).status_code == 200
    assert (await phone.get(address)).status_code == 200  # 张三 looks at what he posted
    assert (await villager.get(f"/api/v1/disclosures/{line['disclosure_id']}")).status_code == 200
    assert (await villager.get("/d/01990000-0000-7000-8000-00000000dead")).status_code == 404
    assert await counted(hall) == {("2026-10-08", "notice"): 1, ("2026-10-08", "more"): 1}


@pytest.mark.one_engine
@pytest.mark.parametrize("way", ["the whole way", "from the desk"])
async def test_what_is_no_view_is_not_counted(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(hall.store.freshness, "_lease", 3600.0)
    if way == "from the desk":
        # httpx says what it is, and a program's look lays the page ready without being a view.
        await hall.visitor().get(PAGE)
    phone = {"User-Agent": PHONE}
    staff = await hall.client_as(ZHANG_SAN)
    await staff.get(PAGE, headers=phone)
    await hall.visitor().head(PAGE, headers=phone)
    await hall.visitor().get(PAGE, headers={**phone, "Sec-Purpose": "prefetch"})
    await hall.visitor().get(PAGE, headers={**phone, "Purpose": "prefetch"})
    await hall.visitor().get(PAGE, headers={"User-Agent": "Baiduspider/2.0"})
    shared = {**phone, "Cookie": "gsl_phone=token-of-a-shared-phone"}
    await hall.visitor().get(PAGE, headers=shared)
    assert await counted(hall) == {}


async def test_nothing_of_whoever_reads_is_kept(hall: Hall) -> None:
    marks = ("203.0.113.77", "Curious-Phone-4711", "choice-4711")
    villager = hall.visitor(marks[0], **{"User-Agent": f"Mozilla/5.0 {marks[1]}"})
    for _ in range(3):
        await villager.get(PAGE, headers={"Cookie": f"view={marks[2]}"})
    columns = await hall.rows("SELECT * FROM page_view")
    held: list[Any] = [vars(hall.house.views), columns]
    assert (await counted(hall))["2026-10-08", "village"] == 3
    held.append(await hall.rows("SELECT * FROM page_view"))
    assert not [mark for mark in marks if mark in str(held)]
    assert set(held[-1][0]) == {"id", "county", "division", "day", "kind", "views"}


async def test_reading_does_not_wait_for_the_numbers_and_loses_none(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    villager = hall.visitor(**{"User-Agent": PHONE})
    await villager.get(PAGE)
    assert await hall.rows("SELECT id FROM page_view") == []

    async def fails(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("server.storage.page_views.add", fails)
        assert await counted(hall) == {}
    await villager.get(PAGE)
    assert await counted(hall) == {("2026-10-08", "village"): 2}
