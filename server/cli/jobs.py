"""`gongshilan jobs`: a worker beside the site, as many as you like on PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
import signal

import click

from server import jobs as background
from server.cli import main
from server.cli.logs import set_up_logs
from server.clock import wall_clock
from server.settings import SettingNotValid, Settings, read_settings
from server.storage.migrate import migrate
from server.web import opening


@main.command()
def jobs() -> None:
    """后台工作：发提醒 / Do the background work: send reminders.

    The site does it by itself unless GONGSHILAN_JOBS=off.
    """
    try:
        settings = read_settings()
    except SettingNotValid as error:
        raise click.ClickException(str(error)) from error
    set_up_logs(settings.log_level)
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    await migrate(settings.database_url)
    house = await opening.open_house(settings)
    tasks = [
        asyncio.create_task(opening.watch_rules(house)),
        asyncio.create_task(background.work(house, wall_clock)),
    ]
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, lambda: [task.cancel() for task in tasks])
    click.echo("后台工作已开始，按 Ctrl+C 停止 / working; stop with Ctrl+C")
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks)
    await house.store.close()
