"""The wiring: settings and a clock become an application. The only place that sees every floor."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from server import jobs, problems
from server.clock import Clock, wall_clock
from server.settings import Settings, read_settings
from server.web import answers, opening
from server.web.as_long_as_it_is import AsLongAsItIs
from server.web.assets import assets_from
from server.web.corridors import Corridors
from server.web.desk import Parcel, target_of
from server.web.endpoint import doors
from server.web.house import House
from server.web.routes import ENDPOINTS
from server.web.security import SecurityHeaders
from server.web.static import FileDoor

# Text that its list of media types does not know.
for media_type in ("text/csv", "application/feed+json", "application/problem+json"):
    add_compress_type(media_type)


class Application(Starlette):
    """Starlette with a desk in front: what lies ready there is answered before routing."""

    house: House | None = None
    clock: Clock = staticmethod(wall_clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        house = self.house
        if house is not None and scope["type"] == "http" and scope["method"] == "GET":
            found = self.at_desk(target_of(scope), scope["scheme"], scope["headers"])
            if found is not None:
                await send(found.start)
                await send(found.body)
                return
            send = house.desk.noting(scope, send)
        await super().__call__(scope, receive, send)

    def at_desk(
        self, target: bytes, scheme: str, headers: Iterable[tuple[bytes, bytes]]
    ) -> Parcel | None:
        """Return what lies ready for a GET of this path and query, or None."""
        house = self.house
        if house is None:
            return None
        mark = house.store.freshness.mark
        return house.desk.find(
            target, scheme, headers, house.book, mark, self.clock, house.views.add
        )


def create_app(settings: Settings | None = None, *, clock: Clock = wall_clock) -> Application:
    """Return the application; the house is opened when it starts and closed when it stops."""
    chosen = settings or read_settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        house = await opening.open_house(chosen)
        app.state.house = made.house = house
        tasks = [
            asyncio.create_task(opening.watch_rules(house)),
            asyncio.create_task(opening.keep_views(house)),
        ]
        if chosen.jobs == "on":
            tasks.append(asyncio.create_task(jobs.work(house, clock)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
            house.desk.report()
            await opening.write_views(house)
            await house.store.close()

    style_hash = assets_from(chosen.pwa_dist).style_hash
    made = Application(
        routes=[Corridors(doors(ENDPOINTS))],
        middleware=[
            Middleware(SecurityHeaders, https=chosen.https, style_hash=style_hash),
            Middleware(AsLongAsItIs),
            # Pictures are compressed already; their media types are not in its list.
            Middleware(CompressMiddleware, minimum_size=500, brotli_quality=4, zstd_level=4),
        ],
        exception_handlers={HTTPException: _as_problem},
        lifespan=lifespan,
    )
    # What no door answers is a file of the built web app, or nothing. No redirect guesses a slash.
    made.router.default = FileDoor()
    made.router.redirect_slashes = False
    made.state.settings = chosen
    made.state.clock = made.clock = clock
    made.state.endpoints = ENDPOINTS
    return made


async def _as_problem(request: Request, error: Exception) -> Response:
    """Return Starlette's own refusals as problems."""
    del error
    return answers.problem_response(problems.not_found(), request, answers.lang_of(request))


def __getattr__(name: str) -> Application:
    """Make `uvicorn server.app:app` work; settings are read then, not when tests import this."""
    if name == "app":
        return create_app()
    raise AttributeError(name)
