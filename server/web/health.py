"""Is the process alive, and can it serve?"""

from __future__ import annotations

from server.web.asking import Answer, Ask
from server.web.wire import Out


class Health(Out):
    """`ok`, and which of the parts answered."""

    ok: bool
    parts: dict[str, bool]


async def healthz(ask: Ask) -> Answer:
    """Alive: nothing else is asked, so that a slow disk does not get the process killed."""
    del ask
    return Answer(Health(ok=True, parts={"process": True}))


async def readyz(ask: Ask) -> Answer:
    """Ready: the database answers, its migrations are current, photos can be written."""
    parts = {
        "database": await ask.store.answers(),
        "migrations": await ask.store.is_current(),
        "photos": await ask.house.blobs.is_writable(),
    }
    ok = all(parts.values())
    return Answer(Health(ok=ok, parts=parts), status=200 if ok else 503)
