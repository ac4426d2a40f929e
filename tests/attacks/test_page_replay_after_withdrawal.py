"""Attack: a page that was kept (by a browser, a proxy, our own shelf) is asked for again after it was taken down."""

from __future__ import annotations

import asyncio

import pytest

from server.storage.database import Store
from server.storage.freshness import LEASE
from tests.cast import VILLAGE_A, ZHANG_SAN, Hall
from tests.journeys.posting import approve, new_id, send_photo, submission

SECRET = "111,712.09"


@pytest.mark.one_engine
async def test_no_cache_answers_with_what_was_withdrawn(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    disclosure = (await phone.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    await approve(hall, sent["id"])
    addresses = [
        f"/d/{disclosure}",
        f"/d/{disclosure}?edition=1",
        f"/d/{disclosure}?view=large",
        f"/d/{disclosure}?lang=en",
        f"/v/{VILLAGE_A}",
        f"/api/v1/disclosures/{disclosure}",
        f"/api/v1/disclosures/{disclosure}?edition=1",
        f"/api/v1/disclosures/{disclosure}/editions",
        f"/api/v1/villages/{VILLAGE_A}",
        f"/api/v1/photos/{photo}/960.webp",
    ]
    kept = {address: await hall.visitor().get(address) for address in addresses}
    for address, answer in kept.items():
        assert answer.status_code == 200, address
        again = await hall.visitor().get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304, address
        assert "no-cache" in answer.headers["cache-control"], address

    # In the same second: no clock tells the two apart, only the division's counter does.
    gone = await phone.post(
        f"/api/v1/disclosures/{disclosure}/withdrawal",
        json={"id": new_id(hall.clock(), 60), "reason": "照片拍错"},
    )
    assert gone.status_code == 200, gone.text
    for address, answer in kept.items():
        now = await hall.visitor().get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert now.status_code != 304, address
        assert now.headers.get("etag") != answer.headers["etag"], address
        assert SECRET not in now.text, address
        assert photo not in now.text or now.status_code == 404, address
        fresh = await hall.visitor().get(address, headers={"If-None-Match": "*"})
        assert SECRET not in fresh.text, address


async def test_a_shelf_in_another_process_sees_it_too(hall: Hall, database_url: str) -> None:
    """What one process took down, another one serves no longer than its lease on what it saw."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    disclosure = (await phone.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    await approve(hall, sent["id"])
    visitor = hall.visitor()
    for _ in range(3):
        assert SECRET in (await visitor.get(f"/d/{disclosure}")).text
    hall.clock.pass_(seconds=2)
    other = await Store.open(database_url)  # as another process would
    try:
        async with other.transaction() as tx:
            await tx.execute(
                "UPDATE edition SET state = 'withdrawn', withdrawn_at = opens_at + 1000,"
                " withdrawn_reason = 'x'"
            )
            await tx.execute("UPDATE division_version SET counter = counter + 1")
    finally:
        await other.close()
    await asyncio.sleep(LEASE * 1.5)
    assert SECRET not in (await visitor.get(f"/d/{disclosure}")).text
