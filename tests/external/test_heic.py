"""What an iPhone sends: real HEIC files (how they were made is in samples/draw_heic.py), taken, turned and stripped."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from server.external.images import Limits, derivatives, examine
from tests.cast import VILLAGE_A, ZHANG_SAN, Hall, hall

pytestmark = pytest.mark.one_engine

__all__ = ["hall"]

SAMPLES = Path(__file__).parent / "samples"
LIMITS = Limits(max_bytes=15_000_000, max_pixels=20_000_000)
NAMES = {"320.webp", "320.jpg", "960.webp", "960.jpg", "1920.webp", "1920.jpg"}
TOLD = (b"ZHANG SAN", b"PHONE OF", b"Exif", b"2026:10:09", b"xmpmeta")
RED, GREEN, WHITE = (255, 0, 0), (0, 128, 0), (255, 255, 255)
# Corners from the upper left, clockwise: a quarter turn brings the lower left one up.
CORNERS = {
    "upright": (160, 120, [GREEN, WHITE, WHITE, RED]),
    "turned": (120, 160, [RED, GREEN, WHITE, WHITE]),
}


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.heic").read_bytes()


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """Return the colours near the corners, clockwise from the upper left."""
    right, low = picture.width - 8, picture.height - 8
    places = ((8, 8), (right, 8), (right, low), (8, low))
    return [tuple(picture.convert("RGB").crop((x, y, x + 1, y + 1)).tobytes()) for x, y in places]


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", CORNERS)
def test_the_samples_are_what_a_phone_writes(name: str) -> None:
    """Coded pictures under HEIC's own brand, telling who, where and when: otherwise the tests below prove nothing."""
    data = sample(name)
    assert data[4:12] == b"ftypheic"
    assert b"hvc1" in data
    assert all(word in data for word in TOLD)
    assert (b"irot" in data) == (name == "turned")


@pytest.mark.parametrize("name", CORNERS)
def test_it_is_accepted_and_turned(name: str) -> None:
    width, height, _ = CORNERS[name]
    facts = examine(sample(name), LIMITS)
    assert (facts.media_type, facts.width, facts.height) == ("image/heic", width, height)
    assert facts.captured_at == datetime(2026, 10, 9, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", CORNERS)
def test_its_copies_are_upright_and_tell_nothing(name: str) -> None:
    width, height, expected = CORNERS[name]
    made = derivatives(sample(name))
    assert made.keys() == NAMES
    for copy in made.values():
        assert not any(word in copy for word in TOLD)
        picture = Image.open(io.BytesIO(copy))
        assert picture.size == (width, height)
        assert not picture.getexif()
        found = corners(picture)
        assert all(alike(a, b) for a, b in zip(found, expected, strict=True)), found


async def test_half_a_file_is_refused(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    half = sample("upright")[:700]
    sha256 = hashlib.sha256(half).hexdigest()
    answer = await phone.put(f"/api/v1/photos/{sha256}?division={VILLAGE_A}", content=half)
    assert answer.status_code == 422
    assert answer.json()["type"] in ("/problems/photo-truncated", "/problems/photo-not-image")
    assert await hall.rows("SELECT * FROM photo") == []


async def test_it_goes_in_and_comes_out_as_what_every_browser_shows(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    data = sample("turned")
    sha256 = hashlib.sha256(data).hexdigest()
    stored = await phone.put(f"/api/v1/photos/{sha256}?division={VILLAGE_A}", content=data)
    assert stored.status_code == 201, stored.text
    assert stored.json()["media_type"] == "image/heic"
    assert (stored.json()["width"], stored.json()["height"]) == (120, 160)
    for name, kind in (("320.webp", "image/webp"), ("960.jpg", "image/jpeg")):
        copy = await phone.get(f"/api/v1/photos/{sha256}/{name}")
        assert copy.headers["content-type"] == kind
        assert not any(word in copy.content for word in TOLD)
        assert Image.open(io.BytesIO(copy.content)).size == (120, 160)
