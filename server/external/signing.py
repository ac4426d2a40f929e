"""Signatures: Ed25519 on notes in the public format c2sp.org/signed-note, and the file that keeps the key.

A signed note is a text, a blank line and a line for each signature:

    — <key's name> <base64 of the key's four-byte id and the signature>

Keys have a public spelling too, so that receipts can be checked without any program of ours:

    <name>+<id in hex>+<base64 of 0x01 and the public key>                  to verify with
    PRIVATE+KEY+<name>+<id in hex>+<base64 of 0x01 and the secret seed>     to sign with
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from msgspec import Struct

from server.external import key_files

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+]+")
_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/=]+)")
MOST_SIGNATURES = 16


class KeyNotValid(ValueError):
    """A key, or the file that should hold one, cannot be used; the message says why."""


class NoteNotValid(ValueError):
    """A text is no signed note, or nobody we trust signed it; the message says which."""


class Verifier(Struct, frozen=True):
    """A public key under a name."""

    name: str
    id: bytes
    key: Ed25519PublicKey

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_b64(_ED25519 + self.key.public_bytes_raw())}"


class Signer(Struct, frozen=True):
    """A secret key under a name; nothing prints it."""

    verifier: Verifier
    _key: Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"Signer({self.verifier})"

    def sign(self, text: str) -> str:
        """Return the signed note of a text. Raises NoteNotValid for a text that no note can carry."""
        _refuse_bad_text(text)
        signature = self._key.sign(text.encode())
        return f"{text}\n— {self.verifier.name} {_b64(self.verifier.id + signature)}\n"

    def mark(self, text: str) -> str:
        """Return 32 hex digits that only the holder of this key can compute for a text, the same each time.

        They cannot be turned back into the text even where few texts are possible, as with addresses.
        """
        secret = hashlib.sha256(b"gongshilan-mark/v1\n" + self._key.private_bytes_raw()).digest()
        return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]


def signer_of(encoded: str) -> Signer:
    """Return the signer of a key's spelling. Raises KeyNotValid."""
    if not encoded.startswith(_PRIVATE):
        raise KeyNotValid(f"a signing key begins with {_PRIVATE}")
    name, wanted, seed = _parts(encoded.removeprefix(_PRIVATE))
    signer = _signer(name, seed)
    if signer.verifier.id != wanted:
        raise KeyNotValid("the key's id is not that of its name and bytes")
    return signer


def verifier_of(encoded: str) -> Verifier:
    """Return the verifier of a key's spelling. Raises KeyNotValid."""
    name, wanted, raw = _parts(encoded)
    found = _verifier(name, Ed25519PublicKey.from_public_bytes(raw))
    if found.id != wanted:
        raise KeyNotValid("the key's id is not that of its name and bytes")
    return found


def open_note(note: str, trusted: Iterable[Verifier]) -> tuple[str, Verifier]:
    """Return a note's text and the trusted key that signed it.

    Raises NoteNotValid for what is no note, for a wrong signature of a trusted key, and for a note that
    none of them signed. Signatures of other keys are passed over, as the format asks.
    """
    text, blank, rest = note.rpartition("\n\n")
    text += "\n"
    lines = rest.removesuffix("\n").split("\n")
    if not blank or not rest.endswith("\n") or not 1 <= len(lines) <= MOST_SIGNATURES:
        raise NoteNotValid("this is no signed note: a text, a blank line, signatures")
    _refuse_bad_text(text)
    keys = {(key.name, key.id): key for key in trusted}
    signed: Verifier | None = None
    for line in lines:
        name, key_id, signature = _signature(line)
        key = keys.get((name, key_id))
        if key is None or signed is not None:
            continue
        try:
            key.key.verify(signature, text.encode())
        except InvalidSignature:
            raise NoteNotValid(f"the signature of {name} does not fit the text") from None
        signed = key
    if signed is None:
        raise NoteNotValid("none of the given keys signed it")
    return text, signed


def key_in(path: Path, name: str) -> Signer:
    """Return the signer kept in a file; make both at the first start, readable by the owner alone.

    The name the key was made with stays, whatever is given later. Raises KeyNotValid for a file that holds
    no key or that everybody may read, and OSError where it can be neither read nor made.
    """
    try:
        found = path.read_text("ascii").strip()
    except FileNotFoundError:
        return _made(path, name)
    except UnicodeDecodeError:
        raise KeyNotValid(f"{path} holds no key") from None
    if key_files.everybody_may_read(path):
        raise KeyNotValid(f"everybody may read {path}: chmod 600 it")
    return signer_of(found)


def new_signer(name: str) -> Signer:
    """Return a signer with a fresh key. Raises KeyNotValid for a name that no key can have."""
    return _signer(name, secrets.token_bytes(32))


def _made(path: Path, name: str) -> Signer:
    seed = secrets.token_bytes(32)
    signer = _signer(name, seed)
    spelled = f"{_PRIVATE}{name}+{signer.verifier.id.hex()}+{_b64(_ED25519 + seed)}\n"
    return signer if key_files.make(path, spelled) else key_in(path, name)


def _signer(name: str, seed: bytes) -> Signer:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return Signer(_verifier(name, key.public_key()), key)


def _verifier(name: str, key: Ed25519PublicKey) -> Verifier:
    if not _NAME.fullmatch(name) or not name.isprintable():
        raise KeyNotValid(f"{name!r} is no key's name: it has neither blanks nor plus signs")
    return Verifier(name, _key_id(name, key.public_bytes_raw()), key)


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _parts(encoded: str) -> tuple[str, bytes, bytes]:
    parts = encoded.split("+", 2)
    if len(parts) != 3 or not re.fullmatch(r"[0-9a-f]{8}", parts[1]):
        raise KeyNotValid("a key is spelled name+id+key")
    raw = _unb64(parts[2])
    if raw is None or len(raw) != 33 or raw[:1] != _ED25519:
        raise KeyNotValid("only Ed25519 keys are taken")
    return parts[0], bytes.fromhex(parts[1]), raw[1:]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = _LINE.fullmatch(line)
    raw = _unb64(found["signature"]) if found else None
    if found is None or raw is None or len(raw) < 5:
        raise NoteNotValid("this is no signed note: a line below the blank one is no signature")
    return found["name"], raw[:4], raw[4:]


def _refuse_bad_text(text: str) -> None:
    if not text.endswith("\n") or text == "\n" or any(c < " " and c != "\n" for c in text):
        raise NoteNotValid("a note's text ends with a newline and has no other control character")


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unb64(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


__all__ = [
    "KeyNotValid",
    "NoteNotValid",
    "Signer",
    "Verifier",
    "key_in",
    "new_signer",
    "open_note",
    "signer_of",
    "verifier_of",
]
