"""Attack: repeat somebody else's registration, complete it, replace it, or learn from it what is on its way."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from server.rules.permissions import Role
from server.storage import accounts
from server.storage.accounts import Account
from tests.cast import (
    LI_SI,
    START,
    SUN_QI,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    Person,
    problem_of,
)
from tests.journeys.posting import accounts_of, board_photo, new_id, send_photo, submission
from tests.journeys.registering import hash_of, register, registration
from tests.journeys.written import written

# A second accountant of the same village: allowed to post there, but not what 张三 registered.
SECOND = replace(ZHANG_SAN, id="01990000-0000-7000-8000-000000000099", login="wangwu2", name="王五")


async def second_accountant(hall: Hall) -> httpx.AsyncClient:
    role: Role = SECOND.role
    async with hall.store.transaction() as tx:
        await accounts.insert(
            tx,
            Account(
                id=SECOND.id,
                county=SECOND.division[:6],
                login=SECOND.login,
                name=SECOND.name,
                role=role,
                division=SECOND.division,
                password_hash=None,
                disabled_at=None,
                created_at=START,
            ),
        )
    return await hall.client_as(SECOND)


@pytest.mark.one_engine
async def test_repeated_by_a_colleague_it_stays_the_first_one_s(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await register(phone, sent)
    colleague = await second_accountant(hall)
    before = await written(hall)
    same = await register(colleague, sent)
    other = await register(colleague, submission(hall, period="2026Q2"))
    completed = await colleague.post("/api/v1/submissions", json=sent)
    for answer in (same, other, completed):
        assert problem_of(answer) == "not-allowed"
        # Who may not complete it does not learn its content's hash either.
        assert hash_of(sent) not in answer.text
    assert problem_of(await colleague.get(f"/api/v1/commitments/{sent['id']}")) == "not-found"
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_a_colleague_cannot_replace_it(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await register(phone, sent)
    colleague = await second_accountant(hall)
    theirs = submission(hall, id=new_id(hall.clock(), 50))
    assert (await register(colleague, theirs, replaces=sent["id"])).status_code == 201
    state = (await phone.get(f"/api/v1/commitments/{sent['id']}")).json()["state"]
    assert state == "pending"


@pytest.mark.one_engine
@pytest.mark.parametrize("who", [LI_SI, SUN_QI, WANG_WU, ZHAO_LIU, ZHOU_BA])
async def test_whoever_may_not_post_there_registers_and_repeats_nothing(
    hall: Hall, who: Person
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await register(phone, sent)
    before = await written(hall)
    client = await hall.client_as(who)
    assert problem_of(await register(client, sent)) == "not-allowed"
    fresh = submission(hall, id=new_id(hall.clock(), 60))
    assert problem_of(await register(client, fresh)) == "not-allowed"
    assert await written(hall) == before


async def test_sun_registers_his_own_village_under_zhang_s_id(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await register(phone, sent)
    sun = await hall.client_as(SUN_QI)
    hijack = submission(hall, division=VILLAGE_B)
    assert problem_of(await register(sun, hijack)) == "not-allowed"
    assert problem_of(await sun.post("/api/v1/submissions", json=hijack)) == "not-allowed"
    rows = await hall.rows("SELECT division, committed_by FROM commitment")
    assert rows == [{"division": VILLAGE_A, "committed_by": ZHANG_SAN.id}]


@pytest.mark.one_engine
async def test_photos_and_content_cannot_change_after_the_registration(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    good, better = (board_photo(n)[0] for n in (1, 2))
    sent = submission(hall, photos=[{"sha256": good, "role": "board"}])
    await register(phone, sent)
    for seed in (1, 2):
        await send_photo(phone, seed=seed)
    changed = accounts_of("2026-q3") | {"prepared_by": "甲乙"}
    before = await written(hall)
    for swap in (
        {"photos": [{"sha256": better, "role": "board"}]},
        {"photos": []},
        {"photos": [{"sha256": good, "role": "board", "caption": "另一面墙"}]},
        {"content": changed},
        {"reason": "补充"},
        {"publish": {"when": "at", "at": "2026-12-01T08:00:00+08:00"}},
    ):
        answer = await phone.post("/api/v1/submissions", json=sent | swap)
        assert problem_of(answer) == "same-id-other-content", swap
        said = answer.json()
        assert said["stored"] == hash_of(sent)
        assert said["received"] == hash_of(sent | swap)
    assert await written(hall) == before
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "change",
    [
        {"photos": ["ab" * 32]},
        {"content_hash": f"sha256:{'ab' * 32}"},
        {"composed_at": "2026-10-01T00:00:00Z"},
        {"period": "2026Q2"},
        {"publish_at": "2026-12-01T08:00:00+08:00"},
        {"replaces": "01990000-0000-7000-8000-0000000000aa"},
    ],
)
async def test_one_id_stands_for_one_registration(hall: Hall, change: dict[str, object]) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    first = (await register(phone, sent)).json()
    hall.clock.pass_(minutes=5)
    answer = await register(phone, sent, **change)
    assert problem_of(answer) == "same-id-other-content"
    said = answer.json()
    assert said["stored"] != said["received"]
    assert (await register(phone, sent)).json() == first


@pytest.mark.one_engine
async def test_an_id_that_is_none_is_not_found(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    body = registration(submission(hall))
    for odd in (
        "1",
        "01A11906-3680-7000-8000-000000000007",
        "01a11906-3680-4000-8000-000000000007",
    ):
        assert problem_of(await phone.put(f"/api/v1/commitments/{odd}", json=body)) == "not-found"
