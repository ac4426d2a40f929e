"""Dataclasses of rules/ and queries/ as msgspec can describe them.

msgspec encodes any dataclass, but describes no union of two of them: it could not tell them apart when
reading. Here every dataclass and Struct gets a Struct of the same name and fields, and the members of a
union are told apart by their `kind`. Only the OpenAPI document sees these.
"""

from __future__ import annotations

import dataclasses
import types
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import msgspec


class Kinds:
    """Describable kinds, made once each."""

    def __init__(self) -> None:
        self._made: dict[Any, Any] = {}

    def of(self, kind: Any) -> Any:
        """Return the describable form of a kind."""
        if kind in self._made:
            return self._made[kind]
        if dataclasses.is_dataclass(kind) or _is_struct(kind):
            self._made[kind] = self._struct(kind)
            return self._made[kind]
        origin = get_origin(kind)
        if origin is None or origin is Literal:
            return kind
        if origin is Annotated:
            inner, *meta = get_args(kind)
            return Annotated[self.of(inner), *meta]
        arguments = tuple(
            self.of(each) if each is not Ellipsis else each for each in get_args(kind)
        )
        if origin in (Union, types.UnionType):
            return Union[arguments]  # noqa: UP007 - the members are known only now
        return origin[arguments]

    def _struct(self, kind: Any) -> Any:
        hints = get_type_hints(kind, include_extras=True)
        tag = _tag(kind, hints)
        fields = [
            (name, self.of(hints[name]), *default)
            for name, default in _fields(kind)
            if tag is None or name != "kind"
        ]
        tagged: dict[str, Any] = {} if tag is None else {"tag_field": "kind", "tag": tag}
        return msgspec.defstruct(
            kind.__name__,
            cast(Any, fields),
            module=kind.__module__,
            namespace={"__doc__": _doc(kind)},
            kw_only=True,
            forbid_unknown_fields=_is_struct(kind) and kind.__struct_config__.forbid_unknown_fields,
            **tagged,
        )


def _tag(kind: Any, hints: dict[str, Any]) -> str | None:
    """Return the one word that a dataclass's `kind` is, if it has such a field."""
    words = get_args(hints.get("kind")) if dataclasses.is_dataclass(kind) else ()
    return str(words[0]) if len(words) == 1 else None


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _fields(kind: Any) -> list[tuple[str, tuple[Any, ...]]]:
    """Return each field's name, and its default (wrapped, as defstruct wants it) if it has one."""
    if _is_struct(kind):
        return [
            (each.name, _default(each.default, each.default_factory, msgspec.NODEFAULT))
            for each in msgspec.structs.fields(kind)
        ]
    return [
        # What is answered is always there, whatever its constructor assumes.
        (each.name, ())
        for each in dataclasses.fields(kind)
    ]


def _default(value: Any, factory: Any, none: Any) -> tuple[Any, ...]:
    if value is not none:
        return (value,)
    if factory is not none and factory is not None:
        return (msgspec.field(default_factory=factory),)
    return ()


def _doc(kind: Any) -> str:
    said = kind.__doc__ or ""
    # A dataclass without a docstring has its signature for one.
    return "" if said.startswith(f"{kind.__name__}(") else said
