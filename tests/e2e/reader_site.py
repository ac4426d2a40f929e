"""A little site that serves the reader's pages from fixed data: the pages' own tests need no database."""

from __future__ import annotations

import io
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from server.external.qr_codes import qr_svg
from server.web import pages
from server.web.assets import assets_from
from server.web.page_words import choose_lang, choose_view
from server.web.poster_layout import groups
from tests import paper
from tests.e2e import reader_pages as made

DIST = Path(os.environ.get("GONGSHILAN_PWA_DIST") or Path(__file__).parents[2] / "pwa" / "dist")
CSP = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {assets_from(DIST).style_hash}; img-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"
)


def screen(request: Request) -> pages.Screen:
    query = request.query_params
    lang = choose_lang(
        query.get("lang"),
        request.cookies.get(pages.LANG_COOKIE),
        request.headers.get("accept-language"),
    )
    view = choose_view(query.get("view"), request.cookies.get(pages.VIEW_COOKIE))
    return pages.Screen(
        lang=lang,
        now=datetime.fromisoformat(made.NOW),
        assets=assets_from(DIST),
        view=view,
        path=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        public_url=str(request.base_url).rstrip("/"),
        demo=True,
    )


def html(text: str, request: Request, status: int = 200) -> HTMLResponse:
    answer = HTMLResponse(
        text, status, {"content-security-policy": CSP, "cache-control": "no-cache"}
    )
    for name, cookie in (("lang", pages.LANG_COOKIE), ("view", pages.VIEW_COOKIE)):
        if name in request.query_params:
            answer.set_cookie(cookie, request.query_params[name], samesite="lax")
    return answer


def picture(name: str) -> bytes:
    wide, high = (1280, 960) if "b0" in name else (720, 960)
    made_picture = Image.new("RGB", (wide, high), "#b9a98f")
    pen = ImageDraw.Draw(made_picture)
    pen.rectangle((80, 90, wide - 80, high - 90), fill="#f6f1e3", outline="#7c2b27", width=18)
    for y in range(200, high - 150, 44):
        pen.line((140, y, wide - 160 - (y * 7 % 190), y), fill="#6b6358", width=6)
    out = io.BytesIO()
    kind = "WEBP" if name.endswith("webp") else "JPEG"
    made_picture.resize((wide // 2, high // 2)).save(out, kind)
    return out.getvalue()


async def village(request: Request) -> Response:
    case = request.query_params.get("case", "")
    if case in {"closed", "unknown"}:
        lost = made.elsewhere_page(closed=case == "closed")
        status = 410 if case == "closed" else 404
        return html(pages.render_elsewhere(lost, made.PROBLEM, screen(request)), request, status)
    empty = {"open": [], "missing": [], "latest": [], "boards": [], "year": {"owed": 0}}
    busy = {
        "open": [made.relief(), made.relief(), made.relief(), made.relief()],
        "missing": made.village_page()["missing"] * 5,
    }
    changed: dict[str, Any] = {"empty": empty, "busy": busy}.get(case, {})
    return html(pages.render_village(made.village_page(**changed), screen(request)), request)


async def past(request: Request) -> Response:
    return html(pages.render_past(made.past_page(), screen(request)), request)


async def data(request: Request) -> Response:
    return html(pages.render_data(made.data_page(), screen(request)), request)


async def disclosure(request: Request) -> Response:
    case = request.query_params.get("case")
    made_page = {
        "roster": made.roster_page,
        "withdrawn": made.withdrawn_page,
        "old": lambda: made.disclosure_page(edition=1),
        "told": lambda: made.disclosure_page(
            explanation="上季度少记存款利息 12.30 元，这季度补上。"
        ),
    }.get(case or "", made.disclosure_page)()
    return html(pages.render_disclosure(made_page, screen(request)), request)


async def code(request: Request) -> Response:
    return Response(qr_svg(f"{request.base_url}C/K7M4RTX".upper()), media_type="image/svg+xml")


async def poster(request: Request) -> Response:
    asked, seen = request.query_params, screen(request)
    case = asked.get("case", "accounts")
    page = {
        "accounts": lambda: paper.page_of(
            "finance_quarterly", paper.example("finance_quarterly", "2026-q3"), seen.lang
        ),
        "relief": lambda: paper.page_of("dibao_preliminary", paper.roster(40), seen.lang),
        "wide": lambda: paper.page_of(
            "housing_relief", paper.example("housing_relief", "dianjiang-2021-1"), seen.lang
        ),
    }[case]()
    drawn = paper.poster(page, asked.get("paper", "a4"), asked.get("way", "portrait"), seen.lang)
    sheets = [groups(sheet) for sheet in drawn.sheets]
    return html(pages.render_poster(page, seen, drawn, sheets), request)


async def difference(request: Request) -> Response:
    return html(pages.render_difference(made.difference_page(), screen(request)), request)


async def editions(request: Request) -> Response:
    return html(pages.render_editions(made.editions_page(), screen(request)), request)


def found(q: str | None) -> list[dict[str, Any]]:
    return [made.VILLAGE | {"parent": "640425105"}] if q and q in {"杏", "杏塬", "xy"} else []


async def choose(request: Request) -> Response:
    q = request.query_params.get("q")
    page = {
        "q": q,
        "items": found(q) if q else None,
        "place": made.COUNTY if "in" in request.query_params else None,
        "ancestors": [],
        "children": made.towns(),
    }
    return html(pages.render_choose(page, screen(request)), request)


async def divisions(request: Request) -> Response:
    return JSONResponse({"items": found(request.query_params.get("q")), "next": None})


async def photo(request: Request) -> Response:
    name = request.url.path
    kind = "image/webp" if name.endswith("webp") else "image/jpeg"
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(picture(name), media_type=kind, headers=headers)


async def private(_: Request) -> Response:
    return JSONResponse({"login": "li-si"}, headers={"cache-control": "no-store"})


async def offline(request: Request) -> Response:
    return html(pages.render_offline(screen(request)), request)


async def staff(request: Request) -> Response:
    return html(pages.render_staff_shell(screen(request)), request)


async def file(request: Request) -> Response:
    found = DIST / request.path_params["name"]
    if not found.is_file():
        return html(pages.render_problem(made.PROBLEM, screen(request)), request, 404)
    return FileResponse(found, headers={"cache-control": "no-cache"})


app = Starlette(
    routes=[
        Route("/", choose),
        Route("/v/{code}", village),
        Route("/v/{code}/past", past),
        Route("/v/{code}/data", data),
        Route("/d/{id}", disclosure),
        Route("/d/{id}/poster", poster),
        Route("/d/{id}/code.svg", code),
        Route("/d/{id}/difference", difference),
        Route("/d/{id}/editions", editions),
        Route("/offline", offline),
        Route("/app", staff),
        Route("/app/{rest:path}", staff),
        Route("/api/v1/divisions", divisions),
        Route("/api/v1/me", private),
        Route("/api/v1/photos/{sha}/{name}", photo),
        Mount("/assets", StaticFiles(directory=DIST / "assets", check_dir=False)),
        Route("/{name:path}", file),
    ]
)

if __name__ == "__main__":
    import uvicorn

    print(json.dumps({"serving": str(DIST)}))
    uvicorn.run(app, port=8765, log_level="warning")
