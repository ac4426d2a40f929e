"""Inspections over HTTP: a list that a stranger draws again, a visit that is written once, and who may do neither."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx
import pytest

from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    LI_SI,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    Person,
    problem_of,
)
from tests.journeys.inspecting import DRAW, drawn, item_of, visit, visited
from tests.journeys.posting import approve, new_id, send_photo, submission


async def published(hall: Hall) -> None:
    """Let 张三 publish a quarter's accounts."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"])


@pytest.mark.one_engine
async def test_a_stranger_draws_the_list_again_from_what_is_public(hall: Hall) -> None:
    await published(hall)
    page = await drawn(hall)
    assert [i["division"] for i in page["items"]] == [
        t["item"] for t in (await _public(hall, page))["drawn"]
    ]
    public = await _public(hall, page)
    record = (await hall.visitor().get(f"/api/v1/draws/{page['head']['id']}/record")).text
    assert (len(record.splitlines()), public["record_lines"]) == (1, 1)
    seed = hashlib.sha256(record.encode()).hexdigest()
    assert seed == public["seed"] == page["seed"]
    tickets = sorted(
        hashlib.sha256(f"{seed}\n{code}".encode()).hexdigest() for code in public["population"]
    )
    assert [t["ticket"] for t in public["drawn"]] == tickets[: public["size"]]
    assert (public["population"], public["size"]) == ([VILLAGE_A, VILLAGE_B], 2)
    assert "王五" not in str(public)
    (again,) = (await hall.visitor().get(f"/api/v1/draws?division={COUNTY}")).json()["items"]
    assert again == public


async def _public(hall: Hall, page: dict[str, Any]) -> dict[str, Any]:
    answer = await hall.visitor().get(f"/api/v1/draws/{page['head']['id']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_what_is_published_or_taken_down_later_leaves_an_old_record_as_it_was(
    hall: Hall,
) -> None:
    await published(hall)
    page = await drawn(hall, kind="disclosures", first="2026-07-01", last="2026-09-30")
    address = f"/api/v1/draws/{page['head']['id']}/record"
    (item,) = page["items"]
    assert (item["division"], item["title"]) == (VILLAGE_A, "2026年第三季度财务收支")
    before = (await hall.visitor().get(address)).text
    assert before == f"{item['disclosure_id']} 1 2026-10-08T01:00:00.000Z\n"
    hall.clock.pass_(hours=1)
    phone = await hall.client_as(ZHANG_SAN)
    taken = await phone.post(
        f"/api/v1/disclosures/{item['disclosure_id']}/withdrawal",
        json={"id": new_id(hall.clock(), 9), "reason": "金额写错，更正后再公开"},
    )
    assert taken.status_code == 200, taken.text
    assert (await hall.visitor().get(address)).text == before
    later = await drawn(hall, seed=2, kind="villages")
    assert later["seed"] == page["seed"]  # nothing new was published: nothing new could be drawn


async def test_a_visit_is_written_once_with_photos_and_counts(hall: Hall) -> None:
    page = await drawn(hall)
    rank = item_of(page, VILLAGE_A)["rank"]
    wang = await hall.client_as(WANG_WU)
    photo = await send_photo(wang)
    found = visit(
        hall,
        timely="no",
        note="公开栏上还是第二季度的",
        photos=[photo],
        asked=8,
        knew=5,
        satisfied=3,
    )
    hall.clock.pass_(hours=2)
    answer = await visited(hall, page, rank, found)
    assert answer.status_code == 200, answer.text
    seen = item_of(answer.json(), VILLAGE_A)["visit"]
    assert (seen["faults"], seen["photos"], seen["visited_by_name"]) == (
        ["timely"],
        [photo],
        "王五",
    )
    assert (answer.json()["head"]["visited"], answer.json()["head"]["faulty"]) == (1, 1)
    again = await visited(hall, page, rank, found, ZHAO_LIU)  # the phone never heard the answer
    assert again.json() == answer.json()
    other = await visited(hall, page, rank, {**found, "timely": "yes"})
    assert problem_of(other) == "visit-is-written"
    rows = await hall.rows("SELECT action FROM event WHERE action LIKE 'inspection.%' ORDER BY id")
    assert [row["action"] for row in rows] == ["inspection.drawn", "inspection.visited"]
    assert (await wang.get(f"/api/v1/photos/{photo}/320.webp")).status_code == 200
    assert problem_of(await hall.visitor().get(f"/api/v1/photos/{photo}/320.webp")) == "not-found"


VISITS: list[tuple[str, dict[str, Any], str, str]] = [
    ("more knew than were asked", {"asked": 3, "knew": 4}, "counts-not-possible", "/knew"),
    ("more satisfied than asked", {"satisfied": 1}, "counts-not-possible", "/satisfied"),
    ("a no that says nothing", {"complete": "no", "note": " \n "}, "reason-needed", "/note"),
    (
        "an identity number in the note",
        {"note": "问了 11010519491231002X"},
        "content-has-errors",
        "/note",
    ),
    ("a photo that never came", {"photos": ["a" * 64]}, "unknown-photo", "/photos/0"),
    ("half a person", {"asked": 1.5}, "wrong-type", "/asked"),
]


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("changes", "slug", "pointer"), [v[1:] for v in VISITS], ids=[v[0] for v in VISITS]
)
async def test_what_a_visit_cannot_say(
    hall: Hall, changes: dict[str, Any], slug: str, pointer: str
) -> None:
    page = await drawn(hall)
    answer = await visited(hall, page, 1, visit(hall, **changes))
    assert problem_of(answer) == slug
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert not await hall.rows("SELECT id FROM inspection WHERE received_at IS NOT NULL")


DRAWS: list[tuple[str, dict[str, Any], str]] = [
    ("a span that ends before it begins", {"last": "2026-06-30"}, "wrong-type"),
    ("for nothing", {"purpose": "  "}, "reason-needed"),
    ("of what nobody published", {"kind": "disclosures"}, "nothing-to-draw"),
    ("of another township", {"division": FAR_VILLAGE}, "not-allowed"),
    ("nobody's phone in its purpose", {"purpose": "查 13800138000"}, "content-has-errors"),
]


@pytest.mark.parametrize(("changes", "slug"), [d[1:] for d in DRAWS], ids=[d[0] for d in DRAWS])
async def test_what_cannot_be_drawn(hall: Hall, changes: dict[str, Any], slug: str) -> None:
    wang = await hall.client_as(WANG_WU)
    answer = await wang.post(
        "/api/v1/inspections", json={**DRAW, "id": new_id(hall.clock(), 1), **changes}
    )
    assert problem_of(answer) == slug
    assert not await hall.rows("SELECT id FROM draw")


@pytest.mark.one_engine
async def test_the_same_draw_twice_is_one_and_another_under_its_id_is_refused(hall: Hall) -> None:
    first = await drawn(hall)
    hall.clock.pass_(minutes=5)
    assert await drawn(hall) == first
    wang = await hall.client_as(WANG_WU)
    other = await wang.post(
        "/api/v1/inspections", json={**DRAW, "id": first["head"]["id"], "detect_permille": 500}
    )
    assert problem_of(other) == "same-id-other-content"


@pytest.mark.one_engine
@pytest.mark.parametrize("person", [ZHANG_SAN, LI_SI, ZHOU_BA], ids=lambda p: p.role)
async def test_villages_and_administrators_neither_draw_nor_look_nor_visit(
    hall: Hall, person: Person
) -> None:
    page = await drawn(hall)
    client = await hall.client_as(person)
    body = {**DRAW, "id": new_id(hall.clock(), 2), "division": VILLAGE_A}
    answers: list[httpx.Response] = [
        await client.post("/api/v1/inspections", json=body),
        await client.get("/api/v1/inspections"),
        await client.get(f"/api/v1/inspections/{page['head']['id']}"),
        await visited(hall, page, 1, visit(hall), person),
    ]
    assert {problem_of(a) for a in answers} == {"not-allowed"}
    assert page["head"]["division"] == TOWNSHIP
