"""Attack: an upload that lies about where it is, how long it is, or what it brings."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import ZHANG_SAN, Hall, opened, problem_of
from tests.journeys.posting import board_photo
from tests.web.pieces import PIECE, TUS, UPLOADS, begin, offset, send, to_come

# Bytes and hashes: a folder on the disk, and no engine.
pytestmark = pytest.mark.sqlite

SHA256, JPEG = board_photo(1)


@pytest.mark.parametrize(
    "said", ["-1", "1e3", "0x10", "", " ", "null", "9" * 40, "1,0", "٣", "0; 1"]
)
async def test_offsets_that_are_no_numbers(hall: Hall, said: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    headers = [
        *((k.encode(), v.encode()) for k, v in PIECE.items()),
        (b"Upload-Offset", said.encode()),
    ]
    answer = await phone.patch(address, content=JPEG, headers=headers)
    assert (problem_of(answer), answer.status_code) == ("parameter-not-valid", 400)
    assert await offset(phone, address) == 0


async def test_two_offsets_at_once(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    twice = [*PIECE.items(), ("Upload-Offset", "0"), ("Upload-Offset", "1")]
    assert (
        problem_of(await phone.patch(address, content=JPEG, headers=twice)) == "parameter-not-valid"
    )


async def test_longer_than_announced_is_refused_unread(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)

    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    headers = {**PIECE, "Upload-Offset": "0", "Content-Length": str(len(JPEG) + 1)}
    answer = await phone.patch(address, content=never(), headers=headers)
    assert (problem_of(answer), answer.status_code) == ("upload-too-long", 413)
    assert await offset(phone, address) == 0


@pytest.mark.parametrize("checksum", [{}, {"Upload-Checksum": "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk="}])
async def test_an_endless_piece_is_cut_off(hall: Hall, checksum: dict[str, str]) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 50 * len(JPEG):
            sent += 10_000
            yield bytes(10_000)

    headers = {**PIECE, "Upload-Offset": "0", **checksum}
    answer = await phone.patch(address, content=endless(), headers=headers)
    assert problem_of(answer) == "upload-too-long"
    assert await offset(phone, address) < len(JPEG)
    on_disk = [p.stat().st_size for p in folder_of(hall).glob("*.part")]
    assert max(on_disk) <= len(JPEG)


def folder_of(hall: Hall) -> Path:
    return hall.house.settings.uploads / ZHANG_SAN.id


async def test_larger_than_any_photo_is_refused_at_once(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    limit = hall.house.settings.max_photo_bytes
    headers = {**to_come(JPEG), "Upload-Length": str(limit + 1)}
    answer = await phone.post(UPLOADS, headers=headers)
    assert (problem_of(answer), answer.status_code) == ("photo-too-large", 413)
    assert (answer.json()["limit"], answer.json()["size"]) == (limit, limit + 1)
    for length in ("0", "-1", str(2**64), "1.5"):
        answer = await phone.post(UPLOADS, headers={**to_come(JPEG), "Upload-Length": length})
        assert answer.status_code in (400, 422), length
    assert not folder_of(hall).exists()


def bomb() -> bytes:
    """Return a PNG of 40,000 × 40,000 black pixels in a few hundred kilobytes: 1.6 gigapixels to unpack."""
    out = io.BytesIO()
    Image.new("1", (8, 8)).save(out, "PNG")
    png = out.getvalue()
    side = (40_000).to_bytes(4, "big")
    header = b"IHDR" + side + side + bytes([1, 0, 0, 0, 0])
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(5_001)) for _ in range(40_000)) + packer.flush()

    def piece(name: bytes) -> bytes:
        return (len(name) - 4).to_bytes(4, "big") + name + zlib.crc32(name).to_bytes(4, "big")

    return png[:8] + piece(header) + piece(b"IDAT" + rows) + piece(b"IEND")


async def test_a_picture_that_unpacks_to_gigabytes_is_not_unpacked(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    data = bomb()
    assert len(data) < 400_000
    address = await begin(phone, data)
    half = len(data) // 2
    await send(phone, address, data[:half], 0)
    answer = await send(phone, address, data[half:], half)
    assert problem_of(answer) == "photo-too-many-pixels"
    assert "40000×40000" in answer.json()["detail"]
    assert list(folder_of(hall).glob("*.*")) == []


async def test_the_hash_of_a_photo_that_is_here_with_other_bytes(hall: Hall) -> None:
    """Who names a known photo and brings something else neither replaces it nor is believed."""
    phone = await hall.client_as(ZHANG_SAN)
    await send(phone, await begin(phone, JPEG), JPEG, 0)
    other = board_photo(2)[1].ljust(len(JPEG), b"\0")[: len(JPEG)]
    answer = await send(phone, await begin(phone, other, sha256=SHA256), other, 0)
    assert problem_of(answer) == "hash-mismatch"
    kept = await hall.house.blobs.get(f"photos/{SHA256[:2]}/{SHA256}/original")
    assert hashlib.sha256(kept).hexdigest() == SHA256


async def test_a_compressed_piece_is_not_unpacked(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    answer = await send(phone, address, b"x", 0, Content_Encoding="gzip")
    assert problem_of(answer) == "unsupported-media-type"


async def test_a_thousand_unfinished_uploads(database_url: str, photo_root: Path) -> None:
    async with opened(database_url, photo_root) as hall:
        phone = await hall.client_as(ZHANG_SAN)
        refused = None
        begun = []
        for number in range(1000):
            answer = await phone.post(UPLOADS, headers=to_come(b"%d" % number))
            if answer.status_code != 201:
                refused = answer
                break
            begun.append(answer.headers["location"])
        assert refused is not None, "a thousand were begun"
        assert (problem_of(refused), refused.status_code) == ("too-many-uploads", 429)
        assert (refused.json()["limit"], refused.json()["count"]) == (60, 60) == (len(begun), 60)
        assert refused.json()["first_expires"] == "2026-10-15"
        # The way out that the sentence names, and that a photo begun before can always be finished.
        assert (await phone.delete(begun[0], headers=TUS)).status_code == 204
        assert (await phone.post(UPLOADS, headers=to_come(b"one more"))).status_code == 201
        assert (await phone.post(UPLOADS, headers=to_come(b"59"))).headers["location"] == begun[59]
        # Nobody else is kept from sending.
        hall.clock.pass_(days=7)
        assert (await phone.post(UPLOADS, headers=to_come(b"a week later"))).status_code == 201
