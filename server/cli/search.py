"""`gongshilan search`: the index in which a public search looks."""

from __future__ import annotations

import asyncio

import click

from server.cli import main
from server.commands.file_for_search import file_for_search
from server.settings import SettingNotValid, Settings, read_settings
from server.storage.database import DatabaseAddressNotValid, Store
from server.storage.migrate import migrate
from server.web import opening
from server.web.catalogue import CannotOpen, read_categories


@main.group()
def search() -> None:
    """搜索 / Search."""


@search.command()
def rebuild() -> None:
    """清空搜索索引，照已公开和定好公开时间的内容重建 / Empty the index and fill it again from the editions.

    The site may run meanwhile; it finds only what was filed so far. Interrupted, it is completed by the next start.
    """
    try:
        settings = read_settings()
        filed = asyncio.run(_rebuild(settings))
    except (SettingNotValid, DatabaseAddressNotValid, CannotOpen) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已建好：{filed} 版 / done: {filed} editions")


async def _rebuild(settings: Settings) -> int:
    await migrate(settings.database_url)
    catalogue = read_categories(settings.schemas, settings.own_folder)
    store = await Store.open(settings.database_url)
    try:
        book = await opening.read_book(
            store.reader, settings.seeds, catalogue.categories, catalogue.papers
        )
        return await file_for_search(store, book, afresh=True, tell=_tell)
    finally:
        await store.close()


def _tell(filed: int, total: int) -> None:
    click.echo(f"{filed} / {total}")
