"""The words by which somebody's own sheet names a form's single values: labels, amounts, and units beside them.

A label is compared without numbers in front of it (一、), without 其中 and without a period (2026年第三季度). What it says
is one of three things: a value by its whole name (期初库存现金), a heading that values stand under (期初余额), or a short
name that says which value only together with a heading (库存现金). `pwa/src/core/singles_words.ts` does the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from server.rules.cells import Unit, shown
from server.rules.tables import FormTables, TableColumn, names_of, normal
from server.rules.workbooks import Broken, Raw

LONGEST_LABEL, LONGEST_WORDS, _LONGEST_PART = 40, 300, 60
_SHORTEST_PART = 4
_OF_WHICH = re.compile(r"^(?:其中|另外|加|减)[:：]?\s*")
_NUMBERED = re.compile(r"^[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]\s*(?!\d)")
_DATED = re.compile(
    r"^(?:截[至止]到?)?\s*(?:19|20)\d\d\s*年度?\s*"
    r"(?:第?[一二三四1-4]\s*季度?|\d{1,2}\s*月份?(?:\s*\d{1,2}\s*日)?)?[底末]?"
)
_AMOUNT = re.compile(r"[-+(¥]*\d[\d,]*(?:\.\d*)?\)?(?:万元|元|万)?", re.ASCII)
_SAID = re.compile(
    r"(?P<label>[^\d¥+(-]+?)[\s:为是]*(?P<amount>[-+(¥]*\d[\d,]*(?:\.\d*)?\)?\s*(?:万元|元|万)?)",
    re.ASCII,
)
_UNIT_IN_BRACKETS = re.compile(r"[(\[【]\s*(?:单位:)?\s*(?:人民币)?\s*(万?元)\s*[)\]】]")
_ASIDE = re.compile(r"\((?![-+¥\d])([^()]*)\)")
_BREAK = re.compile(r"[\n;。、]|,(?!\d{3}(?!\d))|\s{2,}")
_GAP = re.compile(r"\n|[;；]|\s{2,}|\s+(?=[^\s:：]{1,8}[:：])|\s+(?=(?:19|20)\d\d\s*年)")
_WORDS = re.compile(r"(?P<label>[^:：]{2,20})[:：](?P<words>.+)")
_UNIT_SAID = re.compile(r"单位:?\s*[(（]?\s*(?:人民币)?\s*(万?元)")
_ANY_WAN = re.compile(r"(?<![\d.\s])万元")
_AFTER_COLON = re.compile(r"(?<=[:：])\s+")


class Label(Struct, frozen=True):
    """What a label says: `whole` and `short` are (pointer, sure) and (heading, pointer) pairs, `heading` is (key, sure).

    One that says nothing of these is a sum of the form, known but never read.
    """

    whole: tuple[tuple[str, bool], ...] = ()
    short: tuple[tuple[str, str], ...] = ()
    heading: tuple[str, bool] | None = None


class _Said(Struct):
    whole: dict[str, bool] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    heading: tuple[str, bool] | None = None


class SingleNames:
    """Every name that a form's single values are known by."""

    def __init__(self, tables: FormTables) -> None:
        self._said: dict[str, _Said] = {}
        for heading in tables.headings:
            for sure, names in (
                (True, (heading.label.zh, heading.label.en, *heading.also)),
                (False, heading.perhaps),
            ):
                for name in names:
                    self._of(normal(name)).heading = (heading.key, sure)
        for column in tables.single.columns:
            self._add(column, tables)

    def _of(self, name: str) -> _Said:
        return self._said.setdefault(name, _Said())

    def _add(self, column: TableColumn, tables: FormTables) -> None:
        for name in _whole_names(column):
            said = self._of(name)
            if not column.computed:
                said.whole[column.pointer] = True
        for heading in tables.headings:
            if column.under != heading.key:
                continue
            for short in map(normal, column.short):
                self._of(short).short[heading.key] = column.pointer
                for sure, heads in (
                    (True, (heading.label.zh, heading.label.en, *heading.also)),
                    (False, heading.perhaps),
                ):
                    for head in map(normal, heads):
                        for name in (head + short, short + head):
                            self._of(name).whole.setdefault(column.pointer, sure)

    def label(self, words: str) -> Label | None:
        """Return what a cell's words say as a label, None where they say nothing of the form."""
        if not 0 < len(words) <= LONGEST_LABEL:
            return None
        said = self._said.get(normal(bare(words)))
        if said is None:
            return None
        return Label(tuple(said.whole.items()), tuple(said.short.items()), said.heading)


def _whole_names(column: TableColumn) -> Iterator[str]:
    own = [w for w in (column.label.zh, column.label.en, *column.also) if not _OF_WHICH.match(w)]
    whole = [normal(words) for words in own]
    yield from whole
    if len(own) == len(column.also) + 2:
        yield from (n for n in names_of(column.label) if len(n) >= _SHORTEST_PART)


def plain(words: str) -> str:
    """Return words with full-width signs made plain: '：' is ':', '（' is '(', '￥' is '¥'."""
    return unicodedata.normalize("NFKC", words)


def bare(words: str) -> str:
    """Return a label without what stands in front of it: 一、, (1), 其中：, 2026年第三季度."""
    left = plain(words).strip()
    while True:
        rest = _DATED.sub("", _OF_WHICH.sub("", _NUMBERED.sub("", left))).lstrip(": ")
        if rest == left or not rest:
            return left
        left = rest


def is_amount(raw: Raw) -> bool:
    """Tell whether a cell holds an amount, or would if its formula worked."""
    if isinstance(raw, bool):
        return False
    if isinstance(raw, int | float | Broken):
        return True
    return isinstance(raw, str) and _AMOUNT.fullmatch("".join(plain(raw).split())) is not None


def amounts_within(words: str) -> list[tuple[str, str, Unit | None]]:
    """Return the labels with an amount inside one cell's words, in order: (label, amount, unit that the label says).

    '期末余额：1,200元（其中：现金200元，存款1,000元）' says three.
    """
    found: list[tuple[str, str, Unit | None]] = []
    if len(words) > LONGEST_WORDS:
        return found
    joined = _AFTER_COLON.sub("", _UNIT_IN_BRACKETS.sub(r"\1:", plain(words)))
    for part in _BREAK.split(_ASIDE.sub(r";\1;", joined)):
        said = _SAID.fullmatch(bare(part)) if len(part) <= _LONGEST_PART else None
        if said is not None:
            label, unit = said["label"].strip(), None
            for name, meant in (("万元", "wan"), ("元", "yuan")):
                if label.endswith(name):
                    label, unit = label.removesuffix(name), meant
                    break
            found.append((label, said["amount"], unit))  # type: ignore[arg-type]
    return found


def words_within(words: str) -> list[tuple[str, str]]:
    """Return the labels with words behind a colon inside one cell: '编制单位：红河村  单位：元' says two."""
    if len(words) > LONGEST_WORDS:
        return []
    joined = _AFTER_COLON.sub("", words.strip())
    parts = (_WORDS.fullmatch(part.strip()) for part in _GAP.split(joined))
    return [(said["label"].strip(), said["words"].strip()) for said in parts if said is not None]


def unit_beside(words: str) -> Unit | None:
    """Return the unit that a label or a heading says of its own amounts: 期初余额（万元）."""
    said = _UNIT_IN_BRACKETS.search(plain(words))
    return None if said is None else "wan" if said[1] == "万元" else "yuan"


def units_of(texts: Iterator[str]) -> tuple[Unit, ...]:
    """Return the units that a sheet's amounts may be in by all its words: both where it says both, or only hints."""
    said: dict[str, None] = {}
    hinted = False
    for words in texts:
        if "元" not in words:
            continue
        text = plain(words)
        said.update(dict.fromkeys(_UNIT_SAID.findall(text)))
        hinted = hinted or _ANY_WAN.search(text) is not None
    if said:
        units: Mapping[str, Unit] = {"元": "yuan", "万元": "wan"}
        return tuple(unit for name, unit in units.items() if name in said)
    return ("yuan", "wan") if hinted else ("yuan",)


def shortened(raw: Raw) -> str:
    """Return a cell as the matching step shows it."""
    return shown(raw)[:LONGEST_LABEL]
