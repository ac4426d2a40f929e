"""msgspec's paths and sentences become JSON pointers and sentences in both languages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import pytest

from server.problems import Problem
from server.web.wire import DivisionCode, In, Limit, decode_body, decode_query, explain, pointer_of


class Line(In):
    amount: int
    item: Literal["rent", "fees"] = "rent"


class Body(In):
    lines: list[Line]
    on: date | None = None
    name: Annotated[str, msgspec.Meta(min_length=2, max_length=4, pattern="^[a-z]+$")] = "ab"
    more: dict[str, int] = {}
    village: DivisionCode | None = None


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("$", ""),
        ("$.content[0].x", "/content/0/x"),
        ("$[3]", "/3"),
        ("$.a[...]", "/a"),
        ("$.a/b~c", "/a~1b~0c"),
        ("key in $.more", "/more"),
    ],
)
def test_pointer_of(path: str, pointer: str) -> None:
    assert pointer_of(path) == pointer


@pytest.mark.parametrize(
    ("raw", "slug", "pointer", "zh"),
    [
        (b'{"lines":[{"amount":"1"}]}', "wrong-type", "/lines/0/amount", "应为整数，收到的是文字"),
        (b'{"lines":[{}]}', "wrong-type", "/lines/0/amount", "缺少这个字段"),
        (b'{"lines":[{"amount":1,"x/y":2}]}', "unknown-field", "/lines/0/x~1y", "不认识的字段"),
        (b'{"lines":[{"amount":1.5}]}', "wrong-type", "/lines/0/amount", "应为整数，收到的是数字"),
        (
            b'{"lines":[{"amount":1,"item":"z"}]}',
            "wrong-type",
            "/lines/0/item",
            "应为 rent、fees 之一",
        ),
        (b'{"lines":[],"on":"2026-13-01"}', "wrong-type", "/on", "应为日期，如 2026-10-15"),
        (b'{"lines":[],"name":"a"}', "wrong-type", "/name", "至少 2 个字符，这里有 1 个"),
        (b'{"lines":[],"name":"abcde"}', "wrong-type", "/name", "最多 4 个字符，这里有 5 个"),
        (b'{"lines":[],"name":"AB"}', "wrong-type", "/name", "格式不对"),
        (b'{"lines":[],"village":"6404"}', "wrong-type", "/village", "应为 12 位区划代码"),
        (b'{"lines":null}', "wrong-type", "/lines", "应为列表，收到的是空（null）"),
        (b'{"lines":[],"more":{"a":"b"}}', "wrong-type", "/more", "应为整数，收到的是文字"),
    ],
)
def test_refusals(raw: bytes, slug: str, pointer: str, zh: str) -> None:
    with pytest.raises(Problem) as caught:
        decode_body(Body, raw)
    assert caught.value.slug == slug
    (place,) = caught.value.document("zh")["errors"]  # type: ignore[misc]
    assert place == {"pointer": pointer, "detail": zh}
    (place,) = caught.value.document("en")["errors"]  # type: ignore[misc]
    assert place["detail"].isascii()


class Query(In):
    limit: Limit = 50
    division: Annotated[str, msgspec.Meta(pattern="^[0-9]{12}$")] | None = None
    states: list[str] = []


def test_query_is_read_from_text() -> None:
    query = decode_query(Query, [("limit", "7"), ("states", "a"), ("states", "b"), ("lang", "en")])
    assert query == Query(limit=7, states=["a", "b"])


@pytest.mark.parametrize(
    ("pairs", "parameter"),
    [
        ([("limit", "many")], "limit"),
        ([("limit", "0")], "limit"),
        ([("limit", "201")], "limit"),
        ([("division", "64")], "division"),
        ([("division", "null")], "division"),
        ([("colour", "red")], "colour"),
        ([("limit", "1"), ("limit", "2")], "limit"),
    ],
)
def test_query_refusals(pairs: Any, parameter: str) -> None:
    with pytest.raises(Problem) as caught:
        decode_query(Query, pairs)
    assert caught.value.slug == "parameter-not-valid"
    assert caught.value.members["parameter"] == parameter


def test_what_somebody_typed_is_not_repeated() -> None:
    said = explain("Invalid enum value '640425199001011234'")
    assert "6404" not in said.zh + said.en
