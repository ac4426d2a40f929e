"""Names of places are drawn through one door, so that the mark of a closed one is in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_engine

# What is drawn: in braces, or inside a template; a test before && and a name that is handed on are not.
_DRAWN = re.compile(r"\{(?:\w+\??\.)+division_name(?: \|\| [\w.]+)?\}")


def test_no_screen_draws_a_name_of_a_place_as_it_came() -> None:
    raw = [
        f"{path}: {found.group()}"
        for path in sorted(Path("pwa/src/ui").rglob("*.tsx"))
        if ".test." not in path.name
        and "kiosk" not in path.parts
        # A slip is paper for its owner, in Chinese.
        and path.name != "slips.tsx"
        for found in _DRAWN.finditer(path.read_text("utf-8"))
    ]
    assert raw == [], "use placed() of messages/index.ts"
