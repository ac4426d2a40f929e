"""The settings are one table: what server/settings.py says, both READMEs say, and nothing else."""

from __future__ import annotations

import re

import pytest

from server.settings import SETTINGS
from tests.contracts.repository import files, report, text

READMES = [("README.md", "en"), ("README.zh-CN.md", "zh")]
EMPTY = {"en": "(empty)", "zh": "（空）"}
NAME = re.compile(r"\bGONGSHILAN_[A-Z0-9_]+\b")


@pytest.mark.parametrize(("readme", "lang"), READMES)
def test_every_setting_has_its_row(readme: str, lang: str) -> None:
    rows = {}
    for line in text(readme).splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if len(cells) >= 3 and NAME.fullmatch(cells[0].strip("`")):
            rows[cells[0].strip("`")] = cells[1:]
    found = []
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else EMPTY[lang]
        said = setting.en if lang == "en" else setting.zh
        if rows.get(setting.env, [])[:2] != [default, said]:
            found.append(
                f"{readme}: the row of {setting.env} should be\n| `{setting.env}` | {default} | {said} |"
            )
    report(found)


def test_no_document_names_a_setting_that_is_none() -> None:
    known = {setting.env for setting in SETTINGS}
    found = []
    for file in files("", ends=(".md", ".toml", "Dockerfile", "Makefile", ".sh", ".yaml", ".yml")):
        for number, line in enumerate(text(file).splitlines(), 1):
            for name in NAME.findall(line):
                if name not in known:
                    found.append(
                        f"{file}:{number}: {name} is no setting. They are the rows of server/settings.py."
                    )
    report(found)
