"""`gongshilan serve`: bring the database up to date, then answer."""

from __future__ import annotations

import asyncio
import importlib

import click
import uvicorn

from server.cli import loading, main
from server.cli.doorstep import Doorstep
from server.cli.logs import set_up_logs
from server.settings import SettingNotValid, read_settings
from server.storage.migrate import migrate


@main.command()
@click.option("--host", help="监听地址 / address to listen on (GONGSHILAN_HOST)")
@click.option("--port", type=int, help="监听端口 / port to listen on (GONGSHILAN_PORT)")
def serve(host: str | None, port: int | None) -> None:
    """启动网站 / Serve the site.

    Migrations are applied first. Nothing is loaded: a demonstration is `gongshilan demo`.
    """
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    try:
        settings = read_settings(None, **given)
    except SettingNotValid as error:
        raise click.ClickException(str(error)) from error
    set_up_logs(settings.log_level)
    asyncio.run(migrate(settings.database_url))
    run(settings.host, settings.port)


def run(host: str, port: int) -> None:
    """Answer until told to stop; requests under way are finished."""
    with loading():
        importlib.import_module("server.app")
    uvicorn.run(
        "server.app:app",
        host=host,
        port=port,
        http=Doorstep,
        # Addresses behind proxies are our own business (GONGSHILAN_TRUSTED_PROXIES).
        proxy_headers=False,
        server_header=False,
        # One line per request is written by web/endpoint.py, without addresses of people.
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=20,
    )
