"""The cases of schemas/vectors/difference.json: two contents and what changed; the phone's copy of the rule walks them too."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from server.rules.difference import difference
from tests.rules.categories_on_disk import document, example

FILE = Path(__file__).parents[2] / "schemas/vectors/difference.json"

# name, category, example before, example after, edits of the latter: a pointer and its new value (null: gone)
CASES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("nothing", "finance_quarterly", "good-2026-q3", "good-2026-q3", {}),
    ("another quarter", "finance_quarterly", "good-2026-q2", "good-2026-q3", {}),
    ("one amount", "finance_quarterly", "good-2026-q3", "good-2026-q3", {"/expense/1/amount": 1}),
    ("a row gone", "finance_quarterly", "good-2026-q3", "good-2026-q3", {"/income/0": None}),
    ("a voucher", "finance_quarterly", "good-2026-q3", "good-2026-q3",
     {"/expense/0/entries/0/photos": ["a", "b"]}),
    ("what no field asks for", "finance_quarterly", "good-2026-q3", "good-2026-q3", {"/extra~1note": "x"}),
    ("namesakes", "dibao_preliminary", "good-namesakes", "good-three-households", {}),
    ("one household more", "dibao_roster", "good-2026-q2", "good-2026-q3", {}),
]  # fmt: skip


def contents(case: tuple[str, str, str, str, dict[str, Any]]) -> tuple[Any, Any]:
    """Return the content before and after."""
    _, category, before, after, edits = case
    edited = deepcopy(example(category, after).content)
    for pointer, value in edits.items():
        here: Any = edited
        *way, last = [p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:]]
        for step in way:
            here = here[int(step)] if isinstance(here, list) else here[step]
        if value is None:
            del here[int(last) if isinstance(here, list) else last]
        else:
            here[int(last) if isinstance(here, list) else last] = value
    return example(category, before).content, edited


def vectors() -> list[dict[str, Any]]:
    """Return the file's content as the rule makes it now."""
    made = []
    for case in CASES:
        before, after = contents(case)
        changes = difference(before, after, document(case[1], "form"))
        made.append(
            {
                "name": case[0],
                "category": case[1],
                "before": before,
                "after": after,
                "changes": [to_builtins(change) for change in changes],
            }
        )
    return made


def write() -> None:
    """Write the file: `python -c 'from tests.rules.difference_vectors import write; write()'`."""
    text = json.dumps(vectors(), ensure_ascii=False, indent=1)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text + "\n", "utf-8")
