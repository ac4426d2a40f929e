"""Attack: guessed pairing codes, one code for two devices, codes that are over, and keys that are none."""

from __future__ import annotations

import asyncio

import pytest

from server.rules.query_points import CODE_DIGITS
from server.rules.throttling import PAIRING_ADDRESS, PAIRING_EVERYWHERE
from tests.cast import Hall, problem_of
from tests.device import SQUARE, Device, base64url, paired, registered


def other_than(code: str) -> list[str]:
    """Return more wrong codes than anybody may try."""
    digits = int(code.replace(" ", ""))
    most = PAIRING_EVERYWHERE.capacity + 1
    return [f"{(digits + n) % 10**CODE_DIGITS:08d}" for n in range(1, most + 1)]


@pytest.mark.one_engine
async def test_an_address_has_ten_guesses(hall: Hall) -> None:
    code = await registered(hall)
    guesser = Device(hall)
    wrong = other_than(code)
    for guess in wrong[: PAIRING_ADDRESS.capacity]:
        assert problem_of(await guesser.pair(guess)) == "pairing-code-not-valid"
    refused = await guesser.pair(code)  # even the right one
    assert problem_of(refused) == "too-many-attempts"
    assert int(refused.headers["retry-after"]) <= 60
    elsewhere = Device(hall, address="203.0.113.5")
    assert (await elsewhere.pair(code)).status_code == 201


@pytest.mark.one_engine
async def test_a_thousand_addresses_are_no_way_around(hall: Hall) -> None:
    code = await registered(hall)
    wrong = other_than(code)
    guesser = Device(hall)
    answers = []
    for number, guess in enumerate(wrong):
        guesser.address = f"203.0.{number // 8}.1"
        answers.append(problem_of(await guesser.pair(guess)))
    assert answers.count("pairing-code-not-valid") == PAIRING_EVERYWHERE.capacity
    assert answers[-1] == "too-many-attempts"


@pytest.mark.one_engine
async def test_who_pairs_many_devices_is_no_guesser(hall: Hall) -> None:
    for n in range(PAIRING_ADDRESS.capacity + 2):
        await paired(hall, id=SQUARE[:-2] + f"{n:02d}")


@pytest.mark.one_engine
async def test_two_devices_with_one_code(hall: Hall) -> None:
    code = await registered(hall)
    devices = [Device(hall) for _ in range(4)]
    answers = await asyncio.gather(*(device.pair(code) for device in devices))
    assert sorted(each.status_code for each in answers) == [201, 422, 422, 422]
    winner = next(d for d, a in zip(devices, answers, strict=True) if a.status_code == 201)
    assert (await winner.beat()).status_code == 200
    loser = next(d for d in devices if d is not winner)
    loser.point = winner.point
    assert problem_of(await loser.beat()) == "heartbeat-not-signed"


@pytest.mark.one_engine
async def test_a_code_is_open_for_half_an_hour(hall: Hall) -> None:
    code, kiosk = await registered(hall), Device(hall)
    hall.clock.pass_(minutes=30)
    late = await kiosk.pair(code)
    assert problem_of(late) == "pairing-code-not-valid"
    wrong = await kiosk.pair(other_than(code)[0])
    assert wrong.json()["detail"] == late.json()["detail"]  # it says of neither which it is


async def test_the_database_holds_no_code(hall: Hall) -> None:
    digits = (await registered(hall)).replace(" ", "")
    for table in ("query_point", "event"):
        for row in await hall.rows(f"SELECT * FROM {table}"):
            stored = " ".join(map(str, row.values()))
            assert digits not in stored
            assert f"{digits[:4]} {digits[4:]}" not in stored


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "key",
    [
        "A",
        base64url(b"\4" + b"\1" * 64),  # not on the curve
        base64url(b"\0" * 65),
        base64url(b"\2" + b"\1" * 32),
        "/" * 87,
    ],
)
async def test_a_key_that_is_none(hall: Hall, key: str) -> None:
    code, kiosk = await registered(hall), Device(hall)
    client = hall.visitor(kiosk.address)
    answer = await client.post(
        "/api/v1/query-points/pairings", json={"code": code, "public_key": key}
    )
    assert problem_of(answer) == "pairing-key-not-valid"
    assert (await kiosk.pair(code)).status_code == 201  # and the code is still good
