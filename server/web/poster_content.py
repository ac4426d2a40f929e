"""What stands on a poster, in the reader's language: the head, the tables, and the block to sign below them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from server.rules.cards import last_day
from server.rules.disclosure_pages import DisclosurePage
from server.rules.poster_blocks import (
    Block,
    Column,
    Kind,
    Masthead,
    Notes,
    Pairs,
    Row,
    Table,
    shown,
)
from server.rules.sheets import Cell, FactsSection, SumSection, TableSection
from server.rules.sums import Entry
from server.rules.values import Text
from server.web import page_cards
from server.web.page_sheet import SIGNS
from server.web.page_words import Words, day_of

MOST_FIGURES: Final = 4
_INDENTS: Final = {"line": "　", "sub": "　　"}
_NUMBERS: Final[dict[str, Kind]] = {"money": "money", "int": "int"}


class Foot(Struct, frozen=True):
    """What belongs to every sheet: dates, a telephone (empty: to be written in), places to sign, and its own name.

    `scale`: how much smaller dates and telephone are set, so that they fit beside the code.
    """

    dates_label: str
    dates: str
    phone_label: str
    phone: str
    signers: tuple[str, ...]
    seal: tuple[str, ...]
    scan: str
    last: tuple[str, ...]
    scale: float = 1.0


def masthead(page: DisclosurePage, subject: Text, words: Words, *, preview: bool) -> Masthead:
    """Return the head: whose, what, of when, which edition and what it replaces."""
    card, place = page.card, page.division
    sheet = page.sheet
    assert sheet is not None, "what was withdrawn has no poster"
    own = next((e for e in page.editions if e.number == page.edition), None)
    reason = own.reason or "" if own else ""
    if reason and not reason.startswith(words.say("poster.corrected.word")):
        reason = words.say("poster.corrected", reason=reason)
    marks = []
    if card.urgent is not None:
        marks.append(card.urgent.text.pick(words.lang))
        if card.urgent.reason:
            marks.append(words.say("doc.urgent.reason", reason=card.urgent.reason))
    where = words.say("dot").join([*place.path[-2:], place.name])
    said = ["poster.preview"] if preview else ["poster.demo"] if page.demo else []
    above = [words.say("site"), where, *(words.say(key) for key in said)]
    period = card.period_label.pick(words.lang)
    return Masthead(
        place="　".join(above),
        title=_title(page, subject, words),
        period=period,
        about=sheet.subtitle,
        unit=words.say("sheet.unit", unit=sheet.unit) if sheet.unit else "",
        edition=words.say("poster.replaces", n=page.edition, before=page.edition - 1)
        if page.edition > 1
        else words.say("card.edition", n=page.edition),
        reason=reason,
        marks=tuple(marks),
        figures=tuple(
            (f.label.pick(words.lang), shown(f.amount, "money"))
            for f in card.figures[:MOST_FIGURES]
        ),
    )


def _title(page: DisclosurePage, subject: Text, words: Words) -> str:
    title = subject.pick(words.lang)
    said = words.many("poster.says_itself")
    key = "poster.title"
    if page.card.wording == "disclose" and not title.endswith(tuple(said)):
        key = "poster.title.disclose"
    return words.say(key, village=page.division.name, title=title)


def blocks(
    page: DisclosurePage, words: Words, phones: Collection[str], *, entries: bool
) -> list[Block]:
    """Return what stands below the head; `phones`: the facts that stand in the foot instead."""
    made: list[Block] = []
    sheet = page.sheet
    assert sheet is not None, "what was withdrawn has no poster"
    for section in sheet.sections:
        match section:
            case SumSection():
                cadence = words.cadence(page.card.period)
                made.append(_account(section, cadence, words, entries=entries))
            case TableSection():
                made.append(_table(section, words))
            case FactsSection():
                kept = [item for item in section.items if item.pointer not in phones]
                items = tuple((item.label, _value(item.value, item.type, words)) for item in kept)
                if items:
                    made.append(Pairs(section.heading, items))
    if page.sentences:
        made.append(Notes(page.sentences, "say"))
    if sheet.notes:
        made.append(Notes(sheet.notes))
    return made


def _account(section: SumSection, cadence: str, words: Words, *, entries: bool) -> Table:
    """Return the rows of a sum, with every entry below its line if wanted: who reads paper cannot tap it open."""
    before = any(row.previous is not None for row in section.rows)
    columns = [Column(words.say("sheet.item")), Column(words.say(f"sheet.now.{cadence}"), "money")]
    if before:
        columns.append(Column(words.say(f"sheet.previous.{cadence}"), "money"))
    rows: list[Row] = []
    for row in section.rows:
        sign = SIGNS.get(row.sign, "") if row.level in ("group", "total") else ""
        indent = _INDENTS.get(row.level, "")
        previous = [_amount(row.previous)] if before else []
        cells = (f"{sign}{indent}{row.label}", _amount(row.amount), *previous)
        rows.append(Row(cells, row.level))
        if entries:
            rows += [_entry(entry, before, words) for entry in row.entries]
    return Table(section.heading, tuple(columns), tuple(rows))


def _entry(entry: Entry, before: bool, words: Words) -> Row:
    day = words.day(entry.date) if entry.date else ""
    party = words.say("poster.party", name=entry.party) if entry.party else ""
    said = " ".join(text for text in (day, f"{entry.summary}{party}") if text)
    return Row((f"　　　{said}", _amount(entry.amount), *([""] if before else [])), "entry")


def _table(section: TableSection, words: Words) -> Table:
    carried = tuple(_adds_up(section, at, column.type) for at, column in enumerate(section.columns))
    columns = tuple(
        Column(column.label, _NUMBERS.get(column.type, "text"), sums)
        for column, sums in zip(section.columns, carried, strict=True)
    )

    def row(cells: tuple[Cell, ...], style: str) -> Row:
        return Row(
            tuple(_value(c, k.type, words) for c, k in zip(cells, section.columns, strict=True)),
            style,
            tuple(
                c if sums and isinstance(c, int) else None
                for c, sums in zip(cells, carried, strict=True)
            ),
        )

    return Table(
        section.heading,
        columns,
        tuple(row(each.cells, "line") for each in section.rows),
        row(section.totals, "total") if section.totals else None,
    )


def _adds_up(section: TableSection, at: int, kind: str) -> bool:
    """Say whether a column's sum may go along from sheet to sheet: it must end at the total that stands below."""
    if kind not in _NUMBERS or section.totals is None or not isinstance(section.totals[at], int):
        return False
    cells = [row.cells[at] for row in section.rows]
    return sum(c for c in cells if isinstance(c, int)) == section.totals[at]


def _amount(fen: int | None) -> str:
    return "" if fen is None else shown(fen, "money")


def _value(value: Cell | bool, kind: str, words: Words) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return words.say("yes" if value else "no")
    if isinstance(value, int):
        return shown(value, "money" if kind == "money" else "int")
    return words.day(value) if kind == "date" else value


def foot(page: DisclosurePage, words: Words, phones: Collection[str], office: str = "") -> Foot:
    """Return the block below the table; its last line says who published, prepared and reviewed.

    `office`: the telephone of the office, where the notice names none itself.
    """
    card = page.card
    first = words.day(day_of(card.opened_at)) if card.opened_at else ""
    if card.comes_down_at is not None:
        label, dates = (
            "fixed",
            words.say("poster.dates", first=first, last=words.day(last_day(card.comes_down_at))),
        )
    elif card.must_stay_until is not None:
        label, dates = (
            "least",
            words.say(
                "poster.dates.least", first=first, last=words.day(last_day(card.must_stay_until))
            ),
        )
    else:
        label, dates = "least", words.say("poster.dates.from", first=first)
    by = "township" if card.publisher != "village" else "village"
    who = [
        (
            words.say("signed.publisher"),
            page_cards.publisher(
                {"publisher": card.publisher},
                {
                    "code": page.division.code,
                    "name": page.division.name,
                    "path": page.division.path,
                },
            ),
        )
    ]
    if page.submitted_by_name:
        key = "signed.by.township" if card.publisher == "township" else "signed.by"
        who.append((words.say(key), page.submitted_by_name))
    who += [
        (
            r.body.pick(words.lang),
            words.signatory({"reviewer_name": r.reviewer_name, "post": r.post}),
        )
        for r in page.reviews
    ]
    colon = words.say("colon")
    return Foot(
        dates_label=words.say(f"poster.days.{label}"),
        dates=dates,
        phone_label=words.say(
            "poster.phone.consult" if card.wording == "consult" else "poster.phone"
        ),
        phone=phone_of(page, phones) or office,
        signers=tuple(words.many(f"poster.signers.{by}")),
        seal=tuple(words.many(f"poster.seal.{by}")),
        scan=words.say("poster.scan"),
        last=("　".join(f"{name}{colon}{said}" for name, said in who),),
    )


def phone_of(page: DisclosurePage, phones: Collection[str]) -> str:
    """Return the office's telephone that a notice names, or ''; `phones`: where such numbers stand."""
    sections = page.sheet.sections if page.sheet else ()
    facts = [item for s in sections if isinstance(s, FactsSection) for item in s.items]
    return next((str(item.value) for item in facts if item.pointer in phones), "")
