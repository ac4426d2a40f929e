"""Blobs: bytes under a name, written once and durably.

`put` returns only when the bytes would survive the machine losing power: written beside, fsynced, linked under
their name, and the folder fsynced. A name that is there keeps its bytes: photos are named by their hash, so
the same name always means the same bytes. A crash leaves at most a file in `incoming/`, which nothing reads.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import anyio.to_thread

from server.storage.durable import is_writable, make_folder, sync_folder


class BlobStore(Protocol):
    """Where photos are kept. Keys are relative paths of letters, digits, '/', '.', '-'."""

    async def put(self, key: str, data: bytes) -> None:
        """Keep bytes durably; a key that is there already is left as it is."""
        ...

    async def get(self, key: str) -> bytes:
        """Return the bytes; raises FileNotFoundError."""
        ...

    async def exists(self, key: str) -> bool:
        """Say whether a key is kept."""
        ...

    async def delete(self, key: str) -> None:
        """Forget a key; forgetting what is not there is no error."""
        ...

    async def is_writable(self) -> bool:
        """Say whether something could be kept now."""
        ...


class FolderBlobs:
    """Blobs in a folder of one file system."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, key: str, data: bytes) -> None:
        await anyio.to_thread.run_sync(self._put, key, data)

    async def get(self, key: str) -> bytes:
        return await anyio.to_thread.run_sync(self._get, key)

    async def exists(self, key: str) -> bool:
        return await anyio.to_thread.run_sync(self._path(key).is_file)

    async def delete(self, key: str) -> None:
        await anyio.to_thread.run_sync(lambda: self._path(key).unlink(missing_ok=True))

    async def is_writable(self) -> bool:
        return await anyio.to_thread.run_sync(is_writable, self._root)

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root.resolve()):
            raise ValueError(f"a key may not leave its folder: {key!r}")
        return path

    def _put(self, key: str, data: bytes) -> None:
        path = self._path(key)
        if path.is_file():
            return
        incoming = self._root / "incoming"
        for folder in (incoming, path.parent):
            make_folder(folder)
        temporary = incoming / secrets.token_hex(16)
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            # A link refuses to replace: of two writers of the same bytes one wins and both are right.
            with suppress(FileExistsError):
                os.link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)

    def _get(self, key: str) -> bytes:
        return self._path(key).read_bytes()
