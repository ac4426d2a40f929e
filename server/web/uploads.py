"""Photos that come in pieces: the resumable upload protocol tus 1.0, with creation, checksum, expiration, termination.

Where the protocol leaves a choice: decision 0009.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from typing import Annotated, Any, Final, Literal

import msgspec
from starlette.datastructures import Headers as StarletteHeaders

from server import problems
from server.commands.begin_upload import begin_upload
from server.commands.receive_upload import Checksum, Piece, receive_upload
from server.commands.remove_upload import remove_upload
from server.commands.store_photo import store_photo
from server.problems import Problem, Say
from server.rules.uploads import KEPT_FOR, counted
from server.rules.values import uuid7_at
from server.storage.uploads import Gone, Upload
from server.web.asking import Answer, Ask
from server.web.body import announced_length
from server.web.photos import limits_of
from server.web.wire import PLACE, SHA256, Headers

UPLOADS: Final = "/api/v1/uploads"
VERSION: Final = "1.0.0"
SPOKEN: Final = {"Tus-Resumable": VERSION}
EXTENSIONS: Final = "creation,checksum,expiration,termination"
ALGORITHMS: Final = "sha256,sha1"
PIECE: Final = "application/offset+octet-stream"

# Digits and nothing else; msgspec would take '1e3' for a number. No file needs more of them.
Bytes = Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9][0-9]{0,14})$", max_length=15)]
MOST_METADATA = 2000


class TusHeaders(Headers):
    """What every request of the protocol says."""

    tus_resumable: Literal["1.0.0"]

    @classmethod
    def read(cls, given: StarletteHeaders) -> Any:
        """Return the headers; another version of the protocol is refused before anything else is looked at."""
        if (said := given.get("tus-resumable")) != VERSION:
            raise problems.other_tus_version(expected=VERSION, actual=(said or "-")[:20])
        return super().read(given)


class BeginHeaders(TusHeaders):
    """What is to come."""

    upload_length: Bytes
    upload_metadata: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            max_length=MOST_METADATA,
            description="sha256 <base64 of its hex>,division <base64>; other keys are kept and not read",
        ),
    ]


class PieceHeaders(TusHeaders):
    """Where a piece begins, and what it sums up to."""

    upload_offset: Bytes
    upload_checksum: (
        Annotated[
            str,
            msgspec.Meta(pattern=r"^(sha1|sha256) [A-Za-z0-9+/]{27,43}=$", max_length=51),
        ]
        | None
    ) = None


async def upload_options(ask: Ask) -> Answer:
    """What this server speaks; asked without being signed in."""
    return Answer(
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(ask.house.settings.max_photo_bytes),
            "Tus-Checksum-Algorithm": ALGORITHMS,
        }
    )


async def post_upload(ask: Ask) -> Answer:
    """Begin an upload; the same photo again, while it is unfinished, is the same upload."""
    said = metadata_of(ask.headers.upload_metadata)
    upload = await begin_upload(
        ask.house.uploads,
        Upload(
            id=uuid7_at(ask.now, secrets.token_bytes(10)),
            owner=ask.me.account_id,
            division=_said(said, "division", PLACE),
            sha256=_said(said, "sha256", SHA256),
            length=int(ask.headers.upload_length),
            metadata=ask.headers.upload_metadata,
            created_at=ask.now,
            expires_at=ask.now + KEPT_FOR,
        ),
        actor=ask.me,
        max_bytes=ask.house.settings.max_photo_bytes,
    )
    return Answer(headers={"Location": f"{UPLOADS}/{upload.id}", **_expires(upload)}, status=201)


async def head_upload(ask: Ask) -> Answer:
    """How far an upload has come; as far as its length only when the photo is on record."""
    upload = await _mine(ask)
    try:
        arrived = await ask.house.uploads.arrived(upload)
    except Gone:  # finished or removed between the two looks
        upload = await _mine(ask)
        arrived = 0
    offset = counted(arrived=arrived, length=upload.length, finished=upload.finished)
    return Answer(
        headers={
            "Upload-Offset": str(offset),
            "Upload-Length": str(upload.length),
            "Upload-Metadata": upload.metadata,
            **_expires(upload),
        }
    )


async def patch_upload(ask: Ask) -> Answer:
    """Take a piece; the last one is answered when the photo is on record.

    Where a network lets only POST through, POST with X-HTTP-Method-Override: PATCH is the same.
    """
    upload = await _mine(ask)
    keep = partial(
        store_photo,
        ask.store,
        ask.house.blobs,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        division=upload.division,
        sha256=upload.sha256,
        limits=limits_of(ask.house.settings),
    )
    piece = Piece(
        at=int(ask.headers.upload_offset),
        chunks=ask.body,
        announced=announced_length(ask.request),
        checksum=_checksum(ask.headers.upload_checksum),
    )
    offset = await receive_upload(
        ask.house.uploads, upload, piece, now=ask.now, keep=lambda data: keep(data=data)
    )
    return Answer(headers={"Upload-Offset": str(offset), **_expires(upload)}, status=204)


async def delete_upload(ask: Ask) -> Answer:
    """Stop an upload and forget its bytes."""
    await remove_upload(ask.house.uploads, await _mine(ask))
    return Answer(status=204)


def metadata_of(written: str) -> dict[str, bytes]:
    """Return Upload-Metadata by key; raise parameter_not_valid for what the protocol does not allow."""
    found: dict[str, bytes] = {}
    for pair in written.split(","):
        key, _, value = pair.strip(" ").partition(" ")
        if not re.fullmatch(r"[!-+\--~]+", key):
            raise _metadata_wrong(Say("键不对", "a key is not valid"))
        if key in found:
            raise _metadata_wrong(Say("键重复", "a key stands twice"))
        try:
            found[key] = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            raise _metadata_wrong(Say("值不是 Base64", "a value is not Base64")) from None
    return found


def _said(said: dict[str, bytes], key: str, pattern: str) -> str:
    """Return a value that must be there in the right shape."""
    value = said.get(key, b"").decode("ascii", "replace")
    if not re.fullmatch(pattern, value) or value.endswith("\n"):
        raise _metadata_wrong(
            Say(f"缺少 {key} 或它的格式不对", f"{key} is missing or not in the right format")
        )
    return value


def _metadata_wrong(reason: Say) -> Problem:
    return problems.parameter_not_valid("Upload-Metadata", reason)


def _checksum(written: str | None) -> Checksum | None:
    if written is None:
        return None
    algorithm, _, value = written.partition(" ")
    digest = base64.b64decode(value)
    name: Literal["sha1", "sha256"] = "sha1" if algorithm == "sha1" else "sha256"
    if len(digest) != hashlib.new(name).digest_size:
        raise problems.parameter_not_valid(
            "Upload-Checksum", Say("长度不对", "it has the wrong length")
        )
    return Checksum(name, digest)


async def _mine(ask: Ask) -> Upload:
    found = await ask.house.uploads.get(ask.me.account_id, ask.path["id"], ask.now)
    if found is None:
        raise problems.not_found(Say("这次上传", "such upload"))
    return found


def _expires(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": _http_date(upload.expires_at)}


def _http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)
