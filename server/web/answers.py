"""Making the response: JSON of a value, a 304, or a problem in the reader's language."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server.problems import Lang, Problem
from server.web import etag
from server.web.asking import Answer, Ask, Endpoint
from server.web.cookies import keep_phone, keep_token
from server.web.page_words import choose_lang, choose_view
from server.web.pages import LANG_COOKIE, VIEW_COOKIE, Screen, render_problem
from server.web.spool import Spool

PROBLEM_JSON = "application/problem+json"

_encoder = msgspec.json.Encoder()


def lang_of(request: Request) -> Lang:
    """Return the language: the `lang` parameter, then the cookie, then Accept-Language."""
    return choose_lang(
        request.query_params.get("lang"),
        request.cookies.get(LANG_COOKIE),
        request.headers.get("accept-language"),
    )


def screen_of(request: Request, now: datetime) -> Screen:
    """Return for whom, when and where a page is shown."""
    house = request.app.state.house
    asked = [(k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "view")]
    return Screen(
        lang=lang_of(request),
        now=now,
        assets=house.assets,
        view=choose_view(request.query_params.get("view"), request.cookies.get(VIEW_COOKIE)),
        path=request.url.path + (f"?{urlencode(asked)}" if asked else ""),
        public_url=public_url(request),
        demo=house.demo,
        pictures=house.pictures,
    )


def public_url(request: Request) -> str:
    """Return the site's address without a slash at its end: as set, or else as the client says it."""
    settings = request.app.state.house.settings
    return settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")


def response_of(endpoint: Endpoint, ask: Ask, answer: Answer) -> Response:
    """Return the response to an answer; what the client holds already is not even encoded."""
    headers = {"Cache-Control": answer.cache or _cache(endpoint, answer), **answer.headers}
    if answer.etag is not None:
        headers["ETag"] = answer.etag
    if not endpoint.writes:
        headers.setdefault("Vary", "Accept-Language, Cookie")
    if answer.status == 304 or (not endpoint.writes and ask.unchanged(answer.etag)):
        return Response(status_code=304, headers=headers)
    content = answer.content() if callable(answer.content) else answer.content
    status = answer.status or endpoint.status
    media_type = answer.media_type or endpoint.media_type
    if content is None and (status in (204, 303, 301, 302) or endpoint.method == "HEAD"):
        response = Response(status_code=status, headers=headers)
    elif isinstance(content, Spool):
        response = StreamingResponse(content.chunks(), status, headers, media_type)
    elif isinstance(content, bytes) or media_type != "application/json":
        response = Response(content, status, headers, media_type)
    else:
        response = Response(_encoder.encode(content), status, headers, media_type)
    if endpoint.conditional and answer.etag is None and status == 200:
        response = _tagged_by_content(ask, response)
    if not endpoint.writes and media_type.startswith("text/html"):
        _keep_choices(ask, response)
    if answer.token is not None:
        keep_token(response, answer.token, ask.house.settings)
    if answer.phone_token is not None:
        keep_phone(response, answer.phone_token, ask.house.settings)
    return response


def _tagged_by_content(ask: Ask, response: Response) -> Response:
    """Return the response with an ETag made of its bytes, or 304: lists have no version of their own."""
    tag = etag.weak(hashlib.sha256(response.body).hexdigest()[:20])
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    if not ask.unchanged(tag):
        return response
    kept = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
    return Response(status_code=304, headers=kept)


def _keep_choices(ask: Ask, response: Response) -> None:
    """Remember the language and the size that were asked for by address, so that they last without a script."""
    asked = {
        LANG_COOKIE: ask.lang,
        VIEW_COOKIE: choose_view(ask.request.query_params.get("view"), None),
    }
    for name, value in asked.items():
        if name in ask.request.query_params:
            response.set_cookie(name, value, max_age=31_536_000, path="/", samesite="lax")


def _cache(endpoint: Endpoint, answer: Answer) -> str:
    if answer.etag is None:
        return "no-store"
    return "no-cache" if endpoint.who == "anyone" else "private, no-cache"


def problem_response(problem: Problem, request: Request, lang: Lang) -> Response:
    """Return a problem as problem+json, or as a page where a browser opened an address by hand."""
    headers = {"Cache-Control": "no-store", "Content-Language": "zh-CN" if lang == "zh" else "en"}
    headers.update(problem.headers)
    if wants_page(request):
        screen = screen_of(request, request.app.state.clock())
        page = render_problem(in_words(problem), screen, _village(problem))
        return Response(page, problem.status, headers, "text/html")
    body: dict[str, Any] = problem.document(lang, instance=request.url.path)
    return Response(_encoder.encode(body), problem.status, headers, PROBLEM_JSON)


def in_words(problem: Problem) -> dict[str, Any]:
    """Return what a page says of a problem, in both languages."""
    return {
        "status": problem.status,
        "slug": problem.slug,
        "title": problem.kind.title._asdict(),
        "detail": problem.detail._asdict(),
    }


def _village(problem: Problem) -> dict[str, Any] | None:
    """Return the village that a problem is about, to lead back to; None where it names none."""
    code, name = problem.members.get("division"), problem.members.get("village")
    return {"code": code, "name": name} if code and name else None


def wants_page(request: Request) -> bool:
    """Return whether a browser opened an address, and not a program."""
    path = request.url.path
    return not path.startswith("/api/v1") and "text/html" in request.headers.get("accept", "")
