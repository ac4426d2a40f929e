"""The wiring: settings and a clock become an application. The only place that sees every floor."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette_compress import CompressMiddleware

from server import problems
from server.clock import Clock, wall_clock
from server.settings import Settings, read_settings
from server.web import answers, opening
from server.web.endpoint import doors
from server.web.routes import ENDPOINTS
from server.web.security import SecurityHeaders
from server.web.static import FileDoor


def create_app(settings: Settings | None = None, *, clock: Clock = wall_clock) -> Starlette:
    """Return the application; the house is opened when it starts and closed when it stops."""
    chosen = settings or read_settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        house = await opening.open_house(chosen)
        app.state.house = house
        watching = asyncio.create_task(opening.watch_rules(house))
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            await house.store.close()

    app = Starlette(
        routes=doors(ENDPOINTS),
        middleware=[
            Middleware(SecurityHeaders, https=chosen.https),
            # Pictures are compressed already; their media types are not in its list.
            Middleware(CompressMiddleware, minimum_size=500, brotli_quality=4, zstd_level=4),
        ],
        exception_handlers={HTTPException: _as_problem},
        lifespan=lifespan,
    )
    # What no door answers is a file of the built web app, or nothing. No redirect guesses a slash.
    app.router.default = FileDoor()
    app.router.redirect_slashes = False
    app.state.settings = chosen
    app.state.clock = clock
    app.state.endpoints = ENDPOINTS
    return app


async def _as_problem(request: Request, error: Exception) -> Response:
    """Return Starlette's own refusals as problems."""
    del error
    return answers.problem_response(problems.not_found(), request, answers.lang_of(request))


def __getattr__(name: str) -> Starlette:
    """Make `uvicorn server.app:app` work; settings are read then, not when tests import this."""
    if name == "app":
        return create_app()
    raise AttributeError(name)
