"""Two clients that we did not write, a real server, a bad network in between, and a server that is killed.

What was acknowledged is neither lost nor sent again: the proxy counts the bytes that pass.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import socket
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx
import pytest
from PIL import Image
from tusclient.client import TusClient

from server.storage.database import Store
from tests.cast import PASSWORD, START, VILLAGE_A, ZHANG_SAN, settle
from tests.simulators.proxy import Fault, Kind, Passing, Weather, fair, first, proxied, stormy
from tests.web.pieces import PIECE, TUS, UPLOADS, to_come
from tests.web.serving import ROOT, killed, served

CHUNK = 65_536
PIECE_OF_TUSPY = 200_000
# What breaks here is the line and the folder of pieces; the database is asked the same few questions on both.
pytestmark = [pytest.mark.slow, pytest.mark.sqlite]


def photo(seed: int) -> bytes:
    """Return a photo of some 1.4 MB, as a phone takes it."""
    out = io.BytesIO()
    noise = Image.effect_noise((1400, 1050), 80 + seed)
    Image.merge("RGB", (noise, noise.rotate(90, expand=False), noise.rotate(180))).save(
        out, "JPEG", quality=92
    )
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a client says in the end."""

    done: bool
    url: str


Client = Callable[[str, Path, str], Sent]


def tus_js_client(address: str, file: Path, cookie: str, **options: object) -> Sent:
    """Send a file with tus-js-client under Node."""
    asked = {
        "endpoint": f"{address}{UPLOADS}",
        "file": str(file),
        "metadata": {"sha256": _sha256(file), "division": VILLAGE_A},
        "headers": {"Cookie": cookie},
        "options": options,
    }
    command = [str(ROOT / "tools/with_node.sh"), "node", "tests/simulators/tus_js_client.mjs"]
    run = subprocess.run(
        [*command, json.dumps(asked)], cwd=ROOT, capture_output=True, text=True, timeout=90
    )
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout.strip().splitlines()[-1])
    return Sent(said["done"], said["url"])


def tuspy(address: str, file: Path, cookie: str) -> Sent:
    """Send a file with tuspy: pieces of 200 KB, each with its checksum."""
    client = TusClient(f"{address}{UPLOADS}", headers={"Cookie": cookie})
    with file.open("rb") as opened:
        return _by_tuspy(client, opened, file)


def _by_tuspy(client: TusClient, opened: BinaryIO, file: Path) -> Sent:
    uploader = client.uploader(
        file_stream=opened,
        chunk_size=PIECE_OF_TUSPY,
        metadata={"sha256": _sha256(file), "division": VILLAGE_A},
        retries=60,
        retry_delay=0.05,
        upload_checksum=True,
    )
    uploader.upload()
    return Sent(uploader.offset == file.stat().st_size, uploader.url)


CLIENTS = [pytest.param(tus_js_client, id="tus-js-client"), pytest.param(tuspy, id="tuspy")]


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


async def _settle(database_url: str) -> None:
    store = await Store.open(database_url)
    try:
        await settle(store, START)
    finally:
        await store.close()


def cookie_of(client: httpx.Client) -> str:
    """Sign 张三 in and return the cookie."""
    body = {"login": ZHANG_SAN.login, "password": PASSWORD}
    assert client.post("/api/v1/sessions", json=body).status_code == 201
    return f"gsl_session={client.cookies['gsl_session']}"


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> tuple[str, Path]:
    """A database with the cast in it, and a folder for photos."""
    asyncio.run(_settle(database_url))
    return database_url, tmp_path / "pictures"


def file_of(folder: Path, data: bytes) -> Path:
    path = folder / "photo.jpg"
    path.write_bytes(data)
    return path


def is_kept(client: httpx.Client, data: bytes) -> bool:
    """Say whether the photo is on record: sent once more by PUT, it is known."""
    sha256 = hashlib.sha256(data).hexdigest()
    answer = client.put(
        f"/api/v1/photos/{sha256}?division={VILLAGE_A}",
        content=data,
        headers={"Content-Type": "application/octet-stream"},
    )
    return answer.status_code == 200 and answer.json()["known"] is True


@pytest.mark.parametrize("send", CLIENTS)
def test_on_a_good_day(tmp_path: Path, place: tuple[str, Path], send: Client) -> None:
    data = photo(1)
    with served(*place) as client, proxied(client.base_url.port or 0, fair) as network:
        sent = send(network.address, file_of(tmp_path, data), cookie_of(client))
        assert sent.done
        assert network.bytes_of("PATCH") == len(data)
        assert is_kept(client, data)


@pytest.mark.parametrize("kind", ["reset", "cut", "vanish"])
def test_a_break_at_half_sends_less_than_a_chunk_again(
    tmp_path: Path, place: tuple[str, Path], kind: Kind
) -> None:
    data = photo(2)
    weather = first("PATCH", Fault(kind, 0.5))
    with served(*place) as client, proxied(client.base_url.port or 0, weather) as network:
        sent = tus_js_client(network.address, file_of(tmp_path, data), cookie_of(client))
        assert sent.done
        broken, *rest = [each for each in network.passed if each.method == "PATCH"]
        assert broken.body == len(data) // 2
        again = network.bytes_of("PATCH") - len(data)
        assert 0 <= again < CHUNK, f"{again} bytes were sent again"
        assert len(rest) == 1, "what broke went on in one piece"
        assert is_kept(client, data)


@pytest.mark.parametrize("send", CLIENTS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_stormy_day(tmp_path: Path, place: tuple[str, Path], send: Client, seed: int) -> None:
    data = photo(10 + seed)
    weather: Weather = stormy(seed, calm_after=14)
    with served(*place) as client, proxied(client.base_url.port or 0, weather) as network:
        sent = send(network.address, file_of(tmp_path, data), cookie_of(client))
        met = [each.fault.kind for each in network.passed if each.fault]
        assert sent.done, met
        assert met
        # A broken piece costs less than a chunk; one with a checksum is kept whole or not at all.
        broken = [p for p in network.passed if p.method == "PATCH" and _is_broken(p)]
        dear = PIECE_OF_TUSPY if send is tuspy else CHUNK
        again = network.bytes_of("PATCH") - len(data)
        assert again <= dear * len(broken), (again, met)
        assert is_kept(client, data)
        head = client.head(sent.url.removeprefix(network.address), headers=TUS)
        assert head.headers["upload-offset"] == str(len(data)) == head.headers["upload-length"]


def _is_broken(passing: Passing) -> bool:
    return passing.fault is not None and passing.fault.kind in ("reset", "cut", "vanish")


def test_a_killed_server_has_what_it_acknowledged(place: tuple[str, Path]) -> None:
    """kill -9 in the middle of a piece, twice, with pieces acknowledged before; nothing of those is sent again."""
    data = photo(3)
    third = len(data) // 3
    acknowledged = 0
    with served(*place) as client:
        cookie = {"Cookie": cookie_of(client)}
        address = _begun(client, data, cookie)
    sent = 0
    for _ in range(2):
        with ExitStack() as lines, killed(*place) as client:
            at = _offset(client, address, cookie)
            assert at >= acknowledged, "what was acknowledged is gone"
            piece = data[at : at + third]
            answer = client.patch(
                address, content=piece, headers={**PIECE, **cookie, "Upload-Offset": str(at)}
            )
            sent += len(piece)
            acknowledged = int(answer.headers["upload-offset"])
            assert acknowledged == at + third
            said = {**PIECE, **cookie, "Upload-Offset": str(acknowledged)}
            sent += _half_a_piece(lines, client, address, said, data[acknowledged:])
    with served(*place) as client:
        at = _offset(client, address, cookie)
        assert at >= acknowledged, "what was acknowledged is gone"
        assert sent - at < 2 * CHUNK, "each kill costs less than a chunk"
        rest = client.patch(
            address, content=data[at:], headers={**PIECE, **cookie, "Upload-Offset": str(at)}
        )
        assert rest.headers["upload-offset"] == str(len(data))
        client.cookies.clear()
        client.headers.update(cookie)
        assert is_kept(client, data)


def test_a_refusal_does_not_wait_for_megabytes(place: tuple[str, Path]) -> None:
    """Chromium sends a request a second time by itself when a kept connection breaks: at an offset that is over."""
    data = photo(5)
    with served(*place) as client:
        cookie = {"Cookie": cookie_of(client)}
        address = _begun(client, data, cookie)
        said = {**PIECE, **cookie, "Upload-Offset": "7"}
        with ExitStack() as lines:
            line = _half_a_request(lines, client, address, said, data[:1000], len(data))
            heard = b""
            while some := line.recv(65_536):
                heard += some
        assert heard.startswith(b"HTTP/1.1 409"), heard[:200]
        assert b"/problems/upload-offset-differs" in heard
        assert _offset(client, address, cookie) == 0


def _begun(client: httpx.Client, data: bytes, cookie: dict[str, str]) -> str:
    answer = client.post(UPLOADS, headers={**to_come(data), **cookie})
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


def _offset(client: httpx.Client, address: str, cookie: dict[str, str]) -> int:
    answer = client.head(address, headers={**TUS, **cookie})
    assert answer.status_code == 200
    return int(answer.headers["upload-offset"])


def _half_a_piece(
    lines: ExitStack, client: httpx.Client, address: str, said: dict[str, str], rest: bytes
) -> int:
    """Send some bytes of a piece and hold the line; return how many were sent."""
    some = rest[: min(100_000, len(rest) - 1)]
    _half_a_request(lines, client, address, said, some, len(rest))
    time.sleep(1)
    return len(some)


def _half_a_request(
    lines: ExitStack,
    client: httpx.Client,
    address: str,
    said: dict[str, str],
    some: bytes,
    length: int,
) -> socket.socket:
    """Announce a body of this length, send some of it, and hold the line."""
    head = f"PATCH {address} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in said.items())
    line = lines.enter_context(socket.create_connection(("127.0.0.1", client.base_url.port or 0)))
    line.sendall(head.encode() + b"\r\n" + some)
    return line


def test_two_processes_and_one_folder(place: tuple[str, Path]) -> None:
    """The same piece to two servers at once: one goes on, the other is told; the photo is whole either way."""
    data = photo(4)
    with served(*place) as one, served(*place) as other:
        cookie = {"Cookie": cookie_of(one)}
        address = _begun(one, data, cookie)
        quarter = len(data) // 4
        for at in range(0, 3 * quarter, quarter):
            piece = data[at : at + quarter]
            headers = {**PIECE, **cookie, "Upload-Offset": str(at)}
            with ThreadPoolExecutor(2) as both:
                answers = list(
                    both.map(
                        lambda c, p=piece, h=headers: c.patch(address, content=p, headers=h),
                        (one, other),
                    )
                )
            statuses = sorted(each.status_code for each in answers)
            assert statuses in ([204, 409], [204, 423]), statuses
            assert _offset(one, address, cookie) == _offset(other, address, cookie) == at + quarter
        last = other.patch(
            address,
            content=data[3 * quarter :],
            headers={**PIECE, **cookie, "Upload-Offset": str(3 * quarter)},
        )
        assert last.headers["upload-offset"] == str(len(data))
        assert is_kept(one, data)
