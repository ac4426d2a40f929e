"""The folder of uploads: several processes at once, and whatever moment one of them is killed at."""

from __future__ import annotations

import fcntl
import os
from datetime import timedelta
from pathlib import Path

import anyio
import pytest
from msgspec.structs import replace

from server.storage import uploads as module
from server.storage.uploads import Busy, Gone, TooMany, Upload, UploadFolder, WrongOffset
from tests.cast import START, SUN_QI, VILLAGE_A, ZHANG_SAN, Person

WEEK = timedelta(days=7)


def to_come(number: int = 1, *, owner: Person = ZHANG_SAN, length: int = 10) -> Upload:
    return Upload(
        id=f"01990000-0000-7000-8000-{number:012d}",
        owner=owner.id,
        division=VILLAGE_A,
        sha256=f"{number:064d}",
        length=length,
        metadata="",
        created_at=START,
        expires_at=START + WEEK,
    )


@pytest.fixture
def folder(tmp_path: Path) -> UploadFolder:
    return UploadFolder(tmp_path / "uploads")


def names(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "uploads").rglob("*.*")}


async def test_two_writers_at_one_offset(folder: UploadFolder, tmp_path: Path) -> None:
    upload = await folder.begin(to_come(), most=9)
    other = UploadFolder(tmp_path / "uploads")  # another process knows only the disk
    async with folder.opened(upload) as first, other.opened(upload) as second:
        await first.add(0, b"abc")
        with pytest.raises(WrongOffset):
            await second.add(0, b"abc")
        await first.add(3, b"def")
        with pytest.raises(WrongOffset):
            await second.add(3, b"def")
        await second.add(6, b"ghij")
        assert await first.whole() == b"abcdefghij"
    assert await other.arrived(upload) == 10


async def test_many_at_once_write_each_byte_once(folder: UploadFolder) -> None:
    upload = await folder.begin(to_come(length=100), most=9)
    done: list[int] = []

    async def write(at: int) -> None:
        async with folder.opened(upload) as part:
            for _ in range(200):
                try:
                    await part.add(at, bytes([at]))
                except WrongOffset:
                    if await folder.arrived(upload) > at:
                        return
                    await anyio.sleep(0.01)
                else:
                    done.append(at)
                    return

    async with anyio.create_task_group() as tasks:
        for at in list(range(20)) * 2:
            tasks.start_soon(write, at)
    assert sorted(done) == list(range(20))
    async with folder.opened(upload) as part:
        with pytest.raises(WrongOffset):
            await part.whole()
    assert await folder.arrived(upload) == 20


async def test_a_lock_that_is_held_is_waited_for_and_then_refused(
    folder: UploadFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS_BETWEEN", 0.01)
    upload = await folder.begin(to_come(), most=9)
    held = os.open(tmp_path / "uploads" / upload.owner / f"{upload.id}.part", os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        async with folder.opened(upload) as part:
            with pytest.raises(Busy):
                await part.add(0, b"abc")
            fcntl.flock(held, fcntl.LOCK_UN)
            await part.add(0, b"abc")
    finally:
        os.close(held)


async def test_the_last_byte_may_be_sent_again(folder: UploadFolder) -> None:
    upload = await folder.begin(to_come(), most=9)
    async with folder.opened(upload) as part:
        await part.add(0, b"abcdefghiX")
        with pytest.raises(WrongOffset):
            await part.add(8, b"i")
        await part.add(9, b"j")
        assert await part.whole() == b"abcdefghij"


async def test_what_is_finished_or_removed_takes_nothing_more(
    folder: UploadFolder, tmp_path: Path
) -> None:
    one, other = to_come(1), to_come(2)
    for upload in (one, other):
        await folder.begin(upload, most=9)
    async with folder.opened(one) as part, folder.opened(other) as second:
        await folder.finish(one, START)
        await folder.remove(other)
        for each in (part, second):
            with pytest.raises(Gone):
                await each.add(0, b"abc")
    finished = await folder.get(one.owner, one.id, START)
    assert finished is not None
    assert finished.finished
    assert await folder.arrived(finished) == 10
    assert await folder.get(other.owner, other.id, START) is None
    assert names(tmp_path) == {f"{one.id}.json"}


async def test_another_persons_upload_is_not_there(folder: UploadFolder) -> None:
    upload = await folder.begin(to_come(), most=9)
    assert await folder.get(SUN_QI.id, upload.id, START) is None


async def test_the_same_photo_is_the_same_upload_until_it_is_finished(folder: UploadFolder) -> None:
    first = await folder.begin(to_come(1), most=9)
    again = replace(to_come(2), sha256=first.sha256)
    assert await folder.begin(again, most=9) == first
    await folder.finish(first, START)
    assert await folder.begin(again, most=9) == again


async def test_too_many_are_refused_and_the_finished_do_not_count(folder: UploadFolder) -> None:
    for number in (1, 2):
        await folder.begin(to_come(number), most=2)
    with pytest.raises(TooMany) as refused:
        await folder.begin(to_come(3), most=2)
    assert refused.value.count == 2
    assert refused.value.first_expires == START + WEEK
    assert (await folder.begin(to_come(1), most=2)).id == to_come(1).id
    await folder.begin(to_come(3, owner=SUN_QI), most=2)
    await folder.finish(to_come(1), START)
    await folder.begin(to_come(3), most=2)


async def test_what_this_program_cannot_read_is_begun_anew(
    folder: UploadFolder, tmp_path: Path
) -> None:
    upload = await folder.begin(to_come(1), most=1)
    (tmp_path / "uploads" / upload.owner / f"{upload.id}.json").write_text('{"id": 7}')
    assert await folder.get(upload.owner, upload.id, START) is None
    await folder.begin(to_come(2), most=1)
    assert names(tmp_path) == {f"{to_come(2).id}.{kind}" for kind in ("json", "part")}


LEFT_BY_A_KILL = [
    ("before it existed", ["part"]),
    ("while it was being written down", ["part", "new"]),
    ("while it was being removed", ["part", "new"]),
    ("with nothing but a draft", ["new"]),
]


@pytest.mark.parametrize(("when", "kinds"), LEFT_BY_A_KILL, ids=lambda v: str(v))
async def test_what_a_kill_left(
    folder: UploadFolder, tmp_path: Path, when: str, kinds: list[str]
) -> None:
    kept = await folder.begin(to_come(1), most=9)
    place = tmp_path / "uploads" / kept.owner
    for kind in kinds:
        (place / f"{to_come(2).id}.{kind}").write_bytes(b"{")
    assert await folder.get(kept.owner, to_come(2).id, START) is None, when
    await folder.begin(to_come(3), most=9)
    assert names(tmp_path) == {f"{u.id}.{k}" for u in (kept, to_come(3)) for k in ("json", "part")}


async def test_killed_between_finished_and_dropping_the_bytes(
    folder: UploadFolder, tmp_path: Path
) -> None:
    upload = await folder.begin(to_come(), most=9)
    part = tmp_path / "uploads" / upload.owner / f"{upload.id}.part"
    part.write_bytes(b"abcdefghij")
    await folder.finish(upload, START)
    part.write_bytes(b"abcdefghij")  # as if the power had gone before the name was dropped
    found = await folder.get(upload.owner, upload.id, START)
    assert found is not None
    assert found.finished
    assert await folder.arrived(found) == 10
    await folder.sweep(START + WEEK)
    assert names(tmp_path) == set()


async def test_an_expired_one_stays_as_long_as_somebody_writes_to_it(
    folder: UploadFolder, tmp_path: Path
) -> None:
    upload = await folder.begin(to_come(), most=9)
    async with folder.opened(upload) as part, part.locked():
        await folder.sweep(START + WEEK)
        assert len(names(tmp_path)) == 2
    await folder.sweep(START + WEEK)
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    ("owner", "upload_id"), [("../../etc", "x"), (ZHANG_SAN.id, "../lock"), ("", ""), ("." * 36, "")]
)  # fmt: skip
async def test_a_name_that_is_no_id_reaches_no_file(
    folder: UploadFolder, owner: str, upload_id: str
) -> None:
    with pytest.raises(ValueError, match="no id"):
        await folder.get(owner, upload_id, START)
