"""`gongshilan migrate`, `workdays import` and `policies import`: what an installation is brought up to date with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import click

from server.cli import main
from server.clock import wall_clock
from server.commands.import_policy import import_policy
from server.commands.import_workdays import import_workdays
from server.rules import policy_faults
from server.rules.json_text import read_json
from server.rules.schedules import parse_policy
from server.rules.workdays import WorkdayCalendar
from server.settings import read_settings
from server.storage import migrate as migrations
from server.storage import policies as stored_policies
from server.storage import workdays as stored_years
from server.storage.database import Store, Tx
from server.web.catalogue import CannotOpen, read_categories
from server.web.opening import shipped_policies, shipped_years

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@main.command()
def migrate() -> None:
    """更新数据库结构 / Bring the database to the newest schema."""
    applied = asyncio.run(migrations.migrate(read_settings().database_url))
    for name in applied:
        click.echo(name)
    if not applied:
        click.echo("已是最新 / up to date")


@main.group()
def workdays() -> None:
    """工作日历 / Working days."""


@workdays.command(name="import")
@FILES
def import_workday_files(files: tuple[Path, ...]) -> None:
    """导入年度放假通知 / Import holiday notices, one JSON file per year.

    The newest import of a year counts; dates that depended on a computed year are then settled.
    """
    _import_all(files, import_workdays)


@main.group()
def policies() -> None:
    """地方规定 / Policies."""


@policies.command(name="import")
@FILES
def import_policy_files(files: tuple[Path, ...]) -> None:
    """导入省、县规定 / Import a province's or a county's rules, one JSON file each.

    The newest import of a policy counts; a period is judged by the rule in force at its end. Refused are a category that
    there is not, a due day before the opening, and what says otherwise than another policy of the same place and days.
    """
    settings = read_settings()
    try:
        categories = read_categories(settings.schemas, settings.own_folder).categories
        shipped = shipped_policies(settings.seeds)
        years = shipped_years(settings.seeds)
    except CannotOpen as error:
        raise click.ClickException(str(error)) from error

    async def checked(tx: Tx, doc: Any, **more: Any) -> bool:
        found = await stored_policies.recordings(tx)
        notices = {each.year: each for each in [*years, *await stored_years.all_current(tx)]}
        policy_faults.refuse(
            parse_policy(doc),
            stored_policies.beside(shipped, found),
            categories,
            WorkdayCalendar(notices),
        )
        return await import_policy(tx, doc, **more)

    _import_all(files, checked)


def _import_all(files: tuple[Path, ...], command: Callable[..., Awaitable[bool]]) -> None:
    """Import all files or none of them."""
    try:
        for name, new in asyncio.run(_imported(files, command)):
            click.echo(f"{name}: " + ("已导入 / imported" if new else "没有变化 / unchanged"))
    except ValueError as error:
        raise click.ClickException(f"{error}\n没有任何改动 / nothing was changed") from error


async def _imported(
    files: tuple[Path, ...], command: Callable[..., Awaitable[bool]]
) -> list[tuple[str, bool]]:
    documents = [(file.name, _document(file)) for file in files]
    url = read_settings().database_url
    await migrations.migrate(url)
    store = await Store.open(url)
    try:
        async with store.transaction() as tx:
            return [(name, await _one(tx, name, doc, command)) for name, doc in documents]
    finally:
        await store.close()


async def _one(tx: Tx, name: str, doc: Any, command: Callable[..., Awaitable[bool]]) -> bool:
    try:
        return await command(tx, doc, now=wall_clock())
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _document(file: Path) -> Any:
    try:
        return read_json(file.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{file.name}: 不是 UTF-8 的文字 / not in UTF-8") from error
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from error
