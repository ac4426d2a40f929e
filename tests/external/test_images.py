"""Pictures: what a file really is decides, and nothing of whoever took it reaches the public copy."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat, PngImagePlugin

from server.external.images import Limits, derivatives, examine
from server.problem import Problem

LIMITS = Limits(max_bytes=15_000_000, max_pixels=20_000_000)
NAMES = {"320.webp", "320.jpg", "960.webp", "960.jpg", "1920.webp", "1920.jpg"}


def picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red and whose right half is white."""
    made = Image.new("RGB", (width, height), "white")
    made.paste("red", (0, 0, width // 2, height))
    return made.convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(**tags: Any) -> Image.Exif:
    made = Image.Exif()
    made[0x010F] = "PHONE OF ZHANG SAN"
    if "orientation" in tags:
        made[0x0112] = tags["orientation"]
    ifd = made.get_ifd(0x8769)
    if "taken" in tags:
        ifd[0x9003] = tags["taken"]
    if "offset" in tags:
        ifd[0x9011] = tags["offset"]
    made.get_ifd(0x8825)[2] = (35.0, 51.0, 12.0)
    return made


def refusal(data: bytes, limits: Limits = LIMITS) -> Problem:
    with pytest.raises(Problem) as refused:
        examine(data, limits)
    return refused.value


@pytest.mark.parametrize(
    ("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_the_content_says_what_a_file_is(kind: str, media_type: str) -> None:
    facts = examine(encoded(picture(), kind), LIMITS)
    assert (facts.media_type, facts.width, facts.height, facts.captured_at) == (
        media_type,
        64,
        48,
        None,
    )


@pytest.mark.parametrize(
    ("taken", "offset", "expected"),
    [
        ("2026:10:14 08:30:00", None, datetime(2026, 10, 14, 0, 30, tzinfo=UTC)),
        ("2026:10:14 08:30:00", "+06:00", datetime(2026, 10, 14, 2, 30, tzinfo=UTC)),
        ("2026:10:14 08:30:00", "nonsense", datetime(2026, 10, 14, 0, 30, tzinfo=UTC)),
        ("0000:00:00 00:00:00", None, None),
        ("yesterday", None, None),
        ("", None, None),
    ],
)
def test_the_capture_time_is_a_claim_and_may_be_missing(
    taken: str, offset: str | None, expected: datetime | None
) -> None:
    tags = {"taken": taken} | ({"offset": offset} if offset else {})
    assert examine(encoded(picture(), exif=exif(**tags)), LIMITS).captured_at == expected


def test_copies_never_grow_and_never_keep_metadata() -> None:
    info = {"exif": exif(taken="2026:10:14 08:30:00"), "comment": b"ZHANG SAN AT HOME"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(picture(1200, 800), **info, icc_profile=profile, quality=90)
    assert b"ZHANG SAN" in data
    made = derivatives(data)
    assert made.keys() == NAMES
    sizes = {name: Image.open(io.BytesIO(copy)).size for name, copy in made.items()}
    assert sizes["1920.jpg"] == sizes["1920.webp"] == (1200, 800)
    assert sizes["960.jpg"] == (960, 640)
    assert sizes["320.webp"] == (320, 213)
    for name, copy in made.items():
        assert b"ZHANG SAN" not in copy, name
        assert b"Exif" not in copy, name
        assert b"ICC" not in copy, name
        opened = Image.open(io.BytesIO(copy))
        assert not opened.getexif(), name
        assert not {"comment", "xmp", "icc_profile", "exif"} & opened.info.keys(), name


@pytest.mark.parametrize("size", [(500, 375), (375, 500)])
def test_small_print_stays_as_sharp_as_its_size_allows(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decoded at half its size, which is nearly the copy's, a sheet full of lines would lose six decibels."""
    monkeypatch.setattr("server.external.images.SIZES", (240,))
    sheet = Image.new("RGB", size, "white")
    for x in range(10, size[0] - 10, 7):
        for y in range(10, size[1] - 10, 9):
            ImageDraw.Draw(sheet).line((x, y, x + (x * y) % 6, y + 6), fill="black")
    photo = encoded(sheet, quality=95)
    exact = Image.open(io.BytesIO(photo))
    exact.thumbnail((240, 240), Image.Resampling.LANCZOS, reducing_gap=None)
    copy = Image.open(io.BytesIO(derivatives(photo)["240.jpg"]))
    assert copy.size == exact.size
    error = ImageStat.Stat(ImageChops.difference(exact, copy))
    assert sum(error.rms) / 3 < 8


def test_text_in_a_png_does_not_survive() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "ZHANG SAN")
    text.add_itxt("XML:com.adobe.xmp", "<x>ZHANG SAN</x>")
    for copy in derivatives(encoded(picture(), "PNG", pnginfo=text)).values():
        assert b"ZHANG SAN" not in copy


def test_orientation_is_applied_and_then_forgotten() -> None:
    data = encoded(picture(640, 480), exif=exif(orientation=6), quality=95)
    assert (examine(data, LIMITS).width, examine(data, LIMITS).height) == (480, 640)
    copy = Image.open(io.BytesIO(derivatives(data)["320.jpg"]))
    assert copy.size == (240, 320)
    # Turned clockwise, the red left half is at the top.
    red, white = copy.convert("RGB").getpixel((120, 20)), copy.convert("RGB").getpixel((120, 300))
    assert red[0] > 200 and red[1] < 80, red  # noqa: PT018
    assert min(white) > 200


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_every_kind_of_pixel_becomes_a_plain_picture(mode: str) -> None:
    plain = picture().convert("L") if mode == "I;16" else picture()
    data = encoded(plain.convert("I;16") if mode == "I;16" else plain.convert(mode), "PNG")
    examine(data, LIMITS)
    copy = Image.open(io.BytesIO(derivatives(data)["320.jpg"])).convert("RGB")
    assert copy.size == (64, 48)


def test_sixteen_bits_keep_their_brightness() -> None:
    bright = Image.frombytes("I;16", (40, 40), struct.pack("<1600H", *[52_000] * 1600))
    copy = Image.open(io.BytesIO(derivatives(encoded(bright, "PNG"))["320.jpg"])).convert("L")
    assert abs(copy.getpixel((20, 20)) - 52_000 // 256) < 6


def test_cmyk_becomes_rgb() -> None:
    data = encoded(picture(mode="CMYK"), quality=95)
    red = Image.open(io.BytesIO(derivatives(data)["320.jpg"])).convert("RGB").getpixel((10, 20))
    assert red[0] > 180 and red[1] < 90, red  # noqa: PT018


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    copy = Image.open(io.BytesIO(derivatives(encoded(clear, "PNG"))["320.jpg"]))
    assert copy.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_of_an_animation_the_first_picture_counts() -> None:
    frames = [picture(), Image.new("RGB", (64, 48), "blue")]
    data = encoded(
        frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, lossless=True
    )
    assert examine(data, LIMITS).media_type == "image/webp"
    made = derivatives(data)["320.webp"]
    assert getattr(Image.open(io.BytesIO(made)), "n_frames", 1) == 1
    assert Image.open(io.BytesIO(made)).convert("RGB").getpixel((5, 5))[0] > 200


def test_heic_is_understood() -> None:
    pi_heif = pytest.importorskip("pi_heif")
    assert "HEIF" in Image.OPEN
    assert pi_heif.libheif_info()
    # Its decoder refuses in our words what only begins like one.
    head = struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"heic", 0, b"mif1", b"heic")
    assert refusal(head + b"\0" * 64).slug in ("photo-truncated", "photo-not-image")


# --- attacks


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 999))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [5_000, 60_000, 2_000_000])
def test_a_decompression_bomb_is_refused_by_its_header(side: int) -> None:
    problem = refusal(bomb(side, side))
    assert problem.slug == "photo-too-many-pixels"
    assert f"{side}×{side}" in problem.detail.zh


def test_too_many_bytes_are_refused_unopened() -> None:
    problem = refusal(b"\xff" * 2_000, Limits(1_000, 1_000))
    assert problem.slug == "photo-too-large"
    assert problem.members["limit"] == 1_000


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_part_of_a_picture_is_refused(kind: str, kept: float) -> None:
    noise = Image.effect_noise((200, 200), 80)
    data = encoded(noise, kind)
    assert refusal(data[: int(len(data) * kept)]).slug in ("photo-truncated", "photo-not-image")


def test_a_picture_cut_in_the_middle_is_called_incomplete() -> None:
    data = encoded(Image.effect_noise((400, 400), 80))
    assert refusal(data[: len(data) // 2]).slug == "photo-truncated"


def test_a_renamed_pdf_is_called_one() -> None:
    assert refusal(b"%PDF-1.7\n1 0 obj\n").slug == "photo-is-pdf"
    assert refusal(b"\n\n%PDF-1.4\n").slug == "photo-is-pdf"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"GIF89a" + b"\0" * 30, "GIF"),
        (b"PK\x03\x04" + b"\0" * 30, "ZIP"),
        (b"<html><script>alert(1)</script>", "HTML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"MZ\x90\0", "something else"),
        (b"", "something else"),
    ],
)
def test_what_is_no_photo_is_named(data: bytes, found: str) -> None:
    problem = refusal(data)
    assert problem.slug == "photo-not-image"
    assert found in problem.detail.en


def test_a_tiff_bmp_or_gif_is_not_opened_at_all() -> None:
    for kind in ("TIFF", "BMP", "GIF"):
        assert refusal(encoded(picture(), kind)).slug == "photo-not-image"


def test_what_hangs_on_the_end_of_a_picture_does_not_survive() -> None:
    data = encoded(picture(400, 300)) + b"PK\x03\x04 and <script>alert(1)</script> %PDF-1.7"
    assert examine(data, LIMITS).media_type == "image/jpeg"
    for copy in derivatives(data).values():
        assert b"<script>" not in copy
        assert b"PK\x03\x04" not in copy


def test_a_picture_one_pixel_high_has_copies() -> None:
    data = encoded(picture(3000, 1))
    assert Image.open(io.BytesIO(derivatives(data)["320.webp"])).size == (320, 1)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_damaged_exif_is_no_reason_to_refuse_a_picture() -> None:
    data = encoded(picture(640, 480), exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 40)
    facts = examine(data, LIMITS)
    assert (facts.width, facts.captured_at) == (640, None)
    assert derivatives(data).keys() == NAMES
