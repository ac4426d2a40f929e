"""A server of a measurement's own, with the cast of the tests in its database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bench.processes import Server, free_port, start
from server.storage.database import Store
from server.storage.migrate import migrate
from tests.cast import settle


async def with_cast(url: str, now: datetime) -> None:
    """Make the tables, and write the places and the accounts of the cast."""
    await migrate(url)
    store = await Store.open(url)
    try:
        await settle(store, now)
    finally:
        await store.close()


def start_alone(url: str, folder: Path, name: str) -> Server:
    """Start our server on this database, its photos, uploads and log in the folder."""
    port = free_port()
    environment = {
        "GONGSHILAN_DATABASE_URL": url,
        "GONGSHILAN_PHOTOS": str(folder / "photos"),
        "GONGSHILAN_UPLOADS": str(folder / "uploads"),
        "GONGSHILAN_LOG_LEVEL": "warning",
    }
    command = ["server", "serve", "--port", str(port)]
    return start(command, port, "/healthz", environment, folder / f"{name}.log")
