"""Photos over HTTP: in by hash, out by size."""

from __future__ import annotations

from server import problems
from server.commands.store_photo import store_photo
from server.external.images import COPIES, Limits
from server.queries.photo_access import may_be_shown
from server.settings import Settings
from server.storage import photos
from server.web.asking import Answer, Ask
from server.web.wire import In, Out, PlaceCode

TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
NAMES = frozenset(COPIES)


class PhotoQuery(In):
    """The division in whose name the photo is sent."""

    division: PlaceCode


class PhotoAnswer(Out):
    """The photo on record."""

    sha256: str
    width: int
    height: int
    media_type: str
    bytes: int
    known: bool


def limits_of(settings: Settings) -> Limits:
    """Return what one photo may be at most."""
    return Limits(max_bytes=settings.max_photo_bytes, max_pixels=settings.max_photo_pixels)


async def put_photo(ask: Ask) -> Answer:
    """Keep a photo under its SHA-256; the same photo again costs nothing."""
    stored = await store_photo(
        ask.store,
        ask.house.blobs,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        division=ask.query.division,
        sha256=ask.path["sha256"],
        data=ask.body,
        limits=limits_of(ask.house.settings),
    )
    photo = stored.photo
    return Answer(
        PhotoAnswer(
            sha256=photo.sha256,
            width=photo.width,
            height=photo.height,
            media_type=photo.media_type,
            bytes=photo.bytes,
            known=stored.known,
        ),
        status=200 if stored.known else 201,
    )


async def get_photo(ask: Ask) -> Answer:
    """One public copy of a photo, without metadata; the original never leaves."""
    sha256, name = ask.path["sha256"], ask.path["name"]
    if name not in NAMES:
        raise problems.not_found()
    public = await may_be_shown(
        ask.db, book=ask.house.book, actor=ask.actor, sha256=sha256, now=ask.now
    )
    # A photo of an open notice may be taken down tomorrow: the browser keeps it, but asks each time.
    tag = f'"{sha256[:24]}-{name}"'
    cache = "public, no-cache" if public else "private, no-store"
    if ask.unchanged(tag):
        return Answer(etag=tag, cache=cache, status=304)
    data = await ask.house.blobs.get(photos.blob_key(sha256, name))
    return Answer(data, media_type=TYPES[name.rpartition(".")[2]], etag=tag, cache=cache)
