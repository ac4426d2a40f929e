"""Shape errors point at the field, say what was expected in two languages, and never repeat a text."""

from __future__ import annotations

from typing import Any

import pytest

from server.external.json_schema import MOST_ERRORS, BadSchema, bundled, validator

SHARED = [
    {
        "$id": "urn:test:values",
        "$defs": {
            "fen": {"type": "integer", "minimum": -10, "maximum": 10},
            "name": {"type": "string", "maxLength": 3},
        },
    }
]
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:test:one",
    "type": "object",
    "additionalProperties": False,
    "required": ["amount", "kind"],
    "properties": {
        "amount": {"$ref": "urn:test:values#/$defs/fen"},
        "kind": {"enum": ["a", "b"]},
        "name": {"$ref": "urn:test:values#/$defs/name"},
        "day": {"type": "string", "format": "date"},
        "rows": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
        "empty": {"type": "string", "minLength": 1},
        "flag": {"const": True},
        "code": {"type": "string", "pattern": "^[0-9]+$"},
        "area": {"type": "string", "pattern": "^[0-9]+([.][0-9]{1,2})?$"},
        "spoken": {"type": "string", "pattern": "\\S"},
        "either": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
}
CHECK = validator(SCHEMA, SHARED)
GOOD = {"amount": 1, "kind": "a"}


@pytest.mark.parametrize(
    ("change", "pointer", "zh", "en"),
    [
        ({"amount": 11}, "/amount", "不能大于 10，这里是 11。", "Must be at most 10; found 11."),
        (
            {"amount": -11},
            "/amount",
            "不能小于 -10，这里是 -11。",
            "Must be at least -10; found -11.",
        ),
        (
            {"amount": "1"},
            "/amount",
            "应为整数，这里是 1 个字的文字。",
            "Must be a whole number; found text of length 1.",
        ),
        (
            {"amount": 1.0},
            "/amount",
            "要写成整数，不能带小数点。",
            "Must be a whole number, written without a decimal point.",
        ),
        ({"kind": "c"}, "/kind", "只能是 a、b 之一，这里是 c。", "Must be one of a, b; found c."),
        (
            {"kind": None},
            "/kind",
            "只能是 a、b 之一，这里是空。",
            "Must be one of a, b; found null.",
        ),
        (
            {"name": "张三李四"},
            "/name",
            "最多 3 个字，这里是 4 个字的文字。",
            "May have at most 3 characters; found text of length 4.",
        ),
        (
            {"day": "2026-02-30"},
            "/day",
            "写法不对，这里是 2026-02-30。",
            "Is not a valid date; found 2026-02-30.",
        ),
        (
            {"rows": []},
            "/rows",
            "至少要有 1 项。",
            "Needs at least 1 items; found a list of length 0.",
        ),
        ({"rows": ["x", "x"]}, "/rows", "有重复的项。", "Contains the same item twice."),
        ({"rows": ["x", 1]}, "/rows/1", "应为文字，这里是 1。", "Must be text; found 1."),
        ({"empty": ""}, "/empty", "不能空着。", "Must not be empty."),
        (
            {"flag": False},
            "/flag",
            "这里不能是否。",
            "This value is not allowed here; found false.",
        ),
        (
            {"area": "七亩"},
            "/area",
            "要写成数字，比如 3.25，这里是 2 个字的文字。",
            "Must be a number, written like 3.25; found text of length 2.",
        ),
        (
            {"spoken": " "},
            "/spoken",
            "写法不对，请看填写说明。",
            "Is not written as this field asks; found text of length 1.",
        ),
        (
            {"code": "张三"},
            "/code",
            "写法不对，请看填写说明。",
            "Is not written as this field asks; found text of length 2.",
        ),
        ({"x/y": {}}, "/x~1y", "没有这一项，请删去。", "There is no such field; remove it."),
        (
            {"either": 1},
            "/either",
            "缺少必要的内容，或写法不对。",
            "None of the allowed shapes fits; something is missing.",
        ),
    ],
)
def test_an_error_is_readable(change: dict[str, Any], pointer: str, zh: str, en: str) -> None:
    [error] = CHECK(GOOD | change)
    assert (error.pointer, error.message.zh, error.message.en) == (pointer, zh, en)


def test_each_missing_field_is_named() -> None:
    assert [e.pointer for e in CHECK({})] == ["/amount", "/kind"]
    assert CHECK(GOOD) == []
    assert [e.pointer for e in CHECK([])] == [""]


def test_errors_come_in_the_order_of_the_document_and_not_without_end() -> None:
    rows = [1] * 12
    assert [e.pointer for e in CHECK(GOOD | {"rows": rows})][-2:] == ["/rows/10", "/rows/11"]
    assert len(CHECK(GOOD | {f"f{i}": 1 for i in range(500)})) == MOST_ERRORS


def test_what_people_typed_is_not_repeated() -> None:
    typed = "张三13800138000"
    for content in (
        GOOD | {"code": typed},
        GOOD | {"kind": typed},
        GOOD | {"amount": typed},
        GOOD | {"name": typed},
    ):
        for error in CHECK(content):
            assert typed not in error.message.zh + error.message.en


def test_very_deep_contents_are_refused_and_not_fallen_over() -> None:
    deep: Any = 1
    for _ in range(500):
        deep = [deep]
    [error] = CHECK(GOOD | {"deep": deep})
    assert error.message.en == "This is nested too deeply to be read."


@pytest.mark.parametrize("number", [10**400, -(10**400), 2**63, 1e308, float("inf"), float("nan")])
def test_numbers_beyond_all_measure_are_errors(number: float) -> None:
    assert [e.pointer for e in CHECK(GOOD | {"amount": number})] == ["/amount"]


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "https://example.invalid/elsewhere.json"},
        {"$ref": "file:///elsewhere.json"},
        {"type": "nonsense"},
        {"pattern": "("},
    ],
)
def test_a_bad_schema_is_refused_when_it_is_read(schema: dict[str, Any]) -> None:
    with pytest.raises(BadSchema):
        validator(schema, SHARED)


def test_a_bundled_schema_needs_nothing_else() -> None:
    alone = validator(bundled(SCHEMA, SHARED))
    assert alone(GOOD) == []
    assert [e.pointer for e in alone({"amount": 11, "kind": "a"})] == ["/amount"]
    assert "$defs" not in SCHEMA
