"""`gongshilan accounts invite`: the first administrator, who then invites everybody else in the app."""

from __future__ import annotations

import asyncio
import secrets

import click

from server.cli import main
from server.clock import wall_clock
from server.commands.create_account import Created, NewAccount, create_account
from server.commands.invite_account import Reinvited, invite_account
from server.problems import Problem
from server.rules.permissions import ROLES, Actor, Role
from server.rules.values import uuid7_at
from server.settings import read_settings
from server.storage import accounts as stored
from server.storage.database import Store
from server.storage.migrate import migrate

# Whoever can run this command can read the database: they stand above every account.
TERMINAL = Actor("terminal", "terminal", "administrator", "000000000000", "terminal")


@main.group()
def accounts() -> None:
    """账号 / Accounts."""


@accounts.command()
@click.option("--login", required=True, help="账号名 / account name")
@click.option("--name", help="姓名 / the person's name (default: the login)")
@click.option("--role", type=click.Choice(list(ROLES)), default="administrator", show_default=True)
@click.option("--division", help="12 位区划代码 / 12-digit division code")
def invite(login: str, name: str | None, role: Role, division: str | None) -> None:
    """给出一次性邀请码 / Print a one-time code.

    A new login gets an account; a known one gets a new code for the account it has.
    """
    try:
        made = asyncio.run(_invite(login, name or login, role, division))
    except Problem as problem:
        raise click.ClickException(f"{problem.detail.zh} / {problem.detail.en}") from problem
    click.echo(f"{made.account.login}  {made.account.role}  {made.account.division}")
    click.echo(f"邀请码 / code: {made.code}  ({made.expires_at:%Y-%m-%d})")


async def _invite(login: str, name: str, role: Role, division: str | None) -> Created | Reinvited:
    settings = read_settings()
    now = wall_clock()
    await migrate(settings.database_url)
    store = await Store.open(settings.database_url)
    try:
        async with store.transaction() as tx:
            known = await stored.by_login(tx, login)
            if known is not None:
                return await invite_account(
                    tx, actor=TERMINAL, account_id=known.id, now=now, address="terminal"
                )
            if division is None:
                raise click.UsageError(
                    "--division: 新账号需要区划 / a new account needs its division"
                )
            wanted = NewAccount(
                uuid7_at(now, secrets.token_bytes(10)), login, name, role, division.ljust(12, "0")
            )
            return await create_account(
                tx, actor=TERMINAL, wanted=wanted, now=now, address="terminal"
            )
    finally:
        await store.close()
