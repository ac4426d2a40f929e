"""Reviews and withdrawals that may not be: by whom, of what, seen when, without which reason."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cast import LI_SI, SUN_QI, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, Person, problem_of
from tests.journeys.posting import ALL_FIVE, accounts_of, approve, new_id, submission
from tests.journeys.written import written

pytestmark = pytest.mark.one_engine

SEEN = {"If-Match": '"r1"'}


async def posted(hall: Hall, **changes: Any) -> dict[str, Any]:
    """Let 张三 post the third quarter and return the receipt."""
    phone = await hall.client_as(ZHANG_SAN)
    answer = await phone.post("/api/v1/submissions", json=submission(hall, **changes))
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


def verdict(hall: Hall, seed: int = 50, **changes: Any) -> dict[str, Any]:
    """Return an approval as the supervisor's phone sends it."""
    good = {"id": new_id(hall.clock(), seed), "decision": "approve", "points": ALL_FIVE}
    return good | changes


async def review(
    hall: Hall, submission_id: str, body: dict[str, Any], who: Person = LI_SI, **headers: str
) -> httpx.Response:
    """Send a verdict."""
    client = await hall.client_as(who)
    return await client.post(
        f"/api/v1/submissions/{submission_id}/review",
        json=body,
        headers=headers or SEEN,
    )


ROWS: list[tuple[str, dict[str, Any], dict[str, str], str, int, str | None]] = [
    ("a point is refused", {"points": ALL_FIVE | {"form": False}}, SEEN, "points-not-met", 422, "/points/form"),
    ("a point is missing", {"points": {"process": True}}, SEEN, "wrong-type", 422, "/points/decision"),
    ("a sixth point", {"points": ALL_FIVE | {"mood": True}}, SEEN, "unknown-field", 422, "/points/mood"),
    ("returned without a reason", {"decision": "return"}, SEEN, "reason-needed", 422, "/reason"),
    ("returned with spaces", {"decision": "return", "reason": "  "}, SEEN, "reason-needed", 422, "/reason"),
    ("neither yes nor no", {"decision": "maybe"}, SEEN, "wrong-type", 422, "/decision"),
    ("an id in upper case", {"id": "01A11906-3680-7000-8000-00000000003A"}, SEEN, "wrong-type", 422, "/id"),
    ("nothing was read", {}, {"X": "y"}, "precondition-required", 428, None),
    ("anything will do", {}, {"If-Match": "*"}, "precondition-required", 428, None),
    ("something else was read", {}, {"If-Match": '"r7"'}, "edited-meanwhile", 412, None),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "seen", "slug", "status", "pointer"), ROWS)
async def test_half_a_verdict(
    hall: Hall,
    what: str,
    change: dict[str, Any],
    seen: dict[str, str],
    slug: str,
    status: int,
    pointer: str | None,
) -> None:
    receipt = await posted(hall)
    before = await written(hall)
    for lang in ("zh-CN", "en"):
        headers = seen | {"Accept-Language": lang}
        answer = await review(hall, receipt["id"], verdict(hall) | change, **headers)
        assert (problem_of(answer), answer.status_code) == (slug, status), what
        if pointer is not None:
            assert pointer in [e["pointer"] for e in answer.json()["errors"]]
        assert answer.json()["detail"].isascii() == (lang == "en")
    assert await written(hall) == before
    stale = await review(hall, receipt["id"], verdict(hall), **{"If-Match": '"r7"'})
    assert (stale.json()["expected"], stale.json()["actual"]) == (7, 1)


@pytest.mark.parametrize("who", [ZHANG_SAN, SUN_QI, WANG_WU, ZHAO_LIU])
async def test_who_does_not_review_a_village_s_accounts(hall: Hall, who: Person) -> None:
    receipt = await posted(hall)
    before = await written(hall)
    assert problem_of(await review(hall, receipt["id"], verdict(hall), who)) == "not-allowed"
    assert await written(hall) == before


async def test_decided_once(hall: Hall) -> None:
    receipt = await posted(hall)
    first = verdict(hall)
    done = await review(hall, receipt["id"], first)
    assert done.json()["stage"] == "open"
    before = await written(hall)

    assert (await review(hall, receipt["id"], first)).json() == done.json()
    again = verdict(hall, 51, decision="return", reason="迟了")
    for seen in (SEEN, {"If-Match": '"r2"'}):
        late = await review(hall, receipt["id"], again, **seen)
        assert (problem_of(late), late.status_code) == ("already-decided", 409)
    other = first | {"decision": "return", "reason": "迟了"}
    assert problem_of(await review(hall, receipt["id"], other)) == "same-id-other-content"
    assert await written(hall) == before
    missing = await review(hall, new_id(hall.clock(), 999), verdict(hall, 52))
    assert problem_of(missing) == "not-found"


async def test_a_verdict_s_id_signs_one_submission_only(hall: Hall) -> None:
    receipt = await posted(hall)
    first = verdict(hall)
    await review(hall, receipt["id"], first)
    changed = accounts_of("2026-q3") | {"prepared_by": "王五"}
    second = await posted(hall, id=new_id(hall.clock(), 8), content=changed, reason="填报人写错")
    before = await written(hall)
    reused = await review(hall, second["id"], first)
    assert problem_of(reused) == "same-id-other-content"
    assert await written(hall) == before


async def test_returned_then_repeated_is_still_returned(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    body = verdict(hall, decision="return", reason="缺签字单")
    assert (await review(hall, sent["id"], body)).json()["stage"] == "returned"
    before = await written(hall)
    replay = await phone.post("/api/v1/submissions", json=sent)
    assert (replay.status_code, replay.json()["stage"]) == (200, "returned")
    assert replay.json()["replayed"] is True
    assert await written(hall) == before


async def withdraw(
    hall: Hall, disclosure_id: str, body: dict[str, Any], who: Person = ZHANG_SAN
) -> httpx.Response:
    """Ask for a disclosure to be taken down."""
    client = await hall.client_as(who)
    return await client.post(f"/api/v1/disclosures/{disclosure_id}/withdrawal", json=body)


async def test_withdrawals_that_take_nothing_down(hall: Hall) -> None:
    receipt = await posted(hall)
    body = {"id": new_id(hall.clock(), 60), "reason": "照片拍错"}
    before = await written(hall)
    for what, asked, who, slug in (
        ("in review", body, ZHANG_SAN, "nothing-to-withdraw"),
        ("no reason", body | {"reason": " "}, ZHANG_SAN, "reason-needed"),
        ("a reason that is null", body | {"reason": None}, ZHANG_SAN, "wrong-type"),
        ("the supervisor", body, LI_SI, "not-allowed"),
        ("the next village", body, SUN_QI, "not-allowed"),
        ("a mobile number", body | {"reason": "打 13800138000"}, ZHANG_SAN, "content-has-errors"),
    ):
        assert problem_of(await withdraw(hall, receipt["disclosure_id"], asked, who)) == slug, what
    assert problem_of(await withdraw(hall, new_id(hall.clock(), 99), body)) == "not-found"
    assert await written(hall) == before


async def test_withdrawn_twice_is_withdrawn_once(hall: Hall) -> None:
    receipt = await posted(hall)
    await approve(hall, receipt["id"])
    body = {"id": new_id(hall.clock(), 60), "reason": "照片拍错"}
    hall.clock.pass_(hours=1)
    first = await withdraw(hall, receipt["disclosure_id"], body)
    assert first.status_code == 200
    before = await written(hall)
    hall.clock.pass_(hours=1)
    assert (await withdraw(hall, receipt["disclosure_id"], body)).json() == first.json()
    second = body | {"id": new_id(hall.clock(), 61), "reason": "另一个理由"}
    assert (await withdraw(hall, receipt["disclosure_id"], second)).json() == first.json()
    other = body | {"reason": "另一个理由"}
    refused = await withdraw(hall, receipt["disclosure_id"], other)
    assert problem_of(refused) == "same-id-other-content"
    assert await written(hall) == before


async def test_a_late_repeat_takes_down_nothing_that_came_after_it(hall: Hall) -> None:
    receipt = await posted(hall)
    await approve(hall, receipt["id"])
    body = {"id": new_id(hall.clock(), 60), "reason": "照片拍错"}
    hall.clock.pass_(hours=1)
    first = await withdraw(hall, receipt["disclosure_id"], body)
    again = await posted(hall, id=new_id(hall.clock(), 8), reason="照片已换")
    await approve(hall, again["id"], seed=2)
    before = await written(hall)
    repeated = await withdraw(hall, receipt["disclosure_id"], body)
    assert repeated.json() == first.json()
    assert await written(hall) == before
    page = await hall.visitor().get(f"/api/v1/disclosures/{receipt['disclosure_id']}")
    assert (page.json()["withdrawn"], page.json()["edition"]) == (None, 2)
