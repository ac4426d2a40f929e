"""The one spelling of a JSON document that is hashed: RFC 8785 (JCS), for what our documents hold.

Texts, whole numbers, true, false, null, lists and objects. Fractions are refused: money is whole fen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_LARGEST = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no canonical spelling; `pointer` is where."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(f"{pointer or '/'}: {message}")
        self.pointer = pointer


def canonical_bytes(obj: object) -> bytes:
    """Return the canonical UTF-8 bytes of a JSON value. Raises NotCanonical naming the value."""
    if _is_plain(obj):
        try:
            return json.dumps(
                obj, ensure_ascii=False, sort_keys=True, separators=(",", ":")
            ).encode()
        except UnicodeEncodeError:
            pass  # half of a surrogate pair: said below, with its place
    return _written(obj)


def _is_plain(value: Any) -> bool:
    """Say whether the library's own writer spells a value as we do: nothing refused, no name beyond U+D7FF.

    Below that, the order of code points is the order of UTF-16 code units.
    """
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-_LARGEST <= value <= _LARGEST)
    if kind is dict:
        return all(
            type(name) is str and (not name or max(name) <= "\ud7ff") and _is_plain(inner)
            for name, inner in value.items()
        )
    return (kind is list or kind is tuple) and all(map(_is_plain, value))


def _written(obj: object) -> bytes:
    parts: list[str] = []
    _write(obj, "", parts)
    return "".join(parts).encode()


def content_hash(obj: object) -> str:
    """Return 'sha256:<hex>' of a JSON value's canonical bytes."""
    return f"sha256:{sha256(canonical_bytes(obj)).hexdigest()}"


def _write(value: object, pointer: str, parts: list[str]) -> None:
    if value is None or isinstance(value, bool):
        parts.append("null" if value is None else "true" if value else "false")
    elif isinstance(value, str):
        parts.append(_text(value, pointer))
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            # RFC 8785 numbers are doubles: a larger one would be another number elsewhere.
            raise NotCanonical(pointer, f"{value} is beyond ±{_LARGEST}")
        parts.append(str(value))
    elif isinstance(value, list | tuple):
        _write_list(value, pointer, parts)
    elif isinstance(value, Mapping):
        _write_object(value, pointer, parts)
    else:
        raise NotCanonical(pointer, f"{type(value).__name__} has no canonical spelling here")


def _write_list(items: list[object] | tuple[object, ...], pointer: str, parts: list[str]) -> None:
    parts.append("[")
    for index, item in enumerate(items):
        if index:
            parts.append(",")
        _write(item, f"{pointer}/{index}", parts)
    parts.append("]")


def _write_object(fields: Mapping[object, object], pointer: str, parts: list[str]) -> None:
    spelled: dict[bytes, tuple[str, str]] = {}
    for name in fields:
        if not isinstance(name, str):
            raise NotCanonical(pointer, f"the name {name!r} is not a text")
        text = _text(name, pointer)
        # JCS sorts names by UTF-16 code units, not by code points.
        spelled[name.encode("utf-16-be")] = (name, text)
    parts.append("{")
    for index, key in enumerate(sorted(spelled)):
        name, text = spelled[key]
        parts.append(f",{text}:" if index else f"{text}:")
        _write(fields[name], f"{pointer}/{name}", parts)
    parts.append("}")


def _text(value: str, pointer: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotCanonical(pointer, "half of a surrogate pair is no text") from None
    return json.dumps(value, ensure_ascii=False)
