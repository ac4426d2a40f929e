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


@pytest.mark.one_engine
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


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("kind", "who", "status"),
    [
        # With the village: its accountant answers, nobody of the township needs to know.
        ("question", ZHANG_SAN, 200),
        ("question", ZHAO_LIU, 403),
        ("question", WANG_WU, 403),
        ("question", SUN_QI, 404),
        ("question", LI_SI, 404),
        ("question", ZHOU_BA, 403),
        # A complaint may be of the village that answers it: only the township's editor learns whose it is.
        ("complaint", ZHANG_SAN, 403),
        ("complaint", ZHAO_LIU, 200),
        ("complaint", WANG_WU, 403),
        # With the township: its editor answers; the auditor reviews and sees who looked.
        ("report", ZHANG_SAN, 404),
        ("report", ZHAO_LIU, 200),
        ("report", WANG_WU, 403),
        ("report", LI_SI, 404),
    ],
    ids=lambda v: v.name if isinstance(v, Person) else str(v),
)
async def test_the_contact_is_for_those_who_answer_where_it_is_and_only_on_demand(
    hall: Hall, kind: str, who: Person, status: int
) -> None:
    receipt = await asked(hall, contact=CONTACT, kind=kind)
    client = await hall.client_as(who)
    page = await client.get(f"/api/v1/desk/inquiries/{receipt['id']}")
    listed = await client.get("/api/v1/desk/inquiries")
    assert CONTACT not in page.text + listed.text
    offered = page.status_code == 200 and "see_contact" in page.json()["handling"]["ways"]
    assert offered is (status == 200)
    looked = await client.post(f"/api/v1/desk/inquiries/{receipt['id']}/contact")
    assert looked.status_code == status
    assert (CONTACT in looked.text) is (status == 200)
    events = await hall.rows("SELECT actor FROM event WHERE action = 'inquiry.contact_seen'")
    assert [e["actor"] for e in events] == ([who.id] if status == 200 else [])


@pytest.mark.one_engine
async def test_every_look_is_on_the_auditors_list_and_the_list_says_no_contact(hall: Hall) -> None:
    receipt = await asked(hall, contact=CONTACT)
    zhang = await hall.client_as(ZHANG_SAN)
    for _ in range(2):
        hall.clock.pass_(minutes=1)
        assert (await zhang.post(f"/api/v1/desk/inquiries/{receipt['id']}/contact")).is_success
    for who, status in ((ZHANG_SAN, 403), (ZHAO_LIU, 403), (ZHOU_BA, 403)):
        listed = await (await hall.client_as(who)).get("/api/v1/desk/contact-looks")
        assert listed.status_code == status, who.name
    listed = await (await hall.client_as(WANG_WU)).get("/api/v1/desk/contact-looks")
    assert CONTACT not in listed.text
    seen = [(i["name"], i["role"]["zh"], i["number"]) for i in listed.json()["items"]]
    assert seen == [("张三", "报账员", receipt["number"])] * 2
    # The head of another township's desk has nothing to do with it.
    far = await (await hall.client_as(SUN_QI)).get("/api/v1/desk/contact-looks")
    assert receipt["id"] not in far.text


@pytest.mark.one_engine
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
