"""The lines of a notice that can be asked about: every row of its sheet, by its place in the content."""

from __future__ import annotations

from server.rules.sheets import Section, Sheet, SumSection, TableSection

MOST_LABEL = 60


def lines_of(sheet: Sheet) -> dict[str, str]:
    """Return what can be asked about: the words of each line by its pointer, in the order of the sheet.

    A row of a table is named by its first words ('二组 · 王建国'), a row of a sum by its label.
    """
    found: dict[str, str] = {}
    for section in sheet.sections:
        for pointer, label in _lines(section):
            if pointer and label:
                found.setdefault(pointer, label[:MOST_LABEL])
    return found


def _lines(section: Section) -> list[tuple[str, str]]:
    if isinstance(section, SumSection):
        return [(row.pointer, row.label) for row in section.rows if row.level in ("line", "sub")]
    if isinstance(section, TableSection):
        words = [n for n, c in enumerate(section.columns) if c.type in ("text", "enum")][:2]
        return [
            (row.pointer, " · ".join(str(row.cells[n]) for n in words if row.cells[n]))
            for row in section.rows
        ]
    return [(fact.pointer, fact.label) for fact in section.items]
