"""Walking the examples of categories: good ones pass, bad ones are found out at the very place they say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from server.rules import forms
from server.rules.categories import Category
from server.rules.category_faults import Fault
from server.rules.checks import CheckContext, run_checks
from server.rules.periods import BadPeriod, parse_period
from server.web.catalogue import Catalogue

LEAST = {"good": 1, "bad": 1}


def faults_of_examples(catalogue: Catalogue, folders: Iterable[Path]) -> Iterator[Fault]:
    """Yield what is wrong with the examples of every category; each version has a good one and a bad one."""
    for folder in folders:
        for key, category in sorted(catalogue.categories.items()):
            if (folder / key).is_dir():
                for version in category.versions:
                    yield from _of_version(catalogue, category, version, folder / key)


def _of_version(
    catalogue: Catalogue, category: Category, version: int, folder: Path
) -> Iterator[Fault]:
    home = folder / "examples" / f"v{version}"
    for kind, least in LEAST.items():
        paths = sorted(home.glob(f"{kind}-*.json"))
        if len(paths) < least:
            yield Fault(
                f"{folder.name}/examples/v{version}",
                "",
                f"no {kind}-*.json: write {least} / 没有 {kind}-*.json，至少写 {least} 个",
            )
        for path in paths:
            name = f"{folder.name}/examples/v{version}/{path.name}"
            try:
                yield from _of_one(catalogue, category, version, path, name, kind)
            except (OSError, ValueError, KeyError, TypeError, BadPeriod) as error:
                yield Fault(name, "", f"cannot be walked: {type(error).__name__}: {error}")


def _of_one(
    catalogue: Catalogue, category: Category, version: int, path: Path, name: str, kind: str
) -> Iterator[Fault]:
    doc = json.loads(path.read_text("utf-8"))
    content = doc["content"]
    expected = [(one.get("check", "schema"), one["pointer"]) for one in doc.get("expect", [])]
    errors = catalogue.validators[category.key, version](content)
    if errors:
        seen = [("schema", error.pointer) for error in errors]
    else:
        findings = run_checks(category, content, _context(doc, path))
        seen = [(found.check, found.pointer) for found in findings]
        blocking = [f for f in findings if f.severity == "blocking"]
        if kind == "good" and blocking:
            yield Fault(
                name,
                f"/content{blocking[0].pointer}",
                f"{blocking[0].message.en} / {blocking[0].message.zh}",
            )
            return
        computed = forms.with_computed(catalogue.papers[category.key, version].form, content)
        if kind == "good" and computed != content:
            yield Fault(
                name,
                "/content",
                "a computed field is not what its formula says / 算出来的字段和公式不符",
            )
    if kind == "bad" and not expected:
        yield Fault(
            name, "/expect", "a bad example says what is found in it / 坏例要写明会查出什么"
        )
    elif seen != expected:
        yield Fault(
            name,
            "/expect",
            f"expected {_said(expected)}; found {_said(seen)} / 应查出 {_said(expected)}，实际查出 {_said(seen)}",
        )


def _context(doc: dict[str, Any], path: Path) -> CheckContext:
    given = doc.get("context", {})

    def neighbour(name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(path.with_name(name).read_text("utf-8"))["content"]
        return found

    return CheckContext(
        period=parse_period(given["period"]) if "period" in given else None,
        previous=neighbour(given["previous"]) if "previous" in given else None,
        year_to_date=[neighbour(each) for each in given.get("year_to_date", [])],
    )


def _said(found: list[tuple[str, str]]) -> str:
    return ", ".join(f"{check} at {pointer or '/'}" for check, pointer in found) or "nothing"
