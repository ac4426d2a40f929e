"""The commands that bring an installation up to date, as an operator types them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.storage import policies, workdays
from server.storage.database import Store

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(autouse=True)
def _here(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGSHILAN_DATABASE_URL", database_url)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_county_is_imported_once_and_tried_first() -> None:
    file = SEEDS / "divisions" / "640425.csv"
    tried = run("divisions", "import", "--dry-run", file)
    assert tried.exit_code == 0, tried.output
    assert "dry run" in tried.output
    assert "177 added" in tried.output
    assert "177 added" in run("divisions", "import", file).output
    assert "177 unchanged" in run("divisions", "import", file).output


def test_a_mistake_names_its_line_and_says_that_nothing_changed(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("code,name\n640000000000,宁夏回族自治区\n6404,固原市\n", "utf-8")
    refused = run("divisions", "import", file)
    assert refused.exit_code == 1
    assert "第 3 行" in refused.output
    assert "line 3" in refused.output
    assert "nothing was changed" in refused.output
    assert run("divisions", "import", "--scope", "64", file).exit_code == 2
    assert run("divisions", "import", "--encoding", "gb2313", file).exit_code == 2


def test_the_report_names_what_changed(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    county = "640000000000,宁夏回族自治区\n640400000000,固原市\n640425000000,彭阳县\n"
    towns = "640425100000,白阳镇\n640425103000,红河镇\n"
    head = "code,name,parent\n" + county + towns
    file.write_text(head + "640425103200,红河村\n640425103201,宽坪村\n", "utf-8")
    run("divisions", "import", "--on", "2025-01-01", file)
    file.write_text(head + "640425103200,红河村,640425100000\n640425103202,新设村\n", "utf-8")
    said = run("divisions", "import", file).output
    assert "640425103200  红河村  上级 / parent 640425103000 → 640425100000" in said
    assert "新增 / added:\n  640425103202  新设村" in said
    assert "撤销 / closed:\n  640425103201  宽坪村" in said


def test_notices_and_policies_are_imported_all_or_none(tmp_path: Path, database_url: str) -> None:
    bad = tmp_path / "2027.json"
    bad.write_text(json.dumps({"year": 2027, "official": "yes"}))
    years = sorted((SEEDS / "workdays").glob("*.json"))
    refused = run("workdays", "import", *years, bad)
    assert refused.exit_code == 1
    assert "2027.json: official" in refused.output
    assert asyncio.run(_counts(database_url)) == (0, 0)
    assert run("workdays", "import", *years).output.count("imported") == len(years)
    assert run("workdays", "import", *years).output.count("unchanged") == len(years)
    rules = sorted((SEEDS / "policies").glob("*.json"))
    assert run("policies", "import", *rules).output.count("imported") == len(rules)
    assert asyncio.run(_counts(database_url)) == (len(years), len(rules))
    county = json.loads(rules[0].read_text("utf-8")) | {"id": "county"}
    misspelt = tmp_path / "county.json"
    misspelt.write_text(json.dumps(county | {"overrides": {"cadre_pays": {"in_use": True}}}))
    refused = run("policies", "import", misspelt)
    assert refused.exit_code == 1
    assert "county.json: policy/overrides/cadre_pays" in refused.output
    misspelt.write_text(json.dumps(county | {"overrides": {"cadre_pay": {"in_use": True}}}))
    assert "imported" in run("policies", "import", misspelt).output


async def _counts(url: str) -> tuple[int, int]:
    store = await Store.open(url)
    try:
        found = await workdays.all_current(store.reader), await policies.all_current(store.reader)
        return len(found[0]), len(found[1])
    finally:
        await store.close()


def test_migrating_what_is_current_says_so() -> None:
    assert "up to date" in run("migrate").output
