"""What is wrong with a category's four files taken together: names that do not meet, and fields that nobody may see.

Each file alone is held by its meta-schema (schemas/*.schema.json). Here they are laid beside each other: what the form asks,
the view shows and the whitelist names must be fields of the shape, and what is shown must be public.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from server.rules import pointers
from server.rules.categories import Category
from server.rules.checks import CHECKS
from server.rules.documents import BadDocument
from server.rules.policy_faults import backwards
from server.rules.schedules import parse_schedule
from server.rules.workdays import WorkdayCalendar

Doc = Mapping[str, Any]


class Fault(Struct, frozen=True):
    """One thing that is wrong: in which file, where in it (a JSON Pointer, or a line), and what, in both languages."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} {self.place or '/'}: {self.message}"


def faults(
    category: Category, version: int, shape: Doc, form: Doc, view: Doc, shared: Sequence[Doc]
) -> list[Fault]:
    """Return what does not agree between a category and one version of its shape, form and view."""
    known = set(_leaves(shape, shape, shared))
    return [
        *_of_process(category, version, shape, view),
        *_of_form(f"v{version}.form.json", form, shape, known),
        *_of_view(f"v{version}.view.json", view, known, set(category.privacy.public)),
    ]


def faults_of_category(
    category: Category, shapes: Sequence[Doc], shared: Sequence[Doc]
) -> list[Fault]:
    """Return what category.json names and no version's shape has, and what is wrong with its schedule and its plan."""
    known = {leaf for shape in shapes for leaf in _leaves(shape, shape, shared)}
    return [*_of_category(category, known), *_of_plan(category, known)]


def _of_category(category: Category, known: set[str]) -> Iterator[Fault]:
    file = "category.json"
    for number, use in enumerate(category.checks):
        if use.check not in CHECKS:
            there = ", ".join(sorted(CHECKS))
            yield Fault(
                file,
                f"/checks/{number}/check",
                f"no check is called {use.check}; there are {there} / 没有叫 {use.check} 的校验",
            )
    try:
        schedule = parse_schedule(category.schedule_doc)
    except BadDocument as error:
        yield Fault(file, "/" + error.pointer, f"{error.text.en} / {error.text.zh}")
    else:
        # Weekends alone tell whether a due day can come before the opening: no holiday moves it forward.
        if wrong := backwards(schedule, WorkdayCalendar({})):
            yield Fault(file, "/schedule/due", f"{wrong.en} / {wrong.zh}")
    named = {
        "/privacy/public": category.privacy.public,
        "/privacy/masks": [mask.path for mask in category.privacy.masks],
        "/searchable": category.searchable,
    }
    for place, paths in named.items():
        for number, path in enumerate(paths):
            if path not in known:
                yield Fault(
                    file,
                    f"{place}/{number}",
                    f"{path} is no field of the shape / 表样里没有 {path}",
                )
    for number, path in enumerate(category.names):
        if path not in category.searchable:
            yield Fault(
                file, f"/names/{number}", f"{path} is not in searchable / searchable 里没有 {path}"
            )
    for number, path in enumerate(category.searchable):
        if path not in category.privacy.public:
            yield Fault(
                file,
                f"/searchable/{number}",
                f"{path} is not in privacy.public / privacy.public 里没有 {path}",
            )


def _of_plan(category: Category, known: set[str]) -> Iterator[Fault]:
    """What a plan is read by is public and there; a check of its lines is used by a plan alone."""
    file, plan = "category.json", category.plan
    if plan is None:
        for number, use in enumerate(category.checks):
            if use.check.startswith("plan."):
                yield Fault(
                    file,
                    f"/checks/{number}/check",
                    f"{use.check} is a check of plans, and plan is not there"
                    f" / {use.check} 是计划的校验，缺 plan",
                )
        return
    told = {"year": plan.year} | {k: f"{plan.lines}/*{at}" for k, at in plan.columns.items()}
    for name, path in told.items():
        if path not in known:
            said = f"{path} is no field of the shape / 表样里没有 {path}"
            yield Fault(file, f"/plan/{name}", said)
        elif path not in category.privacy.public:
            yield Fault(
                file,
                f"/plan/{name}",
                f"{path} is measured by, and privacy.public does not name it"
                f" / 按 {path} 对照，privacy.public 没有写它",
            )


def _of_process(category: Category, version: int, shape: Doc, view: Doc) -> Iterator[Fault]:
    """The steps that a timeline shows are those that a content may name."""
    for number, section in enumerate(view["sections"]):
        if section["kind"] == "timeline":
            at = "/properties" + section["rows"] + "/items/properties/step/enum"
            may, has = pointers.get(shape, at, []), [step.step for step in category.process]
            if may != has:
                file, place = f"v{version}.view.json", f"/sections/{number}"
                steps, ours = ", ".join(may), ", ".join(has)
                said = (
                    f"the shape's steps are {steps}, category.json process has {ours}"
                    f" / 表样里的步骤是 {steps}，category.json 的 process 是 {ours}"
                )
                yield Fault(file, place, said)


def _of_form(file: str, form: Doc, shape: Doc, known: set[str]) -> Iterator[Fault]:
    asked = [
        (f"/steps/{step}/fields/{number}{at}", pointer)
        for step, each in enumerate(form["steps"])
        for number, field in enumerate(each["fields"])
        for at, pointer in _asked(field)
    ]
    for place, pointer in asked:
        if not any(k == pointer or k.startswith(pointer + "/") for k in known):
            yield Fault(file, place, f"{pointer} is no field of the shape / 表样里没有 {pointer}")
    for name in shape.get("required", []):
        if not any(p == f"/{name}" or p.startswith(f"/{name}/") for _, p in asked):
            yield Fault(
                file,
                "/steps",
                f"the shape requires /{name}, and nobody asks for it / 表样要求 /{name}，表单没有问",
            )


def _of_view(file: str, view: Doc, known: set[str], public: set[str]) -> Iterator[Fault]:
    for place, pointer in _shown(view):
        if pointer not in known:
            yield Fault(file, place, f"{pointer} is no field of the shape / 表样里没有 {pointer}")
        elif pointer not in public:
            yield Fault(
                file,
                place,
                f"{pointer} is shown, and category.json privacy.public does not name it"
                f" / 显示了 {pointer}，category.json 的 privacy.public 没有写它",
            )


def _shown(view: Doc) -> Iterator[tuple[str, str]]:
    for number, section in enumerate(view["sections"]):
        at = f"/sections/{number}"
        if section["kind"] == "facts":
            for place, item in enumerate(section["items"]):
                yield f"{at}/items/{place}", item["pointer"]
        elif section["kind"] == "table":
            for place, column in enumerate(section["columns"]):
                if not column.get("counter", False):
                    field = column.get("pointer", f"/{column['key']}")
                    yield f"{at}/columns/{place}", f"{section['rows']}/*{field}"
        elif section["kind"] == "timeline":
            yield from ((at, f"{section['rows']}/*/{field}") for field in ("step", "on"))
        else:
            for place, row in enumerate(section["rows"]):
                for each in row["amount"]:
                    yield f"{at}/rows/{place}", each


def _asked(field: Doc, above: str = "", at: str = "") -> Iterator[tuple[str, str]]:
    """Yield every single value that a field asks for: its place below the field, and its pattern."""
    here = above + field["pointer"]
    if "columns" not in field:
        yield at, here
        return
    for number, column in enumerate(field["columns"]):
        yield from _asked(column, here + "/*", f"{at}/columns/{number}")


def _leaves(node: Doc, root: Doc, shared: Iterable[Doc], at: str = "") -> Iterator[str]:
    """Yield the pattern of every single value of a shape."""
    if "$ref" in node:
        name, _, inside = node["$ref"].partition("#")
        base = root if not name else next((s for s in shared if s["$id"] == name), {})
        yield from _leaves(pointers.get(base, inside, {}), base, shared, at)
    elif "properties" in node:
        for key, each in node["properties"].items():
            yield from _leaves(each, root, shared, f"{at}/{key}")
    elif "items" in node:
        yield from _leaves(node["items"], root, shared, f"{at}/*")
    else:
        yield at
