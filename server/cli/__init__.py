"""The command `gongshilan`: one file per noun in this folder, each hooks its commands into `main`."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

FOLDER = Path(__file__).parent


@contextmanager
def loading() -> Iterator[None]:
    """Let the collector rest while modules are loaded, and never look at them again: nearly all of it stays."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class Commands(click.Group):
    """The group; its files are imported when a command is asked for, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of every command."""
        _load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command; its own file is enough if it has one: serving needs no import of divisions."""
        if (FOLDER / f"{cmd_name}.py").is_file():
            with loading():
                importlib.import_module(f"{__name__}.{cmd_name}")
        else:
            _load()
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands)
def main() -> None:
    """公示栏：村务公开 / Gongshilan: village disclosure."""


def _load() -> None:
    with loading():
        for path in sorted(FOLDER.glob("*.py")):
            if path.stem != "__init__":
                importlib.import_module(f"{__name__}.{path.stem}")
