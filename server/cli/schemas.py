"""`gongshilan schemas check|accept`: every category is whole, and published versions never change."""

from __future__ import annotations

import json
from pathlib import Path

import click

from server.cli import main
from server.cli.category_examples import faults_of_examples
from server.rules.categories import fingerprint, is_locked, published_changes
from server.settings import Settings, read_settings
from server.web.catalogue import read_folders

LOCK = "published.json"


def locked_files(folder: Path) -> dict[str, bytes]:
    """Return the files that fix a published shape, by path below the folder of schemas."""
    found = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*.json"))
    return {name: path.read_bytes() for name, path in sorted(found) if is_locked(name)}


def own_files(folder: Path) -> dict[str, bytes]:
    """Return the same of a county's own folder, named as if it stood among the categories."""
    found = sorted(folder.glob("*/*.json"))
    named = {f"categories/{path.relative_to(folder).as_posix()}": path for path in found}
    return {name: path.read_bytes() for name, path in named.items() if is_locked(name)}


def changes_in(folder: Path) -> list[str]:
    """Return a sentence for every way in which the folder differs from what was published."""
    return published_changes(locked_files(folder), _lock(folder))


def _lock(folder: Path) -> dict[str, str]:
    path = folder / LOCK
    found: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def _folders(settings: Settings) -> list[tuple[Path, dict[str, bytes]]]:
    """Return the folders with a lock, each with the files that it holds fast."""
    found = [(settings.schemas, locked_files(settings.schemas))]
    if settings.own_folder is not None:
        found.append((settings.own_folder, own_files(settings.own_folder)))
    return found


@main.group()
def schemas() -> None:
    """公开事项类别 / Categories."""


@schemas.command("check")
def check() -> None:
    """检查类别文件，已发布的版本不许改 / Check every category; a published version may not change.

    Every fault is listed with its file and place: those of the program, and a county's own.
    """
    settings = read_settings()
    reading = read_folders(settings.schemas, settings.own_folder)
    found = [str(fault) for fault in reading.faults]
    if not found:
        folders = [settings.schemas / "categories", settings.own_folder]
        examples = faults_of_examples(reading.catalogue(), [f for f in folders if f is not None])
        found += [str(fault) for fault in examples]
        for folder, files in _folders(settings):
            found += published_changes(files, _lock(folder))
    if found:
        raise click.ClickException("\n".join(found))
    click.echo(
        f"{len(reading.found.categories)} 类，未改动已发布的版本 / categories, nothing published was changed"
    )


@schemas.command("accept")
def accept() -> None:
    """发布新版本：记下它们的指纹 / Publish new versions: lock their fingerprints. Refuses a changed one."""
    for folder, files in _folders(read_settings()):
        lock = _lock(folder)
        known = {name: data for name, data in files.items() if name in lock}
        if changed := published_changes(known, lock):
            raise click.ClickException("\n".join(changed))
        new = {name: fingerprint(data) for name, data in files.items()}
        text = json.dumps(new, indent=2, sort_keys=True, ensure_ascii=False)
        (folder / LOCK).write_text(text + "\n", "utf-8")
        for name in sorted(set(new) - set(lock)):
            click.echo(name)
