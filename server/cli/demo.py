"""`gongshilan demo`: a demonstration county, loaded at the first start only; then it answers like `serve`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

import click

from server.cli import main
from server.cli.demonstration import performing
from server.cli.logs import set_up_logs
from server.cli.serve import run
from server.clock import wall_clock
from server.queries.demo_codes import DemoCode, demo_codes
from server.rules.permissions import ROLES, Role
from server.settings import SettingNotValid, Settings, read_settings
from server.storage.migrate import migrate
from server.web.opening import open_house


@main.command()
@click.option("--host", help="监听地址 / address to listen on (GONGSHILAN_HOST)")
@click.option("--port", type=int, help="监听端口 / port to listen on (GONGSHILAN_PORT)")
@click.option("--load-only", is_flag=True, help="只载入，不启动 / load, do not serve")
def demo(host: str | None, port: int | None, load_only: bool) -> None:
    """演示县：首次启动时载入 / A demonstration county, loaded at the first start.

    Places are real; every person, amount and matter is fictional. A database with an installation in
    it is refused.
    """
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    try:
        settings = read_settings(None, **given)
    except SettingNotValid as error:
        raise click.ClickException(str(error)) from error
    set_up_logs(settings.log_level)
    try:
        codes = asyncio.run(_load(settings))
    except performing.NotEmpty as error:
        raise click.ClickException(
            f"数据库里已有真实数据（{error}），演示请另用一个：GONGSHILAN_DATABASE_URL、GONGSHILAN_PHOTOS"
            f" / the database holds a real installation ({error}); give the demonstration its own"
        ) from error
    _greet(settings, codes)
    if not load_only:
        run(settings.host, settings.port)


async def _load(settings: Settings) -> Sequence[DemoCode]:
    await migrate(settings.database_url)
    house = await open_house(settings)
    try:
        if await performing.is_wanted(house.store.reader):
            click.echo("首次启动，载入演示数据… / first start, loading the demonstration…")
            started = wall_clock()
            await performing.load(house, started)
            seconds = (wall_clock() - started).total_seconds()
            click.echo(f"已载入，用时 {seconds:.1f} 秒 / loaded in {seconds:.1f} s")
        return await demo_codes(house.store.reader)
    finally:
        await house.store.close()


def _greet(settings: Settings, codes: Sequence[DemoCode]) -> None:
    site = settings.public_url or f"http://{settings.host}:{settings.port}"
    click.echo()
    click.echo("演示数据：地名是真的，人名、金额、事项全部虚构，不代表任何真实村庄。")
    click.echo("Demonstration: the places are real; every person, amount and matter is fictional.")
    click.echo()
    click.echo(f"  村民 / villagers   {site}/")
    click.echo(f"  工作人员 / staff   {site}/app")
    for each in codes:
        role = ROLES[cast(Role, each.role)]
        click.echo(f"    {each.code}   {each.name}  {role.zh} / {role.en}  {each.division_name}")
    click.echo()
