"""Web push: a message sealed so that only the device can read it, and the sender's proof of who he is.

RFC 8291 (encryption), RFC 8188 (its one record) and RFC 8292 (VAPID), on `cryptography`. The push service of
the browser's maker carries the message and learns neither its words nor whose it is.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import secrets
import struct
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

from server.external import notify
from server.external.addresses import OutwardRules
from server.rules.deliveries import ARRIVED, Outcome, wait_asked

# One record; the services take 4096 bytes, and a reminder has a few hundred.
_RECORD_SIZE = 4096
_POINT_BYTES, _AUTH_BYTES = 65, 16
_TOKEN_LASTS = timedelta(hours=12)


class BadSubscription(ValueError):
    """The keys of a subscription are not what a browser makes."""


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise BadSubscription("not base64url") from error


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def read_keys(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """Return a device's public key and secret; raises BadSubscription."""
    point, secret = _unb64(p256dh), _unb64(auth)
    if len(point) != _POINT_BYTES or len(secret) != _AUTH_BYTES:
        raise BadSubscription("wrong length")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point), secret
    except (ValueError, InvalidKey) as error:
        raise BadSubscription("not a point of the curve") from error


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def sealed(
    message: bytes,
    p256dh: str,
    auth: str,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return a message as only one device can open it. `own` and `salt` are fresh except in tests."""
    theirs, secret = read_keys(p256dh, auth)
    ours = own or ec.generate_private_key(ec.SECP256R1())
    salt = salt or secrets.token_bytes(16)
    point = _point(ours.public_key())
    shared = ours.exchange(ec.ECDH(), theirs)
    keying = _derived(shared, secret, b"WebPush: info\0" + _point(theirs) + point, 32)
    key = _derived(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(keying, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + struct.pack("!IB", _RECORD_SIZE, len(point)) + point
    # One record and no padding: the delimiter says that it is the last.
    return header + AESGCM(key).encrypt(nonce, message + b"\x02", None)


class Sender(Struct, frozen=True):
    """This installation towards the push services: its key, and whom they may write to about it."""

    key: ec.EllipticCurvePrivateKey
    contact: str

    def __repr__(self) -> str:
        return "Sender(***)"

    @property
    def public_key(self) -> str:
        """The key that a browser wants when somebody subscribes (applicationServerKey)."""
        return _b64(_point(self.key.public_key()))

    def headers(self, endpoint: str, now: datetime, *, keep_for: timedelta) -> dict[str, str]:
        """Return the headers of a push: who sends, for how long the service keeps it, that it may wake a phone."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((now + _TOKEN_LASTS).timestamp()),
            "sub": self.contact,
        }
        head = {"typ": "JWT", "alg": "ES256"}
        signed = ".".join(
            _b64(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims)
        )
        r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        token = f"{signed}.{_b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
        return {
            "Authorization": f"vapid t={token}, k={self.public_key}",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(keep_for.total_seconds())),
            "Urgency": "normal",
        }


class Device(Struct, frozen=True):
    """Where a device's push service is, and the keys to seal for it."""

    endpoint: str
    p256dh: str
    auth: str

    def __repr__(self) -> str:
        return "Device(***)"


async def push(
    sender: Sender,
    device: Device,
    message: dict[str, Any],
    *,
    keep_for: timedelta,
    rules: OutwardRules,
    now: datetime,
) -> Outcome:
    """Send a message to a device, and return what came of it."""
    try:
        body = sealed(json.dumps(message, ensure_ascii=False).encode(), device.p256dh, device.auth)
        headers = sender.headers(device.endpoint, now, keep_for=keep_for)
        answer = await notify.post(device.endpoint, body, headers, rules=rules)
    except BadSubscription:
        return Outcome("device_gone", final=True)
    except notify.Refused:
        return Outcome("address_refused")  # settings of ours refuse it, and they may change
    except notify.NoAnswer:
        return Outcome("no_answer")
    return outcome_of(answer.status, wait_asked(answer.retry_after, now))


def open_sender(path: Path, contact: str) -> Sender:
    """Return the installation's sender; its key is made the first time and kept in a file only we can read."""
    with contextlib.suppress(FileNotFoundError):
        return _read_sender(path, contact)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    # Written whole under another name and linked: two processes that start at once keep one key.
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()
    return _read_sender(path, contact)


def _read_sender(path: Path, contact: str) -> Sender:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ValueError(f"{path.name}: not a P-256 private key")
    return Sender(key, contact)


def endpoint_hash(endpoint: str) -> str:
    """Return the SHA-256 of a subscription's address, hex: by it a device finds its own."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def outcome_of(status: int, wait: timedelta | None = None) -> Outcome:
    """Return what a push service's answer means (RFC 8030). `wait`: for how long it asked not to be asked."""
    if 200 <= status < 300:
        return ARRIVED
    if status in (404, 410):
        return Outcome("device_gone", status, final=True)
    if status == 429:
        return Outcome("too_often", status, wait=wait)
    if status == 413:
        return Outcome("too_large", status, final=True)
    return Outcome("http_status", status, final=status in (400, 401, 403), wait=wait)
