"""The tables of a form: its single values, one table for each of its lists, and one for the rows inside rows.

Vouchers lie inside the lines of an account; in a spreadsheet they are rows of a table of their own that say to which
line they belong. Lists inside several lists that ask the same become one such table (逐笔明细 of income and expense).
A column's pointer starts at the row; one that begins with `^` says where the row belongs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from server.rules.values import Text

Widget = Literal["money", "text", "longtext", "date", "month", "choice", "int", "checkbox"]
SINGLE = "/"
"""The key of the table of single values."""
INSIDE = "^list"
ORDINAL = "^row"

_LISTS = ("lines", "rows")
_NOT_HERE = ("photos",)


class Option(Struct, frozen=True):
    """One choice of a column: its value in the content and the words for it."""

    value: str | int | bool
    label: Text


class Heading(Struct, frozen=True):
    """What several single values stand under in people's own sheets (期初余额); `perhaps`: names that mean it only at
    times."""

    key: str
    label: Text
    also: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


class TableColumn(Struct, frozen=True):
    """One column: where in the row its value goes, how it is asked, and the other headings it is known by.

    `under`: the key of the heading under which people's own sheets call a single value by one of `short`.
    """

    pointer: str
    label: Text
    widget: Widget
    required: bool = False
    help: Text | None = None
    options: tuple[Option, ...] = ()
    also: tuple[str, ...] = ()
    formula: Mapping[str, Any] | None = None
    under: str | None = None
    short: tuple[str, ...] = ()

    @property
    def computed(self) -> bool:
        """Whether the value is a sum that nobody types."""
        return self.formula is not None


class FormTable(Struct, frozen=True):
    """One table. `key` is the list's pointer; of rows inside rows the first such pattern (`/income/*/entries`)."""

    key: str
    label: Text
    help: Text | None
    columns: tuple[TableColumn, ...]
    inside: tuple[tuple[str, str], ...] = ()
    """(list, list inside its rows) for rows inside rows, else empty: ("/income", "/entries")."""
    identity: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def column(self, pointer: str) -> TableColumn | None:
        """Return a column by its pointer."""
        return next((c for c in self.columns if c.pointer == pointer), None)


class FormTables(Struct, frozen=True):
    """Everything a form asks, as tables: first the single values, then the lists, then rows inside rows."""

    single: FormTable
    lists: tuple[FormTable, ...]
    nested: tuple[FormTable, ...]
    headings: tuple[Heading, ...] = ()

    @property
    def tables(self) -> tuple[FormTable, ...]:
        """The tables with a row for each element."""
        return (*self.lists, *self.nested)

    def table(self, key: str) -> FormTable | None:
        """Return a table by its key."""
        return next((t for t in self.tables if t.key == key), None)


def tables_of(form: Mapping[str, Any]) -> FormTables:
    """Return the tables of a form (`vN.form.json`). Photos are not among them: they stay on the phone."""
    fields = [field for step in form["steps"] for field in step["fields"]]
    lists = [field for field in fields if field["widget"] in _LISTS]
    return FormTables(
        single=FormTable(
            key=SINGLE,
            label=Text("基本情况", "Basics"),
            help=None,
            columns=tuple(_column(f) for f in fields if f["widget"] not in (*_LISTS, *_NOT_HERE)),
        ),
        lists=tuple(
            FormTable(
                key=field["pointer"],
                label=_text(field["label"]),
                help=_text(field["help"]) if "help" in field else None,
                columns=_columns(field),
                identity=tuple(field.get("identity", ())),
                also=tuple(field.get("also", ())),
            )
            for field in lists
        ),
        nested=tuple(_nested(lists)),
        headings=tuple(
            Heading(
                key,
                _text(heading["label"]),
                tuple(heading.get("also", ())),
                tuple(heading.get("perhaps", ())),
            )
            for key, heading in form.get("headings", {}).items()
        ),
    )


def _columns(field: Mapping[str, Any]) -> tuple[TableColumn, ...]:
    return tuple(_column(c) for c in field["columns"] if c["widget"] not in (*_LISTS, *_NOT_HERE))


def _nested(lists: Sequence[Mapping[str, Any]]) -> list[FormTable]:
    """Return one table for all the inner lists that ask the same and belong to rows of the same kind."""
    groups: list[list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = []
    for outer in lists:
        for inner in (c for c in outer["columns"] if c["widget"] in _LISTS):
            for group in groups:
                first_outer, first_inner = group[0]
                same_rows = first_outer.get("identity") == outer.get("identity")
                if _columns(first_inner) == _columns(inner) and same_rows:
                    group.append((outer, inner))
                    break
            else:
                groups.append([(outer, inner)])
    return [_inner_table(group) for group in groups]


def _inner_table(group: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> FormTable:
    outer, inner = group[0]
    belongs: list[TableColumn] = []
    if len(group) > 1:
        options = tuple(Option(o["pointer"], _text(o["label"])) for o, _ in group)
        belongs.append(
            TableColumn(INSIDE, Text("属于哪张表", "Which table"), "choice", options=options)
        )
    belongs += [_identity_column(p, [o for o, _ in group]) for p in outer.get("identity", ())]
    belongs.append(
        TableColumn(
            ORDINAL,
            Text("同名第几行", "Which of the same"),
            "int",
            help=Text(
                "同一项目、同一名称有两行以上时才填：1、2……",
                "Only where several rows have the same item and details: 1, 2 …",
            ),
        )
    )
    return FormTable(
        key=f"{outer['pointer']}/*{inner['pointer']}",
        label=_text(inner["label"]),
        help=_text(inner["help"]) if "help" in inner else None,
        columns=(*belongs, *_columns(inner)),
        inside=tuple((o["pointer"], i["pointer"]) for o, i in group),
        identity=tuple(outer.get("identity", ())),
        also=tuple(inner.get("also", ())),
    )


def _identity_column(pointer: str, outers: Sequence[Mapping[str, Any]]) -> TableColumn:
    """Return the column by which a row inside a row names its line, with the choices of every list it may be in."""
    found = [_column(c) for o in outers for c in o["columns"] if c["pointer"] == pointer]
    options = dict.fromkeys(option for column in found for option in column.options)
    first = found[0]
    return TableColumn(
        "^" + pointer, first.label, first.widget, first.required, options=tuple(options)
    )


def _column(field: Mapping[str, Any]) -> TableColumn:
    return TableColumn(
        pointer=field["pointer"],
        label=_text(field["label"]),
        widget=field["widget"],
        required=field.get("required", False),
        help=_text(field["help"]) if "help" in field else None,
        options=tuple(Option(o["value"], _text(o["label"])) for o in field.get("options", ())),
        also=tuple(field.get("also", ())),
        formula=field.get("formula"),
        under=field["under"]["heading"] if "under" in field else None,
        short=tuple(field["under"]["as"]) if "under" in field else (),
    )


def _text(doc: Mapping[str, str]) -> Text:
    return Text(doc["zh"], doc["en"])


_BRACKETS = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
_SIGNS = re.compile(r"[\W_]+")


def normal(words: str) -> str:
    """Return words as they are compared: full width made plain, lower case, no brackets, spaces or signs."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return _SIGNS.sub("", _BRACKETS.sub("", plain)) or _SIGNS.sub("", plain)


_OR = re.compile(r"或|、|/|，| or |, ")


@lru_cache(maxsize=2048)
def names_of(label: Text, also: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what a heading may be called, normalised, the label itself first: both languages, and either side of 或."""
    whole = [label.zh, label.en, *also]
    parts = [part for words in (label.zh, label.en) for part in _OR.split(words)]
    found = dict.fromkeys(normal(w) for w in (*whole, *parts))
    return tuple(name for name in found if len(name) > 1 or name in (normal(w) for w in whole))
