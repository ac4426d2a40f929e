"""A browser that has the keys of its subscription: what is sealed for it, it can open (RFC 8291)."""

from __future__ import annotations

import base64
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


class PushBrowser:
    """One browser and its subscription."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = secrets.token_bytes(16)

    def keys(self, endpoint: str) -> dict[str, Any]:
        """Return what a page sends of the subscription."""
        return {
            "endpoint": endpoint,
            "p256dh": _b64(_point(self.key.public_key())),
            "auth": _b64(self.auth),
        }

    def opened(self, body: bytes) -> dict[str, Any]:
        """Return the message in a push; raises for one that was sealed for another."""
        salt, (size, length) = body[:16], struct.unpack("!IB", body[16:21])
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.key.exchange(ec.ECDH(), sender)
        mine = _point(self.key.public_key())
        keying = _derived(shared, self.auth, b"WebPush: info\0" + mine + theirs, 32)
        key = _derived(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(keying, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02"), "the delimiter of the last record"
        message: dict[str, Any] = json.loads(plain[:-1])
        return message
