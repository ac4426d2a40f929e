"""Files that hold a secret: written whole or not at all, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

OWNER_ALONE = 0o600


def make(path: Path, text: str) -> bool:
    """Write a new file; False where there is one already: of two first starts at once one wins.

    Raises OSError where it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = _written(path, text)
    try:
        os.link(fresh, path)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    _sync_folder(path.parent)
    return True


def replace(path: Path, text: str) -> None:
    """Put a text in the place of a file at one stroke; who owns and who may read it stays as it was. Raises OSError."""
    before = path.stat()
    fresh = _written(path, text)
    try:
        # Whoever changes it may be root, and whoever reads it the server's own account.
        if (before.st_uid, before.st_gid) != (fresh.stat().st_uid, fresh.stat().st_gid):
            os.chown(fresh, before.st_uid, before.st_gid)
        fresh.chmod(before.st_mode & 0o770)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def everybody_may_read(path: Path) -> bool:
    """Say whether others than the owner and the group may read or write a file."""
    return bool(path.stat().st_mode & 0o007)


def _written(path: Path, text: str) -> Path:
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return fresh


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
