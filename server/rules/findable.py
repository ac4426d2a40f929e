"""What may be found of an edition: its lines as records, and the names in it that are found by pinyin too.

A category names what is searchable (category.json); its form says how a choice and a total are called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from msgspec import Struct

from server.rules.cards import title_of
from server.rules.categories import Category
from server.rules.disclosures import Disclosure
from server.rules.personal_numbers import personal_number
from server.rules.privacy import public_lines
from server.rules.rulebook import period_of
from server.rules.searching import FIELD, amount_words, field_words, tidy
from server.rules.spelling import LONGEST_NAME
from server.rules.values import yuan

# What the column holds.
_POINTER = 200
# A field as it is filed: its text and the words of it.
_Said = tuple[str, Sequence[str]]


class Record(NamedTuple):
    """A piece of an edition that can be found: where it stands ('' is the title), its text, a field a line, and its words."""

    pointer: str
    text: str
    words: Sequence[str]


class Labels(Struct, frozen=True):
    """How a form calls what a content holds as a word of ours or as a bare amount.

    `choices`: by pattern and value the names of a choice, the wider one first. `totals`: by pointer the name of an amount
    that stands by itself.
    """

    choices: Mapping[str, Mapping[str, tuple[_Said, ...]]]
    totals: Mapping[str, _Said]


def labels_of(form: Mapping[str, Any]) -> Labels:
    """Return the names that a form gives, in Chinese, as its contents are written."""
    choices: dict[str, Mapping[str, tuple[_Said, ...]]] = {}
    totals: dict[str, _Said] = {}
    for field in (field for step in form["steps"] for field in step["fields"]):
        if field["widget"] == "money":
            totals[field["pointer"]] = _said(tidy(field["label"]["zh"]))
        for at, asked in (("", field), *_columns(field)):
            if asked["widget"] == "choice":
                choices[at + asked["pointer"]] = {
                    str(option["value"]): _named(option) for option in asked["options"]
                }
    return Labels(choices, totals)


def _columns(field: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return what is asked in each line of a field, and of each line within it, with the pattern of the line."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    for column in field.get("columns", ()):
        found.append((f"{field['pointer']}/*", column))
        found += [(f"{field['pointer']}/*{at}", inner) for at, inner in _columns(column)]
    return found


def _named(option: Mapping[str, Any]) -> tuple[_Said, ...]:
    wider = [option["group"]["zh"]] if "group" in option else []
    return tuple(_said(tidy(name)) for name in (*wider, option["label"]["zh"]))


def findable(
    category: Category,
    labels: Labels,
    disclosure: Disclosure,
    content: Mapping[str, Any],
    captions: Iterable[str | None],
) -> tuple[list[Record], list[str]]:
    """Return what may be found of an edition, and the names in it that are found by pinyin too.

    Records: its title, what its category names, and captions where it names anything; fields of one line make one
    record, a choice by its names, an amount that stands alone after its own. Names: its category's title, and the short
    names that it says. Only what is public is filed, as the public sees it; a text in which a personal number stands is
    left out, and so is a total of nothing.
    """
    titles = [tidy(title_of(category, period_of(disclosure), lang)) for lang in ("zh", "en")]
    filed = [_record("", map(_said, titles))]
    names = {category.title.zh: None}
    for at, fields in public_lines(category, category.searchable, content):
        line: list[_Said] = []
        for pattern, value in fields:
            found = _filed(labels, pattern, value)
            if pattern in category.names and isinstance(value, str):
                names.update(dict.fromkeys([text for text, _ in found]))
            if "*" in pattern:
                line += found
            elif found:
                # What stands in no line stands for itself.
                filed.append(_record(f"{at}/{pattern.rpartition('/')[2]}", found))
        if line:
            filed.append(_record(at, line))
    if category.searchable:
        said = [_said(tidy(c)) for c in captions if c and not personal_number(c)]
        filed += [_record("/photos", [each]) for each in said]
    return filed, [name for name in names if 1 < len(name) <= LONGEST_NAME]


def _said(text: str) -> _Said:
    return text, field_words(text)


def _record(at: str, fields: Iterable[_Said]) -> Record:
    # A line may say what its item is called: once is enough.
    each = dict(fields)
    return Record(at[:_POINTER], FIELD.join(each), list(chain.from_iterable(each.values())))


def _filed(labels: Labels, pattern: str, value: Any) -> Sequence[_Said]:
    """Return how a value is filed; nothing for what is empty or personal."""
    if isinstance(value, int):
        text = yuan(value)
        amount = (text, amount_words(text))
        if (label := labels.totals.get(pattern)) is None:
            return (amount,)
        return (label, amount) if value else ()
    text = str(value)
    if pattern in labels.choices:
        return labels.choices[pattern].get(text, ())
    if not text.strip() or personal_number(text):
        return ()
    return (_said(tidy(text)),)
