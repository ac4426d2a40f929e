"""A list of people who are to get accounts, as a sheet: the template that goes out, and reading what comes back.

A row is read whole or is wrong; what a row says about places and people that exist is judged in `account_batches.py`.
A telephone number is taken for the slip alone and kept nowhere; other personal numbers refuse the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from server.rules import gate
from server.rules.accounts import post_words
from server.rules.cells import Misread, is_blank, read_cell, shown
from server.rules.permissions import ROLES, Role
from server.rules.places import spoken_name
from server.rules.tables import TableColumn, normal
from server.rules.values import Lang, Text
from server.rules.workbooks import (
    Cell,
    Look,
    Raw,
    ReadSheet,
    Validation,
    WrittenBook,
    WrittenSheet,
    cell_name,
    spans,
)
from server.rules.wrong_rows import SheetNotRead, WrongRow

Part = Literal["name", "role", "place", "post", "phone", "last_day"]

MOST_PEOPLE = 500
HEADINGS_WITHIN = 15
LONGEST_NAME, LONGEST_POST = 60, 40

PARTS: dict[Part, Text] = {
    "name": Text("姓名", "Name"),
    "role": Text("身份", "Role"),
    "place": Text("地方", "Place"),
    "post": Text("职务", "Post"),
    "phone": Text("电话", "Phone"),
    "last_day": Text("最后一天", "Last day"),
}
_ALSO: dict[Part, tuple[str, ...]] = {
    "name": ("人员姓名", "person"),
    "role": ("角色", "身份（角色）"),
    "place": ("村", "村（社区）", "单位", "所属村", "村名", "区划代码", "village", "village or code"),
    "post": ("职位", "岗位"),
    "phone": ("联系电话", "手机", "手机号", "telephone"),
    "last_day": ("截止日期", "until"),
}  # fmt: skip
_WIDTHS = (14, 14, 26, 22, 18, 16)
_LAST_DAY = TableColumn("/last_day", PARTS["last_day"], "date")
_PHONE = re.compile(r"\+?[\d\s()（）-]{5,20}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NO_NAME = frozenset("=+-@＝＋－＠")
_WORDS = {normal(word): role for role, said in ROLES.items() for word in (said.zh, said.en, role)}


class WantedPerson(Struct, frozen=True):
    """A row that can be read: who is to be what, and where as it was typed. `phone` is printed and not kept."""

    row: int
    name: str
    role: Role
    place: str
    post: str | None = None
    phone: str | None = None
    last_day: date | None = None


class PeopleRead(Struct, frozen=True):
    """What a sheet says, row by row. `left_out`: hidden sheets, which were not looked into."""

    sheet: str
    people: tuple[WantedPerson, ...]
    wrong: tuple[WrongRow, ...]
    left_out: tuple[str, ...]


def read_people(sheets: Sequence[ReadSheet]) -> PeopleRead:
    """Return the people of the one sheet that has the headings, and what is wrong with other rows. Raises SheetNotRead."""
    seen = [(s, where) for s in sheets if not s.hidden and (where := _headings(s)) is not None]
    hidden = tuple(s.name for s in sheets if s.hidden and _headings(s) is not None)
    if not seen:
        raise SheetNotRead(_missing(hidden))
    if len(seen) > 1:
        names = [sheet.name for sheet, _ in seen]
        raise SheetNotRead(
            Text(
                f"有 {len(seen)} 张工作表都像是人员名单：{'、'.join(names)}。请只留一张再传",
                f"{len(seen)} sheets look like the list: {', '.join(names)}. Leave one of them",
            )
        )
    sheet, (head, columns) = seen[0]
    _refuse_merged_heads(sheet, head, columns)
    _refuse_hidden(sheet, head, columns)
    filled = [r for r in range(head + 1, len(sheet.rows)) if _is_filled(sheet, r, columns)]
    if not filled:
        raise SheetNotRead(Text("表头下面一个人也没有填", "Nobody is filled in below the headings"))
    if len(filled) > MOST_PEOPLE:
        raise SheetNotRead(
            Text(
                f"一次最多 {MOST_PEOPLE} 人，这里有 {len(filled)} 人。请分成几份",
                f"At most {MOST_PEOPLE} people at once, and these are {len(filled)}; send them in parts",
            )
        )
    people: list[WantedPerson] = []
    wrong: list[WrongRow] = []
    for row in filled:
        found = list(_faults(sheet, row, columns))
        wrong += found
        if not found:
            people.append(_person(sheet, row, columns))
    return PeopleRead(sheet.name, tuple(people), tuple(wrong), hidden)


def phones(sheets: Sequence[ReadSheet]) -> set[tuple[str, int, int]]:
    """Return the cells (sheet, row, column) in which a telephone number may stand."""
    allowed: set[tuple[str, int, int]] = set()
    for sheet in sheets:
        where = _headings(sheet)
        if where is None or "phone" not in where[1]:
            continue
        head, columns = where
        allowed |= {(sheet.name, r, columns["phone"]) for r in range(head + 1, len(sheet.rows))}
    return allowed


def _headings(sheet: ReadSheet) -> tuple[int, dict[Part, int]] | None:
    for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        words = [normal(cell) if isinstance(cell, str) else "" for cell in row]
        columns: dict[Part, int] = {}
        for part, said in PARTS.items():
            names = map(normal, (said.zh, said.en, *_ALSO[part]))
            at = next((words.index(n) for n in names if n in words), None)
            if at is not None:
                columns[part] = at
        if {"name", "role", "place"} <= columns.keys():
            return number, columns
    return None


def _missing(hidden: Sequence[str]) -> Text:
    also_zh = f"；隐藏的工作表没有看：{'、'.join(hidden)}" if hidden else ""
    also_en = f"; hidden sheets were not looked into: {', '.join(hidden)}" if hidden else ""
    return Text(
        f"没有找到表头。前 {HEADINGS_WITHIN} 行里要有一行写着姓名、身份、地方，最好用下载的模板{also_zh}",
        f"No headings: one of the first {HEADINGS_WITHIN} rows must say name, role and place, as the template does{also_en}",
    )


def _refuse_merged_heads(sheet: ReadSheet, head: int, columns: dict[Part, int]) -> None:
    """Under a merged heading it is a guess which column is meant."""
    merged = [
        c
        for c in columns.values()
        if (head, c) in sheet.covered
        or (head, c + 1) in sheet.covered
        or (head + 1, c) in sheet.covered
    ]
    if merged:
        cells = [cell_name(head, c) for c in merged]
        raise SheetNotRead(
            Text(
                f"表头里有合并的单元格：{'、'.join(cells)}。请取消合并，一列一个名字",
                f"Headings are merged cells: {', '.join(cells)}. Take the merging off, one name for one column",
            )
        )


def _refuse_hidden(sheet: ReadSheet, head: int, columns: dict[Part, int]) -> None:
    rows = frozenset(r for r in sheet.hidden_rows if r > head and _is_filled(sheet, r, columns))
    if rows:
        places = spans(rows, "row")
        raise SheetNotRead(
            Text(
                f"第 {'、'.join(places)} 行被隐藏了，不知道算不算。请取消隐藏，或删掉再传",
                f"Hidden rows: {', '.join(places)}. Show them, or delete them",
            )
        )
    hidden = frozenset(c for c in columns.values() if c in sheet.hidden_columns)
    if hidden:
        places = spans(hidden, "column")
        raise SheetNotRead(
            Text(
                f"第 {'、'.join(places)} 列被隐藏了。请取消隐藏，或删掉再传",
                f"Hidden columns: {', '.join(places)}. Show them, or delete them",
            )
        )


def _is_filled(sheet: ReadSheet, row: int, columns: dict[Part, int]) -> bool:
    return any(not is_blank(sheet.at(row, c)) for c in columns.values())


def _faults(sheet: ReadSheet, row: int, columns: dict[Part, int]) -> Iterator[WrongRow]:
    """Yield what is wrong with a row by itself."""
    for part, column in columns.items():
        text = _fault(part, sheet.at(row, column))
        if text is None and (row, column) in sheet.covered:
            text = Text("是合并的单元格，请取消合并", "this cell is merged; take the merging off")
        if text is not None:
            yield WrongRow(row + 1, part, text)


def _fault(part: Part, raw: Raw) -> Text | None:
    said = words_of(raw)
    if not said:
        needed = PARTS[part]
        if part not in ("name", "role", "place"):
            return None
        return Text(f"没有填{needed.zh}", f"{needed.en} is empty")
    if _CONTROL.search(said):
        return Text(
            "有看不见的字符，请重新打一遍", "it holds characters that cannot be seen; type it again"
        )
    if part in ("name", "post") and (seen := gate.beside({"text": said})):
        return Text(seen[0].message.zh, seen[0].message.en)
    match part:
        case "name":
            return _no_name(said)
        case "role":
            if normal(said) in _WORDS:
                return None
            known = list(ROLES.values())
            return Text(
                f"没有“{said[:20]}”这个身份，应为：{'、'.join(r.zh for r in known)}",
                f"there is no role {said[:20]!r}; it is one of: {', '.join(r.en for r in known)}",
            )
        case "post" if len(said) > LONGEST_POST:
            return _too_long(len(said), LONGEST_POST)
        case "phone" if not _PHONE.fullmatch(said):
            return Text(
                "电话只能有数字、空格和横线", "a phone number has digits, spaces and dashes"
            )
        case "last_day":
            try:
                read_cell(_LAST_DAY, raw)
            except Misread as error:
                return error.text
    return None


def _no_name(said: str) -> Text | None:
    if said[0] in _NO_NAME:
        return Text("姓名不能以 = + - @ 开头", "a name does not begin with = + - or @")
    return _too_long(len(said), LONGEST_NAME) if len(said) > LONGEST_NAME else None


def _too_long(length: int, most: int) -> Text:
    return Text(
        f"最多 {most} 个字，这里有 {length} 个", f"at most {most} characters, this has {length}"
    )


def words_of(raw: Raw) -> str:
    """Return a cell's words on one line; a code that Excel made a number of has its digits again."""
    if is_blank(raw):
        return ""
    return shown(int(raw)) if isinstance(raw, float) and raw.is_integer() else shown(raw)


def _person(sheet: ReadSheet, row: int, columns: dict[Part, int]) -> WantedPerson:
    def said(part: Part) -> str:
        return words_of(sheet.at(row, columns[part])) if part in columns else ""

    last = (
        read_cell(_LAST_DAY, sheet.at(row, columns["last_day"])) if "last_day" in columns else None
    )
    return WantedPerson(
        row=row + 1,
        name=" ".join(said("name").split()),
        role=_WORDS[normal(said("role"))],
        place="".join(said("place").split()),
        post=post_words(said("post")),
        phone=said("phone") or None,
        last_day=date.fromisoformat(last) if isinstance(last, str) else None,
    )


# ---------------------------------------------------------------- the template

_LIST, _PLACES, _HOW = Text("名单", "List"), Text("地方", "Places"), Text("怎么填", "How to")
_RULES = (
    Text("一行一个人，最多 500 行。姓名、身份、地方要填，别的可以空着。",
         "One person a row, 500 rows at most. Name, role and place are needed, the rest may stay empty."),
    Text("身份从下拉表里选。报账员、监委会属于一个村；别的身份属于乡镇或县。",
         "Choose the role from the list. An accountant or supervisor belongs to a village, the others to a township or county."),
    Text("地方写村名，也可以写 12 位代码；有两个同名的村就写代码，代码在“地方”那一张里。",
         "Place is a village's name or its 12 digits; where two villages have one name, the digits, from the sheet of places."),
    Text("电话只印在纸条上，方便送到本人手里，不保存。不要写身份证号。",
         "The phone number is printed on the slip, so that it reaches its person, and is not kept. No identity numbers."),
    Text("外部审计要填最后一天，写成 2027-06-30；别的身份不填。",
         "An outside auditor needs a last day, written 2027-06-30; nobody else has one."),
)  # fmt: skip


class ListedPlace(Struct, frozen=True):
    """A place as the template lists it: its code, its name, the name of what is above it."""

    code: str
    name: str
    above: str


def people_template(places: Sequence[ListedPlace], lang: Lang) -> WrittenBook:
    """Return the workbook to fill in, with the places of whoever asked."""
    heads = tuple(Cell(said.pick(lang), Look(role="head")) for said in PARTS.values())
    blank = tuple(
        Cell(None, Look("date" if part == "last_day" else "text", role="input")) for part in PARTS
    )
    last = MOST_PEOPLE
    roles = tuple(role.pick(lang) for role in ROLES.values())
    column = {part: n for n, part in enumerate(PARTS)}
    wrong = Text("请看“怎么填”", "See how to fill it in").pick(lang)
    validations = (
        Validation(
            (1, column["role"]),
            (last, column["role"]),
            "choice",
            wrong,
            Text("从下拉表里选身份", "Choose a role from the list").pick(lang),
            roles,
        ),
        Validation(
            (1, column["last_day"]),
            (last, column["last_day"]),
            "date",
            wrong,
            Text("写成 2027-06-30", "Write it 2027-06-30").pick(lang),
        ),
    )
    people = WrittenSheet(
        _LIST.pick(lang), (heads, *([blank] * last)), _WIDTHS, (1, 1), validations=validations
    )
    place_heads = (Text("代码", "Code"), Text("地点名", "Called"), Text("上级", "In"))
    listed = WrittenSheet(
        _PLACES.pick(lang),
        (
            tuple(Cell(said.pick(lang), Look(role="head")) for said in place_heads),
            *(
                (Cell(p.code), Cell(spoken_name(p.name)), Cell(spoken_name(p.above)))
                for p in places
            ),
        ),
        (16, 24, 24),
        (1, 0),
    )
    how = WrittenSheet(
        _HOW.pick(lang),
        tuple((Cell(rule.pick(lang), Look(role="note")),) for rule in _RULES),
        (80,),
    )
    return WrittenBook(Text("成批建账号", "Accounts in bulk").pick(lang), (people, listed, how))
