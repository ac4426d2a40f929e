"""A relief notice as the township's editor sends it, from the category's own good example."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

GOOD = Path("schemas/categories/dibao_preliminary/examples/v1/good-three-households.json")


def relief_of(opinion_on: str) -> dict[str, Any]:
    """Return three households' preliminary opinions of a day, noticed from the next day for seven days."""
    content: dict[str, Any] = json.loads(GOOD.read_text("utf-8"))["content"]
    first = date.fromisoformat(opinion_on) + timedelta(days=1)
    return content | {
        "opinion_on": opinion_on,
        "notice_from": first.isoformat(),
        "notice_to": (first + timedelta(days=7)).isoformat(),
    }
