"""Our own application with a shelf that keeps nothing: every public answer is made again.

A factory for uvicorn; the settings come from the environment as always.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import AsyncIterator
from datetime import datetime

from starlette.applications import Starlette

from server.app import create_app
from server.cli.logs import set_up_logs
from server.rules.rulebook import Rulebook
from server.settings import read_settings
from server.web.desk import Desk
from server.web.shelf import Kept, Shelf


class EmptyDesk(Desk):
    """A desk on which nothing lies ready."""

    def find(self, *_: object) -> None:
        return None


class EmptyShelf(Shelf):
    """A shelf on which nothing is ever found."""

    def get(self, key: tuple[str, ...], book: Rulebook, now: datetime) -> Kept | None:  # noqa: ARG002
        return None


def app() -> Starlette:
    """Return the application, its shelf replaced right after the house was opened."""
    settings = read_settings()
    set_up_logs(settings.log_level)
    made = create_app(settings)
    opened = made.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(of: Starlette) -> AsyncIterator[None]:
        async with opened(of):
            made.state.house.shelf, made.state.house.desk = EmptyShelf(), EmptyDesk()
            yield

    made.router.lifespan_context = lifespan
    gc.collect()
    gc.freeze()  # as `gongshilan serve` does
    return made
