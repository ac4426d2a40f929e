"""A sheet made ready for its table: which columns it has, and each sum compared in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup
from msgspec import Struct

from server.rules import timelines
from server.web.page_words import Words

SIGNS: Final = {"+": "＋", "-": "－", "−": "－", "=": "＝"}
NARROW_COLUMNS: Final = 3


class Row(Struct, frozen=True):
    """One line of an account: what it is, its sums, and the entries behind it."""

    sign: str
    label: str
    level: str
    pointer: str
    amounts: list[Markup]
    compared: str
    entries: list[dict[str, Any]]
    photos: int
    asked: list[dict[str, Any]]

    @property
    def askable(self) -> bool:
        """Whether a villager can ask about this very line."""
        return bool(self.pointer) and self.level in {"line", "sub"}


class Account(Struct, frozen=True):
    """A section that reads as one sum."""

    id: str
    heading: str
    heads: list[str]
    rows: list[Row]
    hint: str
    opens: bool


class Column(Struct, frozen=True):
    """One column of a plain table."""

    label: str
    numeric: bool


class Grid(Struct, frozen=True):
    """A section that is a plain table: a roster, debts, a list of contracts.

    `under`: what stands small in the first and in the last cell of each row. Of a matter's timeline it is whoever answers
    for the step, and its limit: two columns more, and a phone would show neither.
    """

    id: str
    heading: str
    columns: list[Column]
    rows: list[list[Markup | str]]
    pointers: list[str]
    asked: list[list[dict[str, Any]]]
    totals: list[Markup | str] | None
    wide: bool
    under: list[tuple[Markup | str, str]] | None


Asked = Mapping[str, list[dict[str, Any]]]
"""What was asked about a notice, by the line."""


def account(
    section: Mapping[str, Any], period: str, words: Words, asked: Asked | None = None
) -> Account:
    """The rows of a sum beside the period before and the same one last year, where they exist."""
    rows = section.get("rows") or []
    cadence = words.cadence(period)
    before = any(r.get("previous") is not None for r in rows)
    year_ago = any(r.get("last_year") is not None for r in rows) and cadence != "year"
    heads = [words.say(f"sheet.now.{cadence}")]
    if before:
        heads.append(words.say(f"sheet.previous.{cadence}"))
    if year_ago:
        heads.append(words.say(f"sheet.last_year.{cadence}"))
    made = [_row(r, before, year_ago, cadence, words, asked or {}) for r in rows]
    opens = any(r.entries for r in made)
    hint = {
        (True, True): "sheet.hint.both",
        (True, False): "sheet.hint.swipe",
        (False, True): "sheet.hint.tap",
    }.get((before or year_ago, opens))
    return Account(
        str(section.get("id") or "sum"),
        words.text(section.get("heading")),
        heads,
        made,
        words.say(hint) if hint else "",
        opens,
    )


def _row(
    raw: Mapping[str, Any], before: bool, year_ago: bool, cadence: str, words: Words, asked: Asked
) -> Row:
    amounts = [words.amount(raw.get("amount"))]
    if before:
        amounts.append(words.amount(raw.get("previous")))
    if year_ago:
        amounts.append(words.amount(raw.get("last_year")))
    entries = [dict(e) for e in raw.get("entries") or []]
    compared = ""
    now, then = raw.get("amount"), raw.get("previous")
    if now is not None and then is not None and raw.get("level") in {"group", "total"}:
        when = words.say(f"sheet.previous.{cadence}")
        when = when if words.lang == "zh" else when.lower()
        key = "sheet.same" if now == then else "sheet.more" if now > then else "sheet.less"
        compared = words.say(key, when=when, amount=words.yuan(abs(now - then)))
    return Row(
        SIGNS.get(str(raw.get("sign") or ""), ""),
        words.text(raw.get("label")),
        str(raw.get("level") or "line"),
        str(raw.get("pointer") or ""),
        amounts,
        compared,
        entries,
        sum(len(e.get("photos") or []) for e in entries),
        asked.get(str(raw.get("pointer") or ""), []),
    )


def grid(section: Mapping[str, Any], words: Words, asked: Asked | None = None) -> Grid:
    """A plain table: money and counts stand right, words left."""
    columns = section.get("columns") or []
    kinds = [str(c.get("type") or "text") for c in columns]
    options = [{str(o["value"]): o["label"] for o in c.get("options") or []} for c in columns]

    def cells(raw: list[Any]) -> list[Markup | str]:
        return [
            words.text(labels[str(value)]) if str(value) in labels else words.value(value, kind)
            for value, kind, labels in zip(raw, kinds, options, strict=False)
        ]

    rows = [cells(r["cells"]) for r in section.get("rows") or []]
    heads = [
        Column(words.text(c.get("label")), kind in {"money", "int", "number"})
        for c, kind in zip(columns, kinds, strict=True)
    ]
    under = None
    if [c.get("key") for c in columns] == list(timelines.HEADS):
        step, done, took, limit, post = (head.label for head in heads)
        colon = words.say("colon")
        under = [(row[4], f"{limit}{colon}{row[3]}" if row[3] else "") for row in rows]
        rows = [row[:3] for row in rows]
        heads = [Column(label, numeric=False) for label in (f"{step} · {post}", done, took)]
    return Grid(
        str(section.get("id") or "table"),
        words.text(section.get("heading")),
        heads,
        rows,
        [str(r.get("pointer") or "") for r in section.get("rows") or []],
        [(asked or {}).get(r.get("pointer"), []) for r in section.get("rows") or []],
        _totals(cells(section["totals"]), kinds, words) if section.get("totals") else None,
        len(heads) > NARROW_COLUMNS,
        under,
    )


def _totals(cells: list[Markup | str], kinds: Sequence[str], words: Words) -> list[Markup | str]:
    """The row of totals begins with its word; where the view puts one beside a counter, that one goes to the front."""
    if cells[0]:
        return cells
    at = next(
        (
            n
            for n, (cell, kind) in enumerate(zip(cells, kinds, strict=True))
            if cell and kind == "text"
        ),
        None,
    )
    if at is None:
        return [words.say("sheet.total"), *cells[1:]]
    return [cells[at], *cells[1:at], "", *cells[at + 1 :]]
