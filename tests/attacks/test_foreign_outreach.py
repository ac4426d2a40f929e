"""Recording for another village, correcting the township, naming what is not public, and numbers in free texts."""

from __future__ import annotations

import pytest

from tests.cast import (
    FAR_VILLAGE,
    LI_SI,
    SUN_QI,
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
from tests.journeys.outreaching import letter, published, recorded, visit_day
from tests.journeys.posting import send_photo

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    ("who", "village"),
    [
        (ZHANG_SAN, VILLAGE_B),
        (ZHAO_LIU, FAR_VILLAGE),
        (WANG_WU, VILLAGE_A),
        (LI_SI, VILLAGE_A),
        (ZHOU_BA, VILLAGE_A),
    ],
)
async def test_nobody_records_for_a_place_that_is_not_theirs(
    hall: Hall, who: Person, village: str
) -> None:
    sent = letter(villages=[{"division": village}])
    assert problem_of(await recorded(hall, sent, who)) == "not-allowed"
    assert await hall.rows("SELECT id FROM outreach") == []


async def test_a_village_neither_corrects_its_neighbour_nor_the_township(hall: Hall) -> None:
    both = [{"division": VILLAGE_A}, {"division": VILLAGE_B}]
    assert (await recorded(hall, letter(1, villages=both), ZHAO_LIU)).status_code == 201
    own = letter(2, villages=[{"division": VILLAGE_B}])
    assert (await recorded(hall, own, SUN_QI)).status_code == 201
    for seed, other in ((3, letter(1)["id"]), (4, own["id"])):
        assert problem_of(await recorded(hall, letter(seed, replaces=other))) == "not-allowed"
    nowhere = letter(5, replaces="01990000-0000-7000-8000-00000000dead")
    assert problem_of(await recorded(hall, nowhere)) == "not-found"
    # The township corrects a village's record, and it stays the village's.
    better = letter(6, villages=[{"division": VILLAGE_B}], replaces=own["id"])
    assert (await recorded(hall, better, ZHAO_LIU)).json()["record"]["division"] == VILLAGE_B


async def test_another_village_neither_reads_a_record_nor_its_neighbours_part(hall: Hall) -> None:
    assert (await recorded(hall, letter())).status_code == 201
    sun = await hall.client_as(SUN_QI)
    assert problem_of(await sun.get(f"/api/v1/outreach/{letter()['id']}")) == "not-found"
    assert (await sun.get("/api/v1/outreach")).json()["items"] == []
    asked = await sun.get(f"/api/v1/outreach-coverage?division={VILLAGE_A}")
    assert problem_of(asked) == "not-allowed"
    both = [{"division": VILLAGE_A, "groups": ["河东"]}, {"division": VILLAGE_B}]
    assert (await recorded(hall, letter(2, villages=both), ZHAO_LIU)).status_code == 201
    seen = (await sun.get(f"/api/v1/outreach/{letter(2)['id']}")).json()
    assert [v["division"] for v in seen["record"]["villages"]] == [VILLAGE_B]
    assert "河东" not in str(seen)


async def test_a_notice_of_another_village_and_one_that_is_not_open_yet_are_not_told_of(
    hall: Hall,
) -> None:
    notice = await published(hall)
    elsewhere = letter(villages=[{"division": VILLAGE_B}], notices=[notice])
    assert problem_of(await recorded(hall, elsewhere, SUN_QI)) == "not-found"
    sun = await hall.client_as(SUN_QI)
    assert problem_of(await sun.get(f"/api/v1/disclosures/{notice}/texts")) == "not-allowed"
    assert problem_of(await sun.get(f"/desk/letters/{notice}")) == "not-allowed"


async def test_a_photo_of_another_village_is_as_unknown_as_none(hall: Hall) -> None:
    photo = await send_photo(await hall.client_as(ZHANG_SAN))
    sun = await hall.client_as(SUN_QI)
    said = []
    for seed, sha256 in ((1, photo), (2, "f" * 64)):
        own = letter(seed, villages=[{"division": VILLAGE_B}], photos=[sha256])
        refused = await recorded(hall, own, SUN_QI)
        assert problem_of(refused) == "unknown-photo"
        said.append(refused.text.replace(sha256, "*"))
    assert said[0] == said[1]
    # Nor does a record open a photo for its writer: it was not written.
    assert problem_of(await sun.get(f"/api/v1/photos/{photo}/320.webp")) == "not-found"
    assert await hall.rows("SELECT id FROM outreach") == []
    # Not by taking the place of a record of the township, either, whose photo was sent for the township.
    both = [{"division": VILLAGE_A}, {"division": VILLAGE_B}]
    theirs = await send_photo(await hall.client_as(ZHAO_LIU), TOWNSHIP, seed=2)
    assert (
        await recorded(hall, letter(3, villages=both, photos=[theirs]), ZHAO_LIU)
    ).status_code == 201
    over = letter(4, villages=[{"division": VILLAGE_B}], photos=[theirs], replaces=letter(3)["id"])
    assert problem_of(await recorded(hall, over, SUN_QI)) == "not-allowed"
    # A place that the record did not reach does not see it.
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE account SET division = ? WHERE id = ?", FAR_VILLAGE, SUN_QI.id)
    assert problem_of(await sun.get(f"/api/v1/photos/{theirs}/320.webp")) == "not-found"


@pytest.mark.parametrize("field", ["note", "counted_by", "place", "groups"])
async def test_a_personal_number_passes_no_field(hall: Hall, field: str) -> None:
    number = "11010519491231002X"
    sent = visit_day()
    if field == "groups":
        sent["villages"] = [{"division": VILLAGE_A, "groups": [number]}]
    else:
        sent[field] = f"找 {number}"
    answer = await recorded(hall, sent)
    assert problem_of(answer) == "content-has-errors"
    assert number not in answer.text
    assert await hall.rows("SELECT id FROM outreach") == []
