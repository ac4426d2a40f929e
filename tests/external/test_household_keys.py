"""The file of household keys: made once, read again when it changed, never by everybody."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

import pytest

from server.external import household_keys
from server.external.household_keys import HouseholdKeyNotValid


def test_the_first_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "household.key"
    ring = household_keys.open_keyring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert household_keys.open_keyring(path).newest.id == ring.newest.id
    key = ring.newest
    wanted = hmac.new(key.secret, "张三".encode(), hashlib.sha256).hexdigest()
    assert key.mark("张三") == wanted
    assert ring.get(key.id) == key
    # Another file's first version is another key, and says so.
    assert household_keys.open_keyring(tmp_path / "other.key").newest.id != key.id


def test_a_rotation_is_seen_without_a_restart_and_old_marks_stay_readable(tmp_path: Path) -> None:
    path = tmp_path / "household.key"
    ring = household_keys.open_keyring(path)
    old = ring.newest
    fresh = household_keys.add_version(path)
    assert [k.id for k in ring.versions()] == [old.id, fresh.id]
    assert ring.newest == fresh
    assert ring.get(old.id) == old
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(HouseholdKeyNotValid):
        household_keys.drop_version(path, fresh.id)
    household_keys.drop_version(path, old.id)
    assert ring.get(old.id) is None
    assert household_keys.add_version(path).name == "k3"


def test_a_rotation_by_somebody_else_leaves_the_file_to_whoever_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "household.key"
    household_keys.open_keyring(path)
    path.chmod(0o640)
    if os.getuid() == 0:
        os.chown(path, 12_345, 23_456)
    before = path.stat()
    household_keys.add_version(path)
    after = path.stat()
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert after.st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["household.key"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k1",
        "k1 short",
        "k1 " + "A" * 44,
        "1 " + "A" * 43 + "=",
        ("k1 " + "A" * 43 + "=\n") * 2,
        "k1 " + "é" * 43 + "=",
    ],
)
def test_a_file_that_holds_no_keys_stops_the_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "household.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(HouseholdKeyNotValid):
        household_keys.open_keyring(path)


def test_a_key_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "household.key"
    household_keys.open_keyring(path)
    path.chmod(0o644)
    with pytest.raises(HouseholdKeyNotValid, match="chmod 600"):
        household_keys.open_keyring(path)


def test_a_file_that_breaks_while_we_run_leaves_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "household.key"
    ring = household_keys.open_keyring(path)
    key = ring.newest
    path.write_text("broken")
    assert ring.newest == key
    path.unlink()
    assert ring.newest == key
