"""Answers whose length must not tell what is in them go out uncompressed: compressed, a page is as long as its content."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

# /v/{code}/household and what is below it: web/household_pages.py fills its answers up to one size.
_PATHS = re.compile(r"/v/[0-9]{12}/household(/[a-z]+)?")


class AsLongAsItIs:
    """Stands before the compressor and hides from it, for these paths, that the client could unpack anything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _PATHS.fullmatch(scope["path"]):
            kept = [(n, v) for n, v in scope["headers"] if n != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)
