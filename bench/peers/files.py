"""Files from memory, compressed beforehand: what a web server in front of a built application does.

BENCH_FILES names a folder; its list.json says by path which file is answered, as what, and how long it may be kept.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import brotli
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(os.environ["BENCH_FILES"])
FILES = {
    path: (brotli.compress((FOLDER / file).read_bytes(), quality=11), kind, kept)
    for path, (file, kind, kept) in json.loads((FOLDER / "list.json").read_text("utf-8")).items()
}


async def answer(request: Request) -> Response:
    """Return the file of this path."""
    if request.url.path not in FILES:
        return Response(status_code=404)
    body, kind, kept = FILES[request.url.path]
    headers = {"Content-Encoding": "br", "Cache-Control": kept}
    return Response(body, media_type=kind, headers=headers)


app = Starlette(routes=[Route("/{path:path}", answer)])
