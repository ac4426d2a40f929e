"""`gongshilan schemas check|accept`: published versions of categories never change."""

from __future__ import annotations

import json
from pathlib import Path

import click

from server.cli import main
from server.rules.categories import fingerprint, is_locked, published_changes
from server.settings import read_settings
from server.web.opening import CannotOpen, read_categories

LOCK = "published.json"


def locked_files(folder: Path) -> dict[str, bytes]:
    """Return the files that fix a published shape, by path below the folder of schemas."""
    found = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*.json"))
    return {name: path.read_bytes() for name, path in sorted(found) if is_locked(name)}


def changes_in(folder: Path) -> list[str]:
    """Return a sentence for every way in which the folder differs from what was published."""
    lock = json.loads((folder / LOCK).read_text("utf-8"))
    return published_changes(locked_files(folder), lock)


@main.group()
def schemas() -> None:
    """公开事项类别 / Categories."""


@schemas.command("check")
def check() -> None:
    """检查类别文件，已发布的版本不许改 / Check every category; a published version may not change."""
    folder = read_settings().schemas
    try:
        catalogue = read_categories(folder)
    except CannotOpen as error:
        raise click.ClickException(str(error)) from None
    if changed := changes_in(folder):
        raise click.ClickException("\n".join(changed))
    click.echo(
        f"{len(catalogue.categories)} 类，未改动已发布的版本 / categories, nothing published was changed"
    )


@schemas.command("accept")
def accept() -> None:
    """发布新版本：记下它们的指纹 / Publish new versions: lock their fingerprints. Refuses a changed one."""
    folder = read_settings().schemas
    lock = json.loads((folder / LOCK).read_text("utf-8"))
    files = locked_files(folder)
    known = {name: data for name, data in files.items() if name in lock}
    if changed := published_changes(known, lock):
        raise click.ClickException("\n".join(changed))
    new = {name: fingerprint(data) for name, data in files.items()}
    text = json.dumps(new, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / LOCK).write_text(text + "\n", "utf-8")
    for name in sorted(set(new) - set(lock)):
        click.echo(name)
