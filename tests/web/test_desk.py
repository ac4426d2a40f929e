"""The front desk: the same words get the same bytes at once, and nothing else does."""

from __future__ import annotations

import httpx
import pytest

from server.web.desk import Copy
from tests.cast import VILLAGE_A, ZHANG_SAN, Hall
from tests.journeys.posting import approve, submission

pytestmark = pytest.mark.one_engine

VILLAGE = f"/v/{VILLAGE_A}"


@pytest.fixture(autouse=True)
def nobody_else_commits(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for other processes' commits once: on a busy machine the next request may come later than the lease lasts."""
    monkeypatch.setattr(hall.store.freshness, "_lease", 3600.0)


def given(hall: Hall) -> tuple[int, int]:
    """Return how many answers the desk gave whole and as 304."""
    copies: list[Copy] = list(hall.house.desk._copies.values())
    return sum(c.given for c in copies), sum(c.spared for c in copies)


def whole(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    return answer.status_code, answer.content, sorted(answer.headers.items())


@pytest.mark.parametrize("coding", ["br", "gzip", "identity", "zstd"])
@pytest.mark.parametrize("address", [VILLAGE, f"/api/v1/villages/{VILLAGE_A}"])
async def test_what_it_gives_is_what_the_whole_way_gave(
    hall: Hall, address: str, coding: str
) -> None:
    visitor = hall.visitor(**{"Accept-Encoding": coding})
    first = await visitor.get(address)
    second = await visitor.get(address)
    assert given(hall) == (1, 0)
    assert whole(second) == whole(first)
    assert "content-security-policy" in second.headers
    spared = await visitor.get(address, headers={"If-None-Match": second.headers["etag"]})
    assert given(hall) == (1, 1)
    assert (spared.status_code, spared.content) == (304, b"")
    assert spared.headers["etag"] == first.headers["etag"]
    assert "content-length" not in spared.headers


async def test_other_words_go_the_whole_way(hall: Hall) -> None:
    visitor = hall.visitor()
    chinese = await visitor.get(VILLAGE)
    english = await visitor.get(VILLAGE, headers={"Accept-Language": "en"})
    large = await visitor.get(VILLAGE, headers={"Cookie": "view=elder"})
    elsewhere = await visitor.get(VILLAGE, headers={"Host": "other.test"})
    assert given(hall) == (0, 0)
    assert len({a.text for a in (chinese, english, large, elsewhere)}) == 4


async def test_a_choice_that_sets_a_cookie_is_never_handed_to_the_next(hall: Hall) -> None:
    for _ in range(3):
        answer = await hall.visitor().get(f"{VILLAGE}?lang=en")
        assert "lang=en" in answer.headers["set-cookie"]
    assert given(hall) == (0, 0)


async def test_whoever_is_signed_in_goes_the_whole_way(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    for _ in range(3):
        assert (await phone.get(VILLAGE)).status_code == 200
    assert given(hall) == (0, 0)
    assert not hall.house.desk._copies


async def test_a_commit_and_the_moment_of_opening_take_copies_away(hall: Hall) -> None:
    visitor = hall.visitor()
    phone = await hall.client_as(ZHANG_SAN)
    tomorrow = "2026-10-09T10:00:00+08:00"
    sent = submission(hall, publish={"when": "at", "at": tomorrow})
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    for _ in range(2):
        before = await visitor.get(VILLAGE)
    assert given(hall) == (1, 0)
    hall.clock.set("2026-10-09 09:59:59+08:00")
    second_before = await visitor.get(VILLAGE)
    hall.clock.set(tomorrow)
    after = await visitor.get(VILLAGE)
    assert "111,712.09" not in before.text + second_before.text
    assert after.text != before.text
    assert after.headers["etag"] != before.headers["etag"]


async def test_new_rules_take_copies_away(hall: Hall) -> None:
    visitor = hall.visitor()
    for _ in range(2):
        await visitor.get(VILLAGE)
    book = hall.house.book
    hall.house.book = type(book)(book.categories, book.papers, book.policies, book.calendar)
    await visitor.get(VILLAGE)
    assert given(hall) == (1, 0)


async def test_it_is_not_grown_by_words_that_strangers_make_up(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.web.desk.MOST_COPIES", 20)
    for number in range(50):
        await hall.visitor().get(VILLAGE, headers={"Accept-Language": f"x-{number}"})
    assert len(hall.house.desk._copies) <= 20
