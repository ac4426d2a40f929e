"""Attack: an accountant who knows a photo's hash hangs another village's photo under their own accounts.

The bytes are kept once for everybody; who sent them for which division is what a posting is asked for.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cast import (
    FAR_VILLAGE,
    LI_SI,
    SUN_QI,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    Hall,
    problem_of,
)
from tests.journeys.posting import board_photo, new_id, send_photo, submission
from tests.journeys.relief import relief_of
from tests.journeys.written import written

UNKNOWN = "f" * 64
POSTED = "/api/v1/submissions"


def of_village_b(hall: Hall, photo: str, role: str = "board") -> dict[str, Any]:
    return submission(
        hall,
        id=new_id(hall.clock(), 8),
        division=VILLAGE_B,
        photos=[{"sha256": photo, "role": role}],
    )


def without_its_hash(answer: httpx.Response, sha256: str) -> str:
    """Return a refusal as it was said, the hash that was asked for and its own address blotted out."""
    assert problem_of(answer) == "unknown-photo"
    body = answer.json()
    return answer.text.replace(sha256, "*").replace(body["instance"], "*")


@pytest.mark.one_engine
@pytest.mark.parametrize("role", ["board", "voucher"])
async def test_a_photo_of_another_village_is_as_unknown_as_none(hall: Hall, role: str) -> None:
    photo = await send_photo(await hall.client_as(ZHANG_SAN))
    sun = await hall.client_as(SUN_QI)
    before = await written(hall)
    foreign = await sun.post(POSTED, json=of_village_b(hall, photo, role))
    unknown = await sun.post(POSTED, json=of_village_b(hall, UNKNOWN, role))
    assert without_its_hash(foreign, photo) == without_its_hash(unknown, UNKNOWN)
    assert (foreign.status_code, len(foreign.content)) == (422, len(unknown.content))
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_a_photo_that_hangs_in_the_next_village_is_unknown_too(hall: Hall) -> None:
    """That everybody may look at it does not make it a picture of this board."""
    zhang = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(zhang)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    assert (await zhang.post(POSTED, json=sent)).status_code == 201
    sun = await hall.client_as(SUN_QI)
    assert problem_of(await sun.post(POSTED, json=of_village_b(hall, photo))) == "unknown-photo"


async def test_who_holds_the_picture_may_send_it_for_their_own_village(hall: Hall) -> None:
    """Two villages photographed one board: the bytes stay kept once, and both sendings are on record."""
    zhang, sun = await hall.client_as(ZHANG_SAN), await hall.client_as(SUN_QI)
    photo = await send_photo(zhang)
    assert await send_photo(sun, VILLAGE_B) == photo
    assert await send_photo(sun, VILLAGE_B) == photo
    assert (await sun.post(POSTED, json=of_village_b(hall, photo))).status_code == 201
    assert len(await hall.rows("SELECT * FROM photo")) == 1
    sendings = await hall.rows("SELECT division, account FROM photo_sending ORDER BY id")
    assert [tuple(s.values()) for s in sendings] == [
        (VILLAGE_A, ZHANG_SAN.id),
        (VILLAGE_B, SUN_QI.id),
    ]
    events = await hall.rows(
        "SELECT action, division FROM event WHERE subject = ? ORDER BY id", photo
    )
    assert [tuple(e.values()) for e in events] == [
        ("photo.stored", VILLAGE_A),
        ("photo.sent", VILLAGE_B),
    ]


@pytest.mark.one_engine
async def test_what_the_township_sent_may_hang_in_all_its_villages(hall: Hall) -> None:
    photo = await send_photo(await hall.client_as(ZHAO_LIU), TOWNSHIP)
    sun = await hall.client_as(SUN_QI)
    assert (await sun.post(POSTED, json=of_village_b(hall, photo))).status_code == 201


@pytest.mark.one_engine
async def test_what_an_editor_sent_for_one_village_they_may_use_in_another(hall: Hall) -> None:
    """One photo of the township's own board, hung under two villages' lists by the person who took it."""
    editor = await hall.client_as(ZHAO_LIU)
    photo = await send_photo(editor, VILLAGE_A)
    notice = submission(
        hall,
        id=new_id(hall.clock(), 30),
        division=VILLAGE_B,
        category="dibao_preliminary",
        period=None,
        event_on="2026-10-06",
        content=relief_of("2026-10-06"),
        photos=[{"sha256": photo, "role": "board"}],
    )
    answer = await editor.post(POSTED, json=notice)
    assert answer.status_code == 201, answer.text
    # What is good for the editor is not good for the accountant there.
    sun = await hall.client_as(SUN_QI)
    assert problem_of(await sun.post(POSTED, json=of_village_b(hall, photo))) == "unknown-photo"


@pytest.mark.one_engine
async def test_who_sees_it_before_it_is_public(hall: Hall) -> None:
    """Its senders, and those who answer for a place it was sent for or a posting that uses it; nobody else."""
    editor = await hall.client_as(ZHAO_LIU)
    photo = await send_photo(editor, TOWNSHIP)
    address = f"/api/v1/photos/{photo}/960.webp"
    supervisor, sun = await hall.client_as(LI_SI), await hall.client_as(SUN_QI)
    township = [editor, await hall.client_as(WANG_WU)]
    for client in (supervisor, sun, hall.visitor()):
        assert problem_of(await client.get(address)) == "not-found"

    zhang = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    assert (await zhang.post(POSTED, json=sent)).status_code == 201
    for client in (*township, zhang, supervisor):
        assert (await client.get(address)).status_code == 200
    for client in (sun, hall.visitor()):
        assert problem_of(await client.get(address)) == "not-found"

    assert await send_photo(sun, VILLAGE_B) == photo
    assert (await sun.get(address)).headers["cache-control"] == "private, no-store"


async def test_sending_it_for_a_foreign_village_is_no_way_in(hall: Hall) -> None:
    sha256, data = board_photo(1)
    await send_photo(await hall.client_as(ZHANG_SAN))
    sun = await hall.client_as(SUN_QI)
    for division in (VILLAGE_A, TOWNSHIP, FAR_VILLAGE):
        answer = await sun.put(f"/api/v1/photos/{sha256}?division={division}", content=data)
        assert problem_of(answer) == "not-allowed"
    assert len(await hall.rows("SELECT * FROM photo_sending")) == 1
