"""Reading the folders of categories: the program's own, and the one in which a county drops its own.

A folder that cannot be understood stops the start with a sentence that names file and place: serving half of the rules
would judge people wrongly. `gongshilan schemas check` lists everything at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from server.external import json_schema
from server.external.json_schema import BadSchema, Validator
from server.rules.categories import Category, parse_category
from server.rules.category_faults import Fault, faults, faults_of_category
from server.rules.rulebook import Papers

KINDS = ("schema", "form", "view")


class CannotOpen(RuntimeError):
    """The house cannot be opened; the message names the file and what is wrong with it."""


class Catalogue(Struct, frozen=True):
    """What the folders of categories hold: papers and validators are by (category, schema version).

    `digest` changes with any byte of a file that was read.
    """

    shared: list[dict[str, Any]]
    categories: dict[str, Category] = field(default_factory=dict)
    papers: dict[tuple[str, int], Papers] = field(default_factory=dict)
    validators: dict[tuple[str, int], Validator] = field(default_factory=dict)
    digest: str = ""


class Reading:
    """One reading of all folders: what was understood so far, and what is wrong."""

    def __init__(self, folder: Path) -> None:
        self.faults: list[Fault] = []
        self._digest = hashlib.sha256()
        paths = sorted((folder / "shared").glob("*.json"))
        shared = [doc for path in paths if (doc := self._json(path, path.name)) is not None]
        self.found = Catalogue(shared)
        self._fits = {
            kind: json_schema.validator(doc, shared)
            for kind in ("category", "form", "view")
            if (doc := self._json(folder / f"{kind}.schema.json", f"{kind}.schema.json"))
            is not None
        }

    def catalogue(self) -> Catalogue:
        """Return what was read. Raises CannotOpen with the first fault."""
        if self.faults:
            raise CannotOpen(str(self.faults[0]))
        found = self.found
        return Catalogue(
            found.shared, found.categories, found.papers, found.validators, self._digest.hexdigest()
        )

    def folder(self, folder: Path) -> None:
        """Read every category of a folder; what has no category.json and is not empty is named."""
        if not folder.is_dir():
            self.faults.append(Fault(str(folder), "", "there is no such folder / 没有这个文件夹"))
            return
        for path in sorted(p for p in folder.iterdir() if p.is_dir() and any(p.iterdir())):
            before = len(self.faults)
            self._category(path)
            if len(self.faults) > before:
                self._forget(path.name)

    def _category(self, path: Path) -> None:
        doc = self._fitting(path / "category.json", "category")
        if doc is None:
            return
        category = parse_category(doc)
        file = f"{path.name}/category.json"
        if category.key != path.name:
            self.faults.append(
                Fault(
                    file,
                    "/key",
                    f"is {category.key}, but the folder is called {path.name} / 写的是 {category.key}，文件夹却叫 {path.name}",
                )
            )
        elif category.key in self.found.categories:
            self.faults.append(
                Fault(
                    file,
                    "/key",
                    f"there is a category {category.key} already; give yours another key"
                    f" / 已经有一类叫 {category.key}，请换一个代码",
                )
            )
        elif category.current_version not in category.versions:
            self.faults.append(
                Fault(
                    file,
                    "/current_version",
                    f"{category.current_version} is not among versions / versions 里没有 {category.current_version}",
                )
            )
        else:
            self.found.categories[category.key] = category
            shapes = [self._version(path, category, version) for version in category.versions]
            read = [shape for shape in shapes if shape is not None]
            if len(read) == len(shapes):
                self._faulty(path, faults_of_category(category, read, self.found.shared))

    def _version(self, path: Path, category: Category, version: int) -> dict[str, Any] | None:
        """Read one version's shape, form and view; return its shape, unless one of the three cannot be used."""
        shape, form, view = (
            self._fitting(path / f"v{version}.{kind}.json", kind) for kind in KINDS
        )
        if shape is None or form is None or view is None:
            return None
        shared = self.found.shared
        try:
            self.found.validators[category.key, version] = json_schema.validator(shape, shared)
        except BadSchema as error:
            self.faults.append(Fault(f"{path.name}/v{version}.schema.json", "", str(error)))
            return None
        # Clients get a schema that stands alone; ours is checked with the shared ones beside it.
        bundled = json_schema.bundled(shape, shared)
        self.found.papers[category.key, version] = Papers(bundled, form, view)
        self._faulty(path, faults(category, version, shape, form, view, shared))
        return shape

    def _faulty(self, path: Path, found: Iterable[Fault]) -> None:
        self.faults += [Fault(f"{path.name}/{one.file}", one.place, one.message) for one in found]

    def _fitting(self, path: Path, kind: str) -> dict[str, Any] | None:
        """Return a document that fits its meta-schema; None, and its faults on the list, for any other."""
        name = f"{path.parent.name}/{path.name}"
        doc = self._json(path, name)
        if doc is None or kind not in self._fits:
            return doc
        errors = self._fits[kind](doc)
        self.faults += [
            Fault(name, error.pointer, f"{error.message.en} / {error.message.zh}")
            for error in errors
        ]
        return None if errors else doc

    def _json(self, path: Path, name: str) -> dict[str, Any] | None:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            self.faults.append(Fault(name, "", "the file is missing / 缺少这个文件"))
            return None
        except OSError as error:
            self.faults.append(Fault(name, "", str(error)))
            return None
        self._digest.update(data)
        try:
            doc = json.loads(data)
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            self.faults.append(Fault(name, place, f"no JSON: {error.msg} / 不是 JSON"))
            return None
        except UnicodeDecodeError:
            self.faults.append(Fault(name, "", "the file is not in UTF-8 / 不是 UTF-8 的文字"))
            return None
        if not isinstance(doc, dict):
            self.faults.append(Fault(name, "", "expected an object / 应为对象 { }"))
            return None
        return doc

    def _forget(self, key: str) -> None:
        for kept in (self.found.papers, self.found.validators):
            for known in [k for k in kept if k[0] == key]:
                del kept[known]


def read_folders(schemas: Path, own: Path | None = None) -> Reading:
    """Return the reading of the program's categories and a county's own, faults and all."""
    reading = Reading(schemas)
    reading.folder(schemas / "categories")
    if own is not None:
        reading.folder(own)
    return reading


def read_categories(schemas: Path, own: Path | None = None) -> Catalogue:
    """Return the categories. Raises CannotOpen, which names file and place of the first fault."""
    return read_folders(schemas, own).catalogue()
