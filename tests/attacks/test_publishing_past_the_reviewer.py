"""Attack: what a reviewer would not let through is called urgent, so that nobody is asked first."""

from __future__ import annotations

from typing import Any

import msgspec

from server.web.submissions import SubmissionBody, submission_of
from tests.cast import ZHAO_LIU, Hall, problem_of
from tests.journeys.posting import new_id
from tests.journeys.urgent import WHY, page, published, review, send, urgent
from tests.journeys.written import written

AT_ONCE = {"when": "at_once", "reason": WHY}


async def again(hall: Hall, matter: str, seed: int, **changes: Any) -> dict[str, Any]:
    """Return another posting of the same matter, as urgent as the first."""
    return urgent(hall, id=new_id(hall.clock(), seed), occurrence_id=matter, **changes)


async def test_after_a_return_and_while_one_is_in_review(hall: Hall) -> None:
    body = urgent(hall, publish={"when": "on_approval"})
    await send(hall, body)
    before = await written(hall)
    beside = await send(hall, await again(hall, body["id"], 8))
    assert problem_of(beside) == "already-in-review"
    assert await written(hall) == before
    await review(hall, body["id"], decision="return", reason="缺审批表")
    before = await written(hall)
    assert problem_of(await send(hall, await again(hall, body["id"], 9))) == "urgent-only-first"
    assert await written(hall) == before
    assert (await hall.visitor().get(f"/d/{body['id']}")).status_code == 404


async def test_a_correction_waits_for_its_review_even_after_an_objection(hall: Hall) -> None:
    receipt = await published(hall)
    hall.clock.pass_(hours=1)
    await review(hall, receipt["id"], decision="return", reason="金额不符")
    before = await written(hall)
    past = await again(hall, receipt["disclosure_id"], 8, reason="改正金额")
    assert problem_of(await send(hall, past)) == "urgent-only-first"
    assert await written(hall) == before
    assert "补审没有同意：金额不符" in await page(hall, receipt["disclosure_id"])


async def test_withdrawn_and_published_first_once_more(hall: Hall) -> None:
    receipt = await published(hall)
    hall.clock.pass_(hours=1)
    editor = await hall.client_as(ZHAO_LIU)
    await editor.post(
        f"/api/v1/disclosures/{receipt['disclosure_id']}/withdrawal",
        json={"id": new_id(hall.clock(), 60), "reason": "重新来"},
    )
    before = await written(hall)
    past = await again(hall, receipt["disclosure_id"], 8, reason="重新公布")
    assert problem_of(await send(hall, past)) == "urgent-only-first"
    assert await written(hall) == before
    assert "没有等到补审就撤回了" in await page(hall, receipt["disclosure_id"])


async def test_another_reason_than_the_one_that_was_registered(hall: Hall) -> None:
    """What was registered to wait for its review is not published at once, nor for another reason."""
    body = urgent(hall, publish={"when": "on_approval"})
    kept = ("division", "category", "schema_version", "composed_at", "event_on")
    editor = await hall.client_as(ZHAO_LIU)
    digest = submission_of(msgspec.convert(body, SubmissionBody, strict=False)).hash()
    registered = await editor.put(
        f"/api/v1/commitments/{body['id']}",
        json={**{k: body[k] for k in kept}, "content_hash": digest, "photos": []},
    )
    assert registered.status_code == 201, registered.text
    before = await written(hall)
    refused = await send(hall, body | {"publish": AT_ONCE})
    assert problem_of(refused) == "same-id-other-content"
    assert await written(hall) == before


async def test_the_reason_is_text_and_stays_text(hall: Hall) -> None:
    receipt = await published(
        hall, publish={"when": "at_once", "reason": "<img src=x onerror=alert(1)>{{ 7*7 }}"}
    )
    for path in (f"/d/{receipt['disclosure_id']}", f"/d/{receipt['disclosure_id']}/poster"):
        shown = (await hall.visitor().get(path)).text
        assert "<img src=x" not in shown
        assert "{{ 7*7 }}" in shown
