"""Reading documents that people write: each wrong field is named by its pointer, with what was expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from server.rules.values import Text, parse_text

Choice = TypeVar("Choice", bound=str)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)


class BadDocument(ValueError):
    """A document that cannot be read; `pointer` is where, `text` says in both languages what was expected."""

    def __init__(self, pointer: str, text: Text) -> None:
        super().__init__(f"{pointer}: {text.zh} / {text.en}")
        self.pointer = pointer
        self.text = text


def expected(zh: str, en: str, found: object) -> Text:
    """Return the sentence about a value that is not what a document should have there."""
    shown = repr(found)[:60]
    return Text(f"应为{zh}，这里是 {shown}", f"expected {en}, found {shown}")


class Fields:
    """One object of a document while it is read; `finish` refuses fields that nobody asked for."""

    def __init__(self, doc: object, pointer: str) -> None:
        if not isinstance(doc, Mapping):
            raise BadDocument(pointer, expected("对象 { }", "an object", doc))
        self.doc: Mapping[str, Any] = doc
        self.pointer = pointer
        self._asked: set[str] = {"comment"}

    def wrong(self, name: str, text: Text) -> BadDocument:
        """Return the error to raise for one field."""
        return BadDocument(f"{self.pointer}/{name}", text)

    def finish(self) -> None:
        """Refuse a field that was never asked for: a misspelt rule must not be ignored."""
        for name in sorted(map(str, self.doc)):
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                raise self.wrong(
                    name,
                    Text(f"没有这个字段；可用的是 {known}", f"unknown field; known are {known}"),
                )

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
            raise self.wrong(name, Text("没有写", "is missing"))
        return self.doc[name]

    def choice(self, name: str, known: tuple[Choice, ...]) -> Choice:
        """Return one of the known words."""
        found = self._get(name)
        for word in known:
            if found == word:
                return word
        words = ", ".join(known)
        raise self.wrong(name, expected(f" {words} 之一", f"one of {words}", found))

    def whole(self, name: str, least: int, most: int) -> int:
        """Return a whole number within its limits."""
        found = self._get(name)
        if isinstance(found, int) and not isinstance(found, bool) and least <= found <= most:
            return found
        raise self.wrong(
            name,
            expected(f" {least} 到 {most} 的整数", f"a whole number from {least} to {most}", found),
        )

    def whole_or_null(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number, or None where the document says null."""
        return None if self._get(name) is None else self.whole(name, least, most)

    def numbers(self, name: str, least: int, most: int) -> list[int]:
        """Return a list of whole numbers, each within the limits."""
        found = self._get(name)
        if not isinstance(found, list):
            raise self.wrong(name, expected("列表 [ ]", "a list", found))
        for number in found:
            whole = isinstance(number, int) and not isinstance(number, bool)
            if not whole or not least <= number <= most:
                zh, en = f" {least} 到 {most} 的整数", f"whole numbers from {least} to {most}"
                raise self.wrong(name, expected(zh, en, number))
        return list(found)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        found = self._get(name)
        if isinstance(found, bool):
            return found
        raise self.wrong(name, expected(" true 或 false", "true or false", found))

    def text(self, name: str, default: str | None) -> str | None:
        """Return a text, or the default where there is none."""
        self._asked.add(name)
        found = self.doc.get(name, default)
        if found is None or isinstance(found, str):
            return found
        raise self.wrong(name, expected("文字", "a text", found))

    def name(self, name: str) -> str:
        """Return an identifier: lower-case letters, digits, '-' and '_'."""
        found = self._get(name)
        if isinstance(found, str) and _NAME.fullmatch(found):
            return found
        raise self.wrong(
            name, expected("形如 chongqing-2013 的标识", "a name like chongqing-2013", found)
        )

    def sentence(self, name: str) -> Text:
        """Return a sentence in both languages."""
        found = self._get(name)
        try:
            return parse_text(found, name)
        except ValueError:
            both = '{"zh": "…", "en": "…"}'
            raise self.wrong(name, expected(f" {both}", both, found)) from None

    def day(self, name: str) -> date:
        """Return a day written YYYY-MM-DD."""
        found = self._get(name)
        try:
            return date.fromisoformat(found)
        except (TypeError, ValueError):
            if isinstance(found, str) and _DAY.fullmatch(found):
                raise self.wrong(
                    name,
                    Text(f"没有 {found} 这一天", f"there is no such day as {found}"),
                ) from None
            text = expected("形如 2026-01-31 的日期", "a day like 2026-01-31", found)
            raise self.wrong(name, text) from None

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
            raise self.wrong(name, expected("文字的列表", "a list of texts", found))
        return list(found)

    def parts(self, name: str) -> list[Fields]:
        """Return a list of objects."""
        found = self._get(name)
        if not isinstance(found, list):
            raise self.wrong(name, expected("列表 [ ]", "a list", found))
        return [Fields(item, f"{self.pointer}/{name}/{i}") for i, item in enumerate(found)]
