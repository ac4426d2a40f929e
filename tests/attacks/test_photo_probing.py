"""Attack: whoever holds a copy of a photo asks for its hash, to learn that a notice with it is on its way."""

from __future__ import annotations

import pytest

from tests.cast import (
    LI_SI,
    SUN_QI,
    VILLAGE_B,
    ZHANG_SAN,
    Hall,
    problem_of,
)
from tests.journeys.posting import approve, board_photo, send_photo, submission

pytestmark = pytest.mark.one_engine

COPIES = [f"{size}.{kind}" for size in (320, 960, 1920) for kind in ("webp", "jpg")]


@pytest.mark.parametrize("name", COPIES)
async def test_known_and_unknown_hashes_answer_alike(hall: Hall, name: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone)
    opens = "2026-10-12T08:00:00+08:00"
    sent = submission(
        hall, photos=[{"sha256": photo, "role": "board"}], publish={"when": "at", "at": opens}
    )
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201

    async def refused() -> None:
        for stranger in (hall.visitor(), await hall.client_as(SUN_QI)):
            known = await stranger.get(f"/api/v1/photos/{photo}/{name}")
            unknown = await stranger.get(f"/api/v1/photos/{'0' * 64}/{name}")
            assert problem_of(known) == problem_of(unknown) == "not-found"
            about = (known.json(), unknown.json())
            assert about[0] | {"instance": ""} == about[1] | {"instance": ""}
            for header in ("etag", "cache-control", "vary", "content-type"):
                assert known.headers.get(header) == unknown.headers.get(header)
            tag = f'"{photo[:24]}-{name}"'
            asked = await stranger.get(
                f"/api/v1/photos/{photo}/{name}", headers={"If-None-Match": tag}
            )
            assert asked.status_code == 404

    await refused()
    await approve(hall, sent["id"])
    await refused()
    hall.clock.set("2026-10-12 07:59:59+08:00")
    await refused()
    supervisor = await hall.client_as(LI_SI)
    seen = await supervisor.get(f"/api/v1/photos/{photo}/{name}")
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "private, no-store")

    hall.clock.set("2026-10-12 08:00:00+08:00")
    shown = await hall.visitor().get(f"/api/v1/photos/{photo}/{name}")
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "public, no-cache")


async def test_sending_it_again_tells_only_who_may_send(hall: Hall) -> None:
    """The next village's accountant must have the whole picture to hear that it is known; the hash is not enough."""
    await send_photo(await hall.client_as(ZHANG_SAN))
    sha256, _ = board_photo(1)
    sun = await hall.client_as(SUN_QI)
    guess = await sun.put(f"/api/v1/photos/{sha256}?division={VILLAGE_B}", content=b"a guess")
    assert problem_of(guess) == "hash-mismatch"
