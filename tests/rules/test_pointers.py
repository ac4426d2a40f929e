"""JSON Pointers and patterns."""

from __future__ import annotations

import pytest

from server.rules import pointers

DOC = {"a": [{"b": 1}, {"b": 2}, {"c": 3}], "x/y": {"~": "t"}}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DOC),
        ("/a/1/b", 2),
        ("/x~1y/~0", "t"),
        ("/a/3", None),
        ("/a/-1", None),
        ("/a/b", None),
        ("/a/0/b/z", None),
    ],
)
def test_get(pointer: str, value: object) -> None:
    assert pointers.get(DOC, pointer) == value


def test_a_pointer_begins_with_a_stroke() -> None:
    with pytest.raises(ValueError, match="starts with"):
        pointers.get(DOC, "a")


def test_find_follows_every_element() -> None:
    assert list(pointers.find(DOC, "/a/*/b")) == [("/a/0/b", 1), ("/a/1/b", 2)]
    assert list(pointers.find(DOC, "/a/1/b")) == [("/a/1/b", 2)]
    assert list(pointers.find(DOC, "/none/*/b")) == []
    assert pointers.total(DOC, ["/a/*/b", "/a/*/c", "/none"]) == 6


def test_pointer_to_escapes() -> None:
    assert pointers.pointer_to("x/y", "~", 3) == "/x~1y/~0/3"
    assert dict(pointers.texts(DOC)) == {"/x~1y/~0": "t"}
