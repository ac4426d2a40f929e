"""Attack: flood a village with questions. Each costs work, each phone and each address has an end; neighbours ask on."""

from __future__ import annotations

import pytest

from server.rules.throttling import ASKING_ADDRESS, ASKING_DEVICE, ASKING_UNPROVED
from tests.cast import SITE, VILLAGE_A, Hall, problem_of
from tests.journeys.asking import ask, asked
from tests.journeys.written import written

pytestmark = pytest.mark.one_engine

FLOODER, VILLAGE = "203.0.113.9", "198.51.100.20"


async def test_a_phone_has_said_enough_after_a_few(hall: Hall) -> None:
    for number in range(ASKING_DEVICE.capacity):
        await asked(hall, number)
    refused = await ask(hall, 99)
    assert problem_of(refused) == "too-many-attempts"
    assert int(refused.headers["retry-after"]) == 300
    # The next phone behind the same address asks as if nothing had been.
    await asked(hall, 100, device="the-neighbour's-phone".replace("'", "-"))
    hall.clock.pass_(seconds=300)
    await asked(hall, 101)


async def test_an_address_without_work_ends_early_and_one_with_work_goes_on(hall: Hall) -> None:
    for number in range(ASKING_UNPROVED.capacity):
        receipt = await asked(hall, number, proved=False, device=None, address=VILLAGE)
        assert receipt["state"] == "held"
    refused = await ask(hall, 99, proved=False, device=None, address=VILLAGE)
    assert problem_of(refused) == "too-many-attempts"
    # On the form's own page whoever wrote it reads what to do, and has it still.
    form = {"id": "01a11906-3680-7000-8000-00000000f100", "follow": "f" * 24, "kind": "question"}
    page = await hall.visitor(VILLAGE, Origin=SITE, Accept="text/html").post(
        f"/v/{VILLAGE_A}/ask?lang=zh", data={**form, "text": "路灯什么时候修？"}
    )
    assert page.status_code == 429
    assert "写好的都还在，到时候再点一次“提交”就行" in page.text
    assert "路灯什么时候修？" in page.text
    await asked(hall, 100, device="another-phone-here", address=VILLAGE)


async def test_new_names_for_the_same_phone_end_with_its_address(hall: Hall) -> None:
    for number in range(ASKING_ADDRESS.capacity):
        await asked(hall, number, device=f"made-up-phone-{number:04d}", address=FLOODER)
    before = await written(hall)
    refused = await ask(hall, 999, device="made-up-phone-9999", address=FLOODER)
    assert problem_of(refused) == "too-many-attempts"
    assert await written(hall) == before
    await asked(hall, 1000, device="a-real-phone-here", address=VILLAGE)


async def test_buckets_name_no_address_and_no_device(hall: Hall) -> None:
    await asked(hall, address=FLOODER)
    keys = [row["key"] for row in await hall.rows("SELECT key FROM throttle")]
    assert len(keys) == 2
    for key in keys:
        assert FLOODER not in key
        assert "a-phone-of-the-village" not in key
