"""A county whose rule names a term: accounts hang for ten days and can be read for a month after that."""

from __future__ import annotations

from typing import Any

from server.rules.schedules import parse_policy
from tests.cast import COUNTY, ZHANG_SAN, Hall
from tests.journeys.posting import accounts_of, approve, new_id, send_photo, submission

# Two editions: the second opens on the 10th and hangs through the 20th.
FIRST_READ_THROUGH = "2026-11-10 23:59:59+08:00"
FIRST_OVER = "2026-11-11 00:00:00+08:00"
READ_THROUGH = "2026-11-20 23:59:59+08:00"
OVER = "2026-11-21 00:00:00+08:00"
MARKS = ("印记一号", "印记二号")
REASON = "缘由二条"


def ruled(hall: Hall, **display: Any) -> None:
    """Let the county's rule of last year stand, as an operator records one with any day."""
    term = {"until": "fixed", "min_days": 10, "retention": {"months": 1}, **display}
    policy = parse_policy(
        {
            "id": "county-2026",
            "division_prefix": COUNTY[:6],
            "valid_from": "2026-01-01",
            "valid_to": None,
            "title": {"zh": "彭阳县村务公开办法", "en": "The county's measures"},
            "legal_basis": [],
            "overrides": {
                "finance_quarterly": {"display": {k: v for k, v in term.items() if v is not None}}
            },
        }
    )
    book = hall.house.book
    hall.house.book = book.under([*book.policies, policy])


async def published(hall: Hall, number: int, **changes: Any) -> tuple[str, str, str]:
    """Publish edition `number` with its mark and photo; return disclosure, submission and photo."""
    phone = await hall.client_as(ZHANG_SAN)
    photo = await send_photo(phone, seed=number)
    mark = MARKS[number - 1]
    sent = submission(
        hall,
        id=new_id(hall.clock(), number),
        content=accounts_of("2026-q3") | {"prepared_by": mark, "note": f"附注{mark}"},
        photos=[{"sha256": photo, "role": "board"}],
        reason=REASON if number > 1 else None,
        **changes,
    )
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"], seed=number)
    return receipt.json()["disclosure_id"], sent["id"], photo


async def corrected(hall: Hall) -> tuple[str, list[str], list[str]]:
    """Publish on the 8th and correct on the 10th; return disclosure, submissions and photos."""
    ruled(hall)
    disclosure, first, photo = await published(hall, 1)
    hall.clock.set("2026-10-10 09:00+08:00")
    _, second, other = await published(hall, 2)
    return disclosure, [first, second], [photo, other]
