"""The rows of an account that reads as one sum: totals, groups, lines under their headings, entries under lines.

A view's group names its items; an item may stand `under` a heading item (办公费 under 管理费用). A single line is shown as
its heading with the detail in brackets; several are shown below a heading that carries their sum. Amounts in fen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from server.rules import pointers
from server.rules.values import Fen, Lang

Level = Literal["total", "group", "line", "sub"]
Content = Mapping[str, Any]
_Lines: TypeAlias = list[tuple[str, Mapping[str, Any]]]


class Entry(Struct, frozen=True):
    """One voucher of a line. Amount in fen; photos by sha256."""

    date: str
    voucher: str
    summary: str
    party: str
    amount: Fen
    handler: str
    witness: str
    approver: str
    photos: tuple[str, ...]


class SumRow(Struct, frozen=True):
    """One row of a sum. Amounts in fen; `previous` and `last_year` are None where there is nothing to compare with.

    `pointer` is empty for a heading that only adds up the rows below it. `tell`: worth a sentence.
    """

    id: str
    sign: Literal["", "+", "-", "="]
    label: str
    amount: Fen
    level: Level
    pointer: str
    previous: Fen | None
    last_year: Fen | None
    entries: tuple[Entry, ...]
    tell: bool


def rows(
    specs: Sequence[Mapping[str, Any]],
    content: Content,
    lang: Lang,
    previous: Content | None,
    last_year: Content | None,
) -> tuple[SumRow, ...]:
    """Return the rows of a sum section in the order of its view."""
    made: list[SumRow] = []
    for spec in specs:
        made.append(
            SumRow(
                id=spec["id"],
                sign=spec["sign"],
                label=text(spec["label"], lang),
                amount=pointers.total(content, spec["amount"]),
                level=spec["level"],
                pointer=spec["pointer"],
                previous=_total(previous, spec["amount"]),
                last_year=_total(last_year, spec["amount"]),
                entries=(),
                tell=spec.get("tell", False),
            )
        )
        if "lines" in spec:
            lines = [_lines(each, spec["lines"]) for each in (content, previous, last_year)]
            for heading in (i for i in spec["items"] if "under" not in i):
                made += _heading(spec, heading, lines, lang)
    return tuple(made)


def text(doc: Mapping[str, str], lang: Lang) -> str:
    """Return the words of one language from a view's {"zh", "en"}."""
    return doc[lang]


def _heading(
    group: Mapping[str, Any],
    heading: Mapping[str, Any],
    lines: Sequence[_Lines | None],
    lang: Lang,
) -> list[SumRow]:
    """Return a heading's row and the rows below it; nothing where no period has any such line."""
    names = {
        i["item"]: text(i["label"], lang)
        for i in group["items"]
        if heading["item"] in (i["item"], i.get("under"))
    }
    now, previous, last_year = (
        None if each is None else [(at, line) for at, line in each if line["item"] in names]
        for each in lines
    )
    if not now and not _moved(previous) and not _moved(last_year):
        return []
    row_id = f"{group['id']}.{heading['item']}"
    below = now or []
    plain = len(below) == 1
    detail = _detail(below[0][1], heading["item"], names) if plain else ""
    made = [
        SumRow(
            id=row_id,
            sign="",
            label=names[heading["item"]] + (_bracketed(detail, lang) if detail else ""),
            amount=sum(line["amount"] for _, line in below),
            level="line",
            pointer=below[0][0] if plain else "",
            previous=_sum(previous),
            last_year=_sum(last_year),
            entries=_entries(below[0][1]) if plain else (),
            tell=False,
        )
    ]
    if not plain:
        made += [
            SumRow(
                id=f"{row_id}.{number}",
                sign="",
                label=line.get("label") or names[line["item"]],
                amount=line["amount"],
                level="sub",
                pointer=at,
                previous=_sum(previous, like=line),
                last_year=_sum(last_year, like=line),
                entries=_entries(line),
                tell=False,
            )
            for number, (at, line) in enumerate(below)
        ]
    return made


def _lines(content: Content | None, at: str) -> _Lines | None:
    return None if content is None else list(pointers.find(content, f"{at}/*"))


def _moved(lines: _Lines | None) -> bool:
    return any(line["amount"] for _, line in lines or [])


def _sum(lines: _Lines | None, like: Mapping[str, Any] | None = None) -> Fen | None:
    """Return the sum of some lines, or of those with the same item and detail as another.

    None where there is nothing to compare with: no such period, or one that told its lines apart otherwise.
    """
    if lines is None:
        return None
    same: list[Fen] = [
        line["amount"] for _, line in lines if like is None or _kind(line) == _kind(like)
    ]
    return None if like is not None and not same and _moved(lines) else sum(same)


def _kind(line: Mapping[str, Any]) -> tuple[str, str]:
    return line["item"], line.get("label", "")


def _detail(line: Mapping[str, Any], heading: str, names: Mapping[str, str]) -> str:
    """Return what a line says beyond its heading: its own words, or the name of its item below the heading."""
    own: str = line.get("label", "")
    return own or ("" if line["item"] == heading else names[line["item"]])


def _bracketed(detail: str, lang: Lang) -> str:
    return f"（{detail}）" if lang == "zh" else f" ({detail})"


def _entries(line: Mapping[str, Any]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            date=e["date"],
            voucher=e.get("voucher", ""),
            summary=e["summary"],
            party=e.get("party", ""),
            amount=e["amount"],
            handler=e.get("handler", ""),
            witness=e.get("witness", ""),
            approver=e.get("approver", ""),
            photos=tuple(e.get("photos", [])),
        )
        for e in line.get("entries", [])
    )


def _total(content: Content | None, patterns: list[str]) -> Fen | None:
    return None if content is None else pointers.total(content, patterns)
