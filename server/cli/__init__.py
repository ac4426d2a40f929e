"""The command `gongshilan`: one file per noun, each hooked into this group."""

from __future__ import annotations

import importlib

import click


class Commands(click.Group):
    """The group; its files are imported when a command is asked for, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of every command."""
        _load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command."""
        _load()
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands)
def main() -> None:
    """公示栏：村务公开 / Gongshilan: village disclosure."""


FILES = ("accounts", "openapi", "serve")


def _load() -> None:
    for name in FILES:
        importlib.import_module(f"{__name__}.{name}")
