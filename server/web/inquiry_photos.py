"""Photos of questions over HTTP: in with work done for each, out to whoever may see them, as copies without metadata."""

from __future__ import annotations

import secrets
from typing import Annotated

import msgspec

from server import problems
from server.commands.send_inquiry_photo import SentPhoto, send_inquiry_photo
from server.queries.inquiry_photo_access import photo_at_desk, photo_behind_link, public_photo
from server.rules import proofs
from server.rules.inquiry_photos import InquiryPhoto
from server.rules.proofs import Proof
from server.storage.inquiry_photos import blob_key
from server.web.asking import Answer, Ask
from server.web.body import announced_length
from server.web.inquiries import Device
from server.web.photos import NAMES, TYPES, limits_of
from server.web.wire import Headers

PHOTO = "application/octet-stream"
# Seen by whoever may see it now, kept by nobody.
UNSEEN = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


class InquiryPhotoHeaders(Headers):
    """The work done for '<id of the question>/<SHA-256 of the photo>', and the device that sends it."""

    proof_challenge: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    proof_number: Annotated[int, msgspec.Meta(ge=0, le=proofs.MOST_NUMBER)]
    asking_device: Device | None = None


async def put_inquiry_photo(ask: Ask) -> Answer:
    """Keep a photo until its question names it; the same one again costs nothing."""
    headers: InquiryPhotoHeaders = ask.headers
    await send_inquiry_photo(
        ask.store,
        ask.house.blobs,
        mark=ask.house.signer.mark,
        now=ask.now,
        address=ask.address,
        sent=SentPhoto(
            id=secrets.token_hex(16),
            inquiry_id=ask.path["id"],
            sha256=ask.path["sha256"],
            proof=Proof(headers.proof_challenge, headers.proof_number),
            device=headers.asking_device,
            announced=announced_length(ask.request),
            chunks=ask.body,
        ),
        limits=limits_of(ask.house.settings),
    )
    return Answer(status=204)


async def get_followed_photo(ask: Ask) -> Answer:
    """A photo of the question behind a private link."""
    photo = await photo_behind_link(ask.db, secret=ask.path["follow"], number=_number(ask))
    return await _copy(ask, photo)


async def get_desk_photo(ask: Ask) -> Answer:
    """A photo for whoever may read the question at work."""
    photo = await photo_at_desk(
        ask.db, actor=ask.me, inquiry_id=ask.path["id"], number=_number(ask)
    )
    return await _copy(ask, photo)


async def get_public_photo(ask: Ask) -> Answer:
    """A photo that its reviewer let the public see. The browser keeps it, but asks each time: it may be gone tomorrow."""
    photo = await public_photo(
        ask.db,
        book=ask.house.book,
        inquiry_id=ask.path["id"],
        number=_number(ask),
        now=ask.now,
    )
    tag = f'"{photo.id}-{ask.path["name"]}"'
    if ask.unchanged(tag):
        return Answer(etag=tag, cache="public, no-cache", status=304)
    found = await _copy(ask, photo)
    return Answer(found.content, media_type=found.media_type, etag=tag, cache="public, no-cache")


def _number(ask: Ask) -> int:
    if ask.path["name"] not in NAMES:
        raise problems.not_found()
    return int(ask.path["photo"])


async def _copy(ask: Ask, photo: InquiryPhoto) -> Answer:
    name = ask.path["name"]
    data = await ask.house.blobs.get(blob_key(photo.id, name))
    media_type = TYPES[name.rpartition(".")[2]]
    return Answer(data, media_type=media_type, cache="private, no-store", headers=UNSEEN)
