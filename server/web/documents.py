"""Pages for people who write programs: the API, made from its OpenAPI document, and every problem."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from server import problems
from server.problem import PROBLEMS, Kind
from server.web import openapi
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.etag import weak
from server.web.page_words import Words
from server.web.pages import Screen, _render


async def openapi_json(ask: Ask) -> Answer:
    """Answer the OpenAPI document; it changes only with the program."""
    text = _document_text(ask.request)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Answer(text.encode(), etag=weak(digest))


async def api_page(ask: Ask) -> Answer:
    """Answer the readable page: every operation with its parameters, bodies and problems."""
    document = openapi.document(ask.request.app.state.endpoints)
    screen = screen_of(ask.request, ask.now)
    groups = _groups(document)
    return Answer(render_document("api.html", screen, document=document, groups=groups))


async def problems_page(ask: Ask) -> Answer:
    """Answer the page that lists every problem."""
    kinds = sorted(PROBLEMS.values(), key=lambda kind: (kind.status, kind.slug))
    screen = screen_of(ask.request, ask.now)
    return Answer(
        render_document("problems.html", screen, kinds=[explained(kind) for kind in kinds])
    )


async def one_problem_page(ask: Ask) -> Answer:
    """Answer the explanation of one problem."""
    kind = PROBLEMS.get(ask.path["slug"])
    if kind is None:
        raise problems.not_found(problems.Say("这种错误", "such problem"))
    screen = screen_of(ask.request, ask.now)
    return Answer(render_document("problems.html", screen, kinds=[explained(kind)]))


def render_document(template: str, screen: Screen, **values: Any) -> str:
    """Return one of this file's pages, in the frame that all pages share."""
    return _render(template, screen, Words(screen.lang, screen.now), **values)


def explained(kind: Kind) -> dict[str, Any]:
    """Return a problem as the pages and docs/problems.md show it: `{name}` becomes ‹name›."""
    shown = {lang: _names_shown(getattr(kind.sentence, lang)) for lang in ("zh", "en")}
    return {
        "slug": kind.slug,
        "status": kind.status,
        "title": {"zh": kind.title.zh, "en": kind.title.en},
        "sentence": shown,
        "members": list(kind.members()),
    }


def _names_shown(sentence: str) -> str:
    return re.sub(r"{(\w+)}", r"‹\1›", sentence)


def _document_text(request: Request) -> str:
    state = request.app.state
    if not hasattr(state, "openapi"):
        state.openapi = openapi.write(state.endpoints)
    text: str = state.openapi
    return text


def _groups(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the operations by tag, each as the template needs it."""
    by_tag: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            by_tag[(operation["tags"] or [""])[0]].append(
                {
                    "method": method.upper(),
                    "path": path,
                    "id": operation["operationId"],
                    "summary": _both(operation["summary"]),
                    "about": operation.get("description", ""),
                    "who": operation["x-who-may"],
                    "parameters": [
                        {**each, "kind": _kind(each["schema"])}
                        for each in operation.get("parameters", [])
                    ],
                    "body": _fields(document, _schema_of(operation.get("requestBody"))),
                    "answer": _fields(document, _answer_of(operation)),
                    "problems": _problems_of(operation),
                }
            )
    titles = {tag["name"]: _both(tag["description"]) for tag in document["tags"]}
    return [
        {"name": name, "title": titles.get(name, {"zh": name, "en": name}), "operations": found}
        for name, found in by_tag.items()
    ]


def _both(text: str) -> dict[str, str]:
    zh, _, en = text.partition(" · ")
    return {"zh": zh, "en": en or zh}


def _problems_of(operation: Mapping[str, Any]) -> list[str]:
    said = " ".join(each["description"] for each in operation["responses"].values())
    return re.findall(r"/problems/([a-z-]+)", said)


def _answer_of(operation: Mapping[str, Any]) -> Mapping[str, Any] | None:
    good = next((r for s, r in operation["responses"].items() if s.startswith("2")), None)
    return _schema_of(good)


def _schema_of(holder: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    for content in (holder or {}).get("content", {}).values():
        schema: Mapping[str, Any] | None = content.get("schema")
        return schema
    return None


def _fields(document: Mapping[str, Any], schema: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Return the fields of an object schema, one level deep."""
    if schema is None:
        return []
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    required = schema.get("required", [])
    return [
        {"name": name, "kind": _kind(each), "required": name in required}
        for name, each in schema.get("properties", {}).items()
    ]


def _kind(schema: Mapping[str, Any]) -> str:
    """Return a schema in one word."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(_kind(each) for each in schema[several])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or "JSON")
