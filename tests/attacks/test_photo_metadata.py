"""Attack on whoever took the picture: reading place, time, camera and comments out of a public copy."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from tests.cast import LI_SI, VILLAGE_A, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import approve, submission

pytestmark = pytest.mark.one_engine

SECRETS = (b"GPSmark", b"comment-mark", b"camera-mark", b"owner-mark", b"xmp-mark", b"text-mark")
COPIES = [f"{size}.{kind}" for size in (320, 960, 1920) for kind in ("webp", "jpg")]


def jpeg() -> bytes:
    """Return a picture that tells everything a phone can tell."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "camera-mark"
    exif[ExifTags.Base.Artist] = "owner-mark"
    exif[ExifTags.Base.ImageDescription] = "text-mark"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:10:08 08:30:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (35.0, 51.0, 3.0)
    gps[ExifTags.GPS.GPSProcessingMethod] = b"GPSmark"
    out = io.BytesIO()
    Image.effect_noise((640, 480), 30).convert("RGB").save(
        out, "JPEG", exif=exif, comment=b"comment-mark", xmp=b"<x:xmpmeta>xmp-mark</x:xmpmeta>"
    )
    return out.getvalue() + b"owner-mark after the end"


def png() -> bytes:
    """Return a picture with text in its chunks."""
    told = PngInfo()
    told.add_text("Comment", "comment-mark")
    told.add_itxt("XML:com.adobe.xmp", "xmp-mark")
    out = io.BytesIO()
    Image.effect_noise((400, 300), 30).convert("RGBA").save(out, "PNG", pnginfo=told)
    return out.getvalue()


async def test_public_copies_hold_pixels_and_nothing_else(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    pictures = {hashlib.sha256(data).hexdigest(): data for data in (jpeg(), png())}
    for sha256, data in pictures.items():
        assert any(secret in data for secret in SECRETS)
        kept = await phone.put(f"/api/v1/photos/{sha256}?division={VILLAGE_A}", content=data)
        assert kept.status_code == 201, kept.text
    sent = submission(hall, photos=[{"sha256": s, "role": "board"} for s in pictures])
    disclosure = (await phone.post("/api/v1/submissions", json=sent)).json()["disclosure_id"]
    await approve(hall, sent["id"])
    visitor = hall.visitor()
    for sha256 in pictures:
        for name in COPIES:
            answer = await visitor.get(f"/api/v1/photos/{sha256}/{name}")
            assert answer.status_code == 200
            assert answer.headers["x-content-type-options"] == "nosniff"
            for secret in (*SECRETS, b"Exif\0\0", b"2026:10:08", b"http://ns.adobe.com"):
                assert secret not in answer.content, (name, secret)
            with Image.open(io.BytesIO(answer.content)) as picture:
                picture.load()
                assert not picture.getexif()
                assert not set(picture.info) & {
                    "exif",
                    "xmp",
                    "comment",
                    "icc_profile",
                    "photoshop",
                }
                if sha256 == hashlib.sha256(jpeg()).hexdigest():
                    assert picture.height > picture.width  # turned upright, as the phone held it

    page = await visitor.get(f"/api/v1/villages/{VILLAGE_A}")
    assert (
        "captured" not in page.text
    )  # the wall's pictures say when they came, not when they were taken
    for secret in SECRETS:
        assert secret.decode() not in (await visitor.get(f"/d/{disclosure}")).text


async def test_the_original_has_no_address(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    data = jpeg()
    sha256 = hashlib.sha256(data).hexdigest()
    await phone.put(f"/api/v1/photos/{sha256}?division={VILLAGE_A}", content=data)
    sent = submission(hall, photos=[{"sha256": sha256, "role": "board"}])
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    for client in (hall.visitor(), phone, await hall.client_as(LI_SI)):
        for name in ("original", "original.jpg", "4000.jpg", "960.jpeg", "960.png", "960.WEBP"):
            answer = await client.get(f"/api/v1/photos/{sha256}/{name}")
            assert problem_of(answer) == "not-found", name
        answer = await client.get(f"/api/v1/photos/{sha256.upper()}/960.jpg")
        assert problem_of(answer) == "not-found"
        assert (await client.get(f"/api/v1/photos/{sha256}")).status_code == 405
