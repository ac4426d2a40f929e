"""Reading documents that people write: each wrong field is named by its pointer, with what was expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from server.rules.values import Text, parse_text

Choice = TypeVar("Choice", bound=str)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)


class BadDocument(ValueError):
    """A document that cannot be read; `pointer` is where, the message says what was expected."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(f"{pointer}: {message}")
        self.pointer = pointer


class Fields:
    """One object of a document while it is read; `finish` refuses fields that nobody asked for."""

    def __init__(self, doc: object, pointer: str) -> None:
        if not isinstance(doc, Mapping):
            raise BadDocument(pointer, f"expected an object, found {_shown(doc)}")
        self.doc: Mapping[str, Any] = doc
        self.pointer = pointer
        self._asked: set[str] = {"comment"}

    def wrong(self, name: str, message: str) -> BadDocument:
        """Return the error to raise for one field."""
        return BadDocument(f"{self.pointer}/{name}", message)

    def finish(self) -> None:
        """Refuse a field that was never asked for: a misspelt rule must not be ignored."""
        for name in sorted(map(str, self.doc)):
            if name not in self._asked:
                raise self.wrong(name, f"unknown field; known are {', '.join(sorted(self._asked))}")

    def names(self) -> list[str]:
        """Return every field's name, in order."""
        return sorted(map(str, self.doc))

    def has(self, name: str) -> bool:
        """Say whether a field is there and not null."""
        self._asked.add(name)
        return self.doc.get(name) is not None

    def _get(self, name: str) -> Any:
        self._asked.add(name)
        if name not in self.doc:
            raise self.wrong(name, "is missing")
        return self.doc[name]

    def choice(self, name: str, known: tuple[Choice, ...]) -> Choice:
        """Return one of the known words."""
        found = self._get(name)
        for word in known:
            if found == word:
                return word
        raise self.wrong(name, f"expected one of {', '.join(known)}, found {_shown(found)}")

    def whole(self, name: str, least: int, most: int) -> int:
        """Return a whole number within its limits."""
        found = self._get(name)
        if isinstance(found, int) and not isinstance(found, bool) and least <= found <= most:
            return found
        raise self.wrong(
            name, f"expected a whole number from {least} to {most}, found {_shown(found)}"
        )

    def whole_or_null(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number, or None where the document says null."""
        return None if self._get(name) is None else self.whole(name, least, most)

    def numbers(self, name: str, least: int, most: int) -> list[int]:
        """Return a list of whole numbers, each within the limits."""
        found = self._get(name)
        if not isinstance(found, list):
            raise self.wrong(name, f"expected a list, found {_shown(found)}")
        for number in found:
            whole = isinstance(number, int) and not isinstance(number, bool)
            if not whole or not least <= number <= most:
                raise self.wrong(
                    name, f"expected whole numbers from {least} to {most}, found {_shown(number)}"
                )
        return list(found)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        found = self._get(name)
        if isinstance(found, bool):
            return found
        raise self.wrong(name, f"expected true or false, found {_shown(found)}")

    def text(self, name: str, default: str | None) -> str | None:
        """Return a text, or the default where there is none."""
        self._asked.add(name)
        found = self.doc.get(name, default)
        if found is None or isinstance(found, str):
            return found
        raise self.wrong(name, f"expected a text, found {_shown(found)}")

    def name(self, name: str) -> str:
        """Return an identifier: lower-case letters, digits, '-' and '_'."""
        found = self._get(name)
        if isinstance(found, str) and _NAME.fullmatch(found):
            return found
        raise self.wrong(name, f"expected a name like chongqing-2013, found {_shown(found)}")

    def sentence(self, name: str) -> Text:
        """Return a sentence in both languages."""
        found = self._get(name)
        try:
            return parse_text(found, name)
        except ValueError:
            message = f'expected {{"zh": text, "en": text}}, found {_shown(found)}'
            raise self.wrong(name, message) from None

    def day(self, name: str) -> date:
        """Return a day written YYYY-MM-DD."""
        found = self._get(name)
        try:
            return date.fromisoformat(found)
        except (TypeError, ValueError):
            message = f"expected a day like 2026-01-31, found {_shown(found)}"
            raise self.wrong(name, message) from None

    def day_or_null(self, name: str) -> date | None:
        """Return a day, or None where the document says null."""
        return None if self._get(name) is None else self.day(name)

    def part(self, name: str) -> Fields:
        """Return an object inside this one."""
        return Fields(self._get(name), f"{self.pointer}/{name}")

    def part_or_null(self, name: str) -> Fields | None:
        """Return an object inside this one, or None where there is none."""
        return self.part(name) if self.has(name) else None

    def texts(self, name: str) -> list[str]:
        """Return a list of texts, none of them empty."""
        found = self._get(name)
        if not isinstance(found, list) or not all(isinstance(v, str) and v for v in found):
            raise self.wrong(name, f"expected a list of texts, found {_shown(found)}")
        return list(found)

    def parts(self, name: str) -> list[Fields]:
        """Return a list of objects."""
        found = self._get(name)
        if not isinstance(found, list):
            raise self.wrong(name, f"expected a list, found {_shown(found)}")
        return [Fields(item, f"{self.pointer}/{name}/{i}") for i, item in enumerate(found)]


def _shown(found: object) -> str:
    return repr(found)[:60]
