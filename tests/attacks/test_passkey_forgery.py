"""What somebody may send who listened, who owns another site, or who copied a key."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.authenticator import (
    API,
    Authenticator,
    asked_to_sign,
    at_home,
    registered,
    signed_in_at_home,
)
from tests.cast import LI_SI, ZHANG_SAN, ZHOU_BA, Hall, problem_of

# Signatures and their bytes: the same on any engine.
pytestmark = pytest.mark.sqlite


async def come_with(client: httpx.AsyncClient, signed: dict[str, Any]) -> httpx.Response:
    return await client.post(f"{API}/passkeys/session", json=signed)


@pytest.fixture
async def passkey(hall: Hall) -> Authenticator:
    """A passkey of Zhang San, used once."""
    made = Authenticator()
    await registered(await signed_in_at_home(hall, ZHANG_SAN), made)
    return made


async def nobody_got_in(hall: Hall, *, before: int) -> None:
    assert len(await hall.rows("SELECT id FROM session")) == before


async def test_a_replayed_assertion_opens_nothing(hall: Hall, passkey: Authenticator) -> None:
    owner = at_home(hall)
    signed = passkey.sign(await asked_to_sign(owner))
    assert (await come_with(owner, signed)).status_code == 201
    assert problem_of(await come_with(at_home(hall), signed)) == "passkey-not-valid"
    # Nor under a fresh challenge: the signature is over the other one.
    fresh = (await asked_to_sign(at_home(hall)))["challenge_id"]
    answer = await come_with(at_home(hall), {**signed, "challenge_id": fresh})
    assert problem_of(answer) == "passkey-not-valid"
    await nobody_got_in(hall, before=2)


async def test_a_challenge_is_spent_by_a_wrong_answer_too(
    hall: Hall, passkey: Authenticator
) -> None:
    asked = await asked_to_sign(at_home(hall))
    wrong = passkey.sign(asked) | {"signature": "AAAA"}
    assert problem_of(await come_with(at_home(hall), wrong)) == "passkey-not-valid"
    assert problem_of(await come_with(at_home(hall), passkey.sign(asked))) == "passkey-not-valid"
    await nobody_got_in(hall, before=1)


async def test_a_challenge_is_over_after_five_minutes(hall: Hall, passkey: Authenticator) -> None:
    asked = await asked_to_sign(at_home(hall))
    hall.clock.pass_(minutes=5)
    assert problem_of(await come_with(at_home(hall), passkey.sign(asked))) == "passkey-not-valid"


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://gongshi.example.evil"},
        {"origin": "http://localhost.evil"},
        {"rp_id": "evil"},
        {"origin": "http://evil", "rp_id": "evil"},
        {"step": 0},
    ],
    ids=["foreign origin", "look-alike origin", "foreign rp", "both", "counter stands"],
)
async def test_bent_answers(hall: Hall, passkey: Authenticator, bent: dict[str, Any]) -> None:
    assert (
        await come_with(at_home(hall), passkey.sign(await asked_to_sign(at_home(hall))))
    ).status_code == 201
    answer = await come_with(
        at_home(hall), passkey.sign(await asked_to_sign(at_home(hall)), **bent)
    )
    assert problem_of(answer) == "passkey-not-valid"
    await nobody_got_in(hall, before=2)


async def test_a_counter_that_goes_back_is_refused_and_on_record(
    hall: Hall, passkey: Authenticator
) -> None:
    passkey.counter = 40
    assert (
        await come_with(at_home(hall), passkey.sign(await asked_to_sign(at_home(hall))))
    ).status_code == 201
    copied = passkey.sign(await asked_to_sign(at_home(hall)), step=-10)
    assert problem_of(await come_with(at_home(hall), copied)) == "passkey-not-valid"
    (event,) = await hall.rows(
        "SELECT details FROM event WHERE action = 'passkey.counter_went_back'"
    )
    assert event["details"] == '{"stored":41,"received":31}'
    await nobody_got_in(hall, before=2)


async def test_a_key_that_never_counts_is_fine(hall: Hall, passkey: Authenticator) -> None:
    for _ in range(2):
        signed = passkey.sign(await asked_to_sign(at_home(hall)), step=0)
        assert (await come_with(at_home(hall), signed)).status_code == 201


async def test_another_key_under_a_known_id(hall: Hall, passkey: Authenticator) -> None:
    forged = Authenticator(raw_id=passkey.raw_id, user_handle=passkey.user_handle)
    answer = await come_with(at_home(hall), forged.sign(await asked_to_sign(at_home(hall))))
    assert problem_of(answer) == "passkey-not-valid"


async def test_another_persons_handle(hall: Hall, passkey: Authenticator) -> None:
    signed = passkey.sign(await asked_to_sign(at_home(hall))) | {"user_handle": "YWRtaW4"}
    assert problem_of(await come_with(at_home(hall), signed)) == "passkey-not-valid"


async def test_a_challenge_for_one_thing_does_not_serve_another(
    hall: Hall, passkey: Authenticator
) -> None:
    zhang = await signed_in_at_home(hall, ZHANG_SAN)
    to_register = (await zhang.post(f"{API}/me/passkeys/challenge")).json()
    assert (
        problem_of(await come_with(at_home(hall), passkey.sign(to_register))) == "passkey-not-valid"
    )
    to_sign = await asked_to_sign(zhang) | {"user_id": "YQ"}
    answer = await zhang.post(f"{API}/me/passkeys", json=Authenticator().make(to_sign))
    assert problem_of(answer) == "passkey-not-valid"


async def test_nobody_registers_on_another_persons_challenge(hall: Hall) -> None:
    zhang, li = await signed_in_at_home(hall, ZHANG_SAN), await signed_in_at_home(hall, LI_SI)
    asked = (await zhang.post(f"{API}/me/passkeys/challenge")).json()
    answer = await li.post(f"{API}/me/passkeys", json=Authenticator().make(asked))
    assert problem_of(answer) == "passkey-not-valid"


async def test_a_passkey_made_for_another_site_is_not_kept(hall: Hall) -> None:
    zhang = await signed_in_at_home(hall, ZHANG_SAN)
    for bent in ({"origin": "http://evil"}, {"rp_id": "evil"}):
        asked = (await zhang.post(f"{API}/me/passkeys/challenge")).json()
        answer = await zhang.post(f"{API}/me/passkeys", json=Authenticator().make(asked, **bent))
        assert problem_of(answer) == "passkey-not-valid"
    assert not await hall.rows("SELECT id FROM passkey")


async def test_garbage_is_one_failure(hall: Hall, passkey: Authenticator) -> None:
    for part in ("client_data", "authenticator_data", "signature"):
        for bytes_ in ("A", "AAAA", "eyJ9"):
            signed = passkey.sign(await asked_to_sign(at_home(hall))) | {part: bytes_}
            assert problem_of(await come_with(at_home(hall), signed)) == "passkey-not-valid"
    zhang = await signed_in_at_home(hall, ZHANG_SAN)
    for part in ("client_data", "attestation", "credential_id"):
        asked = (await zhang.post(f"{API}/me/passkeys/challenge")).json()
        made = Authenticator().make(asked) | {part: "AAAA"}
        assert problem_of(await zhang.post(f"{API}/me/passkeys", json=made)) == "passkey-not-valid"


async def test_a_disabled_account_has_no_passkey(hall: Hall, passkey: Authenticator) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    assert (await zhou.post(f"{API}/accounts/{ZHANG_SAN.id}/disable")).status_code == 200
    answer = await come_with(at_home(hall), passkey.sign(await asked_to_sign(at_home(hall))))
    assert problem_of(answer) == "passkey-not-valid"


async def test_challenges_are_forgotten_and_do_not_pile_up(hall: Hall) -> None:
    for _ in range(3):
        await asked_to_sign(at_home(hall))
    hall.clock.pass_(minutes=6)
    await asked_to_sign(at_home(hall))
    assert len(await hall.rows("SELECT id FROM passkey_challenge")) == 1


async def test_an_address_gets_as_many_as_a_village_needs(hall: Hall) -> None:
    asking = at_home(hall, "203.0.113.66")
    answers = [await asking.post(f"{API}/passkeys/challenge") for _ in range(301)]
    assert [each.status_code for each in answers[:300]] == [201] * 300
    assert problem_of(answers[300]) == "too-many-attempts"
    await asked_to_sign(at_home(hall, "192.0.2.8"))
