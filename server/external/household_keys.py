"""The keys of the marks that stand for a household's name and last four characters: one file, apart from the database.

A line for each version, oldest first, the newest last: its name and 32 random bytes.

    k1 q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=

Nobody can turn a mark made with one version into that of another: the name and the number are not kept. So every version
that marks were made with is needed until its lists were loaded again or are no longer asked for.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from server.external import key_files

_LINE = re.compile(r"(?P<name>k[1-9][0-9]{0,5}) (?P<key>[A-Za-z0-9+/=]{44})")
_BYTES = 32


class HouseholdKeyNotValid(ValueError):
    """The file holds no keys, or everybody may read it; the message says which."""


@dataclass(frozen=True, slots=True)
class HouseholdKey:
    """One version; nothing prints its bytes."""

    name: str
    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """What lists say of the key their marks were made with: k1-8f3a…, another one for another file's k1."""
        return f"{self.name}-{self.mark('key')[:8]}"

    def mark(self, text: str) -> str:
        """Return 64 hex digits that only the holder of this key can compute for a text: HMAC-SHA-256."""
        return hmac.digest(self.secret, text.encode(), "sha256").hex()

    def spelled(self) -> str:
        """Return its line in the file."""
        return f"{self.name} {base64.b64encode(self.secret).decode()}\n"


class Keyring:
    """All versions of one file, read again when the file was changed: a rotation needs no restart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._keys: dict[str, HouseholdKey] = {}
        self._look()

    def __repr__(self) -> str:
        return f"Keyring({self.path.name}: {', '.join(self._keys)})"

    @property
    def newest(self) -> HouseholdKey:
        """The version that new marks are made with."""
        return list(self._look().values())[-1]

    def get(self, key_id: str) -> HouseholdKey | None:
        """Return a version by its id, or None where the file does not have it (any more)."""
        return self._look().get(key_id)

    def versions(self) -> list[HouseholdKey]:
        """Return every version, the newest last."""
        return list(self._look().values())

    def _look(self) -> dict[str, HouseholdKey]:
        """Return the keys; a file that is gone or broken while we run leaves those that were read."""
        try:
            found = self.path.stat()
            seen = (found.st_mtime_ns, found.st_ino, found.st_size)
            if seen != self._seen:
                self._keys = {key.id: key for key in read(self.path)}
                self._seen = seen
        except (OSError, HouseholdKeyNotValid):
            if not self._keys:
                raise
        return self._keys


def open_keyring(path: Path) -> Keyring:
    """Return the keys in a file; a file with a first one is made where there is none.

    Raises HouseholdKeyNotValid, and OSError where the file can be neither read nor made.
    """
    if not path.exists():
        key_files.make(path, _new("k1").spelled())
    return Keyring(path)


def read(path: Path) -> list[HouseholdKey]:
    """Return the versions in a file, the newest last. Raises HouseholdKeyNotValid and OSError."""
    if key_files.everybody_may_read(path):
        raise HouseholdKeyNotValid(f"everybody may read {path}: chmod 600 it")
    lines = [x for x in path.read_text("ascii", errors="replace").splitlines() if x.strip()]
    keys = [_key(line) for line in lines]
    if not keys:
        raise HouseholdKeyNotValid(f"{path} holds no key")
    if len({key.name for key in keys}) < len(keys):
        raise HouseholdKeyNotValid(f"{path} names one version twice")
    return keys


def add_version(path: Path) -> HouseholdKey:
    """Add a fresh version, from now on the newest, and return it. Raises HouseholdKeyNotValid and OSError."""
    keys = read(path)
    number = max(int(key.name[1:]) for key in keys) + 1
    fresh = _new(f"k{number}")
    key_files.replace(path, "".join(key.spelled() for key in (*keys, fresh)))
    return fresh


def drop_version(path: Path, key_id: str) -> None:
    """Take a version out of the file for good; the newest stays. Raises HouseholdKeyNotValid and OSError."""
    keys = read(path)
    if key_id not in {key.id for key in keys[:-1]}:
        raise HouseholdKeyNotValid(f"{key_id} is the newest version, or none of this file's")
    key_files.replace(path, "".join(key.spelled() for key in keys if key.id != key_id))


def _new(name: str) -> HouseholdKey:
    return HouseholdKey(name, secrets.token_bytes(_BYTES))


def _key(line: str) -> HouseholdKey:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise HouseholdKeyNotValid("a line is spelled: k1 <32 bytes in base64>")
    try:
        secret = base64.b64decode(found["key"], validate=True)
    except (binascii.Error, ValueError):
        raise HouseholdKeyNotValid("a line is spelled: k1 <32 bytes in base64>") from None
    if len(secret) != _BYTES:
        raise HouseholdKeyNotValid(f"a key has {_BYTES} bytes")
    return HouseholdKey(found["name"], secret)
