"""Attack on whoever asked: their contact, or a sign of who they are, in an answer that anybody can get, or in a log."""

from __future__ import annotations

import pytest

from tests.cast import LI_SI, SUN_QI, WANG_WU, ZHANG_SAN, ZHAO_LIU, ZHOU_BA, Hall, Person
from tests.journeys.asking import (
    CONTACT,
    accounts_on_view,
    answer,
    asked,
    follow_of,
    line_of,
    publish,
)
from tests.journeys.surfaces import answers, showing

ADDRESS = "203.0.113.77"
DEVICE = "the-device-of-one-person"


async def test_the_contact_stands_in_no_public_answer(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    disclosure = await accounts_on_view(hall)
    receipt = await asked(
        hall,
        disclosure_id=disclosure,
        pointer=await line_of(hall, disclosure),
        contact=CONTACT,
        device=DEVICE,
        address=ADDRESS,
    )
    for step in ("asked", "answered", "published"):
        if step == "answered":
            await answer(hall, receipt["id"])
        if step == "published":
            await publish(hall, receipt["id"])
        found = await answers(hall, disclosure)
        for address in (
            f"/api/v1/inquiries/{receipt['id']}",
            f"/api/v1/follow-ups/{follow_of(1)}",
        ):
            found[address] = await hall.visitor().get(address)
        for secret in (CONTACT, DEVICE, ADDRESS):
            assert showing(found, secret) == [], step
    assert CONTACT not in capsys.readouterr().out
    assert CONTACT not in str(await hall.rows("SELECT * FROM event"))
    assert CONTACT not in str(await hall.rows("SELECT * FROM inquiry"))


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        (ZHANG_SAN, True),
        (ZHAO_LIU, True),
        (WANG_WU, True),
        (SUN_QI, False),
        (LI_SI, False),
        (ZHOU_BA, False),
    ],
    ids=lambda v: v.name if isinstance(v, Person) else str(v),
)
async def test_only_those_who_answer_or_review_read_the_contact(
    hall: Hall, who: Person, reads: bool
) -> None:
    receipt = await asked(hall, contact=CONTACT)
    client = await hall.client_as(who)
    page = await client.get(f"/api/v1/desk/inquiries/{receipt['id']}")
    assert (CONTACT in page.text) is reads
    listed = await client.get("/api/v1/desk/inquiries")
    assert CONTACT not in listed.text


async def test_the_village_does_not_learn_who_reported_it(hall: Hall) -> None:
    receipt = await asked(hall, kind="report", text="有人多领了救济", contact=CONTACT)
    zhang = await hall.client_as(ZHANG_SAN)
    page = await zhang.get(f"/api/v1/desk/inquiries/{receipt['id']}")
    assert page.status_code == 404
    assert receipt["id"] not in (await zhang.get("/api/v1/desk/inquiries")).text


async def test_nothing_on_record_ties_a_question_to_an_address_or_a_device(hall: Hall) -> None:
    await asked(hall, device=DEVICE, address=ADDRESS)
    for table in ("inquiry", "event", "throttle", "spent_proof"):
        rows = str(await hall.rows(f"SELECT * FROM {table}"))
        assert ADDRESS not in rows
        assert DEVICE not in rows
