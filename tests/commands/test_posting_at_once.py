"""Two requests at the same moment: a phone that repeats itself, or two phones for one quarter."""

from __future__ import annotations

import asyncio

from tests.cast import ZHANG_SAN, Hall
from tests.journeys.posting import new_id, submission

URL = "/api/v1/submissions"


async def test_the_same_submission_many_times_at_once_is_one_edition(hall: Hall) -> None:
    phones = [await hall.client_as(ZHANG_SAN) for _ in range(6)]
    sent = submission(hall)
    answers = await asyncio.gather(*(phone.post(URL, json=sent) for phone in phones))
    assert sorted(a.status_code for a in answers) == [200] * 5 + [201], [a.text for a in answers]
    receipts = [a.json() | {"replayed": None} for a in answers]
    assert all(receipt == receipts[0] for receipt in receipts)
    assert len(await hall.rows("SELECT id FROM edition")) == 1
    events = await hall.rows("SELECT id FROM event WHERE action = 'edition.submitted'")
    assert len(events) == 1


async def test_two_submissions_for_one_quarter_at_once_leave_one_in_review(hall: Hall) -> None:
    phones = [await hall.client_as(ZHANG_SAN) for _ in range(4)]
    answers = await asyncio.gather(
        *(
            phone.post(URL, json=submission(hall, id=new_id(hall.clock(), number)))
            for number, phone in enumerate(phones, 70)
        )
    )
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409], [a.text for a in answers]
    assert len(await hall.rows("SELECT id FROM edition")) == 1
    assert len(await hall.rows("SELECT id FROM disclosure")) == 1
