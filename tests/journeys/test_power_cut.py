"""The power goes while phones are sending: what was acknowledged is there, nothing half is, and sending again ends well.

A real server process is killed (SIGKILL: nothing is finished, nothing is said) at a random moment of a photo's or a
submission's arrival, is started again on the same database, and is asked. The seed makes the same moments again, as
far as a machine's load allows.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Semaphore
from typing import Any

import httpx
import pytest
from PIL import Image

from server.clock import wall_clock
from server.rules.periods import local_date
from server.storage.database import Row, Store
from server.storage.photos import blob_key
from tests.cast import PASSWORD, START, VILLAGE_A, ZHAO_LIU, settle
from tests.journeys.posting import new_id
from tests.journeys.relief import relief_of
from tests.web.serving import Serving, start

ROUNDS = 3
PHONES = 8
COPIES = [f"{size}.{kind}" for size in (320, 960, 1920) for kind in ("webp", "jpg")]
# What a submission is made of, and how many rows one with one photo writes.
ROWS_OF_ONE = {"disclosure": 1, "edition": 1, "edition_photo": 1, "occurrence": 1}

Sending = Callable[[httpx.Client], httpx.Response]


@dataclass(frozen=True)
class Moment:
    """When the power goes: so many seconds after so many answers."""

    answers: int
    delay: float


@dataclass
class Village:
    """The database, the folder of photos, the running server, and what phones were promised."""

    database_url: str
    photos: Path
    serving: Serving
    token: str = ""
    kept: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def phone(self) -> httpx.Client:
        client = httpx.Client(base_url=self.serving.address, trust_env=False, timeout=30)
        if self.token:
            client.cookies.set("gsl_session", self.token)
        return client

    def rows(self, sql: str, *args: object) -> list[Row]:
        """Return rows as they stand in the database, past the server."""

        async def read() -> list[Row]:
            store = await Store.open(self.database_url)
            try:
                return await store.reader.rows(sql, *args)
            finally:
                await store.close()

        return asyncio.run(read())

    def restart(self) -> None:
        self.serving.process.output()
        self.serving = start(self.database_url, self.photos)

    def cut(self, moment: Moment, sendings: Sequence[Sending]) -> list[httpx.Response | None]:
        """Let phones send at once, take the power away at the moment, and return which answers came."""
        came = Semaphore(0)

        def send(sending: Sending) -> httpx.Response | None:
            try:
                with self.phone() as phone:
                    answer = sending(phone)
            except httpx.TransportError:
                return None
            came.release()
            return answer

        with ThreadPoolExecutor(len(sendings)) as threads:
            coming = [threads.submit(send, sending) for sending in sendings]
            for _ in range(moment.answers):
                assert came.acquire(timeout=60)
            time.sleep(moment.delay)
            self.serving.kill()
            answers = [answer.result() for answer in coming]
        self.restart()
        return answers


def photo_of(number: int) -> bytes:
    """Return a photo nobody has sent before: small, so that most of the time goes into keeping it."""
    noise = Image.frombytes("RGB", (150, 100), Random(number).randbytes(150 * 100 * 3))
    out = io.BytesIO()
    noise.save(out, "JPEG")
    return out.getvalue()


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put(data: bytes) -> Sending:
    address = f"/api/v1/photos/{hash_of(data)}?division={VILLAGE_A}"
    return lambda phone: phone.put(address, content=data)


def post(body: dict[str, Any]) -> Sending:
    return lambda phone: phone.post("/api/v1/submissions", json=body)


@pytest.fixture
def village(database_url: str, photo_root: Path) -> Any:
    async def people() -> None:
        store = await Store.open(database_url)
        try:
            await settle(store, START)
        finally:
            await store.close()

    asyncio.run(people())
    found = Village(database_url, photo_root, start(database_url, photo_root))
    try:
        with found.phone() as phone:
            body = {"login": ZHAO_LIU.login, "password": PASSWORD}
            assert phone.post("/api/v1/sessions", json=body).status_code == 201
            found.token = phone.cookies["gsl_session"]
        yield found
        found.serving.stop()
    finally:
        found.serving.kill()


class Moments:
    """Random moments to cut at: after so many answers, and then within what one sending takes on this machine today."""

    def __init__(self, seed: int, village: Village, sendings: Sequence[Sending]) -> None:
        self._random = Random(seed)
        begun = time.monotonic()
        with village.phone() as phone:
            for sending in sendings:
                answer = sending(phone)
                assert answer.status_code == 201, answer.text
        self._one = (time.monotonic() - begun) / len(sendings)
        # Before any answer, after the last but one, and wherever between: every round in another place.
        self._after = [0, PHONES - 2, *(self._random.sample(range(1, PHONES - 2), ROUNDS - 2))]

    def next(self) -> Moment:
        return Moment(self._after.pop(), self._random.uniform(0, self._one))


def look_at_photos(village: Village, looked_at: Collection[str]) -> None:
    """Every photo on record has its event and sending; those looked at are whole, original and copies."""
    recorded = {r["sha256"]: r for r in village.rows("SELECT sha256, bytes FROM photo")}
    assert village.kept.keys() <= recorded.keys(), "an acknowledged photo is not on record"
    sendings = village.rows("SELECT photo_id FROM photo_sending")
    events = village.rows("SELECT subject FROM event WHERE action = 'photo.stored'")
    assert sorted(r["photo_id"] for r in sendings) == sorted(recorded)
    assert sorted(r["subject"] for r in events) == sorted(recorded)
    with village.phone() as phone:
        for sha256 in recorded.keys() & looked_at:
            original = (village.photos / blob_key(sha256, "original")).read_bytes()
            assert hash_of(original) == sha256
            assert len(original) == recorded[sha256]["bytes"]
            for name in COPIES:
                copy = phone.get(f"/api/v1/photos/{sha256}/{name}")
                assert copy.status_code == 200, copy.text
                Image.open(io.BytesIO(copy.content)).load()


def look_at_editions(village: Village) -> None:
    """Every submission is there with all its rows or with none, and every receipt holds."""
    editions = {r["id"]: r for r in village.rows("SELECT id, content_hash, revision FROM edition")}
    assert village.receipts.keys() <= editions.keys(), "an acknowledged submission is not on record"
    for table, each in ROWS_OF_ONE.items():
        found = village.rows(f"SELECT COUNT(*) AS n FROM {table}")[0]["n"]
        assert found == each * len(editions), table
    events = village.rows("SELECT subject FROM event WHERE action = 'edition.submitted'")
    assert sorted(r["subject"] for r in events) == sorted(editions)
    for submission_id, receipt in village.receipts.items():
        assert editions[submission_id]["content_hash"] == receipt["content_hash"]
        assert editions[submission_id]["revision"] == 1


def look_at_the_file(village: Village) -> None:
    """The engine itself finds nothing wrong (PostgreSQL was not killed: it has nothing to find)."""
    if village.database_url.startswith("sqlite"):
        assert village.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert village.rows("PRAGMA foreign_key_check") == []


# Photos are files; the row that names them is a row like those of a submission.
@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_in_the_middle_of_a_photo(village: Village) -> None:
    moments = Moments(20261015, village, [put(photo_of(0))])
    village.kept[hash_of(photo_of(0))] = photo_of(0)
    unanswered = 0
    for number in range(ROUNDS):
        photos = {hash_of(p): p for p in (photo_of(1 + number * PHONES + n) for n in range(PHONES))}
        answers = village.cut(moments.next(), [put(p) for p in photos.values()])
        unanswered += answers.count(None)
        for answer in answers:
            if answer is not None:
                assert answer.status_code == 201, answer.text
                sha256 = answer.json()["sha256"]
                village.kept[sha256] = photos[sha256]
        look_at_photos(village, photos)
        look_at_the_file(village)

        known = {r["sha256"] for r in village.rows("SELECT sha256 FROM photo")}
        with village.phone() as phone:
            for sha256, data in photos.items():
                again = put(data)(phone)
                assert again.status_code == (200 if sha256 in known else 201), again.text
                village.kept[sha256] = data
    look_at_photos(village, village.kept)
    assert len(village.kept) == 1 + ROUNDS * PHONES
    assert unanswered, "the power never went in the middle"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_in_the_middle_of_a_submission(village: Village) -> None:
    with village.phone() as phone:
        board = put(photo_of(0))(phone).json()["sha256"]
    now = wall_clock()
    opinion_on = local_date(now - timedelta(days=1)).isoformat()

    def notice(number: int) -> dict[str, Any]:
        return {
            "id": new_id(now, number),
            "division": VILLAGE_A,
            "category": "dibao_preliminary",
            "schema_version": 1,
            "event_on": opinion_on,
            "content": relief_of(opinion_on),
            "photos": [{"sha256": board, "role": "board"}],
            "composed_at": now.isoformat(),
        }

    first = [notice(n) for n in range(PHONES)]
    moments = Moments(20261016, village, [post(body) for body in first])
    with village.phone() as phone:
        for body in first:
            village.receipts[body["id"]] = post(body)(phone).json() | {"replayed": False}
    unanswered = 0
    for number in range(1, ROUNDS + 1):
        bodies = [notice(number * PHONES + n) for n in range(PHONES)]
        answers = village.cut(moments.next(), [post(b) for b in bodies])
        unanswered += answers.count(None)
        for body, answer in zip(bodies, answers, strict=True):
            if answer is not None:
                assert answer.status_code == 201, answer.text
                village.receipts[body["id"]] = answer.json()
        look_at_editions(village)
        look_at_the_file(village)

        with village.phone() as phone:
            for body in bodies:
                again = post(body)(phone)
                assert again.status_code in (200, 201), again.text
                promised = village.receipts.get(body["id"])
                if promised is not None:
                    assert again.status_code == 200
                    assert again.json() == promised | {"replayed": True}
                village.receipts.setdefault(body["id"], again.json())
                # And once more: the same receipt, no second edition.
                third = post(body)(phone)
                assert third.json() | {"replayed": True} == again.json() | {"replayed": True}
    look_at_editions(village)
    assert village.rows("SELECT COUNT(*) AS n FROM edition")[0]["n"] == (ROUNDS + 1) * PHONES
    assert unanswered, "the power never went in the middle"
