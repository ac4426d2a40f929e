"""Two people change the same thing at once: the second is told so, and nobody's word is overwritten unseen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.authenticator import API, Authenticator, registered, signed_in_at_home
from tests.cast import LI_SI, ZHANG_SAN, ZHAO_LIU, ZHOU_BA, Hall, problem_of
from tests.device import HALL, POINTS, a_point
from tests.device import registered as point_registered

NEW = "01990000-0000-7000-8000-0000000000aa"


@dataclass
class Edit:
    """Two who look at one thing: where it is changed, where each reads it, and what each says in which field."""

    one: httpx.AsyncClient
    other: httpx.AsyncClient
    path: str
    listed: str
    key: str
    first: dict[str, Any]
    second: dict[str, Any]
    says: str
    shown_as: str = ""

    async def read(self, client: httpx.AsyncClient) -> dict[str, Any]:
        """Return the thing as the list shows it."""
        items = (await client.get(self.listed)).json()["items"]
        found: dict[str, Any] = next(each for each in items if each["id"] == self.key)
        return found


async def _post(hall: Hall) -> Edit:
    one, other = await hall.client_as(ZHOU_BA), await hall.client_as(ZHOU_BA)
    return Edit(
        one,
        other,
        f"{API}/accounts/{LI_SI.id}/post",
        f"{API}/accounts",
        LI_SI.id,
        {"post": "村监委会主任"},
        {"post": "村监委会委员"},
        says="post",
    )


async def _handover(hall: Hall) -> Edit:
    one, other = await hall.client_as(ZHOU_BA), await hall.client_as(ZHOU_BA)
    path = f"{API}/accounts/{ZHANG_SAN.id}/handover"
    body = {"id": NEW, "login": "qianjiu", "name": "钱九", "on": "2026-10-12"}
    assert (await one.post(path, json=body)).status_code == 201
    return Edit(
        one,
        other,
        path,
        f"{API}/accounts",
        ZHANG_SAN.id,
        {"on": "2026-10-20"},
        {"on": "2026-10-30"},
        says="on",
        shown_as="ends_on",
    )


async def _passkey(hall: Hall) -> Edit:
    one, other = (
        await signed_in_at_home(hall, ZHANG_SAN),
        await signed_in_at_home(hall, ZHANG_SAN),
    )
    kept = await registered(one, Authenticator())
    listed = f"{API}/me/passkeys"
    return Edit(
        one,
        other,
        f"{listed}/{kept['id']}",
        listed,
        kept["id"],
        {"name": "红手机"},
        {"name": "蓝手机"},
        says="name",
    )


async def _point(hall: Hall) -> Edit:
    await point_registered(hall)
    one, other = await hall.client_as(ZHAO_LIU), await hall.client_as(ZHAO_LIU)
    said = {k: v for k, v in a_point().items() if k not in ("id", "division")}
    return Edit(
        one,
        other,
        f"{POINTS}/{HALL}",
        POINTS,
        HALL,
        said | {"name": "广场查询机"},
        said | {"name": "村口查询机"},
        says="name",
    )


@pytest.mark.parametrize("arrange", [_post, _handover, _passkey, _point])
async def test_the_second_is_told_and_nothing_is_overwritten(
    hall: Hall, arrange: Callable[[Hall], Awaitable[Edit]]
) -> None:
    edit = await arrange(hall)
    before, seen_by_other = await edit.read(edit.one), await edit.read(edit.other)
    blind = await edit.one.put(edit.path, json=edit.first)
    assert (problem_of(blind), blind.status_code) == ("precondition-required", 428)
    assert await edit.read(edit.one) == before

    tag = {"If-Match": f'"r{before["revision"]}"'}
    done = await edit.one.put(edit.path, json=edit.first, headers=tag)
    assert done.is_success, done.text
    now = await edit.read(edit.one)
    assert now[edit.shown_as or edit.says] == edit.first[edit.says]
    assert done.headers["etag"] == f'"r{now["revision"]}"'
    events = await hall.rows("SELECT id FROM event")

    stale = {"If-Match": f'"r{seen_by_other["revision"]}"'}
    late = await edit.other.put(edit.path, json=edit.second, headers=stale)
    assert (problem_of(late), late.status_code) == ("edited-meanwhile", 412)
    assert str(now["revision"]) in late.json()["detail"]
    assert await edit.read(edit.one) == now
    # The first one's answer was lost: the same words again are no edit.
    again = await edit.one.put(edit.path, json=edit.first, headers=tag)
    assert again.is_success
    assert again.headers["etag"] == done.headers["etag"]
    assert await hall.rows("SELECT id FROM event") == events

    # Whoever reads again may decide again.
    fresh = {"If-Match": f'"r{(await edit.read(edit.other))["revision"]}"'}
    assert (await edit.other.put(edit.path, json=edit.second, headers=fresh)).is_success
    assert (await edit.read(edit.one))[edit.shown_as or edit.says] == edit.second[edit.says]


async def test_a_handover_that_was_moved_meanwhile_is_not_called_off(hall: Hall) -> None:
    edit = await _handover(hall)
    seen = {"If-Match": f'"r{(await edit.read(edit.one))["revision"]}"'}
    assert problem_of(await edit.other.delete(edit.path)) == "precondition-required"
    moved = await edit.one.put(edit.path, json=edit.first, headers=seen)
    assert problem_of(await edit.other.delete(edit.path, headers=seen)) == "edited-meanwhile"
    assert (await edit.read(edit.one))["ends_on"] == edit.first["on"]
    fresh = {"If-Match": moved.headers["etag"]}
    called_off = await edit.other.delete(edit.path, headers=fresh)
    assert called_off.json()["ends_on"] is None
    assert called_off.headers["etag"] == f'"r{(await edit.read(edit.one))["revision"]}"'
