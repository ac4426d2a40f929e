"""JSON Pointers (RFC 6901) into a disclosure's content, and patterns over them.

A pattern is a pointer in which a `*` token stands for every element of a list: `/expense/*/entries/*/party`.
Categories name fields by pattern (what is public, what a form computes), findings by pointer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4096)
def tokens(pointer: str) -> tuple[str, ...]:
    """Return the unescaped tokens of a pointer; the empty pointer is the whole document."""
    if pointer == "":
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"a JSON pointer starts with '/': {pointer!r}")
    return tuple(t.replace("~1", "/").replace("~0", "~") for t in pointer[1:].split("/"))


def pointer_to(*parts: str | int) -> str:
    """Return the pointer made of these tokens: pointer_to("expense", 3, "amount") == "/expense/3/amount"."""
    return "".join([step(str(part)) for part in parts])


@lru_cache(maxsize=4096)
def step(token: str) -> str:
    """Return one token as it stands in a pointer, the slash before it."""
    return "/" + token.replace("~", "~0").replace("/", "~1")


def get(content: Any, pointer: str, default: Any = None) -> Any:
    """Return the value at a pointer, or the default where nothing stands there."""
    here = content
    for token in tokens(pointer):
        if isinstance(here, dict) and token in here:
            here = here[token]
        elif isinstance(here, list) and token.isdecimal() and int(token) < len(here):
            here = here[int(token)]
        else:
            return default
    return here


def put(content: dict[str, Any], pointer: str, value: Any) -> None:
    """Write a value at a pointer through objects, making those that are missing."""
    *path, last = tokens(pointer)
    here = content
    for token in path:
        here = here.setdefault(token, {})
    here[last] = value


def find(content: Any, pattern: str) -> Iterator[tuple[str, Any]]:
    """Return (pointer, value) for everything a pattern reaches, in document order; absent fields have none."""
    # Level by level: half of what filing for search costs would be generators inside generators.
    reached = [("", content)]
    for token in tokens(pattern):
        reached = _below(reached, token)
    return iter(reached)


def _below(reached: list[tuple[str, Any]], token: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    name = step(token)
    for at, here in reached:
        if isinstance(here, dict):
            if token in here:
                found.append((at + name, here[token]))
        elif not isinstance(here, list):
            continue
        elif token == "*":  # noqa: S105 a path token, not a password
            found += [(f"{at}/{index}", item) for index, item in enumerate(here)]
        elif token.isdecimal() and int(token) < len(here):
            found.append((f"{at}/{token}", here[int(token)]))
    return found


def total(content: Any, patterns: list[str]) -> int:
    """Return the sum of all whole numbers the patterns reach; what is absent counts as nothing."""
    return sum(_total(content, tokens(pattern), 0) for pattern in patterns)


def _total(here: Any, rest: tuple[str, ...], at: int) -> int:
    if at == len(rest):
        return here if isinstance(here, int) else 0
    token = rest[at]
    if isinstance(here, dict):
        return _total(here[token], rest, at + 1) if token in here else 0
    if not isinstance(here, list):
        return 0
    if token == "*":  # noqa: S105 a path token, not a password
        return sum(_total(item, rest, at + 1) for item in here)
    if token.isdecimal() and int(token) < len(here):
        return _total(here[int(token)], rest, at + 1)
    return 0


def texts(content: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield (pointer, text) for every piece of text in a document."""
    if isinstance(content, str):
        yield at, content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from texts(value, at + step(str(key)))
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from texts(value, f"{at}/{index}")
