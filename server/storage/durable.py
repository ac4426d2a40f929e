"""Files that survive the machine losing power: each step is fsynced, and so is the folder that names it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each durable in its parent."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir()
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder, new ones and removed ones, are durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(path: Path, data: bytes, temporary: Path) -> None:
    """Give a file these bytes, all of them or none, durably; `temporary` lies in the same folder."""
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def is_writable(folder: Path) -> bool:
    """Say whether a file can be made in a folder."""
    try:
        make_folder(folder)
        probe = folder / f"probe-{secrets.token_hex(8)}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return False
    return True
