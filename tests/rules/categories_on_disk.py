"""The categories as they lie in schemas/, for every test that walks them; tomorrow's example is tested too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from server.external.json_schema import Validator, validator
from server.rules.categories import Category, parse_category
from server.rules.checks import CheckContext
from server.rules.periods import parse_period

SCHEMAS = Path(__file__).parents[2] / "schemas"
FOLDERS = sorted(p for p in (SCHEMAS / "categories").iterdir() if (p / "category.json").is_file())
KEYS = [p.name for p in FOLDERS]


def read(path: Path) -> Any:
    """Return a JSON document."""
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def shared() -> list[dict[str, Any]]:
    """Return the documents that category schemas refer to."""
    return [read(p) for p in sorted((SCHEMAS / "shared").glob("*.json"))]


@cache
def category(key: str) -> Category:
    """Return a category."""
    return parse_category(read(SCHEMAS / "categories" / key / "category.json"))


@cache
def document(key: str, kind: str, version: int = 1) -> dict[str, Any]:
    """Return a category's schema, form or view."""
    return read(SCHEMAS / "categories" / key / f"v{version}.{kind}.json")


VERSIONS = [(key, version) for key in KEYS for version in category(key).versions]


@cache
def validates(key: str, version: int = 1) -> Validator:
    """Return a category's validator."""
    return validator(document(key, "schema", version), shared())


@dataclass(frozen=True)
class Example:
    """One example of a category: a content, what surrounds it, and what is expected of it."""

    key: str
    version: int
    path: Path

    @property
    def doc(self) -> dict[str, Any]:
        return read(self.path)

    @property
    def content(self) -> dict[str, Any]:
        return self.doc["content"]

    def neighbour(self, name: str) -> dict[str, Any]:
        return read(self.path.with_name(name))["content"]

    def context(self) -> CheckContext:
        """Return the context; other contents are named by their example's file name."""
        given = self.doc.get("context", {})
        return CheckContext(
            period=parse_period(given["period"]) if "period" in given else None,
            previous=self.neighbour(given["previous"]) if "previous" in given else None,
            year_to_date=[self.neighbour(n) for n in given.get("year_to_date", [])],
        )

    def __str__(self) -> str:
        return f"{self.key}/{self.path.parent.name}/{self.path.stem}"


def examples(prefix: str, key: str | None = None) -> list[Example]:
    """Return the good or bad examples of one category or of all."""
    return [
        Example(folder.name, int(version.name.removeprefix("v")), path)
        for folder in FOLDERS
        if key in (None, folder.name)
        for version in sorted((folder / "examples").iterdir())
        for path in sorted(version.glob(f"{prefix}-*.json"))
    ]


def example(key: str, name: str, version: int = 1) -> Example:
    """Return one example by name."""
    folder = SCHEMAS / "categories" / key / "examples" / f"v{version}"
    return Example(key, version, folder / f"{name}.json")
