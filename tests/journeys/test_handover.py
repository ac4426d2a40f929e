"""A post changes hands between a submission and its review: both names stay, nothing waits for nobody."""

from __future__ import annotations

from tests.cast import SITE, VILLAGE_A, ZHANG_SAN, ZHOU_BA, Hall
from tests.journeys.posting import approve, send_photo, submission

API = "/api/v1"


async def test_what_was_waiting_goes_on_and_the_successor_takes_over(hall: Hall) -> None:
    hall.clock.set("2026-10-09 10:02+08:00")
    zhang = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(zhang)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    receipt = (await zhang.post(f"{API}/submissions", json=sent)).json()

    zhou = await hall.client_as(ZHOU_BA)
    body = {"id": "01990000-0000-7000-8000-0000000000aa", "login": "qianjiu", "name": "钱九"}
    card = await zhou.post(f"{API}/accounts/{ZHANG_SAN.id}/handover", json=body)
    assert card.status_code == 201
    assert (await zhang.post(f"{API}/submissions", json=sent)).status_code == 401

    assert (await approve(hall, sent["id"]))["number"] == 1
    qian = hall.visitor(Origin=SITE)
    await qian.post(f"{API}/sessions", json={"code": card.json()["code"]})
    # The village's past is the successor's to see, under the name of whoever made it.
    page = (await qian.get(f"{API}/submissions/{sent['id']}")).json()
    assert page["line"]["submitted_by_name"] == "张三"
    assert (await hall.visitor().get(f"/d/{receipt['disclosure_id']}")).status_code == 200

    hall.clock.pass_(days=1)
    correction = submission(
        hall, photos=[{"sha256": photo, "role": "board"}], reason="补上合同编号"
    )
    correction["content"]["prepared_by"] = "钱九"
    assert correction["division"] == VILLAGE_A
    answer = await qian.post(f"{API}/submissions", json=correction)
    assert answer.status_code == 201, answer.text
    names = {
        each["submitted_by_name"] for each in (await qian.get(f"{API}/submissions")).json()["items"]
    }
    assert names == {"张三", "钱九"}
