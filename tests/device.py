"""A device in a public place, as the tests have it: its key, its clock, its count of heartbeats, and how it signs."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.cast import SITE, VILLAGE_A, ZHAO_LIU, Hall

POINTS = "/api/v1/query-points"
HALL = "01a11906-3680-7000-8000-0000000000c1"
SQUARE = "01a11906-3680-7000-8000-0000000000c2"


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def moment_text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


@dataclass(slots=True)
class Device:
    """Made unpaired; `point` is set by `pair`. `skew` is how far its clock is ahead."""

    hall: Hall
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    point: str = ""
    seq: int = 0
    skew: timedelta = timedelta()
    address: str = "198.51.100.9"

    @property
    def public_key(self) -> str:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64url(point)

    async def pair(self, code: str) -> httpx.Response:
        body = {"code": code, "public_key": self.public_key}
        client = self.hall.visitor(self.address, Origin=SITE)
        answer = await client.post(f"{POINTS}/pairings", json=body)
        if answer.status_code == 201:
            self.point = answer.json()["id"]
        return answer

    def sign(self, body: bytes, point: str | None = None) -> str:
        message = f"gongshilan heartbeat v1\n{point or self.point}\n".encode() + body
        r, s = decode_dss_signature(self.key.sign(message, ec.ECDSA(hashes.SHA256())))
        return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def says(self, **changed: Any) -> dict[str, Any]:
        """Return the next heartbeat's body."""
        self.seq += 1
        now = self.hall.clock() + self.skew
        return {
            "at": moment_text(now),
            "seq": self.seq,
            "on_screen": f"/v/{VILLAGE_A}",
            "contents_as_of": moment_text(self.hall.clock()),
            "skew_ms": self.skew // timedelta(milliseconds=1),
            "battery": {"level": 0.8, "charging": True},
            "network": "online",
            "version": "1.4.0",
            "missed": [],
        } | changed

    async def beat(self, **changed: Any) -> httpx.Response:
        body = json.dumps(self.says(**changed)).encode()
        return await self.send(body, self.sign(body))

    async def send(self, body: bytes, signature: str, point: str | None = None) -> httpx.Response:
        headers = {"Content-Type": "application/json", "Query-Point-Signature": signature}
        address = f"{POINTS}/{point or self.point}/heartbeats"
        client = self.hall.visitor(self.address, Origin=SITE)
        return await client.post(address, content=body, headers=headers)


def a_point(**changed: Any) -> dict[str, Any]:
    """Return what the township says of the kiosk in village A's hall."""
    return {
        "id": HALL,
        "division": VILLAGE_A,
        "name": "村部查询机",
        "place": "村委会一楼大厅",
        "kind": "kiosk",
        "volume": 5,
    } | changed


async def registered(hall: Hall, **changed: Any) -> str:
    """Put a point into the register and return its code."""
    zhao = await hall.client_as(ZHAO_LIU)
    answer = await zhao.post(POINTS, json=a_point(**changed))
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


async def paired(hall: Hall, **changed: Any) -> Device:
    """Return a device that is paired with a point just registered."""
    device = Device(hall)
    answer = await device.pair(await registered(hall, **changed))
    assert answer.status_code == 201, answer.text
    return device


async def line_of(hall: Hall, point: str = HALL) -> dict[str, Any]:
    """Return a point as the township sees it now."""
    zhao = await hall.client_as(ZHAO_LIU)
    items = (await zhao.get(POINTS)).json()["items"]
    found: dict[str, Any] = next(each for each in items if each["id"] == point)
    return found
