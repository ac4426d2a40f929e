"""The village of the cast is closed, or merged into its neighbour, for stories of what comes afterwards."""

from __future__ import annotations

from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B, Hall

NEW_CODE = f"{TOWNSHIP[:9]}288"


async def closed(hall: Hall, *, becomes: str | None = None, name: str | None = None) -> None:
    """Close the village of the cast at the end of 12 October; another may begin on the day after."""
    async with hall.store.transaction() as tx:
        row = await tx.row("SELECT name FROM division WHERE code = ?", VILLAGE_A)
        assert row is not None
        await tx.execute("UPDATE division SET valid_to = ? WHERE code = ?", "2026-10-12", VILLAGE_A)
        if becomes:
            await tx.execute(
                "INSERT INTO division (county, code, name, parent, level, valid_from, initials) "
                "VALUES (?, ?, ?, ?, 'village', '2026-10-13', ' x')",
                becomes[:6],
                becomes,
                name or row["name"],
                TOWNSHIP,
            )
    hall.clock.set("2026-10-14 09:00+08:00")


async def merged(hall: Hall) -> None:
    """Merge the village of the cast into its neighbour at the end of 12 October."""
    await closed(hall)
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE division SET successor = ? WHERE code = ?", VILLAGE_B, VILLAGE_A)
