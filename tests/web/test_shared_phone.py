"""A village phone between several people: a PIN each, one at a time, nobody's session is anybody else's."""

from __future__ import annotations

import httpx
import pytest

from tests.cast import (
    LI_SI,
    PASSWORD,
    SITE,
    SUN_QI,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    Hall,
    Person,
    bring,
    problem_of,
)

API = "/api/v1"
PINS = {
    ZHANG_SAN.id: "2046",
    LI_SI.id: "90317",
    SUN_QI.id: "4471",
    WANG_WU.id: "8350",
    ZHAO_LIU.id: "6128",
}


async def sign_in(phone: httpx.AsyncClient, person: Person) -> None:
    body = {"login": person.login, "password": PASSWORD, "device": "村里的手机"}
    assert (await phone.post(f"{API}/sessions", json=body)).status_code == 201


async def join(phone: httpx.AsyncClient, person: Person) -> httpx.Response:
    await sign_in(phone, person)
    return await phone.put(f"{API}/me/pin", json={"pin": PINS[person.id]})


async def switch(
    phone: httpx.AsyncClient, person: Person, pin: str | None = None
) -> httpx.Response:
    body = {"account_id": person.id, "pin": pin or PINS[person.id]}
    return await phone.post(f"{API}/phone/switch", json=body)


async def who(phone: httpx.AsyncClient) -> str | None:
    answer = await phone.get(f"{API}/me")
    return answer.json()["actor"]["name"] if answer.status_code == 200 else None


@pytest.fixture
async def phone(hall: Hall) -> httpx.AsyncClient:
    """Zhang San's and Li Si's phone, in Li Si's hands."""
    shared = hall.visitor(Origin=SITE)
    for person in (ZHANG_SAN, LI_SI):
        assert (await join(shared, person)).status_code == 204
        hall.clock.pass_(minutes=1)
    return shared


async def test_two_people_take_turns(hall: Hall, phone: httpx.AsyncClient) -> None:
    people = (await phone.get(f"{API}/phone")).json()["people"]
    assert [(each["name"], each["here"]) for each in people] == [("张三", False), ("李四", True)]
    answer = await switch(phone, ZHANG_SAN)
    assert answer.status_code == 201
    assert answer.json()["actor"]["division_name"] == "红河村"
    assert await who(phone) == "张三"
    assert (await switch(phone, LI_SI)).status_code == 201
    assert await who(phone) == "李四"
    # Nobody got a second session out of it.
    rows = await hall.rows("SELECT account_id FROM session WHERE revoked_at IS NULL")
    assert len(rows) == 2
    actions = [row["action"] for row in await hall.rows("SELECT action FROM event ORDER BY id")]
    assert actions.count("session.switched") == 2


@pytest.mark.one_engine
async def test_whoever_waits_has_no_token(hall: Hall, phone: httpx.AsyncClient) -> None:
    before = phone.cookies["gsl_session"]
    assert (await switch(phone, ZHANG_SAN)).status_code == 201
    copied = hall.visitor(Origin=SITE)
    bring(copied, before)
    assert problem_of(await copied.get(f"{API}/me")) == "not-signed-in"
    # And back again: the token of before is not the token of after.
    assert (await switch(phone, LI_SI)).status_code == 201
    assert problem_of(await copied.get(f"{API}/me")) == "not-signed-in"


@pytest.mark.one_engine
async def test_locked_it_opens_by_a_pin_only(phone: httpx.AsyncClient) -> None:
    locked = await phone.post(f"{API}/phone/lock")
    assert locked.status_code == 204
    assert "gsl_session" not in phone.cookies
    assert await who(phone) is None
    people = (await phone.get(f"{API}/phone")).json()["people"]
    assert [each["here"] for each in people] == [False, False]
    assert (await switch(phone, LI_SI)).status_code == 201
    assert await who(phone) == "李四"


@pytest.mark.one_engine
async def test_five_wrong_pins_then_a_full_sign_in(hall: Hall, phone: httpx.AsyncClient) -> None:
    for left in (4, 3, 2, 1):
        wrong = await switch(phone, ZHANG_SAN, "0071")
        assert problem_of(wrong) == "pin-wrong"
        assert wrong.json()["left"] == left
    assert problem_of(await switch(phone, ZHANG_SAN, "0071")) == "pin-used-up"
    # Not even the right one, and nobody else is hurt.
    assert problem_of(await switch(phone, ZHANG_SAN)) == "not-found"
    assert await who(phone) == "李四"
    await sign_in(phone, ZHANG_SAN)
    assert await who(phone) == "张三"
    people = (await phone.get(f"{API}/phone")).json()["people"]
    assert [each["name"] for each in people] == ["李四"]
    assert (await phone.put(f"{API}/me/pin", json={"pin": "7391"})).status_code == 204
    assert (await switch(phone, LI_SI)).status_code == 201
    assert (await switch(phone, ZHANG_SAN, "7391")).status_code == 201


@pytest.mark.one_engine
async def test_a_right_pin_forgives_the_wrong_ones(phone: httpx.AsyncClient) -> None:
    for _ in range(3):
        for _ in range(4):
            assert problem_of(await switch(phone, ZHANG_SAN, "0071")) == "pin-wrong"
        assert (await switch(phone, ZHANG_SAN)).status_code == 201


@pytest.mark.one_engine
@pytest.mark.parametrize("pin", ["1111", "1234", "987654", "2580"])
async def test_a_simple_pin_is_refused(hall: Hall, pin: str) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    assert problem_of(await zhang.put(f"{API}/me/pin", json={"pin": pin})) == "pin-too-simple"


@pytest.mark.one_engine
@pytest.mark.parametrize("pin", ["12", "1234567", "12ab", "１２３４"])
async def test_a_pin_is_four_to_six_digits(hall: Hall, pin: str) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    assert problem_of(await zhang.put(f"{API}/me/pin", json={"pin": pin})) == "wrong-type"


@pytest.mark.one_engine
async def test_whoever_finds_the_phone_open_does_not_change_the_pin(
    phone: httpx.AsyncClient,
) -> None:
    for old in (None, "0071"):
        refused = await phone.put(f"{API}/me/pin", json={"pin": "7391", "old_pin": old})
        assert problem_of(refused) == "pin-wrong"
    body = {"pin": "7391", "old_pin": PINS[LI_SI.id]}
    assert (await phone.put(f"{API}/me/pin", json=body)).status_code == 204
    assert (await switch(phone, ZHANG_SAN)).status_code == 201
    assert problem_of(await switch(phone, LI_SI)) == "pin-wrong"
    assert (await switch(phone, LI_SI, "7391")).status_code == 201


@pytest.mark.one_engine
async def test_four_people_and_no_fifth(phone: httpx.AsyncClient) -> None:
    for person in (SUN_QI, WANG_WU):
        assert (await join(phone, person)).status_code == 204
    full = await join(phone, ZHAO_LIU)
    assert problem_of(full) == "phone-is-full"
    assert full.json()["most"] == 4
    # The fifth works on it all the same; whoever takes over ends their session.
    assert await who(phone) == "赵六"
    assert (await switch(phone, ZHANG_SAN)).status_code == 201


@pytest.mark.one_engine
async def test_leaving(hall: Hall, phone: httpx.AsyncClient) -> None:
    assert (await phone.delete(f"{API}/me/pin")).status_code == 204
    assert await who(phone) == "李四"
    assert problem_of(await phone.post(f"{API}/phone/lock")) == "no-pin-here"
    assert (await switch(phone, ZHANG_SAN)).status_code == 201
    assert [each["name"] for each in (await phone.get(f"{API}/phone")).json()["people"]] == ["张三"]
    assert (await phone.delete(f"{API}/me/pin")).status_code == 204
    assert "gsl_phone" not in phone.cookies


@pytest.mark.one_engine
async def test_signing_out_leaves_the_others(phone: httpx.AsyncClient) -> None:
    assert (await phone.delete(f"{API}/sessions/current")).status_code == 204
    assert [each["name"] for each in (await phone.get(f"{API}/phone")).json()["people"]] == ["张三"]
    assert (await switch(phone, ZHANG_SAN)).status_code == 201


@pytest.mark.one_engine
async def test_what_waits_is_in_the_device_list_and_can_be_ended(
    hall: Hall, phone: httpx.AsyncClient
) -> None:
    elsewhere = await hall.client_as(ZHANG_SAN, device="电脑")
    items = {
        each["device"]: each for each in (await elsewhere.get(f"{API}/sessions")).json()["items"]
    }
    assert items["村里的手机"]["waits"] is True
    assert (await elsewhere.delete(f"{API}/sessions/others")).status_code == 204
    assert problem_of(await switch(phone, ZHANG_SAN)) == "not-found"
    assert len((await elsewhere.get(f"{API}/sessions")).json()["items"]) == 1


@pytest.mark.one_engine
async def test_signing_in_again_keeps_ones_pin(phone: httpx.AsyncClient) -> None:
    await sign_in(phone, LI_SI)
    assert (await switch(phone, ZHANG_SAN)).status_code == 201
    assert (await switch(phone, LI_SI)).status_code == 201


@pytest.mark.one_engine
async def test_what_was_prepared_for_one_is_not_sent_as_another(phone: httpx.AsyncClient) -> None:
    """The other tab still shows Li Si; the cookie is Zhang San's by now."""
    assert (await switch(phone, ZHANG_SAN)).status_code == 201
    refused = await phone.put(
        f"{API}/me/password",
        json={"password": "河边的石桥又修好了", "old_password": PASSWORD},
        headers={"Gongshilan-Account": LI_SI.id},
    )
    assert problem_of(refused) == "someone-else-signed-in"
    own = await phone.get(f"{API}/me", headers={"Gongshilan-Account": ZHANG_SAN.id})
    assert own.status_code == 200
