"""Phones of villagers who want to hear of what is new, the push service that carries it, and a hall that may send there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest

from server import jobs
from server.rules.subscribing import device_of
from tests.cast import VILLAGE_A, ZHANG_SAN, Hall, opened
from tests.external.push_browser import PushBrowser
from tests.external.robot_server import Got, RobotServer, robot_server
from tests.journeys.posting import approve, new_id, submission


@pytest.fixture
def service() -> Iterator[RobotServer]:
    """A push service that takes everything."""
    with robot_server() as found:
        found.reply = lambda got: (201, b"")
        yield found


@pytest.fixture
async def hall(database_url: str, photo_root: Path) -> AsyncIterator[Hall]:
    """A hall that may send to this machine, where the push service of the tests is."""
    async with listening_hall(database_url, photo_root) as found:
        yield found


@asynccontextmanager
async def listening_hall(
    database_url: str, photo_root: Path, **changes: Any
) -> AsyncIterator[Hall]:
    """Open a hall that may send to this machine."""
    settings: dict[str, Any] = {
        "notify_networks": (ip_network("127.0.0.0/8"),),
        "push_hosts": ("127.0.0.1",),
        "public_url": "http://gongshi.test",
    }
    async with opened(database_url, photo_root, **(settings | changes)) as found:
        yield found


@dataclass
class Phone:
    """A villager's phone: its browser, and its name at the push service."""

    service: RobotServer
    name: str
    browser: PushBrowser = field(default_factory=PushBrowser)

    @property
    def path(self) -> str:
        return f"/push/{self.name}"

    def where(self, lang: str = "zh") -> dict[str, Any]:
        """Return what a page sends of it."""
        return {**self.browser.keys(f"{self.service.address}{self.path}"), "lang": lang}

    @property
    def device(self) -> str:
        keys = self.where()
        return device_of(keys["endpoint"], keys["auth"])

    async def follow(
        self, hall: Hall, code: str = VILLAGE_A, *, lang: str = "zh", **choices: Any
    ) -> httpx.Response:
        """Ask to hear of a village."""
        body = {**self.where(lang), **choices}
        return await hall.visitor().put(f"/api/v1/villages/{code}/subscription", json=body)

    def heard(self) -> list[dict[str, Any]]:
        """Return what it was told, in the order it came."""
        return [self.browser.opened(got.body) for got in self._got()]

    def _got(self) -> list[Got]:
        return [got for got in self.service.got if got.path == self.path]


async def follows(hall: Hall, service: RobotServer, name: str = "phone", **choices: Any) -> Phone:
    """Return a phone that hears of village A, a moment later."""
    phone = Phone(service, name)
    answer = await phone.follow(hall, **choices)
    assert answer.status_code == 200, answer.text
    hall.clock.pass_(seconds=1)
    return phone


async def work(hall: Hall, *, missing: bool = False) -> int:
    """Do what the background worker does at one look; return how many messages were tried."""
    if missing:
        await jobs.tell_missing(hall.house, hall.clock())
    await jobs.tell(hall.house, hall.clock())
    done = 0
    while n := await jobs.deliver(hall.house, hall.clock):
        done += n
    return done


async def publish(
    hall: Hall, *, opens_at: datetime | None = None, seed: int = 7, **changes: Any
) -> str:
    """Post and approve the third quarter's accounts and return their disclosure; `opens_at`: later."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, id=new_id(hall.clock(), seed), **changes)
    if opens_at is not None:
        sent["publish"] = {"when": "at", "at": opens_at.isoformat()}
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"], seed=seed)
    found: str = receipt.json()["disclosure_id"]
    return found


__all__ = ["Phone", "follows", "hall", "listening_hall", "publish", "service", "work"]
