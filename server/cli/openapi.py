"""`gongshilan openapi write`: the two documents that are made from the code."""

from __future__ import annotations

import click

from server.cli import main
from server.settings import ROOT
from server.web.openapi import write
from server.web.problem_list import problems_markdown
from server.web.routes import ENDPOINTS

OPENAPI = ROOT / "schemas" / "openapi.json"
PROBLEMS = ROOT / "docs" / "problems.md"


@main.group()
def openapi() -> None:
    """接口文件 / The API's documents."""


@openapi.command("write")
def write_documents() -> None:
    """生成 schemas/openapi.json 和 docs/problems.md / Write both; the same code gives the same bytes."""
    for path, text in ((OPENAPI, write(ENDPOINTS)), (PROBLEMS, problems_markdown())):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        click.echo(path.relative_to(ROOT).as_posix())
