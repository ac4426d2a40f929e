"""A category of disclosure as data: what category.json says, and the lock on published schema versions.

A category is four files (docs/categories.md): shape, form, view and category.json. This module reads the last;
it knows no category by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct

from server.rules.findings import Severity
from server.rules.privacy import Privacy, parse_privacy
from server.rules.values import Text, parse_text
from server.rules.workdays import DayUnit

Publisher = Literal["village", "township"]
Wording = Literal["disclose", "consult", "announce"]


class CheckUse(Struct, frozen=True):
    """A check by its registered name, how grave its findings are here, and its own numbers and pointers."""

    check: str
    severity: Severity
    params: Mapping[str, Any]


class LegalBasis(Struct, frozen=True):
    """A legal source with the days between which it was in force; `verified`: somebody read that very text."""

    title: Text
    article: str
    effective_from: date | None
    effective_to: date | None
    verified: bool
    note: Text | None


class Payments(Struct, frozen=True):
    """A category about money that households receive; `total`: where a content says how much in all, if it is once."""

    total: str | None


class People(Struct, frozen=True):
    """Whom notices name one by one, and where: columns of `rows`. What lists say beside each other: rules/cross_lists.py.

    `newest`: only a village's newest list holds. `once`: a household has it once. `by_income`: given for a low income.
    `excludes`: categories of which a household has one or the other.
    """

    are: Literal["relief", "staff"]
    rows: str
    name: str
    group: str | None
    post: str | None
    newest: bool
    once: bool
    by_income: bool
    excludes: frozenset[str]


class Plan(Struct, frozen=True):
    """Its notices are plans of what is to be disclosed in a year: where they say so. What was published is measured by them: rules/plan_lines.py.

    `year` and `lines` are pointers into the content, the others into a line. `everywhere`: words of `where` that mean every
    village of the township.
    """

    year: str
    lines: str
    matter: str
    category: str
    where: str
    everywhere: tuple[str, ...]
    office: str
    by: str
    amount: str | None
    basis: str | None

    @property
    def columns(self) -> dict[str, str]:
        """Return what stands in a line, by its name here."""
        told = {
            "matter": self.matter,
            "category": self.category,
            "where": self.where,
            "office": self.office,
            "by": self.by,
            "amount": self.amount,
            "basis": self.basis,
        }
        return {name: pointer for name, pointer in told.items() if pointer is not None}


class ProcessStep(Struct, frozen=True):
    """A step on the way to what is published: who answers for it, and within how many days of the step before.

    `days` None: no such limit is set; `term` says one that is not a number of days after a step (当场, 选举日20日前).
    """

    step: str
    name: Text
    post: Text
    days: int | None
    unit: DayUnit
    term: Text | None = None


class Category(Struct, frozen=True):
    """Everything about a category but its shape, form and view, which have versions and files of their own.

    `title` follows the period's name: 2026年第三季度 + 财务收支. `wording` chooses the word: disclose 公开 (routine),
    consult 公示 (still open to objection), announce 公布 (after the decision). `schedule_doc` is what
    `schedules.parse_schedule` reads. `searchable`: patterns of what a public search finds; `names`: those of them that
    are found by pinyin too. `payments`: lists of what each household receives can be loaded beside its notices.
    `people`: whom its notices name. `plan`: its notices say what is to be disclosed in a year. `process`: the steps that such a matter goes through, in their order.
    """

    key: str
    name: Text
    title: Text
    publisher: Publisher
    wording: Wording
    icon: str
    schedule_doc: Mapping[str, Any]
    versions: tuple[int, ...]
    current_version: int
    checks: tuple[CheckUse, ...]
    privacy: Privacy
    legal_basis: tuple[LegalBasis, ...]
    searchable: tuple[str, ...]
    names: tuple[str, ...] = ()
    payments: Payments | None = None
    people: People | None = None
    plan: Plan | None = None
    process: tuple[ProcessStep, ...] = ()


def parse_category(doc: Mapping[str, Any]) -> Category:
    """Return the category a category.json describes; it must have passed schemas/category.schema.json."""
    return Category(
        key=doc["key"],
        name=parse_text(doc["name"]),
        title=parse_text(doc["title"]),
        publisher=doc["publisher"],
        wording=doc["wording"],
        icon=doc["icon"],
        schedule_doc=doc["schedule"],
        versions=tuple(doc["versions"]),
        current_version=doc["current_version"],
        checks=tuple(_use(each, doc) for each in doc["checks"]),
        privacy=parse_privacy(doc["privacy"]),
        legal_basis=tuple(_basis(b) for b in doc["legal_basis"]),
        searchable=tuple(doc["searchable"]),
        names=tuple(doc.get("names", ())),
        payments=Payments(doc["payments"].get("total")) if "payments" in doc else None,
        people=_people(doc["people"]) if "people" in doc else None,
        plan=_plan(doc["plan"]) if "plan" in doc else None,
        process=tuple(_step(each) for each in doc.get("process", ())),
    )


def in_force(basis: Iterable[LegalBasis], on: date) -> tuple[LegalBasis, ...]:
    """Return the sources that were in force on a day; one whose days nobody knows is among them."""
    return tuple(
        one
        for one in basis
        if (one.effective_from is None or one.effective_from <= on)
        and (one.effective_to is None or on <= one.effective_to)
    )


def published_changes(files: Mapping[str, bytes], lock: Mapping[str, str]) -> list[str]:
    """Return one sentence for every way in which published schemas differ from their lock; none means unchanged.

    `files` are the locked kind of files as they stand (see `is_locked`), by path below schemas/;
    `lock` is schemas/published.json: path → "sha256:<hex>". Forms, views and examples are not locked.
    """
    changed = [
        f"{path}: a published version never changes; make the next version beside it"
        for path, digest in sorted(lock.items())
        if path in files and fingerprint(files[path]) != digest
    ]
    gone = [
        f"{path}: published, but the file is gone" for path in sorted(lock) if path not in files
    ]
    new = [
        f"{path}: not yet in published.json; accept it when it is ready to be published"
        for path in sorted(files)
        if path not in lock
    ]
    return changed + gone + new


def office_phones(category: Category) -> frozenset[str]:
    """Return the pointers at which a category keeps the telephones of offices: numbers that people are to call."""
    return frozenset(at for use in category.checks for at in use.params.get("office_phones", ()))


def fingerprint(data: bytes) -> str:
    """Return "sha256:<hex>" of a file's bytes, line endings made Unix ones first."""
    return "sha256:" + sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def is_locked(path: str) -> bool:
    """Tell whether a file below schemas/ fixes a published shape: a version's schema, or a shared definition."""
    parts = path.split("/")
    if parts[0] == "shared":
        return len(parts) == 2 and parts[1].endswith(".json")
    return parts[0] == "categories" and len(parts) == 3 and parts[2].endswith(".schema.json")


def _use(use: Mapping[str, Any], doc: Mapping[str, Any]) -> CheckUse:
    """Return a check as it is used. One of a plan's lines goes by what `plan` says: that is written once."""
    plan = doc.get("plan", {}) if use["check"].startswith("plan.") else {}
    return CheckUse(use["check"], use["severity"], {**plan, **use.get("params", {})})


def _plan(doc: Mapping[str, Any]) -> Plan:
    return Plan(
        year=doc["year"],
        lines=doc["lines"],
        matter=doc["matter"],
        category=doc["category"],
        where=doc["where"],
        everywhere=tuple(doc["everywhere"]),
        office=doc["office"],
        by=doc["by"],
        amount=doc.get("amount"),
        basis=doc.get("basis"),
    )


def _people(doc: Mapping[str, Any]) -> People:
    return People(
        are=doc["are"],
        rows=doc["rows"],
        name=doc["name"],
        group=doc.get("group"),
        post=doc.get("post"),
        newest=doc.get("newest", False),
        once=doc.get("once", False),
        by_income=doc.get("by_income", False),
        excludes=frozenset(doc.get("excludes", ())),
    )


def _step(doc: Mapping[str, Any]) -> ProcessStep:
    within = doc.get("within", {})
    return ProcessStep(
        step=doc["step"],
        name=parse_text(doc["name"]),
        post=parse_text(doc["post"]),
        days=within.get("days"),
        unit=within.get("unit", "calendar"),
        term=parse_text(doc["term"]) if "term" in doc else None,
    )


def _basis(doc: Mapping[str, Any]) -> LegalBasis:
    return LegalBasis(
        title=parse_text(doc["title"]),
        article=doc.get("article", ""),
        effective_from=_day(doc.get("effective_from")),
        effective_to=_day(doc.get("effective_to")),
        verified=doc["verified"],
        note=parse_text(doc["note"]) if "note" in doc else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
