"""A content typed into a form, field by field, as somebody at a desk does it: from the form's own file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

CATEGORIES = Path("schemas/categories")


def good(category: str, name: str) -> dict[str, Any]:
    """Return the content of one of a category's good examples."""
    path = CATEGORIES / category / "examples/v1" / f"good-{name}.json"
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))["content"]
    return content


def steps_of(category: str) -> list[dict[str, Any]]:
    """Return the steps of the form that a category asks by now."""
    folder = CATEGORIES / category
    now = json.loads((folder / "category.json").read_text("utf-8"))["current_version"]
    steps: list[dict[str, Any]] = json.loads((folder / f"v{now}.form.json").read_text("utf-8"))[
        "steps"
    ]
    return steps


def fill_step(page: Page, step: dict[str, Any], content: dict[str, Any]) -> None:
    """Type everything of a content that this step asks for; what the form reckons by itself must come out the same."""
    expect(page.locator("h1")).to_have_text(step["title"]["zh"])
    form = page.locator(".form")
    for field in step["fields"]:
        value = value_at(content, field["pointer"])
        if value is None:
            continue
        if field["widget"] == "rows":
            for number, row in enumerate(value):
                _fill_row(form, field, number, row)
        elif field.get("computed"):
            shown = str(value) if field["widget"] == "int" else yuan(value)
            expect(form.get_by_label(field["label"]["zh"], exact=True)).to_have_text(shown)
        else:
            fill(form, field, field["pointer"], value)


def fill(scope: Locator, field: dict[str, Any], place: str, value: Any) -> None:
    """Type one value where it belongs."""
    label = field["label"]["zh"]
    match field["widget"]:
        case "money":
            type_amount(scope.get_by_label(label, exact=True), value)
        case "checkbox":
            scope.get_by_label(label, exact=True).set_checked(value)
        case "choice":
            scope.locator(f"[data-place='{place}']").select_option(str(value))
        case _:
            scope.locator(f"[data-place='{place}']").fill(str(value))


def type_amount(field: Locator, fen: int) -> None:
    """Click into an amount and type: what stood there is selected, so the keys replace it."""
    field.click()
    field.press_sequentially(yuan(fen).replace(",", ""))


def _fill_row(form: Locator, field: dict[str, Any], number: int, row: dict[str, Any]) -> None:
    section = form.locator(f".lines[aria-label='{field['label']['zh']}']")
    section.locator(".adders .link").first.click()
    line = section.locator(".line-list > li").nth(number).locator(".line.open")
    expect(line).to_be_visible()
    for column in field["columns"]:
        value = value_at(row, column["pointer"])
        if value is None:
            continue
        if column.get("computed"):
            output = line.get_by_label(column["label"]["zh"], exact=True)
            expect(output).to_have_text(str(value) if column["widget"] == "int" else yuan(value))
        elif column["pointer"] == field["value"]:
            # The row's amount stands in its heading, which is named after what identifies the row.
            type_amount(line.locator("input[data-money]").first, value)
        else:
            fill(line, column, f"{field['pointer']}/{number}{column['pointer']}", value)


def value_at(content: Any, pointer: str) -> Any:
    """Return what stands at a pointer, or None."""
    for part in pointer.strip("/").split("/"):
        content = content.get(part) if isinstance(content, dict) else None
    return content


def yuan(fen: int) -> str:
    """Return an amount as people write it: '1,120.00'."""
    return f"{fen / 100:,.2f}"
