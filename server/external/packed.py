"""Zip files of strangers, read with care: no more than was promised of each file, and nothing is written anywhere."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

CHUNK = 1024 * 1024

# What zipfile says of a damaged file, a packing it does not know (NotImplementedError), and an encrypted one (RuntimeError).
_NOT_WHOLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class NotAZip(ValueError):
    """A file is no zip, or a damaged one; the message says which of its files."""


class ZipReader:
    """The files of a zip by their paths."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise NotAZip(str(error)) from None
        self.paths = [info.filename for info in self._zip.infolist() if not info.is_dir()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def read(self, path: str, most: int) -> bytes:
        """Return a file of at most so many bytes. Raises KeyError where there is none, and NotAZip."""
        try:
            with self._zip.open(path) as file:
                data = file.read(most + 1)
        except _NOT_WHOLE as error:
            raise NotAZip(f"{path}: {error}") from None
        if len(data) > most:
            raise NotAZip(f"{path}: more than {most} bytes")
        return data

    def digest(self, path: str, most: int) -> tuple[str, int]:
        """Return a file's SHA-256 in hex and its bytes, without holding it. Raises KeyError and NotAZip."""
        hashed, size = hashlib.sha256(), 0
        try:
            with self._zip.open(path) as file:
                while size <= most and (chunk := file.read(CHUNK)):
                    hashed.update(chunk)
                    size += len(chunk)
        except _NOT_WHOLE as error:
            raise NotAZip(f"{path}: {error}") from None
        return hashed.hexdigest(), size
