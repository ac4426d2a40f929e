"""What may be typed into a template's cells: choices that drop down, amounts, whole numbers and days."""

from __future__ import annotations

from server.rules.tables import TableColumn
from server.rules.values import Lang, Text
from server.rules.workbooks import Cell, Look, Validation, WrittenSheet, letters

CHOICES = Text("选项", "Choices")
YES_NO = (Text("是", "Yes"), Text("否", "No"))
_LONGEST_INLINE = 250


class Choices:
    """The sheet of choices that are too long for a cell's own list; each is written once."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self.columns: list[tuple[str, tuple[str, ...]]] = []

    def range(self, heading: str, words: tuple[str, ...]) -> str:
        """Return the range in which these words stand."""
        if not any(known == words for _, known in self.columns):
            self.columns.append((heading, words))
        number = next(n for n, (_, known) in enumerate(self.columns) if known == words)
        letter = letters(number)
        return f"='{CHOICES.pick(self._lang)}'!${letter}$2:${letter}${len(words) + 1}"

    def sheet(self) -> WrittenSheet:
        """Return the sheet."""
        longest = max(len(words) for _, words in self.columns)
        rows = [tuple(Cell(heading, Look(role="head")) for heading, _ in self.columns)]
        rows += [
            tuple(Cell(words[n] if n < len(words) else None) for _, words in self.columns)
            for n in range(longest)
        ]
        return WrittenSheet(
            name=CHOICES.pick(self._lang),
            rows=tuple(rows),
            widths=(30,) * len(self.columns),
            frozen=(1, 0),
            protected=True,
        )


def validations_of(
    column: TableColumn,
    first: tuple[int, int],
    last: tuple[int, int],
    lang: Lang,
    choices: Choices,
) -> list[Validation]:
    """Return what may be typed into a block of a column's cells; nothing where any text may."""
    title = column.label.pick(lang)[:32]
    if column.widget in ("choice", "checkbox"):
        options = [o.label for o in column.options] or list(YES_NO)
        words = tuple(o.pick(lang) for o in options)
        inline = not any("," in w for w in words) and len(",".join(words)) <= _LONGEST_INLINE
        said = Text("请从下拉里选一个。", "Please choose from the list.").pick(lang)
        chosen: str | tuple[str, ...] = (
            words if inline else choices.range(column.label.pick(lang), words)
        )
        return [Validation(first, last, "choice", title, said, chosen)]
    if column.widget == "money":
        said = Text(
            "请写金额，单位元，最多两位小数，例如 1234.56。",
            "Please write an amount in yuan with at most two decimals, like 1234.56.",
        ).pick(lang)
        return [Validation(first, last, "money", title, said)]
    if column.widget == "int":
        said = Text("请写整数。", "Please write a whole number.").pick(lang)
        return [Validation(first, last, "int", title, said)]
    if column.widget == "date":
        said = Text("请写日期，例如 2026-09-30。", "Please write a day, like 2026-09-30.").pick(
            lang
        )
        return [Validation(first, last, "date", title, said)]
    return []
