"""Values of rules/ and queries/ as msgspec can describe them.

msgspec encodes any Struct, but describes no union of two of them without a tag: it could not tell them apart
when reading. Here everything gets a Struct of the same name and fields, and the members of a union of answers
are told apart by their `kind`. Only the OpenAPI document sees these.
"""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from server.web.wire import In, Out


class Kinds:
    """Describable kinds, made once each."""

    def __init__(self) -> None:
        self._made: dict[Any, Any] = {}

    def of(self, kind: Any) -> Any:
        """Return the describable form of a kind."""
        if kind in self._made:
            return self._made[kind]
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
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
            forbid_unknown_fields=kind.__struct_config__.forbid_unknown_fields,
            **tagged,
        )


def _tag(kind: Any, hints: dict[str, Any]) -> str | None:
    """Return the one word that the `kind` of a value is, if it has such a field."""
    words = () if _is_of_the_wire(kind) else get_args(hints.get("kind"))
    return str(words[0]) if len(words) == 1 else None


def _is_of_the_wire(kind: Any) -> bool:
    return issubclass(kind, In | Out)


def _fields(kind: Any) -> list[tuple[str, tuple[Any, ...]]]:
    """Return each field's name, and its default (wrapped, as defstruct wants it) if it has one."""
    found = msgspec.structs.fields(kind)
    if not _is_of_the_wire(kind):
        # What is answered is always there, whatever its constructor assumes.
        return [(each.name, ()) for each in found]
    none = msgspec.NODEFAULT
    return [(each.name, _default(each.default, each.default_factory, none)) for each in found]


def _default(value: Any, factory: Any, none: Any) -> tuple[Any, ...]:
    if value is not none:
        return (value,)
    if factory is not none and factory is not None:
        return (msgspec.field(default_factory=factory),)
    return ()


def _doc(kind: Any) -> str:
    return kind.__doc__ or ""
