"""The cast: who acts in the tests, where, and at what moment.

    张三 Zhang San  accountant of village A          李四 Li Si     supervisor of village A
    孙七 Sun Qi     accountant of the next village   王五 Wang Wu   auditor of the township
    赵六 Zhao Liu   editor of the township           周八 Zhou Ba   administrator of the county

A test asks for `hall`: a running application on a migrated database of its own, in which these people
have accounts and the clock stands still until the test moves it.

    async def test_...(hall: Hall) -> None:
        hall.clock.set("2026-10-15 23:59+08:00")
        zhang = hall.client_as(ZHANG_SAN)
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette

from server.app import create_app
from server.external.passwords import random_token, token_hash
from server.rules import proofs
from server.rules.permissions import Role
from server.rules.values import uuid7_at
from server.settings import read_settings
from server.storage import accounts, models, sessions
from server.storage.accounts import Account
from server.storage.database import Store
from server.storage.sessions import Session
from server.web.house import House

SITE = "http://gongshi.test"
COUNTY = "640425000000"
TOWNSHIP = "640425103000"
PASSWORD = "河边有两棵老柳树"

# Real places: 彭阳县红河镇. The rows above the villages are what a page's path is made of.
PLACES: tuple[tuple[str, str, str | None, str], ...] = (
    ("640000000000", "宁夏回族自治区", None, "province"),
    ("640400000000", "固原市", "640000000000", "city"),
    (COUNTY, "彭阳县", "640400000000", "county"),
    (TOWNSHIP, "红河镇", COUNTY, "township"),
    ("640425103200", "红河村", TOWNSHIP, "village"),
    ("640425103201", "宽坪村", TOWNSHIP, "village"),
    ("640425102000", "古城镇", COUNTY, "township"),
    ("640425102200", "古城村", "640425102000", "village"),
)
VILLAGE_A = "640425103200"
VILLAGE_B = "640425103201"
FAR_VILLAGE = "640425102200"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the cast."""

    id: str
    login: str
    name: str
    role: Role
    division: str


def _person(number: int, login: str, name: str, role: Role, division: str) -> Person:
    return Person(f"01990000-0000-7000-8000-00000000000{number}", login, name, role, division)


ZHANG_SAN = _person(1, "zhangsan", "张三", "accountant", VILLAGE_A)
LI_SI = _person(2, "lisi", "李四", "supervisor", VILLAGE_A)
WANG_WU = _person(3, "wangwu", "王五", "auditor", TOWNSHIP)
ZHAO_LIU = _person(4, "zhaoliu", "赵六", "editor", TOWNSHIP)
SUN_QI = _person(5, "sunqi", "孙七", "accountant", VILLAGE_B)
ZHOU_BA = _person(6, "zhouba", "周八", "administrator", COUNTY)
EVERYBODY = (ZHANG_SAN, LI_SI, WANG_WU, ZHAO_LIU, SUN_QI, ZHOU_BA)


def at(text: str) -> datetime:
    """Return a moment written with its offset: at('2026-10-15 23:59+08:00')."""
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None, f"{text}: write the offset, +08:00"
    return moment.astimezone(UTC)


START = at("2026-10-08 09:00+08:00")


class FrozenClock:
    """A clock that moves when a test says so."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, text: str) -> None:
        self.now = at(text)

    def pass_(self, **span: float) -> None:
        """Let time pass: clock.pass_(minutes=5)."""
        self.now += timedelta(**span)


@dataclass(slots=True)
class Hall:
    """A running application, its clock, and clients for whoever comes."""

    app: Starlette
    clock: FrozenClock

    @property
    def house(self) -> House:
        house: House = self.app.state.house
        return house

    @property
    def store(self) -> Store:
        return self.house.store

    def visitor(self, address: str = "192.0.2.7", **headers: str) -> httpx.AsyncClient:
        """Return a client nobody is signed in on; it sends no Origin, as a program would."""
        transport = httpx.ASGITransport(app=self.app, client=(address, 40000))
        return httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers)

    async def client_as(
        self, person: Person, *, address: str = "192.0.2.7", device: str = "手机"
    ) -> httpx.AsyncClient:
        """Return a client on which this person is signed in, in a browser on our own page."""
        token = random_token()
        now = self.clock()
        session = Session(
            id=uuid7_at(now, secrets.token_bytes(10)),
            token_hash=token_hash(token),
            account_id=person.id,
            device=device,
            address=address,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(days=self.house.settings.session_days),
            revoked_at=None,
        )
        async with self.store.transaction() as tx:
            await sessions.insert(tx, session, county=person.division[:6])
        client = self.visitor(address, Origin=SITE)
        bring(client, token)
        return client

    async def rows(self, sql: str, *args: object) -> list[dict[str, Any]]:
        """Return rows as they stand: what a test asserts about what was, and was not, written."""
        return await self.store.reader.rows(sql, *args)


def bring(client: httpx.AsyncClient, token: str) -> None:
    """Put a session's token into a client's cookies, as if the site had set it."""
    client.cookies.set("gsl_session", token, domain="gongshi.test", path="/")


@cache
def _hash_of_password() -> str:
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


async def settle(store: Store, now: datetime) -> None:
    """Write the places and the accounts of the cast."""
    async with store.transaction() as tx:
        for code, name, parent, level in PLACES:
            await tx.insert(
                models.Division,
                id=int(code),
                county=code[:6],
                code=code,
                name=name,
                parent=parent,
                level=level,
                valid_from="",
                valid_to=None,
                initials="",
            )
        for person in EVERYBODY:
            await accounts.insert(
                tx,
                Account(
                    id=person.id,
                    county=person.division[:6],
                    login=person.login,
                    name=person.name,
                    role=person.role,
                    division=person.division,
                    password_hash=_hash_of_password(),
                    disabled_at=None,
                    created_at=now,
                ),
            )


@contextmanager
def work_of(bits: int) -> Iterator[None]:
    """Let whatever is anonymous ask for so much work of the sender; 16 is what a real site asks for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proofs, "BITS", bits)
        patch.setattr(proofs.new_challenge, "__kwdefaults__", {"bits": bits})
        yield


@asynccontextmanager
async def opened(database_url: str, photos: Path, **settings: object) -> AsyncIterator[Hall]:
    """Open a hall with the cast in it; `settings` are those of server/settings.py."""
    clock = FrozenClock()
    # Background work is done when a test says so; what the site writes stays in the test's own folder.
    own = photos.parent
    beside = {
        "uploads": own / "uploads",
        "receipt_key": str(own / "receipt.key"),
        "household_key": str(own / "household.key"),
        "push_key": str(own / "push-key.pem"),
        "jobs": "off",
    }
    settings = {**beside, **settings}
    chosen = read_settings({}, database_url=database_url, photos=str(photos), **settings)
    app = create_app(chosen, clock=clock)
    # A tenth of a second of every question would be a minute of the whole suite.
    with work_of(6):
        async with app.router.lifespan_context(app):
            await settle(app.state.house.store, clock())
            yield Hall(app, clock)


@pytest.fixture
async def hall(database_url: str, photo_root: Path) -> AsyncIterator[Hall]:
    """A running application of this test's own."""
    async with opened(database_url, photo_root) as found:
        yield found


def read(page: str) -> str:
    """Return a page's text as one reads it: what only holds a date together is not there."""
    return page.replace("<one-line>", "").replace("</one-line>", "")


def problem_of(response: httpx.Response) -> str:
    """Return the slug of a problem, having looked that it is a whole one."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    body = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"]
    slug: str = body["type"].removeprefix("/problems/")
    return slug
