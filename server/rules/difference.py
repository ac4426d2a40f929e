"""What changed between two contents, line by line, in the words of the form that asked for them.

Rows are matched by what identifies them (a form list's `identity`: item and label, group and name), not by their
place, so that an inserted row is one change and not a changed tail. Namesakes match in the order they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from server.rules import pointers
from server.rules.values import Text

Value: TypeAlias = str | int | bool | Text | None
Kind = Literal["changed", "added", "removed"]
Type = Literal["money", "int", "date", "text", "flag", "photos"]
Field: TypeAlias = Mapping[str, Any]

_TYPES: dict[str, Type] = {
    "money": "money",
    "int": "int",
    "date": "date",
    "checkbox": "flag",
    "photos": "photos",
}


class Change(Struct, frozen=True):
    """One difference. `pointer` is in the newer content; for what was removed, in the older.

    `label` is the whole place in words ("本期支出 · 管理费用 · 金额"), None without a form. `before` and `after` are
    fen where `type` is money and numbers of photos where it is photos; a whole row that came or went is shown by its
    chief value.
    """

    pointer: str
    label: Text | None
    before: Value
    after: Value
    kind: Kind
    type: Type


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any], form: Mapping[str, Any] | None = None
) -> list[Change]:
    """Return the changes from one content to another, in the order of the form, then of the newer content."""
    fields = [f for step in (form or {}).get("steps", []) for f in step["fields"]]
    asked = {f["pointer"] for f in fields}
    changes = [c for f in fields for c in _field(f, before, after, "", "", None)]
    rest_before, rest_after = (dict(_leaves(c, asked)) for c in (before, after))
    for pointer in sorted({*rest_before, *rest_after}):
        old, new = rest_before.get(pointer), rest_after.get(pointer)
        if old != new:
            changes.append(Change(pointer, None, old, new, _kind(old, new), _type_of(new, old)))
    return changes


def _field(
    field: Field, before: Any, after: Any, at_before: str, at_after: str, place: Text | None
) -> Iterator[Change]:
    """Yield the changes of one field of the content, or of one row of a list."""
    label = _joined(place, field["label"])
    if field["widget"] in ("lines", "rows"):
        yield from _list(field, before, after, at_before, at_after, label)
        return
    pointer = field["pointer"]
    old, new = pointers.get(before, pointer), pointers.get(after, pointer)
    if old == new:
        return
    kind = _kind(old, new)
    yield Change(
        pointer=(at_before if kind == "removed" else at_after) + pointer,
        label=label,
        before=_worded(field, old),
        after=_worded(field, new),
        kind=kind,
        type=_TYPES.get(field["widget"], "text"),
    )


def _list(
    field: Field, before: Any, after: Any, at_before: str, at_after: str, label: Text
) -> Iterator[Change]:
    pointer = field["pointer"]
    old = _keyed(field, pointers.get(before, pointer, []))
    new = _keyed(field, pointers.get(after, pointer, []))
    for key, (index, row) in new.items():
        place = _joined(label, _row_name(field, row, index))
        here = f"{at_after}{pointer}/{index}"
        if key not in old:
            yield _whole(field, here, place, None, row)
            continue
        old_index, old_row = old[key]
        there = f"{at_before}{pointer}/{old_index}"
        for column in field.get("columns", []):
            yield from _field(column, old_row, row, there, here, place)
    for key, (index, row) in old.items():
        if key not in new:
            place = _joined(label, _row_name(field, row, index))
            yield _whole(field, f"{at_before}{pointer}/{index}", place, row, None)


def _whole(field: Field, pointer: str, place: Text, old: Any, new: Any) -> Change:
    chief = field.get("value")
    column = next((c for c in field.get("columns", []) if c["pointer"] == chief), None)

    def value(row: Any) -> Value:
        if row is None:
            return None
        if column is None:
            return row if isinstance(row, str | int) else None
        return _worded(column, pointers.get(row, column["pointer"]))

    return Change(
        pointer=pointer,
        label=place,
        before=value(old),
        after=value(new),
        kind="removed" if new is None else "added",
        type=_TYPES.get(column["widget"], "text") if column else "text",
    )


def _keyed(field: Field, rows: Sequence[Any]) -> dict[tuple[Any, ...], tuple[int, Any]]:
    """Return rows by what identifies them; the second row of the same identity has its own key, and so on."""
    seen: Counter[tuple[Any, ...]] = Counter()
    keyed: dict[tuple[Any, ...], tuple[int, Any]] = {}
    for index, row in enumerate(rows):
        identity = tuple(pointers.get(row, p) for p in field.get("identity", []))
        if not identity:
            identity = (index,)
        seen[identity] += 1
        keyed[*identity, seen[identity]] = (index, row)
    return keyed


def _row_name(field: Field, row: Any, index: int) -> Text:
    """Return what a row is called: the values that identify it, or its number."""
    names: list[Text] = []
    columns = {c["pointer"]: c for c in field.get("columns", [])}
    for pointer in field.get("identity", []):
        value = _worded(columns.get(pointer, {}), pointers.get(row, pointer))
        if value not in (None, ""):
            names.append(value if isinstance(value, Text) else Text(str(value), str(value)))
    if not names:
        return Text(f"第 {index + 1} 行", f"row {index + 1}")
    return Text(" ".join(n.zh for n in names), " ".join(n.en for n in names))


def _worded(field: Field, value: Any) -> Value:
    for option in field.get("options", []):
        if option["value"] == value:
            return Text(option["label"]["zh"], option["label"]["en"])
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, str | int) else None


def _joined(place: Text | None, label: Text | Mapping[str, str]) -> Text:
    words = label if isinstance(label, Text) else Text(label["zh"], label["en"])
    if place is None:
        return words
    return Text(f"{place.zh} · {words.zh}", f"{place.en} · {words.en}")


def _leaves(content: Any, asked: set[str], at: str = "") -> Iterator[tuple[str, Value]]:
    """Yield every single value that no field of the form asks for."""
    if at in asked:
        return
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from _leaves(value, asked, at + pointers.pointer_to(key))
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from _leaves(value, asked, f"{at}/{index}")
    elif isinstance(content, str | int) or content is None:
        yield at, content


def _kind(old: Any, new: Any) -> Kind:
    if old is None:
        return "added"
    return "removed" if new is None else "changed"


def _type_of(*values: Any) -> Type:
    for value in values:
        if isinstance(value, bool):
            return "flag"
        if isinstance(value, int):
            return "int"
    return "text"
