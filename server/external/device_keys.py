"""The keys of devices: ECDSA over P-256 with SHA-256, as a browser's WebCrypto makes keys and signatures.

A public key is its raw point (65 bytes), a signature r and s one after the other (64 bytes), both as base64url text.
"""

from __future__ import annotations

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

_POINT_BYTES, _NUMBER_BYTES = 65, 32


def readable(public_key: str) -> bool:
    """Return whether a text is a public key: an uncompressed point that lies on the curve."""
    return _key(public_key) is not None


def signed_by(public_key: str, message: bytes, signature: str) -> bool:
    """Return whether a signature of a message was made with a key; False too for what is no key or signature."""
    key, raw = _key(public_key), _bytes(signature)
    if key is None or raw is None or len(raw) != 2 * _NUMBER_BYTES:
        return False
    r, s = (int.from_bytes(part, "big") for part in (raw[:_NUMBER_BYTES], raw[_NUMBER_BYTES:]))
    try:
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _key(text: str) -> ec.EllipticCurvePublicKey | None:
    raw = _bytes(text)
    if raw is None or len(raw) != _POINT_BYTES:
        return None
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return None


def _bytes(text: str) -> bytes | None:
    """Return the bytes of base64url text, padded or not; None for any other text."""
    bare = text.rstrip("=")
    try:
        raw = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    # One spelling for each key: the unused last bits are zero.
    return raw if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() == bare else None
