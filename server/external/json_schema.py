"""JSON Schema 2020-12 behind a small surface: the only home of jsonschema-rs.

References are resolved from the documents handed in and from nowhere else: a `$ref` to anything unknown is an error
when the validator is made, and nothing ever reaches for the network.

Messages say which field, what was expected and what was found, in Chinese and English, and never repeat a long or
personal text: texts are shown by their length, numbers, flags, codes and dates as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import jsonschema_rs
from msgspec import Struct

from server.rules.pointers import pointer_to, step
from server.rules.values import Text

Validator = Callable[[Any], list["SchemaError"]]

MOST_ERRORS = 50
"""A content with more errors than this is reported by its first ones; nobody reads fifty."""

_CODE = re.compile(r"[A-Za-z][A-Za-z_]{0,30}|[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
"""Codes and dates are safe to repeat in a message; other texts may hold a name or a number."""

_TYPES: dict[str, Text] = {
    "integer": Text("整数", "a whole number"),
    "number": Text("数", "a number"),
    "string": Text("文字", "text"),
    "boolean": Text("是或否", "true or false"),
    "array": Text("列表", "a list"),
    "object": Text("一组字段", "an object"),
    "null": Text("空", "null"),
}


class SchemaError(Struct, frozen=True):
    """One way in which a content does not have its shape. `pointer` is a JSON Pointer into the content."""

    pointer: str
    message: Text


class BadSchema(ValueError):
    """The schema itself is wrong, or refers to something that was not handed in."""


def validator(schema: Mapping[str, Any], shared: Sequence[Mapping[str, Any]] = ()) -> Validator:
    """Return a function that lists the shape errors of a content, at most MOST_ERRORS, in document order.

    `shared` are the documents that the schema's `$ref`s may name, each by its own `$id`. A whole number written with
    a decimal point (1.0) is refused although JSON Schema would take it: money is never a float.
    Raises BadSchema.
    """
    try:
        compiled = jsonschema_rs.Draft202012Validator(
            dict(schema),
            registry=_registry(shared) if shared else None,
            validate_formats=True,
            offline=True,
        )
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        raise BadSchema(str(error)) from error

    def validate(content: Any) -> list[SchemaError]:
        try:
            reported = list(islice(compiled.iter_errors(content), MOST_ERRORS))
        except ValueError:  # the library's word for "nested deeper than I can go"
            return [SchemaError("", _too_deep())]
        errors = [found for error in reported for found in _errors(error)]
        known = {error.pointer for error in errors}
        places = _floats(content) if _has_float(content) else ()
        floats = (SchemaError(at, _not_float()) for at in places if at not in known)
        unique = dict.fromkeys([*errors, *islice(floats, MOST_ERRORS)])
        return sorted(unique, key=lambda e: [_sortable(t) for t in e.pointer.split("/")])[
            :MOST_ERRORS
        ]

    return validate


def bundled(schema: Mapping[str, Any], shared: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a schema that carries the shared documents in its own `$defs`, for those who validate elsewhere.

    The references stay as they are: an embedded document keeps its `$id`, which is what they name.
    """
    inside = {document["$id"]: dict(document) for document in shared}
    return {**schema, "$defs": {**schema.get("$defs", {}), **inside}}


def _registry(shared: Sequence[Mapping[str, Any]]) -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry(
        [(document["$id"], dict(document)) for document in shared], retriever=_refuse
    )


def _refuse(uri: str) -> Any:
    raise ValueError(f"{uri} is not among the shared schemas, and nothing is fetched")


def _errors(error: jsonschema_rs.ValidationError) -> list[SchemaError]:
    """Return our errors for one of the library's: one for every missing or unexpected field."""
    kind = error.kind.as_dict()
    at = pointer_to(*error.instance_path)
    match error.kind.name:
        case "required":
            return [SchemaError(at + pointer_to(kind["property"].strip('"')), _missing())]
        case "additionalProperties" | "unevaluatedProperties":
            return [SchemaError(at + pointer_to(name), _unknown()) for name in kind["unexpected"]]
        case name:
            return [SchemaError(at, _sentence(name, kind, error.instance))]


def _not_written_so(kind: Mapping[str, Any], found: Text) -> Text:
    """Return what is said of a text in another form: of a number that is written as a text, how one looks."""
    wanted = str(kind.get("pattern"))
    try:
        # What takes a word as well asks for no number: a county's own form may only forbid blanks.
        number = bool(re.search(wanted, "3.25")) and not re.search(wanted, "字")
    except re.error:  # the library's dialect knows more than ours
        number = False
    if number:
        return Text(
            f"要写成数字，比如 3.25，这里是{found.zh}。",
            f"Must be a number, written like 3.25; found {found.en}.",
        )
    return Text("写法不对，请看填写说明。", f"Is not written as this field asks; found {found.en}.")


def _sentence(name: str, kind: Mapping[str, Any], instance: Any) -> Text:
    found = _shown(instance)
    limit = kind.get("limit")
    simple: dict[str, Text] = {
        "minimum": Text(
            f"不能小于 {limit}，这里是{found.zh}。", f"Must be at least {limit}; found {found.en}."
        ),
        "maximum": Text(
            f"不能大于 {limit}，这里是{found.zh}。", f"Must be at most {limit}; found {found.en}."
        ),
        "minLength": Text(
            "不能空着。" if limit == 1 else f"至少 {limit} 个字，这里是{found.zh}。",
            "Must not be empty."
            if limit == 1
            else f"Needs at least {limit} characters; found {found.en}.",
        ),
        "maxLength": Text(
            f"最多 {limit} 个字，这里是{found.zh}。",
            f"May have at most {limit} characters; found {found.en}.",
        ),
        "minItems": Text(
            f"至少要有 {limit} 项。", f"Needs at least {limit} items; found {found.en}."
        ),
        "maxItems": Text(
            f"最多 {limit} 项，这里是{found.zh}。",
            f"May have at most {limit} items; found {found.en}.",
        ),
        "uniqueItems": Text("有重复的项。", "Contains the same item twice."),
        "pattern": _not_written_so(kind, found),
        "format": Text(
            f"写法不对，这里是{found.zh}。",
            f"Is not a valid {kind.get('format')}; found {found.en}.",
        ),
        "const": Text(
            f"这里不能是{found.zh}。", f"This value is not allowed here; found {found.en}."
        ),
        "anyOf": Text(
            "缺少必要的内容，或写法不对。", "None of the allowed shapes fits; something is missing."
        ),
        "oneOf": Text(
            "缺少必要的内容，或写法不对。", "Not exactly one of the allowed shapes fits."
        ),
    }
    if name == "type":
        return _wrong_type(kind, found)
    if name == "enum":
        return _not_one_of(kind["options"], found)
    return simple.get(name, Text("这里的写法不符合要求。", f"Does not meet the rule '{name}'."))


def _wrong_type(kind: Mapping[str, Any], found: Text) -> Text:
    names = [n for n in kind["types"] if n in _TYPES]
    zh = "或".join(_TYPES[n].zh for n in names)
    en = " or ".join(_TYPES[n].en for n in names)
    return Text(f"应为{zh}，这里是{found.zh}。", f"Must be {en}; found {found.en}.")


def _not_one_of(options: Any, found: Text) -> Text:
    allowed = [str(o) for o in options] if isinstance(options, list) else []
    shown = "、".join(allowed) if len(allowed) <= 12 else f"{len(allowed)} 个选项"
    return Text(
        f"只能是 {shown} 之一，这里是{found.zh}。",
        f"Must be one of {', '.join(allowed) if len(allowed) <= 12 else f'{len(allowed)} options'}; found {found.en}.",
    )


def _shown(value: Any) -> Text:
    """Return a value for a message: small ones as they are, texts and the rest by their size only."""
    if value is None:
        return Text("空", "null")
    if isinstance(value, bool):
        return Text("是" if value else "否", str(value).lower())
    if isinstance(value, int | float):
        shown = str(value)
        return Text(f" {shown[:20]}", shown[:20])
    if isinstance(value, str):
        if _CODE.fullmatch(value):
            return Text(f" {value}", value)
        return Text(f" {len(value)} 个字的文字", f"text of length {len(value)}")
    if isinstance(value, list):
        return Text(f" {len(value)} 项的列表", f"a list of length {len(value)}")
    return Text("一组字段", "an object")


def _missing() -> Text:
    return Text("这一项必须填写。", "This field is required.")


def _unknown() -> Text:
    return Text("没有这一项，请删去。", "There is no such field; remove it.")


def _not_float() -> Text:
    return Text(
        "要写成整数，不能带小数点。", "Must be a whole number, written without a decimal point."
    )


def _too_deep() -> Text:
    return Text("内容层层嵌套，无法读取。", "This is nested too deeply to be read.")


def _has_float(content: Any) -> bool:
    """Say whether a float stands anywhere; hardly ever, so that places are worked out only then."""
    waiting = [content]
    for value in waiting:
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, float):
            return True
    return False


def _floats(content: Any) -> Iterator[str]:
    """Yield where floats stand; by a stack of its own, because what strangers send may be nested very deep."""
    waiting: list[tuple[str, Any]] = [("", content)]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, float):
            yield at
        elif isinstance(value, Mapping):
            waiting += [(at + step(str(k)), v) for k, v in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{at}/{i}", v) for i, v in enumerate(value)]


def _sortable(token: str) -> tuple[int, int, str]:
    return (0, int(token), "") if token.isdecimal() else (1, 0, token)
