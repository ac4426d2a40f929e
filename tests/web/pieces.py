"""What a client of resumable uploads (tus 1.0) sends, for the tests of the protocol."""

from __future__ import annotations

import base64
import hashlib

import httpx

from tests.cast import VILLAGE_A

UPLOADS = "/api/v1/uploads"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}


def b64(data: bytes | str) -> str:
    """Return Base64 as the protocol's headers have it."""
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def to_come(data: bytes, division: str = VILLAGE_A, sha256: str | None = None) -> dict[str, str]:
    """Return the headers that begin the upload of these bytes."""
    sha256 = sha256 or hashlib.sha256(data).hexdigest()
    metadata = f"sha256 {b64(sha256)},division {b64(division)}"
    return {**TUS, "Upload-Length": str(len(data)), "Upload-Metadata": metadata}


async def begin(
    phone: httpx.AsyncClient, data: bytes, division: str = VILLAGE_A, sha256: str | None = None
) -> str:
    """Begin an upload and return its address."""
    answer = await phone.post(UPLOADS, headers=to_come(data, division, sha256))
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def send(
    phone: httpx.AsyncClient, address: str, data: bytes, at: int, **headers: str
) -> httpx.Response:
    """Send one piece."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await phone.patch(
        address, content=data, headers={**PIECE, "Upload-Offset": str(at), **named}
    )


async def offset(phone: httpx.AsyncClient, address: str) -> int:
    """Ask how far an upload has come."""
    answer = await phone.head(address, headers=TUS)
    assert answer.status_code == 200, answer.headers
    return int(answer.headers["upload-offset"])
