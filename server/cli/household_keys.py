"""`gongshilan household-key`: the versions of the key by which households find their payments."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from server.cli import main
from server.external import household_keys
from server.external.household_keys import HouseholdKeyNotValid
from server.settings import SettingNotValid, Settings, read_settings
from server.storage import payments
from server.storage.database import Store


@main.group("household-key")
def household_key() -> None:
    """各户查补贴用的密钥 / The key by which households find their payments."""


@household_key.command("list")
def list_versions() -> None:
    """有哪几版，各有几份清册在用 / Its versions, and how many lists use each."""
    settings, path = _chosen()
    try:
        versions = household_keys.read(path)
    except (HouseholdKeyNotValid, OSError) as error:
        raise click.ClickException(f"密钥不能用 / the key cannot be used: {error}") from error
    used = asyncio.run(_used(settings))
    for key in versions:
        newest = "  新录入的用它 / for what is loaded now" if key is versions[-1] else ""
        lists = used.pop(key.id, 0)
        click.echo(f"{key.id}  清册 {lists} 份 / lists: {lists}{newest}")
    for gone, lists in used.items():
        click.echo(
            f"{gone}  文件里没有这一版，{lists} 份清册查不到，要重新录入"
            f" / not in the file: {lists} lists find nobody until they are loaded again"
        )


@household_key.command("rotate")
def rotate() -> None:
    """加一版新的：以后录入的用它，以前录入的照样能查 / Add a version; what was loaded before is still found.

    Running processes notice by themselves.
    """
    _, path = _chosen()
    try:
        fresh = household_keys.add_version(path)
    except (HouseholdKeyNotValid, OSError) as error:
        raise click.ClickException(f"密钥不能用 / the key cannot be used: {error}") from error
    click.echo(f"新的一版：{fresh.id}。请马上备份 {path}。")
    click.echo(f"The new version is {fresh.id}. Back up {path} now.")


@household_key.command("retire")
@click.argument("version")
@click.option(
    "--anyway",
    is_flag=True,
    help="还有清册在用也删 / even while lists use it: they find nobody until they are loaded again",
)
def retire(version: str, *, anyway: bool) -> None:
    """删掉旧的一版（k1-…，见 list） / Take an old version (k1-…, see list) out of the file for good."""
    settings, path = _chosen()
    lists = asyncio.run(_used(settings)).get(version, 0)
    if lists and not anyway:
        raise click.ClickException(
            f"还有 {lists} 份清册在用 {version}。请先让乡镇重新录入，或加 --anyway"
            f" / {lists} lists use {version}: have the townships load them again first, or say --anyway"
        )
    try:
        household_keys.drop_version(path, version)
    except (HouseholdKeyNotValid, OSError) as error:
        raise click.ClickException(f"没有删 / nothing was removed: {error}") from error
    click.echo(f"已删掉 {version} / {version} is gone")


def _chosen() -> tuple[Settings, Path]:
    try:
        settings = read_settings()
    except SettingNotValid as error:
        raise click.ClickException(str(error)) from error
    return settings, Path(settings.household_key)


async def _used(settings: Settings) -> dict[str, int]:
    store = await Store.open(settings.database_url)
    try:
        return await payments.keys_in_use(store.reader)
    finally:
        await store.close()
