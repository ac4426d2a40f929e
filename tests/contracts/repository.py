"""How the house rules look at the repository: which files are ours, and what is in them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def our_files() -> tuple[str, ...]:
    """Return every file that is committed or would be: what .gitignore names is not ours."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(sorted(f for f in set(listed.stdout.split("\0")) if f and (ROOT / f).is_file()))


def files(*starts: str, ends: tuple[str, ...]) -> list[str]:
    """Return our files below one of `starts` whose names end with one of `ends`."""
    return [f for f in our_files() if f.startswith(starts) and f.endswith(ends)]


def text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def tree(file: str) -> ast.Module:
    return ast.parse(text(file), filename=file)


@cache
def nodes(file: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(file)))


def server_files() -> list[str]:
    """Return the server's Python files, without the migrations that Tortoise wrote."""
    found = files("server/", ends=(".py",))
    assert found, "server/ holds no Python file: the house rules would check nothing"
    return [f for f in found if not f.startswith("server/storage/migrations/")]


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a chain of attributes, '' for anything else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    names.append(node.id)
    return ".".join(reversed(names))


def imports(file: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of everything that `file` imports, lazily or not."""
    for node in nodes(file):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def report(found: list[str]) -> None:
    """Fail with one line per finding: `file:line: what is wrong. Where it belongs.`"""
    assert not found, "\n" + "\n".join(found)
