"""What a form knows by itself: the content a new period begins with, and the sums that nobody types.

A field of v1.form.json says what it carries (`carry`), so that no code knows a category: the closing balance becomes
the opening one, the items of the last accounts are asked again without amounts, a debt goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
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
                pointers.put(content, field["pointer"], value)
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
                pointers.put(kept, pointer, value)
        for pointer, value in carry.get("set", {}).items():
            pointers.put(kept, pointer, value)
        if kept not in rows or not carry.get("once", False):
            rows.append(kept)
    return rows


def with_computed(form: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of a content in which every computed field has what its formula says, rows before totals."""
    made: dict[str, Any] = deepcopy(dict(content))
    fields = [field for step in form["steps"] for field in step["fields"]]
    for field in fields:
        for _, row in pointers.find(made, field["pointer"] + "/*") if "columns" in field else ():
            _compute(field["columns"], row)
    _compute(fields, made)
    return made


def _compute(fields: Sequence[Mapping[str, Any]], content: dict[str, Any]) -> None:
    for field in fields:
        if "formula" in field and _stands(field, content):
            pointers.put(content, field["pointer"], _result(field["formula"], content))


def _stands(field: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
    """Tell whether a computed field belongs to this content: always when required, else when it is there."""
    return field.get("required", False) or pointers.get(content, field["pointer"]) is not None


def _result(formula: Mapping[str, Any], content: Mapping[str, Any]) -> int:
    if "rows" not in formula:
        plus = pointers.total(content, formula["plus"])
        return plus - pointers.total(content, formula.get("minus", []))
    rows = [
        row
        for _, row in pointers.find(content, formula["rows"] + "/*")
        if all(pointers.get(row, p) == v for p, v in formula.get("where", {}).items())
        if not any(pointers.get(row, p) == v for p, v in formula.get("except", {}).items())
    ]
    if "add" not in formula:
        return len(rows)
    return sum(pointers.total(row, [formula["add"]]) for row in rows)
