"""Attack: what stands in Upload-Metadata is to become a path, a header, another village or another photo."""

from __future__ import annotations

import pytest

from tests.cast import VILLAGE_A, VILLAGE_B, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import board_photo
from tests.web.pieces import TUS, UPLOADS, b64

pytestmark = pytest.mark.one_engine

SHA256, JPEG = board_photo(1)
GOOD = f"sha256 {b64(SHA256)},division {b64(VILLAGE_A)}"
BAD = [
    "",
    ",",
    "sha256",
    f"sha256 {b64(SHA256)}",
    f"division {b64(VILLAGE_A)}",
    f"sha256 {SHA256},division {b64(VILLAGE_A)}",  # not Base64 of the hex
    f"sha256 {b64(SHA256.upper())},division {b64(VILLAGE_A)}",
    f"sha256 {b64(SHA256)},division {b64(VILLAGE_A)}x=",
    f"{GOOD},sha256 {b64('0' * 64)}",  # which of the two?
    f"{GOOD},division {b64(VILLAGE_B)}",
    f"{GOOD},",
    f"{GOOD},, filename eA==",
    f"sha256 {b64('../../../etc/passwd')},division {b64(VILLAGE_A)}",
    f"sha256 {b64(SHA256 + chr(10))},division {b64(VILLAGE_A)}",
    f"sha256 {b64(SHA256)},division {b64('../../..')}",
    f"sha256 {b64(SHA256)},division {b64(VILLAGE_A + chr(10))}",
    f"sha256 {b64(SHA256)},division {b64('６４０４２５１０３２００')}",
    f"sha256 {b64(bytes(range(64)))},division {b64(bytes(12))}",
    f"sha256  {b64(SHA256)},division {b64(VILLAGE_A)}",
    f"{GOOD},filename {'A' * 2000}",
]


@pytest.mark.parametrize("written", BAD)
async def test_refused_and_nothing_begun(hall: Hall, written: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    headers = {**TUS, "Upload-Length": "10", "Upload-Metadata": written}
    answer = await phone.post(UPLOADS, headers=headers)
    assert (problem_of(answer), answer.status_code) == ("parameter-not-valid", 400)
    assert answer.json()["parameter"] == "Upload-Metadata"
    assert not hall.house.settings.uploads.exists()


async def test_other_keys_are_told_back_and_mean_nothing(hall: Hall) -> None:
    """The protocol wants them back as they were sent; they reach no path and no other header."""
    phone = await hall.client_as(ZHANG_SAN)
    nasty = b64("../../x\r\nSet-Cookie: admin=1")
    written = f"{GOOD},filename {nasty},is_confidential"
    headers = {**TUS, "Upload-Length": str(len(JPEG)), "Upload-Metadata": written}
    address = (await phone.post(UPLOADS, headers=headers)).headers["location"]
    head = await phone.head(address, headers=TUS)
    assert head.headers["upload-metadata"] == written
    assert "set-cookie" not in head.headers
    lie = {"Upload-Metadata": f"sha256 {b64('0' * 64)}", "Upload-Length": "1"}
    sent = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    await phone.patch(address, content=JPEG, headers={**sent, **lie})
    assert [row["sha256"] for row in await hall.rows("SELECT sha256 FROM photo")] == [SHA256]
