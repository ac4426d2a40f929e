"""`gongshilan compliance`: the tallies from which counties are added up, proved and made anew."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import click

from server.cli import main
from server.clock import wall_clock
from server.commands.file_tallies import YEARS_BACK, file_tallies
from server.commands.verify_tallies import Difference, verify_tallies
from server.rules.periods import local_date
from server.rules.rulebook import Rulebook
from server.rules.tallies import Sign, read_sign
from server.settings import SettingNotValid, Settings, read_settings
from server.storage import divisions
from server.storage.database import DatabaseAddressNotValid, Store
from server.storage.migrate import migrate
from server.web import opening
from server.web.catalogue import CannotOpen, read_categories

T = TypeVar("T")
Work = Callable[[Store, Rulebook, str, datetime], Awaitable[T]]

_DIVISION = click.argument("division", required=False, default="")


@main.group()
def compliance() -> None:
    """公开情况汇总 / The compliance overview."""


@compliance.command()
@_DIVISION
def verify(division: str) -> None:
    """重算每一格，和留存的汇总逐格比较 / Judge every cell anew and compare it with what is kept, cell by cell.

    DIVISION 是区划代码，不写就是全部 / is a division's code, everything without it. Ends with 1 when something differs;
    what differs is made anew.
    """

    async def work(store: Store, book: Rulebook, code: str, now: datetime) -> tuple[int, int]:
        years = range(local_date(now).year - YEARS_BACK, local_date(now).year + 1)
        found = await verify_tallies(store, book=book, division=code, years=years, now=now)
        for each in found.differences:
            click.echo(_words(each))
        click.echo(
            f"{code}：比较 {found.lines} 行 {found.signs} 格，{found.differing} 格不同；过期未算 {found.out_of_date} 行 / "
            f"{found.lines} lines, {found.signs} cells compared, {found.differing} differ; "
            f"{found.out_of_date} lines out of date"
        )
        return found.signs, found.differing

    done = _run(division, work)
    cells, differing = sum(n for n, _ in done), sum(n for _, n in done)
    click.echo(f"共 {cells} 格，{differing} 格不同 / {cells} cells in all, {differing} differ")
    if differing:
        raise SystemExit(1)


@compliance.command()
@_DIVISION
def rebuild(division: str) -> None:
    """清空汇总，全部重算 / Empty the tallies and make them anew. The site may run meanwhile."""

    async def work(store: Store, book: Rulebook, code: str, now: datetime) -> int:
        year = local_date(now).year
        filed = await file_tallies(store, book=book, division=code, year=year, now=now, afresh=True)
        click.echo(f"{code}: {filed}")
        return filed

    filed = sum(_run(division, work))
    click.echo(f"已建好：{filed} 行 / done: {filed} lines")


def _run(division: str, work: Work[T]) -> list[T]:
    if division and not (len(division) == 12 and division.isdecimal()):
        raise click.BadParameter("区划代码是 12 位数字 / a division's code has 12 digits")
    try:
        return asyncio.run(_each_county(read_settings(), division, work))
    except (SettingNotValid, DatabaseAddressNotValid, CannotOpen) as error:
        raise click.ClickException(str(error)) from error


async def _each_county(settings: Settings, division: str, work: Work[T]) -> list[T]:
    await migrate(settings.database_url)
    catalogue = read_categories(settings.schemas, settings.own_folder)
    store = await Store.open(settings.database_url)
    try:
        book = await opening.read_book(
            store.reader, settings.seeds, catalogue.categories, catalogue.papers
        )
        places = [division] if division else await divisions.counties_with_villages(store.reader)
        return [await work(store, book, place, wall_clock()) for place in places]
    finally:
        await store.close()


def _words(each: Difference) -> str:
    was, now = _sign(each.filed), _sign(each.judged)
    return f"{each.division} {each.category} {each.period}: {was} → {now}"


def _sign(sign: str) -> str:
    if not sign:
        return "—"
    seen: Sign = read_sign(sign)
    flags = [n for n in ("needs_person", "ahead", "empty") if getattr(seen, n)]
    return " ".join([seen.state, *flags])
