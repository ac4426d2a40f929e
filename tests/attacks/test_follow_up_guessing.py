"""Attack: find somebody's private link: from what is public, from the database, by its id, by its pieces."""

from __future__ import annotations

import pytest

from tests.cast import VILLAGE_A, ZHAO_LIU, Hall, problem_of
from tests.journeys.asking import answered, ask, asked, follow_of


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "guess",
    [
        follow_of(2),
        follow_of(1)[:-1],
        follow_of(1).upper(),
        "%25" * 8,
        "_" * 22,
        "a" * 65,
        "01a11906-3680-7000-8000-000000001389",
    ],
)
async def test_only_the_whole_link_opens(hall: Hall, guess: str) -> None:
    await asked(hall)
    visitor = hall.visitor()
    assert (await visitor.get(f"/api/v1/follow-ups/{follow_of(1)}")).status_code == 200
    assert problem_of(await visitor.get(f"/api/v1/follow-ups/{guess}")) == "not-found"


async def test_neither_public_pages_nor_the_desk_nor_the_database_hold_a_link(hall: Hall) -> None:
    receipt = await answered(hall)
    zhao = await hall.client_as(ZHAO_LIU)
    for client, address in (
        (hall.visitor(), f"/api/v1/villages/{VILLAGE_A}/inquiries"),
        (hall.visitor(), f"/api/v1/inquiries/{receipt['id']}"),
        (zhao, "/api/v1/desk/inquiries"),
        (zhao, f"/api/v1/desk/inquiries/{receipt['id']}"),
    ):
        found = await client.get(address)
        assert found.status_code == 200
        assert follow_of(1) not in found.text
        assert "follow" not in found.text
    for table in ("inquiry", "inquiry_contact", "event", "throttle"):
        assert follow_of(1) not in str(await hall.rows(f"SELECT * FROM {table}"))
    (row,) = await hall.rows("SELECT follow_hash FROM inquiry")
    assert problem_of(await hall.visitor().get(f"/api/v1/follow-ups/{row['follow_hash']}")) == (
        "not-found"
    )


@pytest.mark.one_engine
async def test_whoever_knows_the_id_and_the_words_does_not_get_the_link(hall: Hall) -> None:
    receipt = await asked(hall)
    guessed = await ask(hall, 1, proved=False, follow=follow_of(8))
    assert problem_of(guessed) == "same-id-other-content"
    assert follow_of(1) not in guessed.text
    assert receipt["follow_url"].endswith(follow_of(1))


@pytest.mark.one_engine
async def test_a_link_that_is_taken_is_not_given_twice(hall: Hall) -> None:
    await asked(hall, 1)
    taken = await ask(hall, 2, follow=follow_of(1))
    assert problem_of(taken) == "wrong-type"
    assert len(await hall.rows("SELECT id FROM inquiry")) == 1
