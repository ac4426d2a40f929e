"""Uploads under way: the bytes of photos that have not arrived whole.

Each person has a folder, and each upload two files in it: `{id}.json` says what is to come and until when,
`{id}.part` holds what came. An upload exists when its `.json` does. How far it has come is how long its
`.part` is: no counter could disagree with the disk. A finished one has no `.part`; its `.json` stays until it
expires, as the answer to a phone that missed the last one.

Any number of processes may use the folder. Bytes are added under a lock on the `.part`, and only where the
writer believes its end to be: of two that send the same, one finds that the end has moved. Nobody holds a
lock while waiting for the network, so a connection that died unnoticed stands in nobody's way. Whatever
moment the process is killed at, at worst a file is left that `tidy` removes.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import anyio
import anyio.to_thread
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from server.storage.durable import is_writable, make_folder, sync_folder, write_file

# Locks are held for the time of a write, the longest while a finished photo is examined.
TRIES, SECONDS_BETWEEN = 60, 0.05
SWEEP_EVERY = timedelta(hours=1)
_NAME = re.compile(r"[0-9a-f-]{36}")


class Busy(Exception):
    """Somebody else is writing to this upload now."""


class Gone(Exception):
    """The upload was finished or removed meanwhile."""


class TooMany(Exception):
    """This person has as many unfinished uploads as anybody may have."""

    def __init__(self, count: int, first_expires: datetime) -> None:
        self.count = count
        self.first_expires = first_expires
        super().__init__(f"{count} unfinished uploads")


class WrongOffset(Exception):
    """The upload does not end where the writer believes."""


class Upload(Struct, frozen=True, kw_only=True):
    """One photo to come: whose, what, how many bytes, and until when. `metadata` is as the client wrote it."""

    id: str
    owner: str
    division: str
    sha256: str
    length: int
    metadata: str
    created_at: datetime
    expires_at: datetime
    finished_at: datetime | None = None

    @property
    def finished(self) -> bool:
        """The photo is on record."""
        return self.finished_at is not None

    def same_photo(self, other: Upload) -> bool:
        """Say whether the other one would bring the same bytes to the same place."""
        return (self.sha256, self.length, self.division) == (
            other.sha256,
            other.length,
            other.division,
        )


_decoder = msgspec.json.Decoder(Upload)


class Part:
    """The bytes of one upload, opened for adding to them."""

    def __init__(self, handle: int, length: int) -> None:
        self._handle = handle
        self._length = length

    async def add(self, at: int, data: bytes) -> None:
        """Add bytes at the end, which must be `at`; raises WrongOffset, Busy, Gone.

        When all bytes are there and the photo was not kept, the last one may be sent again.
        """
        async with self.locked():
            await anyio.to_thread.run_sync(self._add, at, data)

    async def sync(self) -> None:
        """Return when what was added is durable."""
        await anyio.to_thread.run_sync(os.fsync, self._handle)

    async def whole(self) -> bytes:
        """Return all bytes, inside `locked`; raises WrongOffset when there are fewer."""
        data = await anyio.to_thread.run_sync(os.pread, self._handle, self._length + 1, 0)
        if len(data) != self._length:
            raise WrongOffset
        return data

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Hold the lock against every other writer, in this process and others; raises Busy, Gone."""
        for _ in range(TRIES):
            with suppress(BlockingIOError):
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            await anyio.sleep(SECONDS_BETWEEN)
        else:
            raise Busy
        try:
            if os.fstat(self._handle).st_nlink == 0:
                raise Gone
            yield
        finally:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def _add(self, at: int, data: bytes) -> None:
        size = os.fstat(self._handle).st_size
        if size == self._length == at + 1:
            os.ftruncate(self._handle, at)
        elif size != at:
            raise WrongOffset
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]


class UploadFolder:
    """Uploads in a folder of one file system, shared by all processes that serve it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._swept: datetime | None = None

    async def begin(self, wanted: Upload, *, most: int) -> Upload:
        """Begin an upload, or return the unfinished one of the same photo; raises TooMany.

        Now and then this also removes what everybody's expired uploads have left.
        """
        now = wanted.created_at
        if self._swept is None or now - self._swept >= SWEEP_EVERY:
            self._swept = now
            await self.sweep(now)
        return await anyio.to_thread.run_sync(self._begin, wanted, most)

    async def get(self, owner: str, upload_id: str, now: datetime) -> Upload | None:
        """Return a person's upload, or None: unknown, removed, expired or another's."""
        found = await anyio.to_thread.run_sync(self._read, self._path(owner, upload_id, "json"))
        return found if found and found.expires_at > now else None

    async def arrived(self, upload: Upload) -> int:
        """Return how many bytes are there, durably; raises Gone."""
        if upload.finished:
            return upload.length
        return await anyio.to_thread.run_sync(self._arrived, upload)

    @asynccontextmanager
    async def opened(self, upload: Upload) -> AsyncIterator[Part]:
        """Lend the bytes of an unfinished upload; raises Gone."""
        try:
            handle = os.open(self._part(upload), os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            raise Gone from None
        try:
            yield Part(handle, upload.length)
        finally:
            os.close(handle)

    async def finish(self, upload: Upload, now: datetime) -> None:
        """Note that the photo is on record and drop the bytes. The caller holds the lock on them."""
        await anyio.to_thread.run_sync(self._finish, upload, now)

    async def remove(self, upload: Upload) -> None:
        """Forget an upload and its bytes. The caller holds the lock on them, unless it is finished."""
        await anyio.to_thread.run_sync(self._remove, upload.owner, upload.id)

    async def sweep(self, now: datetime) -> None:
        """Remove expired uploads and what a killed process has left, of everybody."""
        await anyio.to_thread.run_sync(self._sweep, now)

    async def is_writable(self) -> bool:
        """Say whether an upload could be begun now."""
        return await anyio.to_thread.run_sync(is_writable, self._root)

    def _folder(self, owner: str) -> Path:
        if not _NAME.fullmatch(owner):
            raise ValueError(f"no id of a person: {owner!r}")
        return self._root / owner

    def _path(self, owner: str, upload_id: str, kind: str) -> Path:
        if not _NAME.fullmatch(upload_id):
            raise ValueError(f"no id of an upload: {upload_id!r}")
        return self._folder(owner) / f"{upload_id}.{kind}"

    def _part(self, upload: Upload) -> Path:
        return self._path(upload.owner, upload.id, "part")

    def _read(self, path: Path) -> Upload | None:
        # What an older program wrote and this one cannot read is as good as expired: it is begun anew.
        with suppress(FileNotFoundError, msgspec.DecodeError):
            return _decoder.decode(path.read_bytes())
        return None

    def _write(self, upload: Upload) -> None:
        path = self._path(upload.owner, upload.id, "json")
        write_file(path, msgspec.json.encode(upload), path.with_suffix(".new"))

    def _begin(self, wanted: Upload, most: int) -> Upload:
        folder = self._folder(wanted.owner)
        make_folder(folder)
        with _lock(folder / "lock"):
            unfinished = [u for u in self._tidy(folder, wanted.created_at) if not u.finished]
            for each in unfinished:
                if each.same_photo(wanted):
                    return each
            if len(unfinished) >= most:
                raise TooMany(len(unfinished), min(u.expires_at for u in unfinished))
            self._part(wanted).touch(exist_ok=False)
            self._write(wanted)  # makes the `.part` durable too: one folder names both
        return wanted

    def _arrived(self, upload: Upload) -> int:
        try:
            handle = os.open(self._part(upload), os.O_RDONLY)
        except FileNotFoundError:
            raise Gone from None
        try:
            size = os.fstat(handle).st_size
            os.fsync(handle)  # whoever wrote them may have been killed before this
        finally:
            os.close(handle)
        return size

    def _finish(self, upload: Upload, now: datetime) -> None:
        self._write(replace(upload, finished_at=now))
        self._part(upload).unlink(missing_ok=True)

    def _remove(self, owner: str, upload_id: str) -> None:
        # First what makes it exist: bytes alone are nobody's, and the next tidying removes them.
        for kind in ("json", "new", "part"):
            self._path(owner, upload_id, kind).unlink(missing_ok=True)
        sync_folder(self._folder(owner))

    def _sweep(self, now: datetime) -> None:
        if not self._root.is_dir():
            return
        for folder in self._root.iterdir():
            if folder.is_dir() and _NAME.fullmatch(folder.name):
                with _lock(folder / "lock"):
                    self._tidy(folder, now)

    def _tidy(self, folder: Path, now: datetime) -> list[Upload]:
        """Return a person's uploads, having removed the expired ones and files without one. Under their lock."""
        names = {path.stem for path in folder.iterdir() if _NAME.fullmatch(path.stem)}
        kept = []
        for name in sorted(names):
            upload = self._read(folder / f"{name}.json")
            if upload and upload.expires_at > now:
                kept.append(upload)
            elif not self._in_use(folder / f"{name}.part"):
                self._remove(folder.name, name)
        return kept

    def _in_use(self, part: Path) -> bool:
        with suppress(FileNotFoundError):
            handle = os.open(part, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            finally:
                os.close(handle)
        return False


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold a lock that is a file, as long as listing a person's uploads takes."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
