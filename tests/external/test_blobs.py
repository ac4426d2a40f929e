"""Blobs: one contract, kept by a folder and by a store that speaks S3."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.external.objects import ObjectBlobs
from server.storage.blobs import BlobStore, FolderBlobs

KEY = "photos/ab/abcdef/original"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server in this process, with the bucket 'photos'."""
    import urllib.request

    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/photos", method="PUT")).close()
    yield address
    server.stop()


@pytest.fixture(params=["folder", "objects"])
async def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BlobStore]:
    if request.param == "folder":
        yield FolderBlobs(tmp_path / "photos")
        return
    prefix = tmp_path.name
    yield objects(request.getfixturevalue("s3"), f"s3://photos/{prefix}")


def objects(endpoint: str, address: str) -> ObjectBlobs:
    return ObjectBlobs.open(
        address, endpoint=endpoint, region="us-east-1", key="testing", secret="testing"
    )


async def test_what_is_put_is_there(blobs: BlobStore) -> None:
    assert not await blobs.exists(KEY)
    await blobs.put(KEY, b"\xff\xd8 bytes")
    assert await blobs.exists(KEY)
    assert await blobs.get(KEY) == b"\xff\xd8 bytes"


async def test_the_first_bytes_stay(blobs: BlobStore) -> None:
    await blobs.put(KEY, b"first")
    await blobs.put(KEY, b"second")
    assert await blobs.get(KEY) == b"first"


async def test_many_writers_of_one_key_all_succeed(blobs: BlobStore) -> None:
    await asyncio.gather(*(blobs.put(KEY, b"same bytes") for _ in range(8)))
    assert await blobs.get(KEY) == b"same bytes"


async def test_what_is_not_there_is_a_file_not_found(blobs: BlobStore) -> None:
    with pytest.raises(FileNotFoundError):
        await blobs.get(KEY)


async def test_deleting_twice_is_no_error(blobs: BlobStore) -> None:
    await blobs.put(KEY, b"x")
    await blobs.delete(KEY)
    await blobs.delete(KEY)
    assert not await blobs.exists(KEY)
    await blobs.put(KEY, b"again")
    assert await blobs.get(KEY) == b"again"


async def test_an_empty_and_a_large_file(blobs: BlobStore) -> None:
    large = os.urandom(6_000_000)
    await blobs.put("photos/00/large", large)
    await blobs.put("photos/00/empty", b"")
    assert await blobs.get("photos/00/large") == large
    assert await blobs.get("photos/00/empty") == b""


async def test_a_store_that_works_says_so(blobs: BlobStore) -> None:
    assert await blobs.is_writable()
    assert await blobs.is_writable()


async def test_a_bucket_that_is_not_there_says_so(s3: str) -> None:
    assert not await objects(s3, "s3://nowhere").is_writable()


# --- only a folder can crash in these ways


def files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("breaks", ["write", "fsync", "link"])
async def test_a_crash_leaves_no_half_written_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    """What survives each breaking point, when even the clean-up does not run."""
    blobs = FolderBlobs(tmp_path)
    real: dict[str, Any] = {"fsync": os.fsync, "link": os.link}

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", lambda self, missing_ok=False: None)
        if breaks == "write":
            broken.setattr("server.storage.blobs.os.fsync", _fail_on_files(real["fsync"]))
        else:
            broken.setattr(
                f"server.storage.blobs.os.{breaks}", _only_files(real[breaks], crash, breaks)
            )
        with pytest.raises(BaseException):  # noqa: B017
            blobs._put(KEY, b"bytes")
    assert not await blobs.exists(KEY)
    leftovers = files(tmp_path)
    assert all(name.startswith("incoming/") for name in leftovers)
    await blobs.put(KEY, b"bytes")
    assert await blobs.get(KEY) == b"bytes"
    assert files(tmp_path) == leftovers | {KEY}


def _is_file(handle: object) -> bool:
    import stat

    return isinstance(handle, int) and stat.S_ISREG(os.fstat(handle).st_mode)


def _fail_on_files(real: Any) -> Any:
    def fsync(handle: int) -> None:
        if _is_file(handle):
            raise OSError(28, "No space left on device")
        real(handle)

    return fsync


def _only_files(real: Any, crash: Any, what: str) -> Any:
    def call(first: Any, *rest: Any) -> None:
        if what == "link" or _is_file(first):
            crash()
        real(first, *rest)

    return call


async def test_bytes_are_synced_before_they_get_their_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    fsync, link = os.fsync, os.link

    def noted_fsync(handle: int) -> None:
        happened.append("sync file" if _is_file(handle) else "sync folder")
        fsync(handle)

    def noted_link(source: Any, target: Any) -> None:
        happened.append("name")
        link(source, target)

    monkeypatch.setattr("server.storage.blobs.os.fsync", noted_fsync)
    monkeypatch.setattr("server.storage.blobs.os.link", noted_link)
    await FolderBlobs(tmp_path).put(KEY, b"bytes")
    assert happened[-3:] == ["sync file", "name", "sync folder"]


@pytest.mark.parametrize("key", ["../outside", "photos/../../outside", "/etc/passwd"])
async def test_a_key_cannot_leave_the_folder(tmp_path: Path, key: str) -> None:
    blobs = FolderBlobs(tmp_path / "photos")
    with pytest.raises(ValueError, match="may not leave"):
        await blobs.put(key, b"x")
    with pytest.raises(ValueError, match="may not leave"):
        await blobs.get(key)
