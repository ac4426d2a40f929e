"""Attack: reading what the term has hidden by a short link, an old number, a photo's hash, a difference, a feed, a file, a question."""

from __future__ import annotations

from server.rules.short_links import notice_signs, sheet_signs
from tests.cast import Hall, problem_of
from tests.journeys.asking import answered, follow_of
from tests.journeys.retaining import MARKS, OVER, READ_THROUGH, REASON, corrected
from tests.journeys.surfaces import answers, showing


async def test_no_public_address_shows_anything_of_it(hall: Hall) -> None:
    disclosure, _, photos = await corrected(hall)
    inquiry = await answered(hall, 1, disclosure_id=disclosure, text="附注印记是什么意思？")
    hashes = [
        row["content_hash"]
        for row in await hall.rows("SELECT content_hash FROM edition ORDER BY number")
    ]
    sheets = [sheet_signs(notice_signs(disclosure), n + 1, h) for n, h in enumerate(hashes)]

    hall.clock.set(READ_THROUGH)
    visitor = hall.visitor()
    assert "附注印记是什么意思" in (await visitor.get(f"/q/{inquiry['id']}")).text
    assert MARKS[1] in (await visitor.get("/api/v1/search?q=附注")).text

    hall.clock.set(OVER)
    found = await answers(hall, disclosure, photos, 2)
    for told in (*MARKS, REASON, *hashes, "附注印记是什么意思"):
        assert [a for a in showing(found, told) if "q=" not in a] == [], told
    for address, answer in found.items():
        if disclosure in address or any(photo in address for photo in photos):
            assert answer.status_code in (303, 404, 410), address
        else:
            assert disclosure not in answer.text, address
            assert not any(photo in answer.text for photo in photos), address
    for signs in (*sheets, notice_signs(disclosure)):
        assert problem_of(await visitor.get(f"/S/{signs}")) == "notice-no-longer-public"
    assert (await visitor.get(f"/q/{inquiry['id']}")).status_code == 404
    follow = (await visitor.get(f"/api/v1/follow-ups/{follow_of(1)}")).json()
    assert (follow["disclosure_id"], follow["notice"], follow["line"]) == (None, None, None)
