"""Photos that are none: each is refused with its own sentence, and neither a row nor a file is left behind."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import (
    LI_SI,
    SITE,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    Hall,
    Person,
    opened,
    problem_of,
)
from tests.journeys.posting import board_photo
from tests.journeys.written import written


def address(data: bytes, division: str = VILLAGE_A) -> str:
    """Return where a photo of these bytes is sent."""
    return f"/api/v1/photos/{hashlib.sha256(data).hexdigest()}?division={division}"


def files(hall: Hall) -> list[Path]:
    """Return every file in the folder of photos."""
    return [p for p in Path(hall.house.settings.photos).rglob("*") if p.is_file()]


JPEG = board_photo(1)[1]
WRONG = [
    ("a PDF", b"%PDF-1.7\n" + bytes(2000), "photo-is-pdf", 422),
    ("a PDF behind spaces", b"  \n%PDF-1.4\n" + bytes(2000), "photo-is-pdf", 422),
    ("half a JPEG", JPEG[: len(JPEG) // 2], "photo-truncated", 422),
    ("the first hundred bytes", JPEG[:100], "photo-truncated", 422),
    ("a GIF", b"GIF89a" + bytes(200), "photo-not-image", 422),
    ("a page", b"<html><script>alert(1)</script></html>", "photo-not-image", 422),
    ("a drawing with a script", b"<svg onload='alert(1)'/>", "photo-not-image", 422),
    ("a ZIP", b"PK\x03\x04" + bytes(200), "photo-not-image", 422),
    ("nothing", b"", "photo-not-image", 422),
]


@pytest.mark.one_engine
@pytest.mark.parametrize(("what", "data", "slug", "status"), WRONG, ids=lambda v: str(v)[:20])
async def test_not_a_photo(hall: Hall, what: str, data: bytes, slug: str, status: int) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    before = await written(hall)
    for lang in ("zh-CN", "en"):
        answer = await phone.put(
            address(data),
            content=data,
            headers={"Accept-Language": lang, "Content-Type": "image/jpeg"},
        )
        assert (problem_of(answer), answer.status_code) == (slug, status), what
        assert answer.json()["detail"].isascii() == (lang == "en")
    assert await written(hall) == before
    assert files(hall) == []


@pytest.mark.one_engine
async def test_the_hash_of_another_photo(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    answer = await phone.put(address(b"another"), content=JPEG)
    assert problem_of(answer) == "hash-mismatch"
    assert answer.json()["actual"] == board_photo(1)[0]
    assert answer.json()["expected"] == hashlib.sha256(b"another").hexdigest()
    assert files(hall) == []


async def test_limits_of_bytes_and_pixels_name_both_numbers(
    database_url: str, photo_root: Path
) -> None:
    async with opened(
        database_url, photo_root, max_photo_pixels=10_000, max_photo_bytes=100_000
    ) as hall:
        phone = await hall.client_as(ZHANG_SAN)
        out = io.BytesIO()
        Image.new("RGB", (200, 100)).save(out, "PNG")
        answer = await phone.put(address(out.getvalue()), content=out.getvalue())
        assert problem_of(answer) == "photo-too-many-pixels"
        assert "最多 1 万像素，这张是 200×100" in answer.json()["detail"]

        answer = await phone.put(address(bytes(100_001)), content=bytes(100_001))
        assert (problem_of(answer), answer.status_code) == ("photo-too-large", 413)
        assert "最多 97.6 KB，这张有 97.7 KB 或更多" in answer.json()["detail"]
        assert answer.json()["limit"] == 100_000
        assert files(hall) == []


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("who", "division"),
    [
        (ZHANG_SAN, VILLAGE_B),
        (LI_SI, VILLAGE_A),
        (WANG_WU, "640425102200"),
        (ZHAO_LIU, "640425102200"),
    ],
)
async def test_who_may_not_send_one(hall: Hall, who: Person, division: str) -> None:
    phone = await hall.client_as(who)
    assert problem_of(await phone.put(address(JPEG, division), content=JPEG)) == "not-allowed"
    assert files(hall) == []


@pytest.mark.one_engine
async def test_nobody_is_signed_in(hall: Hall) -> None:
    answer = await hall.visitor(Origin=SITE).put(address(JPEG), content=JPEG)
    assert problem_of(answer) == "not-signed-in"


@pytest.mark.parametrize("on", ["0001:01:01 00:00:00", "9999:12:31 23:59:59"])
async def test_a_capture_time_no_camera_could_have_is_no_claim(hall: Hall, on: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = on
    exif.get_ifd(0x8769)[0x9011] = "-12:00"
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "JPEG", exif=exif)
    phone = await hall.client_as(ZHANG_SAN)
    answer = await phone.put(address(out.getvalue()), content=out.getvalue())
    assert answer.status_code == 201, answer.text
    assert [r["captured_at"] for r in await hall.rows("SELECT captured_at FROM photo")] == [None]


@pytest.mark.one_engine
async def test_the_same_photo_again_costs_nothing(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    assert (await phone.put(address(JPEG), content=JPEG)).status_code == 201
    before = await written(hall)
    again = await phone.put(address(JPEG), content=JPEG)
    assert (again.status_code, again.json()["known"]) == (200, True)
    assert await written(hall) == before
