"""What may be found of an edition: its lines as records, and the names in it that are found by pinyin too.

A category names what is searchable (category.json); its form says how a choice and a total are called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from server.rules.cards import title_of
from server.rules.categories import Category
from server.rules.disclosures import Disclosure
from server.rules.personal_numbers import personal_number
from server.rules.privacy import public_lines
from server.rules.rulebook import period_of
from server.rules.searching import FIELD, tidy
from server.rules.spelling import LONGEST_NAME
from server.rules.values import yuan

# What the column holds.
_POINTER = 200


class Record(NamedTuple):
    """A piece of an edition that can be found: where it stands ('' is the title), and its text, a field a line."""

    pointer: str
    text: str


@dataclass(frozen=True, slots=True)
class Labels:
    """How a form calls what a content holds as a word of ours or as a bare amount.

    `choices`: by pattern and value the names of a choice, the wider one first. `totals`: by pointer the name of an amount
    that stands by itself.
    """

    choices: Mapping[str, Mapping[str, tuple[str, ...]]]
    totals: Mapping[str, str]


def labels_of(form: Mapping[str, Any]) -> Labels:
    """Return the names that a form gives, in Chinese, as its contents are written."""
    choices: dict[str, Mapping[str, tuple[str, ...]]] = {}
    totals: dict[str, str] = {}
    for field in (field for step in form["steps"] for field in step["fields"]):
        if field["widget"] == "money":
            totals[field["pointer"]] = tidy(field["label"]["zh"])
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


def _named(option: Mapping[str, Any]) -> tuple[str, ...]:
    wider = [option["group"]["zh"]] if "group" in option else []
    return tuple(dict.fromkeys(tidy(name) for name in (*wider, option["label"]["zh"])))


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
    titles = [title_of(category, period_of(disclosure), lang) for lang in ("zh", "en")]
    filed = [Record("", FIELD.join(tidy(title) for title in titles))]
    names = {category.title.zh: None}
    for line in public_lines(category, category.searchable, content):
        said: list[tuple[str, list[str]]] = []
        texts: list[str] = []
        for pattern, value in line.fields:
            found = _texts(labels, pattern, value)
            if pattern in category.names and isinstance(value, str):
                names.update(dict.fromkeys(found))
            if "*" not in pattern:
                # What stands in no line stands for itself.
                said.append((line.pointer + "/" + pattern.rpartition("/")[2], list(found)))
            else:
                texts += [text for text in found if text not in texts]
        said.append((line.pointer, texts))
        filed += [Record(at[:_POINTER], FIELD.join(each)) for at, each in said if each]
    if category.searchable:
        filed += [Record("/photos", tidy(c)) for c in captions if c and not personal_number(c)]
    return filed, [name for name in names if 1 < len(name) <= LONGEST_NAME]


def _texts(labels: Labels, pattern: str, value: Any) -> tuple[str, ...]:
    """Return how a value is filed; nothing for what is empty or personal."""
    if isinstance(value, int):
        label = labels.totals.get(pattern)
        if label is None:
            return (yuan(value),)
        return (label, yuan(value)) if value else ()
    text = str(value)
    if pattern in labels.choices:
        return labels.choices[pattern].get(text, ())
    if not text.strip() or personal_number(text):
        return ()
    return (tidy(text),)
