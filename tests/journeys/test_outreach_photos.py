"""A record of outreach shows what was handed out: kept once, seen by staff of the places it reached, public nowhere."""

from __future__ import annotations

import httpx
import pytest

from tests.cast import (
    LI_SI,
    SUN_QI,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    Hall,
    problem_of,
)
from tests.journeys.outreaching import letter, published, recorded
from tests.journeys.posting import board_photo, send_photo
from tests.journeys.test_cut_at_work import MOMENTS, Died, dies


def copy_of(photo: str) -> str:
    return f"/api/v1/photos/{photo}/320.webp"


async def test_photos_come_with_the_record_and_stay_with_its_correction(hall: Hall) -> None:
    notice = await published(hall)
    phone = await hall.client_as(ZHANG_SAN)
    sheet, hall_photo = [await send_photo(phone, seed=seed) for seed in (1, 2)]
    sent = letter(notices=[notice], photos=[sheet, hall_photo])
    first = await recorded(hall, sent)
    assert first.status_code == 201, first.text
    assert first.json()["record"]["photos"] == [sheet, hall_photo], "in their order"
    assert (await recorded(hall, sent)).json() == first.json()
    fewer = await recorded(hall, letter(notices=[notice], photos=[sheet]))
    assert problem_of(fewer) == "same-id-other-content"

    # The township corrects a number; the village's photos stay, the new one joins them.
    zhao = await hall.client_as(ZHAO_LIU)
    ours = await send_photo(zhao, TOWNSHIP, seed=3)
    better = letter(2, households=119, replaces=sent["id"], photos=[sheet, ours])
    answer = await recorded(hall, better, ZHAO_LIU)
    assert answer.status_code == 201, answer.text
    before = (await zhao.get(f"/api/v1/outreach/{sent['id']}")).json()["record"]
    assert before["photos"] == [sheet, hall_photo], "what was said before stays as it was"
    told = await hall.rows("SELECT details FROM event WHERE action LIKE 'outreach.%' ORDER BY id")
    assert ['"photos":2' in str(row["details"]).replace(" ", "") for row in told] == [True, True]

    for who in (ZHANG_SAN, ZHAO_LIU, WANG_WU, LI_SI):
        assert (await (await hall.client_as(who)).get(copy_of(sheet))).status_code == 200, who
    # What the township sent is read by the village that the record reached.
    assert (await phone.get(copy_of(ours))).status_code == 200
    for stranger in (hall.visitor(), await hall.client_as(SUN_QI)):
        assert problem_of(await stranger.get(copy_of(sheet))) == "not-found"
    page = await hall.visitor().get(f"/v/{VILLAGE_A}", headers={"Accept": "text/html"})
    assert sheet not in page.text


@pytest.mark.one_engine
async def test_a_copy_holds_nothing_but_the_picture(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    assert b"taken at home" in board_photo()[1]
    assert (await recorded(hall, letter(photos=[photo]))).status_code == 201
    seen = await phone.get(copy_of(photo))
    assert b"taken at home" not in seen.content
    assert b"Exif" not in seen.content
    assert seen.headers["cache-control"] == "private, no-store"


@pytest.mark.one_engine
async def test_a_photo_that_did_not_come_is_named_and_the_record_waits_for_it(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    here, (missing, _) = await send_photo(phone), board_photo(2)
    sent = letter(photos=[here, missing])
    refused = await recorded(hall, sent)
    assert problem_of(refused) == "unknown-photo"
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/photos/1"]
    assert await hall.rows("SELECT id FROM outreach") == []
    assert await send_photo(phone, seed=2) == missing
    assert (await recorded(hall, sent)).status_code == 201
    ten = letter(2, photos=[f"{n:064}" for n in range(10)])
    assert (await recorded(hall, ten)).status_code == 422


@pytest.mark.parametrize("moment", MOMENTS)
async def test_in_the_middle_of_a_record(hall: Hall, moment: str) -> None:
    photo = await send_photo(await hall.client_as(ZHANG_SAN))

    async def send() -> httpx.Response:
        return await recorded(hall, letter(photos=[photo]))

    with pytest.MonkeyPatch.context() as patch:
        dies(patch, moment, "outreach.recorded")
        with pytest.raises(Died):
            await send()
    done = int(moment == "before the answer")
    for table in ("outreach", "outreach_reach", "outreach_photo"):
        assert len(await hall.rows(f"SELECT id FROM {table}")) == done, table
    first, second = await send(), await send()
    assert first.status_code == 201, first.text
    assert second.json() == first.json()
    assert len(await hall.rows("SELECT id FROM outreach_photo")) == 1


@pytest.mark.one_engine
async def test_the_same_sheet_in_two_villages_is_kept_once(hall: Hall) -> None:
    photo = await send_photo(await hall.client_as(ZHANG_SAN))
    assert await send_photo(await hall.client_as(SUN_QI), VILLAGE_B) == photo
    own = letter(2, villages=[{"division": VILLAGE_B}], photos=[photo])
    assert (await recorded(hall, letter(photos=[photo]))).status_code == 201
    assert (await recorded(hall, own, SUN_QI)).status_code == 201
    assert len(await hall.rows("SELECT sha256 FROM photo")) == 1
