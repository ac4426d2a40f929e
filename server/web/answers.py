"""Making the response: JSON of a value, a 304, or a problem in the reader's language."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.problems import Lang, Problem
from server.web.asking import Answer, Ask, Endpoint
from server.web.cookies import keep_token
from server.web.page_words import choose_lang

PROBLEM_JSON = "application/problem+json"
LANG_COOKIE = "lang"

_encoder = msgspec.json.Encoder()


def lang_of(request: Request) -> Lang:
    """Return the language: the `lang` parameter, then the cookie, then Accept-Language."""
    return choose_lang(
        request.query_params.get("lang"),
        request.cookies.get(LANG_COOKIE),
        request.headers.get("accept-language"),
    )


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
    if content is None and status in (204, 303, 301, 302):
        response = Response(status_code=status, headers=headers)
    elif isinstance(content, str | bytes) and media_type != "application/json":
        response = Response(content, status, headers, media_type)
    elif isinstance(content, bytes):  # JSON that is encoded already
        response = Response(content, status, headers, media_type)
    else:
        response = Response(_encoder.encode(content), status, headers, media_type)
    if answer.token is not None:
        keep_token(response, answer.token, ask.house.settings)
    return response


def _cache(endpoint: Endpoint, answer: Answer) -> str:
    if answer.etag is None:
        return "no-store"
    return "no-cache" if endpoint.who == "anyone" else "private, no-cache"


def problem_response(problem: Problem, request: Request, lang: Lang) -> Response:
    """Return a problem as problem+json, or as a page where a browser opened an address by hand."""
    headers = {"Cache-Control": "no-store", "Content-Language": "zh-CN" if lang == "zh" else "en"}
    headers.update(problem.headers)
    if _wants_page(request):
        from server.web.plain import problem_page

        return Response(problem_page(problem, lang), problem.status, headers, "text/html")
    body: dict[str, Any] = problem.document(lang, instance=request.url.path)
    return Response(_encoder.encode(body), problem.status, headers, PROBLEM_JSON)


def _wants_page(request: Request) -> bool:
    path = request.url.path
    return not path.startswith("/api/v1") and "text/html" in request.headers.get("accept", "")
