"""Attack: another person's upload, by its address, by a made-up one, or by a path in its place."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from server.web.uploads import UPLOADS
from tests.cast import LI_SI, SUN_QI, ZHANG_SAN, ZHAO_LIU, Hall, Person, problem_of
from tests.journeys.posting import board_photo
from tests.web.pieces import PIECE, TUS, begin, offset, send

pytestmark = pytest.mark.one_engine

SHA256, JPEG = board_photo(1)


@pytest.mark.parametrize("person", [SUN_QI, ZHAO_LIU, LI_SI, None], ids=lambda p: p and p.login)
async def test_it_is_not_there_for_others(hall: Hall, person: Person | None) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    address = await begin(zhang, JPEG)
    await send(zhang, address, JPEG[:1000], 0)
    other = await hall.client_as(person) if person else hall.visitor()
    expected = {SUN_QI: 404, ZHAO_LIU: 404, LI_SI: 403, None: 401}[person]
    for method in ("HEAD", "PATCH", "DELETE"):
        headers = {**PIECE, "Upload-Offset": "1000"}
        answer = await other.request(method, address, headers=headers, content=b"evil")
        assert answer.status_code == expected, method
        assert "upload-offset" not in answer.headers
    assert await offset(zhang, address) == 1000


async def test_the_same_photo_of_two_people_is_two_uploads(hall: Hall) -> None:
    zhang, sun = await hall.client_as(ZHANG_SAN), await hall.client_as(SUN_QI)
    his = await begin(zhang, JPEG)
    assert await begin(sun, JPEG, SUN_QI.division) != his
    await send(sun, his, JPEG, 0)
    assert await offset(zhang, his) == 0


def files(hall: Hall) -> list[Path]:
    """Return every file that the uploads of everybody are made of."""
    return sorted(hall.house.settings.uploads.rglob("*"))


PATHS = [
    "../../../etc/passwd",
    "..%2f..%2fphotos",
    "%2e%2e%2flock",
    "lock",
    f"{ZHANG_SAN.id}%2f{ZHANG_SAN.id}",
    f"..%2f{SUN_QI.id}",
    "01990000-0000-7000-8000-000000000001%00",
    "01990000-0000-7000-8000-000000000001%0a",
    "01990000-0000-7000-8000-000000000001.json",
    "01990000-0000-7000-8000-00000000000G",
    quote("０1990000-0000-7000-8000-000000000001"),
    "",
]


@pytest.mark.one_engine
@pytest.mark.parametrize("path", PATHS)
async def test_an_id_reaches_no_other_file(hall: Hall, path: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    await begin(phone, JPEG)
    before = files(hall)
    for method in ("HEAD", "PATCH", "DELETE"):
        answer = await phone.request(
            method, f"{UPLOADS}/{path}", headers={**PIECE, "Upload-Offset": "0"}, content=b"evil"
        )
        assert answer.status_code in (404, 405), method
    assert files(hall) == before


async def test_another_sites_page_cannot_touch_one(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    evil = {"Origin": "https://evil.example", **PIECE, "Upload-Offset": "0"}
    for method, override in (("PATCH", {}), ("DELETE", {}), ("POST", {"X-HTTP-Method-Override": "DELETE"}),
                             ("GET", {"X-HTTP-Method-Override": "DELETE"})):  # fmt: skip
        answer = await phone.request(method, address, headers={**evil, **override}, content=b"x")
        assert problem_of(answer) == "cross-origin", method
    assert (await phone.head(address, headers=TUS)).status_code == 200
