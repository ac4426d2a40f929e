"""The protocol tus 1.0, sentence by sentence: what it demands of a server, and what we chose where it leaves a choice."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest

from server.storage.uploads import UploadFolder
from server.web import body
from tests.cast import LI_SI, VILLAGE_B, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import board_photo
from tests.web.pieces import PIECE, TUS, UPLOADS, b64, begin, offset, send, to_come

SHA256, JPEG = board_photo(1)
HALF = len(JPEG) // 2


def files(hall: Hall) -> list[str]:
    """Return the kinds of files that the uploads of everybody have left, without the locks."""
    return sorted(path.suffix for path in hall.house.settings.uploads.rglob("*.*"))


async def on_record(hall: Hall) -> list[str]:
    return [row["sha256"] for row in await hall.rows("SELECT sha256 FROM photo")]


async def test_a_photo_in_two_pieces(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    begun = await phone.post(UPLOADS, headers=to_come(JPEG))
    assert begun.status_code == 201
    assert begun.headers["location"].startswith(f"{UPLOADS}/")
    assert begun.headers["upload-expires"] == "Thu, 15 Oct 2026 01:00:00 GMT"
    assert begun.headers["tus-resumable"] == "1.0.0"
    address = begun.headers["location"]
    assert await offset(phone, address) == 0

    first = await send(phone, address, JPEG[:HALF], 0)
    assert (first.status_code, first.headers["upload-offset"]) == (204, str(HALF))
    assert first.headers["upload-expires"] == begun.headers["upload-expires"]
    assert first.headers["tus-resumable"] == "1.0.0"
    assert await on_record(hall) == []

    head = await phone.head(address, headers=TUS)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["upload-offset"] == str(HALF)
    assert head.headers["upload-length"] == str(len(JPEG))
    assert head.headers["upload-metadata"] == to_come(JPEG)["Upload-Metadata"]
    assert head.headers["cache-control"] == "no-store"

    last = await send(phone, address, JPEG[HALF:], HALF)
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(JPEG)))
    assert await on_record(hall) == [SHA256]
    events = await hall.rows("SELECT action, actor, subject FROM event")
    assert events == [{"action": "photo.stored", "actor": ZHANG_SAN.id, "subject": SHA256}]


@pytest.mark.one_engine
async def test_a_phone_that_missed_the_last_answer_learns_that_nothing_is_left(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    await send(phone, address, JPEG, 0)
    assert files(hall) == [".json"]
    assert await offset(phone, address) == len(JPEG)
    nothing = await send(phone, address, b"", len(JPEG))
    assert (nothing.status_code, nothing.headers["upload-offset"]) == (204, str(len(JPEG)))
    again = await send(phone, address, JPEG, 0)
    assert problem_of(again) == "upload-offset-differs"
    more = await send(phone, address, b"more", len(JPEG))
    assert problem_of(more) == "upload-too-long"

    hall.clock.pass_(days=7)
    assert (await phone.head(address, headers=TUS)).status_code == 404


@pytest.mark.one_engine
async def test_what_is_spoken_here(hall: Hall) -> None:
    answer = await hall.visitor().options(UPLOADS, headers={"Tus-Resumable": "0.2.2"})
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,checksum,expiration,termination"
    assert answer.headers["tus-max-size"] == str(hall.house.settings.max_photo_bytes)
    assert answer.headers["tus-checksum-algorithm"] == "sha256,sha1"


@pytest.mark.one_engine
@pytest.mark.parametrize("said", [{}, {"Tus-Resumable": "0.2.2"}])
async def test_another_version_is_refused_unread(hall: Hall, said: dict[str, str]) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    headers = {**to_come(JPEG), **PIECE, "Upload-Offset": "0"}
    headers = {k: v for k, v in headers.items() if k != "Tus-Resumable"} | said
    for method, where in (
        ("POST", UPLOADS),
        ("PATCH", address),
        ("HEAD", address),
        ("DELETE", address),
    ):
        answer = await phone.request(method, where, headers=headers, content=b"x")
        assert answer.status_code == 412, method
        assert answer.headers["tus-version"] == "1.0.0"
        assert answer.headers["tus-resumable"] == "1.0.0"
        if method != "HEAD":
            assert problem_of(answer) == "other-tus-version"
    assert await offset(phone, address) == 0


@pytest.mark.one_engine
async def test_a_lost_answer_begins_nothing_twice(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    first = await begin(phone, JPEG)
    await send(phone, first, JPEG[:HALF], 0)
    hall.clock.pass_(days=1)
    assert await begin(phone, JPEG) == first
    assert await offset(phone, first) == HALF
    # Another length under the same hash is another upload: one of the two is wrong, and time will tell.
    assert await begin(phone, JPEG + b"x", sha256=SHA256) != first
    await send(phone, first, JPEG[HALF:], HALF)
    assert await begin(phone, JPEG) != first


@pytest.mark.one_engine
async def test_the_offset_has_to_be_right(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    await send(phone, address, JPEG[:HALF], 0)
    for wrong in (0, HALF - 1, HALF + 1, len(JPEG), 10**14):
        answer = await send(phone, address, b"1", wrong)
        assert problem_of(answer) == "upload-offset-differs"
        assert (answer.json()["expected"], answer.json()["actual"]) == (HALF, wrong)
        assert answer.headers["connection"] == "close"
    assert await offset(phone, address) == HALF


@pytest.mark.one_engine
async def test_the_content_type_has_to_be_right(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    answer = await send(phone, address, JPEG, 0, Content_Type="image/jpeg")
    assert problem_of(answer) == "unsupported-media-type"
    assert await offset(phone, address) == 0


@pytest.mark.one_engine
@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_a_piece_with_a_checksum_is_kept_whole_or_not_at_all(
    hall: Hall, algorithm: str
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    said = f"{algorithm} {b64(hashlib.new(algorithm, JPEG[:HALF]).digest())}"
    damaged = await send(phone, address, JPEG[: HALF - 1] + b"?", 0, Upload_Checksum=said)
    assert (problem_of(damaged), damaged.status_code) == ("chunk-checksum-differs", 460)
    assert await offset(phone, address) == 0
    good = await send(phone, address, JPEG[:HALF], 0, Upload_Checksum=said)
    assert good.headers["upload-offset"] == str(HALF)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "said",
    ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 !!!", f"sha1 {b64(bytes(32))}", "sha256 " + b64(bytes(20))],
)  # fmt: skip
async def test_checksums_that_are_none(hall: Hall, said: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    answer = await send(phone, address, JPEG, 0, Upload_Checksum=said)
    assert (problem_of(answer), answer.status_code) == ("parameter-not-valid", 400)
    assert await offset(phone, address) == 0


@pytest.mark.one_engine
async def test_a_network_that_knows_only_post(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    patch = {**PIECE, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = await phone.post(address, content=JPEG[:HALF], headers=patch)
    assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(HALF))
    other = await phone.post(address, headers={**TUS, "X-HTTP-Method-Override": "BREW"})
    assert problem_of(other) == "method-not-allowed"
    assert other.headers["allow"] == "DELETE, HEAD, PATCH, OPTIONS"
    gone = await phone.post(address, headers={**TUS, "X-HTTP-Method-Override": "DELETE"})
    assert gone.status_code == 204
    # Nowhere else does that header mean anything.
    here = await phone.post("/api/v1/sessions", headers={"X-HTTP-Method-Override": "GET"})
    assert here.status_code == 415


@pytest.mark.one_engine
async def test_stopping_forgets_the_bytes(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    await send(phone, address, JPEG[:HALF], 0)
    assert (await phone.delete(address, headers=TUS)).status_code == 204
    assert files(hall) == []
    assert (await phone.head(address, headers=TUS)).status_code == 404
    assert problem_of(await send(phone, address, JPEG, 0)) == "not-found"
    assert problem_of(await phone.delete(address, headers=TUS)) == "not-found"


@pytest.mark.one_engine
async def test_stopping_a_finished_one_keeps_the_photo(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    await send(phone, address, JPEG, 0)
    assert (await phone.delete(address, headers=TUS)).status_code == 204
    assert files(hall) == []
    assert await on_record(hall) == [SHA256]


NOT_PHOTOS = [
    ("another photo than announced", JPEG[:-1] + b"?", SHA256, "hash-mismatch"),
    ("no photo", b"<svg/>" * 10, None, "photo-not-image"),
    ("a PDF", b"%PDF-1.7\n" + bytes(200), None, "photo-is-pdf"),
    ("half a photo", JPEG[:HALF], None, "photo-truncated"),
]


@pytest.mark.one_engine
@pytest.mark.parametrize(("what", "data", "sha256", "slug"), NOT_PHOTOS, ids=lambda v: str(v)[:20])
async def test_what_is_no_photo_is_gone(
    hall: Hall, what: str, data: bytes, sha256: str | None, slug: str
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, data, sha256=sha256)
    answer = await send(phone, address, data, 0)
    assert problem_of(answer) == slug, what
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert (await phone.head(address, headers=TUS)).status_code == 404
    assert files(hall) == []
    assert await on_record(hall) == []


@pytest.mark.one_engine
async def test_the_last_byte_counts_when_the_photo_is_on_record(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill between the last byte and the photo: the phone is told to send that byte again."""
    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)

    async def full(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(hall.house.blobs, "put", full)
        assert problem_of(await send(phone, address, JPEG, 0)) == "unexpected-failure"
    assert await offset(phone, address) == len(JPEG) - 1
    assert problem_of(await send(phone, address, b"", len(JPEG))) == "upload-offset-differs"
    answer = await send(phone, address, JPEG[-1:], len(JPEG) - 1)
    assert answer.headers["upload-offset"] == str(len(JPEG))
    assert await on_record(hall) == [SHA256]


@pytest.mark.one_engine
async def test_expired_ones_are_removed_when_somebody_begins_another(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    address = await begin(zhang, JPEG)
    await send(zhang, address, JPEG[:HALF], 0)
    hall.clock.pass_(days=6, hours=23)
    assert await offset(zhang, address) == HALF
    hall.clock.pass_(hours=1)
    assert (await zhang.head(address, headers=TUS)).status_code == 404
    assert problem_of(await send(zhang, address, JPEG[HALF:], HALF)) == "not-found"
    assert files(hall) == [".json", ".part"]
    other = await begin(zhang, b"another")
    assert files(hall) == [".json", ".part"]
    assert other != address


async def test_what_a_killed_process_left_is_removed(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    address = await begin(zhang, JPEG)
    folder = hall.house.settings.uploads / ZHANG_SAN.id
    for left in (
        "01990000-0000-7000-8000-0000000000aa.part",
        "01990000-0000-7000-8000-0000000000bb.new",
    ):
        (folder / left).write_bytes(b"left")  # fmt: skip
    await UploadFolder(hall.house.settings.uploads).sweep(hall.clock())
    assert files(hall) == [".json", ".part"]
    assert await offset(zhang, address) == 0


@pytest.mark.one_engine
async def test_who_may_not(hall: Hall) -> None:
    nobody = hall.visitor()
    assert problem_of(await nobody.post(UPLOADS, headers=to_come(JPEG))) == "not-signed-in"
    supervisor = await hall.client_as(LI_SI)
    assert problem_of(await supervisor.post(UPLOADS, headers=to_come(JPEG))) == "not-allowed"
    zhang = await hall.client_as(ZHANG_SAN)
    elsewhere = await zhang.post(UPLOADS, headers=to_come(JPEG, VILLAGE_B))
    assert problem_of(elsewhere) == "not-allowed"
    assert files(hall) == []


@pytest.mark.one_engine
@pytest.mark.parametrize(("limit", "pause"), [("CHUNK_SECONDS", 30), ("STREAM_SECONDS", 0.05)])
async def test_nothing_comes_any_more_or_for_ever(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, limit: str, pause: float
) -> None:
    """A phone that is gone, and one that trickles: the request ends, what came is kept, and nobody was kept waiting."""
    monkeypatch.setattr(body, limit, 0.5)
    came = 0

    async def halting() -> AsyncIterator[bytes]:
        nonlocal came
        for at in range(HALF):
            yield JPEG[at : at + 1]
            came = at + 1
            await asyncio.sleep(pause)

    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    answer = await phone.patch(address, content=halting(), headers={**PIECE, "Upload-Offset": "0"})
    assert (problem_of(answer), answer.status_code) == ("upload-stalled", 503)
    assert answer.headers["connection"] == "close"
    assert 0 < await offset(phone, address) in (came, came + 1)


@pytest.mark.one_engine
async def test_a_request_that_hangs_stands_in_nobodys_way(hall: Hall) -> None:
    """The phone was out of reach, its old connection is not known to be dead: it goes on at once on a new one."""
    hanging, go_on = asyncio.Event(), asyncio.Event()

    async def hangs() -> AsyncIterator[bytes]:
        yield JPEG[:HALF]
        hanging.set()
        await go_on.wait()
        yield JPEG[HALF : HALF + 10]

    phone = await hall.client_as(ZHANG_SAN)
    address = await begin(phone, JPEG)
    old = asyncio.create_task(
        phone.patch(address, content=hangs(), headers={**PIECE, "Upload-Offset": "0"})
    )
    await hanging.wait()
    assert await offset(phone, address) == HALF
    piece = await send(phone, address, JPEG[HALF : HALF + 1000], HALF)
    assert piece.headers["upload-offset"] == str(HALF + 1000)
    go_on.set()
    answer = await old
    assert problem_of(answer) == "upload-offset-differs"
    assert (answer.json()["expected"], answer.json()["actual"]) == (HALF + 1000, 0)
    last = await send(phone, address, JPEG[HALF + 1000 :], HALF + 1000)
    assert last.headers["upload-offset"] == str(len(JPEG))
