"""The demonstration's photos: pre-drawn JPEGs, each use of one with a capture time of its own."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

from msgspec import Struct

from server.rules.periods import SHANGHAI

# What seeds/demo/board_photo.py writes where a telephone writes the moment; as long as any other moment.
_TAKEN = b"2026:10:12 09:30:00"
# Stand-ins for the boards that are not drawn: too far away to be read.
_FAR = ("board-far", "board-dusk")


class Picture(Struct, frozen=True):
    """A photo's bytes under their hash."""

    sha256: str
    data: bytes


def picture(folder: Path, name: str, taken: datetime) -> Picture:
    """Return a photo as if taken at a moment; a board that is not drawn is seen from far away."""
    data = _read(folder, name)
    local = taken.astimezone(SHANGHAI)
    data = data.replace(_TAKEN, f"{local:%Y:%m:%d %H:%M:%S}".encode())
    return Picture(hashlib.sha256(data).hexdigest(), data)


@cache
def _read(folder: Path, name: str) -> bytes:
    path = folder / f"{name}.jpg"
    if not path.is_file():
        # The same board every time, but not the same for every village.
        path = folder / f"{_FAR[hashlib.sha256(name.encode()).digest()[0] % len(_FAR)]}.jpg"
    return path.read_bytes()
