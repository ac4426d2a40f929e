"""The four slips of the desk: what each says, of whom it says nothing, and when there is none."""

from __future__ import annotations

import pytest

from tests.cast import LI_SI, ZHANG_SAN, ZHAO_LIU, Hall
from tests.journeys.asking import ANSWER, CONTACT, answer, answered, asked, inquiry, publish
from tests.journeys.handling import REPORT, done, rated


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ("register", ["登记单", inquiry()["text"], "不写在单子上"]),
        ("acceptance", ["受理告知单", "最迟在2026年10月14日答复您"]),
        ("satisfaction", ["满意度回访单", ANSWER, "☑"]),
    ],
)
async def test_the_slips_say_what_happened_and_not_who_asked(
    hall: Hall, slip: str, words: list[str]
) -> None:
    receipt = await answered(hall, contact=CONTACT)
    await rated(hall, "basically")
    path = f"/desk/inquiries/{receipt['id']}"
    page = await (await hall.client_as(ZHAO_LIU)).get(f"{path}/{slip}?lang=zh")
    assert page.status_code == 200
    plain = page.text.replace("<one-line>", "").replace("</one-line>", "")
    for said in words:
        assert said in plain
    assert CONTACT not in page.text
    assert (await (await hall.client_as(ZHAO_LIU)).get(f"{path}/refusal")).status_code == 409
    for who, status in ((None, 401), (ZHANG_SAN, 403), (LI_SI, 403)):
        client = hall.visitor() if who is None else await hall.client_as(who)
        assert (await client.get(f"{path}/{slip}")).status_code == status


async def slip_of(hall: Hall, inquiry_id: str, slip: str) -> str:
    page = await (await hall.client_as(ZHAO_LIU)).get(
        f"/desk/inquiries/{inquiry_id}/{slip}?lang=zh"
    )
    assert page.status_code == 200, page.text
    return page.text.replace("<one-line>", "").replace("</one-line>", "")


async def test_what_is_handed_out_names_the_matter_by_number_and_kind_alone(hall: Hall) -> None:
    one = (await asked(hall, contact=CONTACT, text="会计把补贴领走了，怎么办？"))["id"]
    await done(hall, one, "acceptance", REPORT)
    register = await slip_of(hall, one, "register")
    for said in ("举报的是", "村委会、村干部", "救助补贴", "会计把补贴领走了"):
        assert said in register
    handed = await slip_of(hall, one, "acceptance")
    assert "举报（2026-001 号）已经受理" in handed
    for unsaid in ("举报的是", "村委会、村干部", "救助补贴", "会计把补贴领走了", CONTACT):
        assert unsaid not in handed


@pytest.mark.one_engine
async def test_the_register_of_what_was_refused_waits_for_no_answer(hall: Hall) -> None:
    one = (await asked(hall))["id"]
    assert "最迟答复" in await slip_of(hall, one, "register")
    await done(hall, one, "refusal", {"ground": "elsewhere", "words": "不归我们管"})
    register = await slip_of(hall, one, "register")
    assert "不予受理" in register
    for unsaid in ("最迟答复", "由谁答复"):
        assert unsaid not in register


@pytest.mark.one_engine
async def test_the_satisfaction_slip_keeps_what_was_said_of_the_first_answer(hall: Hall) -> None:
    one = (await answered(hall))["id"]
    fresh = await slip_of(hall, one, "satisfaction")
    assert "☑" not in fresh
    assert "会重新办理一次" in fresh
    await rated(hall, "not", "没说打印机买在哪家")
    waiting = await slip_of(hall, one, "satisfaction")
    assert waiting.count("☑") == 1
    assert "没说打印机买在哪家" in waiting
    hall.clock.set("2026-10-09 09:00+08:00")
    await answer(hall, one, seed=2, text="在县城惠民办公店买的。")
    await publish(hall, one)
    second = await slip_of(hall, one, "satisfaction")
    assert "惠民办公店" in second
    assert "☑" not in second
    assert "会重新办理一次" not in second
