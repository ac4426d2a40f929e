"""Attack on somebody else's privacy: a personal number in a question, an answer, a reason or the words shown instead."""

from __future__ import annotations

import pytest

from tests.attacks.test_personal_numbers_everywhere import NUMBERS
from tests.cast import ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.asking import answer, ask, asked, at_desk
from tests.journeys.posting import new_id
from tests.journeys.written import written

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize("kind", NUMBERS)
async def test_no_number_in_a_question(hall: Hall, kind: str) -> None:
    before = await written(hall)
    refused = await ask(hall, text=f"他的号码是 {NUMBERS[kind]}，为什么领两份？")
    assert problem_of(refused) == "content-has-errors"
    assert refused.json()["errors"][0]["pointer"] == "/text"
    assert NUMBERS[kind] not in refused.text
    assert await written(hall) == before


@pytest.mark.parametrize(
    ("kind", "taken"), [("mobile", True), ("identity", False), ("card", False), ("passport", False)]
)
async def test_a_contact_is_a_telephone_and_nothing_worse(
    hall: Hall, kind: str, taken: bool
) -> None:
    sent = await ask(hall, contact=NUMBERS[kind])
    assert (sent.status_code == 201) is taken
    if not taken:
        assert problem_of(sent) == "content-has-errors"
        assert sent.json()["errors"][0]["pointer"] == "/contact"


async def test_nor_in_anything_written_at_the_desk(hall: Hall) -> None:
    number = NUMBERS["identity"]
    held = await asked(hall, 1, proved=False)
    body = {"decision": "refuse", "reason": f"查无 {number}"}
    assert problem_of(await at_desk(hall, ZHAO_LIU, held["id"], "look", body)) == (
        "content-has-errors"
    )
    receipt = await asked(hall, 2)
    body = {"id": new_id(hall.clock(), 1), "text": f"他是 {number}"}
    tried = await at_desk(hall, ZHANG_SAN, receipt["id"], "answers", body)
    assert problem_of(tried) == "content-has-errors"
    await answer(hall, receipt["id"])
    for verdict in (
        {"decision": "return", "reason": f"应写 {number}"},
        {"decision": "approve", "shown_text": f"问 {number}"},
    ):
        tried = await at_desk(hall, ZHAO_LIU, receipt["id"], "review", verdict)
        assert problem_of(tried) == "content-has-errors"
        assert number not in tried.text
