"""Is the process alive, and can it serve?"""

from __future__ import annotations

import structlog

from server.storage.readiness import pending_migrations
from server.web.asking import Answer, Ask
from server.web.wire import Out

log = structlog.get_logger("health")


class Health(Out):
    """`ok`, and which of the parts answered."""

    ok: bool
    parts: dict[str, bool]


async def healthz(ask: Ask) -> Answer:
    """Alive: nothing else is asked, so that a slow disk does not get the process killed."""
    del ask
    return Answer(Health(ok=True, parts={"process": True}))


async def readyz(ask: Ask) -> Answer:
    """Ready: the database answers, its migrations are current, photos can be written, whole and in pieces."""
    parts = {"database": False, "migrations": False, "photos": False, "uploads": False}
    try:
        await ask.store.ping()
        parts["database"] = True
        parts["migrations"] = not await pending_migrations(ask.db)
        parts["photos"] = await ask.house.blobs.is_writable()
        parts["uploads"] = await ask.house.uploads.is_writable()
    except Exception as error:  # noqa: BLE001 - whatever fails here is the answer: not ready
        log.warning("not ready", error=type(error).__name__, parts=parts)
    ok = all(parts.values())
    return Answer(Health(ok=ok, parts=parts), status=200 if ok else 503)
