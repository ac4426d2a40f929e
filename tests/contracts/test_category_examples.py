"""Every category on disk: its four files fit their meta-schemas, good examples pass, bad ones are found out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.external.json_schema import bundled, validator
from server.rules import forms, pointers, sheets
from server.rules.categories import fingerprint, is_locked, published_changes
from server.rules.checks import run_checks, unknown_checks
from server.rules.privacy import public_content
from server.rules.schedules import parse_schedule
from tests.rules.categories_on_disk import (
    KEYS,
    SCHEMAS,
    VERSIONS,
    Example,
    category,
    document,
    examples,
    read,
    shared,
    validates,
)

PEOPLE = re.compile("张三|李四|王五|赵六|孙七|周八")


@pytest.mark.parametrize("key", KEYS)
def test_category_json_fits_its_meta_schema_and_its_rules(key: str) -> None:
    doc = read(SCHEMAS / "categories" / key / "category.json")
    assert validator(read(SCHEMAS / "category.schema.json"))(doc) == []
    found = category(key)
    assert found.key == key
    assert found.current_version == max(found.versions)
    assert unknown_checks(found) == []
    assert set(found.names) <= set(found.searchable)
    parse_schedule(found.schedule_doc)


@pytest.mark.parametrize("kind", ["form", "view"])
@pytest.mark.parametrize("key", KEYS)
def test_form_and_view_fit_their_meta_schema(key: str, kind: str) -> None:
    check = validator(read(SCHEMAS / f"{kind}.schema.json"))
    for version in category(key).versions:
        assert check(document(key, kind, version)) == []


@pytest.mark.parametrize(("key", "version"), VERSIONS)
def test_every_object_of_a_schema_is_closed(key: str, version: int) -> None:
    def objects(node: object, at: str = "") -> list[str]:
        if isinstance(node, dict):
            here = (
                [at]
                if node.get("type") == "object" and node.get("additionalProperties", True)
                else []
            )
            return here + [p for k, v in node.items() for p in objects(v, f"{at}/{k}")]
        if isinstance(node, list):
            return [p for i, v in enumerate(node) for p in objects(v, f"{at}/{i}")]
        return []

    assert objects(document(key, "schema", version)) == []


@pytest.mark.parametrize(("key", "version"), VERSIONS)
def test_a_bundled_schema_stands_alone(key: str, version: int) -> None:
    alone = validator(bundled(document(key, "schema", version), shared()))
    for one in examples("good", key):
        if one.version <= version:  # a later version reads what an earlier one wrote
            assert alone(one.content) == []


@pytest.mark.parametrize("example", examples("good"), ids=str)
def test_good_example_has_its_shape_and_nothing_blocks(example: Example) -> None:
    assert validates(example.key, example.version)(example.content) == []
    findings = run_checks(category(example.key), example.content, example.context())
    assert [f for f in findings if f.severity == "blocking"] == []
    expected = example.doc.get("expect", [])
    assert [(f.check, f.pointer) for f in findings] == [
        (e["check"], e["pointer"]) for e in expected
    ]


@pytest.mark.parametrize("example", examples("bad"), ids=str)
def test_bad_example_is_found_out_where_it_says(example: Example) -> None:
    errors = validates(example.key, example.version)(example.content)
    expected = example.doc["expect"]
    assert expected
    if any(e.get("schema") for e in expected):
        assert [e.pointer for e in errors] == [e["pointer"] for e in expected]
        return
    assert errors == []
    findings = run_checks(category(example.key), example.content, example.context())
    seen = [(f.check, f.pointer) for f in findings]
    assert seen == [(e["check"], e["pointer"]) for e in expected]
    for finding, wanted in zip(findings, expected, strict=True):
        for number in ("expected", "actual"):
            if number in wanted:
                assert getattr(finding, number) == wanted[number]
        assert finding.message.zh
        assert finding.message.en


@pytest.mark.parametrize("example", examples("good") + examples("bad"), ids=str)
def test_examples_say_what_they_are(example: Example) -> None:
    assert example.doc["comment"]
    public_source = "来源" in example.doc["comment"]
    assert public_source or "演示数据" in example.doc["comment"]
    for pointer, text in pointers.texts(example.content):
        if pointer.endswith(("/holder_name", "/prepared_by", "/handler", "/witness", "/approver")):
            assert PEOPLE.match(text), (
                f"{pointer}: people in examples are 张三 李四 王五 赵六 孙七 周八"
            )


@pytest.mark.parametrize("key", KEYS)
def test_there_are_enough_examples(key: str) -> None:
    finance = key.startswith("finance")
    assert len(examples("good", key)) >= (3 if finance else 2)
    assert len(examples("bad", key)) >= (8 if finance else 4)


@pytest.mark.parametrize("example", examples("good"), ids=str)
def test_the_public_sheet_shows_nothing_that_is_not_public(example: Example) -> None:
    """A view may only show whitelisted fields: the public's sheet has the same cells as the staff's, masks aside."""
    found, view = category(example.key), document(example.key, "view", example.version)
    public = public_content(found, example.content)
    for lang in ("zh", "en"):
        staff = sheets.sheet_for(found, view, example.content, lang)
        shown = sheets.sheet_for(found, view, public, lang)
        assert _shape(staff) == _shape(shown)
        assert re.search("urn:|{", repr(shown.notes)) is None


def _shape(sheet: sheets.Sheet) -> list[object]:
    shape: list[object] = [sheet.title, len(sheet.notes)]
    for section in sheet.sections:
        if isinstance(section, sheets.SumSection):
            shape += [(r.id, r.amount, r.pointer, len(r.entries)) for r in section.rows]
        elif isinstance(section, sheets.TableSection):
            shape += [(c.key, c.label) for c in section.columns]
            shape += [[c is None or c == "" for c in r.cells] for r in section.rows]
        else:
            shape += [(i.label, i.value) for i in section.items]
    return shape


@pytest.mark.parametrize("key", KEYS)
def test_whitelist_and_masks_name_fields_of_the_schema(key: str) -> None:
    found = category(key)
    shapes = [document(key, "schema", version) for version in found.versions]
    known = {leaf for shape in shapes for leaf in _leaves(shape, shape)}
    for path in [*found.privacy.public, *(m.path for m in found.privacy.masks)]:
        assert path in known, f"{path} is not a field of the schema"


@pytest.mark.parametrize(("key", "version"), VERSIONS)
def test_the_form_asks_every_required_field_of_the_schema(key: str, version: int) -> None:
    schema = document(key, "schema", version)
    asked = set(_asked(document(key, "form", version)["steps"]))
    for name in schema["required"]:
        assert any(p == f"/{name}" or p.startswith(f"/{name}/") for p in asked), (
            f"nobody asks for /{name}"
        )
    known = _leaves(schema, schema)
    for pointer in asked:
        assert any(k == pointer or k.startswith(pointer + "/") for k in known), (
            f"{pointer} is not in the schema"
        )


@pytest.mark.parametrize("example", examples("good"), ids=str)
def test_computed_fields_of_good_examples_are_what_their_formula_says(example: Example) -> None:
    form = document(example.key, "form", example.version)
    assert forms.with_computed(form, example.content) == example.content


def test_published_schemas_are_as_they_were_published() -> None:
    files = {
        p.relative_to(SCHEMAS).as_posix(): p.read_bytes()
        for p in SCHEMAS.rglob("*.json")
        if is_locked(p.relative_to(SCHEMAS).as_posix())
    }
    assert published_changes(files, read(SCHEMAS / "published.json")) == []


def test_a_changed_a_lost_and_a_new_schema_are_each_named() -> None:
    lock = {"shared/a.json": fingerprint(b"{}"), "shared/b.json": fingerprint(b"1")}
    assert published_changes({"shared/a.json": b"{}", "shared/b.json": b"1"}, lock) == []
    assert published_changes({"shared/a.json": b"{ }", "shared/c.json": b"2"}, lock) == [
        "shared/a.json: a published version never changes; make the next version beside it",
        "shared/b.json: published, but the file is gone",
        "shared/c.json: not yet in published.json; accept it when it is ready to be published",
    ]


def test_only_shapes_are_locked() -> None:
    assert is_locked("shared/values.json")
    assert is_locked("categories/finance_quarterly/v1.schema.json")
    assert not is_locked("categories/finance_quarterly/v1.form.json")
    assert not is_locked("categories/finance_quarterly/examples/v1/good-2026-q1.json")
    assert not is_locked("category.schema.json")


def test_no_rule_knows_a_category_by_name() -> None:
    for path in Path("server/rules").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for key in KEYS:
            assert f'"{key}"' not in text, (
                f"{path}: add a key to category.json instead of asking for {key}"
            )


def _leaves(node: dict, root: dict, at: str = "") -> set[str]:
    """Return the pattern of every field of a schema, single values and lists of them."""
    if "$ref" in node:
        where = node["$ref"]
        base = (
            root
            if where.startswith("#")
            else next(s for s in shared() if where.startswith(s["$id"]))
        )
        return _leaves(pointers.get(base, where.split("#", 1)[1]), base, at)
    if "properties" in node:
        return {p for k, v in node["properties"].items() for p in _leaves(v, root, f"{at}/{k}")}
    if "items" in node:
        return _leaves(node["items"], root, f"{at}/*")
    return {at}


def _asked(steps: list[dict]) -> list[str]:
    def below(fields: list[dict], at: str) -> list[str]:
        made = []
        for f in fields:
            here = at + f["pointer"]
            made += below(f["columns"], here + "/*") if "columns" in f else [here]
        return made

    return [p for step in steps for p in below(step["fields"], "")]
