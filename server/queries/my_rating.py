"""What a device said of a notice: for its own form alone."""

from __future__ import annotations

from server.rules.inquiries import device_mark
from server.rules.ratings import Point, Said, points_of
from server.storage import ratings
from server.storage.database import Reader


async def my_rating(db: Reader, disclosure_id: str, device: str) -> dict[Point, Said]:
    """Return the five points as the device left them; nothing where it has not rated."""
    found = await ratings.get(db, device_mark(disclosure_id, device))
    return points_of(found.said) if found else {}
