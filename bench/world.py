"""The data: a village whose accountant posted twenty quarters, made by the real commands over the real API.

Only the clock is moved: each quarter is posted on the 10th of the month after it, and approved an hour later.
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from server.external.passwords import random_token, token_hash
from server.rules.values import uuid7_at
from server.storage import accounts, models, sessions
from server.storage.accounts import Account
from server.storage.migrate import migrate
from server.storage.sessions import Session
from tests.cast import TOWNSHIP, VILLAGE_A, ZHANG_SAN, Hall, Person, at, opened
from tests.journeys.posting import accounts_of, approve, send_photo, submission

DISCLOSURES = 20
# Eight clients, each with several villages: what a post costs grows with its village's history.
CLIENTS = 8
WRITERS = CLIENTS * 6
PHOTOS_OF_A_POST = 3


@dataclass(slots=True)
class Writer:
    """An accountant of a village of their own, signed in, with photos that were sent before."""

    person: Person
    token: str
    photos: list[str] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """Where the database and the photos are, and what is in them."""

    database_url: str
    database: Path
    photos: Path
    village: str
    disclosures: list[str]
    writers: list[Writer]


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter by its year and number."""

    year: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def posted(self) -> date:
        """The 10th of the month after it: before the limit of every policy that is shipped."""
        return (
            date(self.year + 1, 1, 10)
            if self.number == 4
            else date(self.year, 3 * self.number + 1, 10)
        )

    def previous(self) -> Quarter:
        return (
            Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)
        )


# Amounts are counted back from here.
LAST = Quarter(2030, 4)


def quarters_until(today: date, count: int) -> list[Quarter]:
    """Return the newest quarters that were due to be posted before a day, oldest first."""
    quarter = Quarter(today.year, (today.month + 2) // 3)
    while quarter.posted >= today:
        quarter = quarter.previous()
    found = [quarter]
    while len(found) < count:
        found.append(found[-1].previous())
    return found[::-1]


def accounts_for(quarter: Quarter) -> dict[str, Any]:
    """Return a quarter's accounts: the category's own good example, with its dates in that quarter."""
    content = deepcopy(accounts_of("2026-q3"))
    _chain(content, (LAST.year - quarter.year) * 4 + LAST.number - quarter.number)
    for group in ("income", "other_receipts", "expense", "other_payments"):
        for line in content[group]:
            for entry in line.get("entries", []):
                entry["date"] = _moved(entry["date"], quarter)
    return content


def _chain(content: dict[str, Any], before: int) -> None:
    """Make the opening amounts follow from the quarter before: every quarter moves by the same sums."""
    opening, closing, debt = content["opening"], content["closing"], content["debts"][0]
    moves = {name: closing[name] - opening[name] for name in ("cash", "bank")}
    floor = {"cash": opening["cash"], "bank": 2_000_000_000}
    for name, move in moves.items():
        opening[name] = floor[name] - move * before
        closing[name] = opening[name] + move
    closing["total"] = closing["cash"] + closing["bank"]
    debt["closing"] = debt["decrease"] * (before + 1)
    debt["opening"] = debt["closing"] + debt["decrease"]


def _moved(day: str, quarter: Quarter) -> str:
    found = re.fullmatch(r"\d{4}-(\d\d)-(\d\d)", day)
    assert found is not None
    month = (int(found[1]) - 1) % 3 + 1 + 3 * (quarter.number - 1)
    return f"{quarter.year}-{month:02}-{min(int(found[2]), 28):02}"


async def make_world(folder: Path, url: str = "") -> World:
    """Make the database and fill it; nothing is written beside the server's own commands but accounts.

    `url`: an empty database; without it a SQLite file in the folder.
    """
    database = folder / "bench.db"
    url = url or f"sqlite://{database}"
    await migrate(url)
    now = datetime.now(UTC)
    world = World(url, database, folder / "photos", VILLAGE_A, [], [])
    async with opened(url, world.photos) as hall:
        for number, quarter in enumerate(
            quarters_until((now - timedelta(days=1)).date(), DISCLOSURES), 1
        ):
            world.disclosures.append(await _publish(hall, quarter, number))
        hall.clock.now = now
        for number in range(WRITERS):
            world.writers.append(await _writer(hall, number))
    return world


async def _publish(hall: Hall, quarter: Quarter, number: int) -> str:
    hall.clock.now = at(f"{quarter.posted} 09:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone, seed=number)
    sent = submission(
        hall,
        id=uuid7_at(hall.clock(), secrets.token_bytes(10)),
        content=accounts_for(quarter),
        period=quarter.key,
        photos=[{"sha256": photo, "role": "board"}],
    )
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    hall.clock.pass_(hours=1)
    await approve(hall, sent["id"], seed=number)
    disclosure: str = receipt.json()["disclosure_id"]
    return disclosure


async def _writer(hall: Hall, number: int) -> Writer:
    """Open a village with an accountant who is signed in; only the session's hash is stored, as always."""
    now = hall.clock()
    code = f"{TOWNSHIP[:9]}{300 + number}"
    person = Person(
        f"01990000-0000-7000-8000-0000000001{number:02}",
        f"writer{number}",
        "张三",
        "accountant",
        code,
    )
    writer = Writer(person, random_token())
    async with hall.store.transaction() as tx:
        await tx.insert(
            models.Division,
            id=int(code),
            county=code[:6],
            code=code,
            name=f"演示{number}村",
            parent=TOWNSHIP,
            level="village",
            valid_from="",
            valid_to=None,
            initials="",
        )
        await accounts.insert(
            tx,
            Account(
                id=person.id,
                county=code[:6],
                login=person.login,
                name=person.name,
                role=person.role,
                division=code,
                password_hash=None,
                disabled_at=None,
                created_at=now,
            ),
        )
        session = Session(
            id=uuid7_at(now, secrets.token_bytes(10)),
            token_hash=token_hash(writer.token),
            account_id=person.id,
            device="bench",
            address="127.0.0.1",
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(days=30),
            revoked_at=None,
        )
        await sessions.insert(tx, session, county=code[:6])
    phone = await hall.client_as(person)
    for shot in range(PHOTOS_OF_A_POST):
        seed = 100 + number * PHOTOS_OF_A_POST + shot
        sha256, data = small_photo(seed)
        answer = await phone.put(
            f"/api/v1/photos/{sha256}?division={code}",
            content=data,
            headers={"Content-Type": "application/octet-stream"},
        )
        assert answer.status_code == 201, answer.text
        writer.photos.append(sha256)
    return writer


def small_photo(seed: int) -> tuple[str, bytes]:
    """Return the hash and bytes of a small photo: posts name photos, they do not send them."""
    out = io.BytesIO()
    Image.new("RGB", (96, 72)).save(out, "JPEG", comment=f"photo {seed}")
    return hashlib.sha256(out.getvalue()).hexdigest(), out.getvalue()


def post_of(writer: Writer, quarter: Quarter, now: datetime) -> dict[str, Any]:
    """Return what the writer's phone sends for a quarter: thirty lines and three photos."""
    board, *vouchers = writer.photos
    photos = [{"sha256": board, "role": "board"}]
    photos += [
        {"sha256": sha256, "role": "voucher", "pointer": f"/income/0/entries/{line}"}
        for line, sha256 in enumerate(vouchers)
    ]
    return {
        "id": uuid7_at(now, secrets.token_bytes(10)),
        "division": writer.person.division,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": accounts_for(quarter),
        "period": quarter.key,
        "photos": photos,
        "composed_at": now.isoformat(),
    }
