"""The OpenAPI 3.1 document, made from routes.py: the list is the contract, this only says it in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

import msgspec

from server.problem import PROBLEMS
from server.web.asking import ANYONE, SIGNED_IN, Endpoint, Stream
from server.web.openapi_kinds import Kinds
from server.web.wire import PATH_PATTERNS, Out

VERSION = "1"
REVISION = {"type": "string", "pattern": r'^"r[0-9]{1,9}"$', "description": "ETag of what was seen"}
REF = "#/components/schemas/{name}"


class ProblemPlace(Out, omit_defaults=True):
    """A place in the content: a JSON pointer, the name of a query parameter, or a cell of a spreadsheet ('收入!C7').

    `word`: a choice's text that is none of the form's, in `table` and `column`.
    """

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    cell: str | None = None
    table: str | None = None
    column: str | None = None
    word: str | None = None
    kind: str | None = None
    offer: str | None = None


class ProblemDocument(Out, omit_defaults=True):
    """A failure (RFC 9457). `type` is the address of its explanation; further members name its values."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    errors: list[ProblemPlace] | None = None


TAGS = {
    "divisions": ("区划", "Divisions"),
    "reading": ("村民阅读", "Reading"),
    "categories": ("公开事项类别", "Categories"),
    "photos": ("照片", "Photos"),
    "open-data": ("订阅和开放数据", "Subscriptions and open data"),
    "posting": ("报送", "Posting"),
    "review": ("审议", "Review"),
    "inquiries": ("村民提问", "What villagers ask"),
    "compliance": ("按时情况", "Compliance"),
    "sessions": ("登录", "Sessions"),
    "accounts": ("账号", "Accounts"),
    "site notices": ("通知", "Notices from offices"),
    "installation": ("安装", "Installation"),
}


def document(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """Return the document; the same list gives the same bytes."""
    listed = [each for each in endpoints if is_documented(each)]
    kinds = _kinds(listed)
    describable = Kinds()
    schemas, components = msgspec.json.schema_components(
        [describable.of(kind) for kind in kinds], schema_hook=_free_form, ref_template=REF
    )
    by_kind = dict(zip(map(_key, kinds), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in listed:
        operation = _operation(endpoint, by_kind)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    used = dict.fromkeys(each.tag for each in listed if each.tag)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "公示栏 Gongshilan",
            "version": VERSION,
            "summary": "Village disclosure: what is owed, what was posted, when, and for how long",
            "description": (
                "金额为整数分，时间为 UTC（ISO 8601），编号由客户端生成（UUIDv7）：同一编号同样内容可以放心重发。\n\n"
                "Money is in whole fen, moments in UTC, ids are made by the client (UUIDv7): the same id "
                "with the same bytes may be sent again. Failures are problem documents (RFC 9457), "
                "listed at /problems; `lang=zh|en` or Accept-Language chooses their language."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [_tag(name) for name in used],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "gsl_session",
                    "description": "登录后的 cookie（https 下名为 __Host-gsl_session） · set by POST /sessions",
                }
            },
        },
    }


def write(endpoints: Iterable[Endpoint]) -> str:
    """Return the document as the text of schemas/openapi.json."""
    return json.dumps(document(endpoints), ensure_ascii=False, indent=2) + "\n"


def is_documented(endpoint: Endpoint) -> bool:
    """The API and the two health addresses are in the document; pages for people are not."""
    return endpoint.path.startswith("/api/v1/") or endpoint.path in ("/healthz", "/readyz")


def _free_form(kind: Any) -> dict[str, Any]:
    """Content whose shape is the category's own schema is any JSON here."""
    if kind is object:
        return {}
    # What msgspec asks of a schema hook that does not know a kind: it names the kind in its own error.
    raise NotImplementedError(kind)


def _tag(name: str) -> dict[str, str]:
    zh, en = TAGS.get(name, (name, name))
    return {"name": name, "description": f"{zh} · {en}"}


def _key(kind: Any) -> str:
    return repr(kind)


def _kinds(listed: Sequence[Endpoint]) -> list[Any]:
    found: dict[str, Any] = {_key(ProblemDocument): ProblemDocument}
    for endpoint in listed:
        for kind in (endpoint.body, endpoint.answer):
            if kind is not None and kind is not bytes and not isinstance(kind, Stream):
                found[_key(kind)] = kind
        for parameters in (endpoint.query, endpoint.headers):
            if parameters is not None:
                for each in msgspec.structs.fields(parameters):
                    found[_key(each.type)] = each.type
    return list(found.values())


def _operation(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.handler.__name__,
        "summary": f"{endpoint.summary.zh} · {endpoint.summary.en}",
        "tags": [endpoint.tag] if endpoint.tag else [],
        "x-who-may": endpoint.who,
    }
    if endpoint.handler.__doc__:
        operation["description"] = " ".join(endpoint.handler.__doc__.split())
    if parameters := [
        *_path_parameters(endpoint),
        *_query(endpoint, schemas),
        *_headers(endpoint, schemas),
    ]:
        operation["parameters"] = parameters
    if raw := _raw(endpoint):
        binary = {"schema": {"type": "string", "format": "binary"}}
        operation["requestBody"] = {"required": True, "content": {raw: binary}}
    elif endpoint.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schemas[_key(endpoint.body)]}},
        }
    operation["responses"] = _responses(endpoint, schemas)
    if endpoint.who != ANYONE:
        operation["security"] = [{"session": []}]
    return operation


def _path_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", **_pattern(name)},
        }
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]


def _pattern(name: str) -> dict[str, str]:
    return {"pattern": PATH_PATTERNS[name]} if name in PATH_PATTERNS else {}


def _raw(endpoint: Endpoint) -> str | None:
    """Return the media type of a body that is no JSON, or None."""
    if isinstance(endpoint.body, Stream):
        return endpoint.body.media_type
    return "application/octet-stream" if endpoint.body is bytes else None


def _query(endpoint: Endpoint, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    return _parameters(endpoint.query, "query", schemas) if endpoint.query else []


def _parameters(kind: Any, place: str, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = []
    for each in msgspec.structs.fields(kind):
        schema = _without_null(schemas[_key(each.type)])
        if each.default is not msgspec.NODEFAULT and each.default is not None:
            schema = {**schema, "default": msgspec.to_builtins(each.default)}
        parameters.append(
            {"name": each.encode_name, "in": place, "required": each.required, "schema": schema}
        )
    return parameters


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema without its null branch: a query parameter is left out, never null."""
    if "anyOf" not in schema:
        return schema
    kept = [each for each in schema["anyOf"] if each != {"type": "null"}]
    return cast(dict[str, Any], kept[0]) if len(kept) == 1 else {"anyOf": kept}


def _headers(endpoint: Endpoint, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    text = {"type": "string"}
    found = _parameters(endpoint.headers, "header", schemas) if endpoint.headers else []
    if endpoint.conditional:
        found.append({"name": "If-None-Match", "in": "header", "required": False, "schema": text})
    if endpoint.if_match:
        found.append({"name": "If-Match", "in": "header", "required": True, "schema": REVISION})
    return found


def _responses(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "OK"}
    if headers := _sent(endpoint):
        done["headers"] = headers
    empty = endpoint.answer is None and endpoint.status in (201, 204)
    if empty or endpoint.method == "HEAD":
        pass
    elif endpoint.answer is bytes or endpoint.answer is None:
        done["content"] = {endpoint.media_type: {}}
    elif endpoint.answer is not None:
        done["content"] = {endpoint.media_type: {"schema": schemas[_key(endpoint.answer)]}}
    responses: dict[str, Any] = {str(endpoint.status): done}
    if endpoint.method == "PUT" and endpoint.status == 201:
        responses["200"] = done
    if endpoint.path == "/readyz":
        responses["503"] = {**done, "description": "Not ready"}
    if endpoint.conditional:
        responses["304"] = {"description": "Not changed since the ETag in If-None-Match"}
    by_status: dict[int, list[str]] = {}
    for slug in slugs_of(endpoint):
        by_status.setdefault(PROBLEMS[slug].status, []).append(slug)
    problem = {"application/problem+json": {"schema": schemas[_key(ProblemDocument)]}}
    for status, slugs in sorted(by_status.items()):
        said = ", ".join(f"/problems/{slug}" for slug in slugs)
        refused: dict[str, Any] = {"description": said}
        if endpoint.method != "HEAD":
            refused["content"] = problem
        responses.setdefault(str(status), refused)
    return dict(sorted(responses.items()))


def _sent(endpoint: Endpoint) -> dict[str, Any]:
    """Return the headers of a good answer, as the document has them."""
    named = {
        **endpoint.sends,
        **{name: f"Always {value}" for name, value in endpoint.always.items()},
    }
    return {
        name: {"description": said, "required": True, "schema": {"type": "string"}}
        for name, said in named.items()
    }


def slugs_of(endpoint: Endpoint) -> list[str]:
    """Return every problem this endpoint may answer: what its line implies, then what its handler raises."""
    slugs: list[str] = []
    if endpoint.query is not None or endpoint.headers is not None:
        slugs.append("parameter-not-valid")
    if "Tus-Resumable" in endpoint.always and endpoint.headers is not None:
        slugs.append("other-tus-version")
    if endpoint.who != ANYONE:
        slugs.append("not-signed-in")
    if endpoint.who not in (ANYONE, SIGNED_IN):
        slugs.append("not-allowed")
    if endpoint.writes:
        slugs.append("cross-origin")
    if endpoint.body is bytes:
        slugs += [f"{endpoint.raw}-too-large", "body-stalled", "unsupported-media-type"]
    elif isinstance(endpoint.body, Stream):
        slugs.append("unsupported-media-type")
    elif endpoint.body is not None:
        slugs += ["malformed-json", "unknown-field", "wrong-type", "body-too-large", "body-stalled"]
        slugs.append("unsupported-media-type")
    if "{" in endpoint.path:
        slugs.append("not-found")
    if endpoint.if_match:
        slugs += ["precondition-required", "edited-meanwhile"]
    slugs += [*endpoint.raises, "unexpected-failure"]
    return list(dict.fromkeys(slugs))
