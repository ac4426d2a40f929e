"""A county adds a category of its own: it drops a folder in place, runs a check, and villages post it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.rules.rulebook import Rulebook
from server.web.catalogue import CannotOpen, read_categories
from tests.cast import VILLAGE_A, ZHANG_SAN, Hall
from tests.journeys.posting import approve, new_id, submission

KEY = "tea_garden"
MODEL = Path("schemas/categories/assets_resources")
HOUSE = Path("schemas")
PLAN = {"year": "/year", "lines": "/items", "matter": "/name", "category": "/kind", "where": "/unit",
        "everywhere": ["各村"], "by": "/term_to", "office": "/office"}  # fmt: skip


@pytest.fixture
def small_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program with one category of its own: what is tried here is the county's folder."""
    folder = tmp_path / "schemas"
    shutil.copytree(HOUSE / "shared", folder / "shared")
    shutil.copytree(HOUSE / "categories/cadre_pay", folder / "categories/cadre_pay")
    for path in [*HOUSE.glob("*.schema.json"), HOUSE / "published.json"]:
        shutil.copy(path, folder)
    edit(
        folder / "published.json",
        lambda doc: {k: v for k, v in doc.items() if "/cadre_pay/" in k or k.startswith("shared")},
    )
    monkeypatch.setenv("GONGSHILAN_SCHEMAS", str(folder))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county's folder with one category, made from the nearest one."""
    folder = tmp_path / "categories"
    shutil.copytree(MODEL, folder / KEY)
    edit(folder / KEY / "category.json", lambda doc: doc | {"key": KEY})
    edit(folder / KEY / "category.json", _in_use)
    edit(folder / KEY / "v1.schema.json", lambda doc: doc | {"$id": f"urn:gongshilan:{KEY}:1"})
    monkeypatch.setenv("GONGSHILAN_OWN_CATEGORIES", str(folder))
    return folder


def edit(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    doc = change(json.loads(path.read_text("utf-8")))
    path.write_text(json.dumps(doc, ensure_ascii=False, indent=2), "utf-8")


def _in_use(doc: dict[str, Any]) -> dict[str, Any]:
    schedule = {key: value for key, value in doc["schedule"].items() if key != "in_use"}
    return doc | {"schedule": schedule, "name": {"zh": "茶园台账", "en": "Tea gardens"}}


def ran(*words: str) -> Result:
    return CliRunner().invoke(main, ["schemas", *words])


@pytest.mark.usefixtures("small_house")
async def test_it_is_checked_accepted_posted_and_read(own: Path, hall: Hall) -> None:
    new = ran("check")
    assert new.exit_code == 1
    assert f"categories/{KEY}/v1.schema.json: not yet in published.json" in new.output
    assert ran("accept").exit_code == 0
    assert (own / "published.json").is_file()
    assert ran("check").exit_code == 0

    catalogue = read_categories(HOUSE, own)
    house = hall.house
    house.validators = catalogue.validators
    house.book = Rulebook(
        catalogue.categories, catalogue.papers, house.book.policies, house.book.calendar
    )
    good = json.loads((own / KEY / "examples/v1/good-2026.json").read_text("utf-8"))["content"]
    phone = await hall.client_as(ZHANG_SAN)
    parts = {"category": KEY, "period": "2025", "content": good | {"as_of": "2025-12-31"}}
    sent = submission(hall, id=new_id(hall.clock(), 70), **parts)
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"], seed=70)
    page = await hall.visitor().get(f"/d/{receipt.json()['disclosure_id']}?lang=zh")
    assert "茶园台账" in page.text
    assert "粮食烘干机" in page.text
    follow = await hall.visitor().get(f"/v/{VILLAGE_A}/follow?lang=zh")
    assert "茶园台账" in follow.text

    edit(own / KEY / "v1.schema.json", lambda doc: doc | {"title": "changed"})
    assert "a published version never changes" in ran("check").output


def _broken(path: Path) -> None:
    path.write_text('{\n  "key": "tea_garden",,\n}', "utf-8")


def _changed(at: str, value: Any) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        def put(doc: dict[str, Any]) -> dict[str, Any]:
            *way, last = at.strip("/").split("/")
            here: Any = doc
            for step in way:
                here = here[int(step)] if isinstance(here, list) else here[step]
            here[int(last) if isinstance(here, list) else last] = value
            return doc

        edit(path, put)

    return change


@pytest.mark.usefixtures("small_house")
@pytest.mark.parametrize(
    ("file", "harm", "said"),
    [
        ("v1.view.json", Path.unlink, "v1.view.json /: the file is missing / 缺少这个文件"),
        ("category.json", _broken, "category.json line 2, column 23: no JSON"),
        ("category.json", _changed("/schedule/due", {"kind": "fixed_date", "month": 3, "day": 31, "year_offset": 0}), "category.json /schedule/due: “by 03-31 of the same year” comes before it opens"),
        ("category.json", _changed("/key", "cadre_pay"), "category.json /key: is cadre_pay, but the folder is called tea_garden"),
        ("category.json", _changed("/wording", "shout"), "category.json /wording:"),
        ("category.json", _changed("/checks/0/check", "ledger.magic"), "category.json /checks/0/check: no check is called ledger.magic"),
        ("category.json", _changed("/privacy/public/1", "/items/*/colour"), "category.json /privacy/public/1: /items/*/colour is no field"),
        ("category.json", _changed("/current_version", 9), "category.json /current_version: 9 is not among versions"),
        ("category.json", _changed("/checks/0/check", "plan.once"), "category.json /checks/0/check: plan.once is a check of plans, and plan is not there"),
        ("category.json", _changed("/plan", PLAN), "category.json /plan/office: /items/*/office is no field of the shape"),
        ("category.json", _changed("/plan", PLAN), "category.json /plan/year: /year is no field of the shape"),
        ("v1.form.json", _changed("/steps/0/fields/0/pointer", "/day"), "v1.form.json /steps/0/fields/0: /day is no field"),
        ("v1.form.json", _changed("/steps/0/fields/0/pointer", "/note"), "v1.form.json /steps: the shape requires /as_of"),
        ("v1.view.json", _changed("/sections/2/items/0/pointer", "/secret"), "v1.view.json /sections/2/items/0: /secret is no field"),
        ("v1.schema.json", _changed("/properties/note/$ref", "urn:elsewhere#/x"), "v1.schema.json"),
        ("examples/v1/good-2026.json", _changed("/content/total/paid", 1), "examples/v1/good-2026.json /content/total/paid:"),
        ("examples/v1/bad-total.json", _changed("/expect/0/pointer", "/total/paid"), "examples/v1/bad-total.json /expect: expected ledger.totals at /total/paid; found"),
    ],
)  # fmt: skip
def test_each_fault_names_its_file_and_its_place(
    own: Path, file: str, harm: Callable[[Path], None], said: str
) -> None:
    ran("accept")
    harm(own / KEY / file)
    checked = ran("check")
    assert checked.exit_code == 1
    assert f"{KEY}/{said}" in checked.output
    assert "Traceback" not in checked.output


def test_a_key_that_the_program_has_and_a_folder_that_is_not_there_stop_the_start(
    own: Path, tmp_path: Path
) -> None:
    shutil.copytree(own / KEY, own / "cadre_pay")
    edit(own / "cadre_pay/category.json", lambda doc: doc | {"key": "cadre_pay"})
    with pytest.raises(
        CannotOpen, match=r"cadre_pay/category.json /key: there is a category cadre_pay"
    ):
        read_categories(HOUSE, own)
    with pytest.raises(CannotOpen, match="there is no such folder"):
        read_categories(HOUSE, tmp_path / "nowhere")
