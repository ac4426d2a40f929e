"""Reading the text of a JSON file that somebody wrote: where it breaks is said by line and column, and no key counts twice."""

from __future__ import annotations

import json
from typing import Any

from server.rules.documents import BadDocument
from server.rules.values import Text


def read_json(text: str) -> Any:
    """Return what a file says. Raises BadDocument with the line and column, or the key that stands there twice."""
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        raise BadDocument(
            f"line {error.lineno}, column {error.colno}",
            Text(f"不是 JSON（第 {error.lineno} 行第 {error.colno} 列）", f"no JSON: {error.msg}"),
        ) from None
    except RecursionError:
        raise BadDocument("/", Text("嵌套太深", "nested too deeply")) from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadDocument(
                key,
                Text(
                    f"写了两次：{_shown(found[key])} 和 {_shown(value)}",
                    f"is there twice: {_shown(found[key])} and {_shown(value)}",
                ),
            )
        found[key] = value
    return found


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]
