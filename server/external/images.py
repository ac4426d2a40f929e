"""Pictures: what a file really is, and the public copies made of it. The home of Pillow, with share_card.py.

Type by content, never by name. Size and pixels are refused before anything is decoded. Public copies carry no
metadata at all: no EXIF, no GPS, no comment, no colour profile (pixels are converted to sRGB first).
"""

from __future__ import annotations

import io
import struct
import warnings
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pi_heif
from msgspec import Struct
from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from server import problems
from server.problems import Say

pi_heif.register_heif_opener()
ImageFile.LOAD_TRUNCATED_IMAGES = False
# `examine` refuses by the header, before a pixel is decoded, and can name both numbers.
Image.MAX_IMAGE_PIXELS = None
# Damaged EXIF is common and harmless: the picture counts.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")

FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
    "MPO": "image/jpeg",
}
# No other decoder is ever run on what strangers send. (A phone's MPO is opened as the JPEG that it is.)
OPENED = ("JPEG", "PNG", "WEBP", "HEIF")
_OTHERS = {
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"BM": "BMP",
    b"PK\x03\x04": "ZIP",
    b"<svg": "SVG",
    b"<": "HTML",
}
SIZES = (1920, 960, 320)
COPIES = tuple(f"{size}.{kind}" for size in SIZES for kind in ("webp", "jpg"))
"""The names of the public copies."""
WEBP_QUALITY = 78
JPEG_QUALITY = 80
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Limits(Struct, frozen=True):
    """What is accepted: bytes of the file, pixels of the picture (width × height)."""

    max_bytes: int
    max_pixels: int


class ImageFacts(Struct, frozen=True):
    """What a picture is, after its orientation is applied. `captured_at` is its own claim, kept privately."""

    media_type: str
    width: int
    height: int
    captured_at: datetime | None


def examine(data: bytes, limits: Limits) -> ImageFacts:
    """Return what a picture is, having decoded it once to the last row.

    Raises: photo_too_large, photo_is_pdf, photo_not_image, photo_too_many_pixels, photo_truncated.
    """
    if len(data) > limits.max_bytes:
        raise problems.photo_too_large(limit=limits.max_bytes, size=len(data))
    if data[:1024].lstrip().startswith(b"%PDF-"):
        raise problems.photo_is_pdf()
    with _opened(data) as picture:
        width, height = picture.size
        if width * height > limits.max_pixels:
            raise problems.photo_too_many_pixels(
                limit=limits.max_pixels, width=width, height=height
            )
        if picture.format not in FORMATS:
            raise problems.photo_not_image(picture.format or Say("别的内容", "something else"))
        media_type = FORMATS[picture.format]
        # First: a PNG may keep its EXIF behind the pixels, and reading that decodes them.
        _decode(picture)
        captured = _captured_at(picture)
        turned = _orientation(picture) in (5, 6, 7, 8)
    return ImageFacts(media_type, *((height, width) if turned else (width, height)), captured)


def derivatives(data: bytes) -> dict[str, bytes]:
    """Return the public copies by name ('960.webp', '960.jpg' …): long side at most that, never enlarged.

    The largest is made first and each smaller one from it; of a JPEG that is much larger no more is decoded than is needed.
    """
    made: dict[str, bytes] = {}
    with _opened(data) as picture:
        # Twice the size, not nearly the size: the small print of a board would lose six decibels.
        picture.draft("RGB", _fitted(picture.size, 2 * SIZES[0]))
        _decode(picture)
        # Turned and cleaned when it is small, where it has colours alone: palettes and keys do not blend.
        if picture.mode == "RGB" and "transparency" not in picture.info:
            current = _shrunk(picture, SIZES[0])
        else:
            current = picture
        current = _plain(ImageOps.exif_transpose(current))
    for size in SIZES:
        current = _shrunk(current, size)
        for name, kind, options in (
            (f"{size}.webp", "WEBP", {"quality": WEBP_QUALITY, "method": 4}),
            (
                f"{size}.jpg",
                "JPEG",
                {"quality": JPEG_QUALITY, "optimize": True, "progressive": True},
            ),
        ):
            out = io.BytesIO()
            current.save(out, kind, **options)
            made[name] = out.getvalue()
    return made


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=OPENED)
    except UnidentifiedImageError:
        raise problems.photo_not_image(_kind(data)) from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error):
        raise problems.photo_truncated() from None


def _kind(data: bytes) -> Say | str:
    """Return the name of what a file is instead of a photo, for the refusal."""
    return next(
        (name for start, name in _OTHERS.items() if data.startswith(start)),
        Say("别的内容", "something else"),
    )


def _decode(picture: Image.Image) -> None:
    try:
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error, MemoryError):
        raise problems.photo_truncated() from None


def _plain(picture: Image.Image) -> Image.Image:
    """Return the pixels alone, in sRGB, on white where they were transparent."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            picture = converted or picture
    if picture.mode.startswith(("I", "F")):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    clean = Image.new("RGB", picture.size)
    clean.paste(picture.convert("RGB"))
    return clean


def _shrunk(picture: Image.Image, size: int) -> Image.Image:
    fitted = _fitted(picture.size, size)
    if fitted == picture.size:
        return picture
    return picture.resize(fitted, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _fitted(sides: tuple[int, int], size: int) -> tuple[int, int]:
    """Return the sides of a picture when its long side is at most that."""
    width, height = sides
    longest = max(width, height, size)
    return max(1, round(width * size / longest)), max(1, round(height * size / longest))


def _orientation(picture: Image.Image) -> object:
    try:
        return picture.getexif().get(ExifTags.Base.Orientation)
    except (OSError, ValueError, SyntaxError, struct.error):
        return None


def _captured_at(picture: Image.Image) -> datetime | None:
    """Return EXIF DateTimeOriginal; without an offset it is taken as Asia/Shanghai, where these boards hang."""
    try:
        exif = picture.getexif().get_ifd(ExifTags.IFD.Exif)
        taken = str(exif.get(ExifTags.Base.DateTimeOriginal) or "").strip("\0 ")
        day, _, clock = taken.partition(" ")
        moment = datetime.fromisoformat(f"{day.replace(':', '-')}T{clock}")
    except (ValueError, OSError, SyntaxError, KeyError, TypeError, struct.error):
        return None
    return moment.replace(tzinfo=_zone(str(exif.get(ExifTags.Base.OffsetTimeOriginal) or "")))


def _zone(offset: str) -> timezone | ZoneInfo:
    sign, text = (-1, offset[1:]) if offset.startswith("-") else (1, offset.lstrip("+"))
    try:
        hours, minutes = text.split(":")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
    except ValueError:
        return SHANGHAI
