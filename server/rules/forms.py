"""What a form can already know: the content a new period begins with, carried over from the last one.

A field of v1.form.json says what it carries (`carry`), so that no code knows a category: the closing balance becomes
the opening one, the items of the last accounts are asked again without amounts, a debt goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.rules import pointers


def prefill(form: Mapping[str, Any], previous: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the content a new period starts with; empty where there was no period before."""
    content: dict[str, Any] = {}
    if previous is None:
        return content
    for step in form["steps"]:
        for field in step["fields"]:
            carry = field.get("carry")
            if carry is None:
                continue
            value = (
                _rows(carry, previous)
                if "fields" in carry
                else pointers.get(previous, carry["from"])
            )
            if value not in (None, []):
                _put(content, field["pointer"], value)
    return content


def _rows(carry: Mapping[str, Any], previous: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the last period that go on, with the fields that go on and those set anew."""
    rows: list[dict[str, Any]] = []
    for _, row in pointers.find(previous, carry["from"] + "/*"):
        if any(pointers.get(row, p) == value for p, value in carry.get("unless", {}).items()):
            continue
        kept: dict[str, Any] = {}
        for pointer, source in carry["fields"].items():
            value = pointers.get(row, source)
            if value is not None:
                _put(kept, pointer, value)
        for pointer, value in carry.get("set", {}).items():
            _put(kept, pointer, value)
        if kept not in rows or not carry.get("once", False):
            rows.append(kept)
    return rows


def _put(content: dict[str, Any], pointer: str, value: Any) -> None:
    *path, last = pointers.tokens(pointer)
    here = content
    for token in path:
        here = here.setdefault(token, {})
    here[last] = value
