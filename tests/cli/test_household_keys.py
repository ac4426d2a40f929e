"""`gongshilan household-key`: versions are listed with their lists, added, and taken out only when nothing needs them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from server.cli import main
from tests.cast import Hall, hall
from tests.journeys.receiving import ZHANG, load, look_up

__all__ = ["hall"]


@pytest.mark.sqlite
async def test_a_rotation_from_the_terminal(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    import anyio.to_thread

    settings = hall.house.settings
    monkeypatch.setenv("GONGSHILAN_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("GONGSHILAN_HOUSEHOLD_KEY", settings.household_key)

    async def run(*words: str) -> tuple[int, str]:
        done = await anyio.to_thread.run_sync(CliRunner().invoke, main, ["household-key", *words])
        return done.exit_code, done.output

    await load(hall)
    old = hall.house.household_keys.newest
    assert f"{old.id}  清册 1 份" in (await run("list"))[1]
    code, said = await run("rotate")
    fresh = hall.house.household_keys.newest
    assert (code, fresh.id in said) == (0, True)
    assert fresh.secret.hex() not in said
    code, said = await run("retire", old.id)
    assert (code, "1 份清册在用" in said) == (1, True)
    assert (await run("retire", fresh.id))[0] == 1
    await load(hall)
    assert (await run("retire", old.id))[0] == 0
    assert "¥1,075.00" in (await look_up(hall, "张三", ZHANG[-4:])).text
    assert (await run("retire", old.id))[0] == 1
