"""Something that only looks personal is let through by two people: one says why, another confirms each place."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from server.storage import editions
from tests.cast import VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.posting import ALL_FIVE, accounts_of, new_id, send_photo, submission
from tests.journeys.relief import relief_of
from tests.journeys.written import written

REMARK = "/content/households/0/remark"
WHY = "“抗癌”是小组的路名"


def _notice(hall: Hall, remark: str, **changes: Any) -> dict[str, Any]:
    content = relief_of("2026-10-08")
    content["households"][0]["remark"] = remark
    return submission(
        hall,
        category="dibao_preliminary",
        period=None,
        event_on="2026-10-08",
        content=content,
        **changes,
    )


def _asked(pointer: str = REMARK, kind: str = "words", reason: str = WHY) -> dict[str, str]:
    return {"pointer": pointer, "kind": kind, "reason": reason}


async def _read(hall: Hall, sent: dict[str, Any]) -> tuple[Any, Any]:
    auditor = await hall.client_as(WANG_WU)
    return auditor, await auditor.get(f"/api/v1/submissions/{sent['id']}")


async def _review(hall: Hall, sent: dict[str, Any], **changes: Any) -> Any:
    auditor, read = await _read(hall, sent)
    return await auditor.post(
        f"/api/v1/submissions/{sent['id']}/review",
        json={
            "id": new_id(hall.clock(), 900),
            "decision": "approve",
            "points": ALL_FIVE,
            **changes,
        },
        headers={"If-Match": read.headers["etag"]},
    )


@pytest.mark.one_engine
async def test_a_word_passes_when_two_people_say_so_and_the_matrix_counts_it(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    photo = await send_photo(editor)
    board = [{"sha256": photo, "role": "board"}]
    sent = _notice(hall, "抗癌路 3 号", photos=board)
    refused = await editor.post("/api/v1/submissions", json=sent)
    assert problem_of(refused) == "content-has-errors"
    [place] = refused.json()["errors"]
    assert (place["pointer"], place["kind"]) == (REMARK, "words")

    sent["overrides"] = [_asked()]
    accepted = await editor.post("/api/v1/submissions", json=sent)
    assert accepted.status_code == 201, accepted.text

    _, read = await _read(hall, sent)
    [finding] = [f for f in read.json()["findings"] if f.get("override")]
    assert (finding["place"], finding["kind"], finding["override"]) == (REMARK, "words", WHY)

    before = await written(hall)
    unticked = await _review(hall, sent)
    assert problem_of(unticked) == "overrides-not-confirmed"
    assert [e["pointer"] for e in unticked.json()["errors"]] == [REMARK]
    assert await written(hall) == before

    ticked = await _review(hall, sent, confirmed=[{"pointer": REMARK, "kind": "words"}])
    assert ticked.status_code == 200, ticked.text
    auditor = await hall.client_as(WANG_WU)
    matrix = await auditor.get(
        f"/api/v1/compliance?division={VILLAGE_A}&first=2026-10-01&last=2026-10-31"
    )
    cells = [c for row in matrix.json()["rows"] for c in row["cells"] if c]
    counted = [f for c in cells for f in c["findings"] if f["kind"] == "overridden"]
    assert len(counted) == 1
    assert "1 处" in str(counted[0]["text"])
    evidence = await auditor.get(
        f"/api/v1/compliance/evidence?division={VILLAGE_A}&category=dibao_preliminary&period={cells[0]['period']}"
    )
    assert "1 处像是个人信息" in evidence.text


@pytest.mark.one_engine
async def test_the_tick_for_another_kind_or_place_is_no_tick(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    sent = _notice(hall, "抗癌路 3 号", overrides=[_asked()])
    assert (await editor.post("/api/v1/submissions", json=sent)).status_code == 201
    for wrong in (
        {"pointer": REMARK, "kind": "mobile"},
        {"pointer": "/content/remark", "kind": "words"},
    ):
        assert problem_of(await _review(hall, sent, confirmed=[wrong])) == "overrides-not-confirmed"


async def test_returning_needs_no_tick(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    sent = _notice(hall, "抗癌路 3 号", overrides=[_asked()])
    await editor.post("/api/v1/submissions", json=sent)
    answer = await _review(
        hall, sent, decision="return", points=ALL_FIVE | {"scope": False}, reason="请写组别"
    )
    assert answer.status_code == 200
    assert answer.json()["stage"] == "returned"


@pytest.mark.one_engine
async def test_an_identity_or_card_number_is_never_let_through(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    before = await written(hall)
    for text in ("11010519491231002X", "6228480402564890018", "1101**********002X"):
        content = copy.deepcopy(accounts_of("2026-q3"))
        content["organisation"] = text
        for kind in ("mobile", "words"):
            asked = [_asked("/content/organisation", kind, "是单位的号码")]
            sent = submission(hall, content=content, overrides=asked)
            answer = await phone.post("/api/v1/submissions", json=sent)
            assert problem_of(answer) == "content-has-errors"
        asked = [_asked("/content/organisation", "identity", "是单位的号码")]
        answer = await phone.post(
            "/api/v1/submissions", json=submission(hall, content=content, overrides=asked)
        )
        assert answer.status_code in (400, 422), "there is no such override"
    assert await written(hall) == before


@pytest.mark.one_engine
async def test_an_identity_number_beside_a_mobile_stays_refused(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    content = accounts_of("2026-q3") | {"organisation": "11010519491231002X 13800138000"}
    asked = [_asked("/content/organisation", "mobile", "是单位的手机")]
    answer = await phone.post(
        "/api/v1/submissions", json=submission(hall, content=content, overrides=asked)
    )
    assert [e["kind"] for e in answer.json()["errors"]] == ["identity"]


@pytest.mark.one_engine
async def test_a_reason_is_words_and_passes_the_gate_itself(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    for reason, pointers in (("   ", [REMARK]), ("电话 13800138000", ["/overrides/0/reason"])):
        sent = _notice(hall, "抗癌路 3 号", overrides=[_asked(reason=reason)])
        answer = await editor.post("/api/v1/submissions", json=sent)
        assert [e["pointer"] for e in answer.json()["errors"]] == pointers


@pytest.mark.one_engine
async def test_an_override_of_what_nobody_saw_is_not_kept(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    sent = _notice(hall, "住房漏雨", overrides=[_asked()])
    answer = await editor.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    async with hall.store.transaction() as tx:
        kept = await editions.get(tx, sent["id"])
    assert kept is not None
    assert [f for f in kept.findings if f.get("override")] == []
