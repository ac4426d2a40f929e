"""The limit: uvicorn answering a constant, and Starlette answering the bytes that our village page has.

BENCH_BYTES names the file with the bytes.
"""

from __future__ import annotations

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

BODY = Path(os.environ["BENCH_BYTES"]).read_bytes()
HELLO = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/plain"), (b"content-length", b"5")],
}
HELLO_BODY = {"type": "http.response.body", "body": b"hello"}


async def same_bytes(_: Request) -> Response:
    """Answer the page from memory: a router and a response, nothing else."""
    return Response(BODY, media_type="application/json")


starlette = Starlette(routes=[Route("/villages/{code}", same_bytes)])


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer /hello without a framework, and everything else with Starlette."""
    if scope["type"] == "http" and scope["path"] == "/hello":
        await send(HELLO)
        await send(HELLO_BODY)
        return
    await starlette(scope, receive, send)
