"""A file that is made whole before the first byte goes out, in memory while it is small and on the disk after that.

So a failure half-way is still a problem document, the ETag is that of the bytes, and a county's data needs no more
memory than a village's.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile

IN_MEMORY = 1024 * 1024
CHUNK = 64 * 1024


class Spool:
    """Bytes written once and read once; `digest` and `size` are those of what was written."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever reads it
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Append bytes."""
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written, in hex."""
        return self._hash.hexdigest()

    def read(self) -> bytes:
        """Return the next chunk; at first that of the beginning is wanted: `rewind`."""
        return self._file.read(CHUNK)

    def rewind(self) -> None:
        """Go back to the beginning."""
        self._file.seek(0)

    def close(self) -> None:
        """Let go of the bytes."""
        self._file.close()

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the bytes from the beginning, then let go of them."""
        try:
            self.rewind()
            while chunk := self.read():
                yield chunk
        finally:
            self.close()
