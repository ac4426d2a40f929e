"""A phone on a bad network, simulated: requests and answers are lost, sent twice, the server restarts, time passes.

The model beside it knows only what truly reached the server. Whatever order hypothesis finds:

- there is exactly one edition for each submission that arrived, and none for one that did not;
- every byte that was acknowledged is there, also after a restart;
- on time or late is decided by the registration exactly when the content came before it lapsed.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from server.app import create_app
from server.external import images
from server.rules.periods import local_date
from server.settings import Settings, read_settings
from server.storage import editions, photos
from tests.cast import (
    SUN_QI,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    FrozenClock,
    Hall,
    Person,
    at,
    settle,
)
from tests.engine import examples
from tests.journeys.posting import accounts_of, board_photo, new_id
from tests.journeys.registering import hash_of, registration

BEGIN = at("2026-10-14 20:00+08:00")
DUE_BEFORE = at("2026-10-16 00:00+08:00")
HOURS = timedelta(hours=72)
TABLES = ("edition_photo", "review", "edition", "short_link", "disclosure", "commitment", "event", "photo_sending", "photo",
          "division_version", "session", "account", "division")  # fmt: skip

# What the network does to one request.
Fate = Literal["arrives", "request lost", "answer lost", "sent twice"]
FATES = st.sampled_from(["arrives", "arrives", "request lost", "answer lost", "sent twice"])
SPANS = st.sampled_from(
    [
        timedelta(seconds=1),
        timedelta(minutes=20),
        timedelta(hours=3, minutes=59, seconds=59),
        timedelta(hours=24),
        timedelta(hours=71, minutes=59, seconds=59),
        timedelta(hours=72),
    ]
)


@dataclass
class Posting:
    """One posting: what the phone knows of it, and what truly reached the server."""

    author: Person
    sent: dict[str, Any]
    pictures: list[tuple[str, bytes]]
    registered_here: bool = False  # the phone has the commitment's answer
    photos_here: set[str] = field(default_factory=set)  # acknowledged
    receipt: dict[str, Any] | None = None
    committed_at: datetime | None = None
    arrived_at: datetime | None = None

    @property
    def counted_from(self) -> datetime | None:
        """The registration's moment, if the content came before it lapsed."""
        if self.committed_at is None or self.arrived_at is None:
            return None
        return self.committed_at if self.arrived_at < self.committed_at + HOURS else None


class Network(RuleBasedStateMachine):
    """Two phones and one server; `chosen` is set by the test that runs it."""

    chosen: Settings

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = FrozenClock(BEGIN)
        self.postings: list[Posting] = []
        self.stack: AsyncExitStack
        self.hall: Hall

    # ------------------------------------------------------------ the server

    async def _start(self) -> None:
        app = create_app(self.chosen, clock=self.clock)
        self.stack = AsyncExitStack()
        await self.stack.enter_async_context(app.router.lifespan_context(app))
        self.hall = Hall(app, self.clock)

    @initialize()
    def first_start(self) -> None:
        async def begin() -> None:
            await self._start()
            async with self.hall.store.transaction() as tx:
                for table in TABLES:
                    await tx.execute(f"DELETE FROM {table}")
            await settle(self.hall.store, BEGIN)

        self.runner.run(begin())

    @rule()
    def restart(self) -> None:
        async def again() -> None:
            await self.stack.aclose()
            await self._start()

        self.runner.run(again())

    def teardown(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.clock.now += span

    # ------------------------------------------------------------ the phones

    @precondition(lambda self: len(self.postings) < 2)
    @rule(count=st.integers(0, 2))
    def compose(self, count: int) -> None:
        author, village = ((ZHANG_SAN, VILLAGE_A), (SUN_QI, VILLAGE_B))[len(self.postings)]
        pictures = [board_photo(seed) for seed in range(1, count + 1)]
        sent = {
            "id": new_id(self.clock(), len(self.postings)),
            "division": village,
            "category": "finance_quarterly",
            "schema_version": 1,
            "content": accounts_of("2026-q3"),
            "period": "2026Q3",
            "photos": [{"sha256": sha256, "role": "board"} for sha256, _ in pictures],
            "composed_at": self.clock().isoformat(),
        }
        self.postings.append(Posting(author, sent, pictures))

    def _some(self, number: int) -> Posting:
        return self.postings[number % len(self.postings)]

    @precondition(lambda self: self.postings)
    @rule(number=st.integers(0, 1), fate=FATES)
    def register(self, number: int, fate: Fate) -> None:
        posting = self._some(number)
        path = f"/api/v1/commitments/{posting.sent['id']}"
        body = registration(posting.sent)
        answers = self._send(posting, fate, lambda phone: phone.put(path, json=body))
        if fate == "request lost":
            return
        assert all(a.status_code in (200, 201) for a in answers), [a.text for a in answers]
        if posting.committed_at is None:
            posting.committed_at = self.clock()
        promises = [a.json() | {"photos_missing": None} for a in answers]
        assert all(p == promises[0] for p in promises)
        assert promises[0]["content_hash"] == hash_of(posting.sent)
        assert _moment(promises[0]["received_at"]) == posting.committed_at
        assert _moment(promises[0]["lapses_at"]) == posting.committed_at + HOURS
        missing = {s for a in answers for s in a.json()["photos_missing"]}
        assert not missing & posting.photos_here
        posting.registered_here |= fate != "answer lost"

    @precondition(lambda self: any(p.registered_here and p.pictures for p in self.postings))
    @rule(number=st.integers(0, 1), which=st.integers(0, 1), fate=FATES)
    def send_photo(self, number: int, which: int, fate: Fate) -> None:
        ready = [p for p in self.postings if p.registered_here and p.pictures]
        posting = ready[number % len(ready)]
        sha256, data = posting.pictures[which % len(posting.pictures)]
        path = f"/api/v1/photos/{sha256}?division={posting.sent['division']}"
        answers = self._send(
            posting,
            fate,
            lambda phone: phone.put(
                path, content=data, headers={"Content-Type": "application/octet-stream"}
            ),
        )
        assert all(a.status_code in (200, 201) for a in answers), [a.text for a in answers]
        if fate in ("arrives", "sent twice"):
            posting.photos_here.add(sha256)

    @precondition(lambda self: any(_complete(p) for p in self.postings))
    @rule(number=st.integers(0, 1), fate=FATES)
    def submit(self, number: int, fate: Fate) -> None:
        ready = [p for p in self.postings if _complete(p)]
        posting = ready[number % len(ready)]
        answers = self._send(
            posting, fate, lambda phone: phone.post("/api/v1/submissions", json=posting.sent)
        )
        if fate == "request lost":
            return
        assert all(a.status_code in (200, 201) for a in answers), [a.text for a in answers]
        if posting.arrived_at is None:
            posting.arrived_at = self.clock()
        receipts = [a.json() | {"replayed": None} for a in answers]
        assert all(r == receipts[0] for r in receipts)
        if fate != "answer lost":
            posting.receipt = receipts[0]
        self._judged_as_the_rule_says(posting, receipts[0])

    def _send(
        self,
        posting: Posting,
        fate: Fate,
        request: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]],
    ) -> list[httpx.Response]:
        """Return the answers of the server, whether or not the phone hears them."""
        times = {"request lost": 0, "sent twice": 2}.get(fate, 1)

        async def go() -> list[httpx.Response]:
            phone = await self.hall.client_as(posting.author)
            return list(await asyncio.gather(*(request(phone) for _ in range(times))))

        return self.runner.run(go())

    # ------------------------------------------------------------ what must hold

    def _judged_as_the_rule_says(self, posting: Posting, receipt: dict[str, Any]) -> None:
        assert posting.arrived_at is not None
        counted = posting.counted_from
        assert (receipt["committed_at"] is None) == (counted is None)
        judged = counted or posting.arrived_at
        late = judged >= DUE_BEFORE
        assert receipt["verdict"] == ("late" if late else "on_time")
        days = (local_date(judged) - local_date(DUE_BEFORE - timedelta(seconds=1))).days
        assert receipt["late_days"] == max(0, days)

    @invariant()
    def one_edition_for_each_submission(self) -> None:
        if not self.postings:
            return

        async def look() -> None:
            rows = await self.hall.rows("SELECT id, received_at, committed_at FROM edition")
            arrived = [p for p in self.postings if p.arrived_at is not None]
            assert sorted(r["id"] for r in rows) == sorted(p.sent["id"] for p in arrived)
            for posting in arrived:
                edition = await editions.get(self.hall.store.reader, posting.sent["id"])
                assert edition is not None
                assert edition.content_hash == hash_of(posting.sent)
                assert edition.received_at == posting.arrived_at
                assert edition.committed_at == posting.counted_from
            kept = await self.hall.rows("SELECT id FROM commitment")
            registered = [p.sent["id"] for p in self.postings if p.committed_at is not None]
            assert sorted(r["id"] for r in kept) == sorted(registered)

        self.runner.run(look())

    @invariant()
    def every_acknowledged_byte_is_there(self) -> None:
        async def look() -> None:
            for posting in self.postings:
                for sha256 in posting.photos_here:
                    data = await self.hall.house.blobs.get(photos.blob_key(sha256, "original"))
                    assert hashlib.sha256(data).hexdigest() == sha256
                if posting.receipt is not None:
                    assert await editions.get(self.hall.store.reader, posting.sent["id"])
                if posting.registered_here:
                    phone = await self.hall.client_as(posting.author)
                    answer = await phone.get(f"/api/v1/commitments/{posting.sent['id']}")
                    assert answer.json()["state"] == self._state(posting)

        self.runner.run(look())

    def _state(self, posting: Posting) -> str:
        assert posting.committed_at is not None
        if posting.counted_from is not None:
            return "completed"
        return "lapsed" if self.clock() >= posting.committed_at + HOURS else "pending"

    @invariant()
    def the_matrix_says_what_waits_and_what_lapsed(self) -> None:
        if not any(p.committed_at for p in self.postings):
            return

        async def look() -> None:
            auditor = await self.hall.client_as(WANG_WU)
            answer = await auditor.get(
                f"/api/v1/compliance?division={TOWNSHIP}&first=2026-09-30&last=2026-09-30"
            )
            rows = {r["division"]: r["cells"] for r in answer.json()["rows"]}
            for posting in self.postings:
                cells = [c for c in rows[posting.sent["division"]] if c]
                kinds = {
                    f["kind"]
                    for c in cells
                    if c["category"] == posting.sent["category"]
                    for f in c["findings"]
                }
                state = self._state(posting) if posting.committed_at else None
                assert ("committed" in kinds) == (state == "pending")
                assert ("commitment_lapsed" in kinds) == (state == "lapsed")

        self.runner.run(look())


def _complete(posting: Posting) -> bool:
    """The phone sends the content when it has the registration's answer and every photo's."""
    return posting.registered_here and len(posting.photos_here) == len(posting.pictures)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def quick_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Public copies are tests/external's business; here they would only take time."""
    monkeypatch.setattr(images, "derivatives", lambda data: {"960.jpg": data[:32]})


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("quick_copies")
def test_any_order_of_losses_restarts_and_days(database_url: str, photo_root: Path) -> None:
    class Here(Network):
        chosen = read_settings(
            {},
            database_url=database_url,
            photos=str(photo_root),
            uploads=photo_root.parent / "uploads",
            receipt_key=str(photo_root.parent / "receipt.key"),
            household_key=str(photo_root.parent / "household.key"),
        )

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples(6),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
