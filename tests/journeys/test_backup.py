"""Backed up while people work, restored elsewhere: the same record, as docs/operations.md says."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from server.external import signing
from tests.cast import VILLAGE_A, WANG_WU, ZHANG_SAN, Hall, opened
from tests.journeys.posting import approve, send_photo, submission

PUBLIC = (f"/api/v1/villages/{VILLAGE_A}", f"/v/{VILLAGE_A}", "/api/v1/receipt-key")
MATRIX = f"/api/v1/compliance?division={VILLAGE_A}"


def copied(database: str, to: Path) -> None:
    """Copy a database that is in use, the way `sqlite3 FILE .backup` does."""
    with sqlite3.connect(database) as live, sqlite3.connect(to) as copy:
        live.backup(copy)
    live.close()
    copy.close()


@pytest.mark.sqlite
async def test_the_copy_is_the_same_record(
    hall: Hall, database_url: str, photo_root: Path, tmp_path: Path
) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(zhang)
    sent = submission(hall, photos=[{"sha256": photo, "role": "board"}])
    receipt = (await zhang.post("/api/v1/submissions", json=sent)).json()
    await approve(hall, sent["id"])
    there = tmp_path / "there"
    there.mkdir()

    copied(database_url.removeprefix("sqlite://"), there / "gongshilan.db")
    later = await send_photo(zhang, seed=7)  # comes between the two copies
    shutil.copytree(photo_root, there / "photos")
    shutil.copy(photo_root.parent / "receipt.key", there)

    async with opened(f"sqlite://{there / 'gongshilan.db'}", there / "photos") as restored:
        restored.clock.now = hall.clock()
        for address in PUBLIC:
            was, now = await hall.visitor().get(address), await restored.visitor().get(address)
            assert was.status_code == now.status_code == 200
            assert was.text == now.text
        picture = await restored.visitor().get(f"/api/v1/photos/{photo}/320.jpg")
        assert picture.status_code == 200
        assert not await restored.rows("SELECT * FROM photo WHERE sha256 = ?", later)
        text, _ = signing.open_note(receipt["signed"], [restored.house.signer.verifier])
        assert sent["id"] in text
        matrices = [
            (await (await each.client_as(WANG_WU)).get(MATRIX)).json() for each in (hall, restored)
        ]
        assert matrices[0]["rows"] == matrices[1]["rows"] != []
