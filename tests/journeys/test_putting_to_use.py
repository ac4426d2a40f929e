"""The county's administrator puts a category to use from a day on, sees before what villages will owe, and turns it off again."""

from __future__ import annotations

import pytest

from tests.cast import COUNTY, TOWNSHIP, WANG_WU, ZHOU_BA, Hall, problem_of

USES = "/api/v1/categories-in-use"
KEY = "cadre_pay"


def turning(
    first: str, *, in_use: bool = True, division: str = COUNTY, **more: str
) -> dict[str, object]:
    return {"division": division, "in_use": in_use, "first": first, **more}


@pytest.mark.one_engine
async def test_a_category_is_put_to_use_from_a_day_and_out_of_use_again(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    listed = (await zhou.get(USES)).json()
    by_key = {each["key"]: each for each in listed["items"]}
    # The 28 of the catalogue, and the plan that says when they come.
    assert (len(by_key), listed["villages"], listed["may_manage"]) == (28 + 1, 3, True)
    assert by_key["finance_quarterly"]["use"] == {
        "in_use": True,
        "since": None,
        "next_on": None,
        "next_by": None,
    }
    assert by_key["finance_quarterly"]["villages"] == 3
    assert not by_key[KEY]["use"]["in_use"]
    assert not by_key[KEY]["own"]
    assert by_key[KEY]["legal_basis"]
    seen = (await zhou.post(f"{USES}/{KEY}/preview", json=turning("2027-01-01"))).json()
    assert (seen["newly_owed"], seen["changed"], seen["no_longer"]) == (12, 12, 0)
    assert [d["after"]["due_on"] for d in seen["dues"]][:2] == ["2027-04-15", "2027-07-15"]
    assert seen["warnings"] == []
    past = await zhou.post(f"{USES}/{KEY}", json=turning("2026-10-08", reason="目录"))
    assert problem_of(past) == "policy-begins-too-early"
    done = await zhou.post(f"{USES}/{KEY}", json=turning("2027-01-01", reason="县目录"))
    assert done.status_code == 201, done.text
    use = {each["key"]: each for each in done.json()["items"]}[KEY]["use"]
    assert use == {
        "in_use": False,
        "since": None,
        "next_on": "2027-01-01",
        "next_by": f"{KEY}-640425-270101",
    }
    # Off again later: nothing has to be ended, the newer day wins.
    off = turning("2028-01-01", in_use=False)
    seen = (await zhou.post(f"{USES}/{KEY}/preview", json=off)).json()
    assert (seen["newly_owed"], seen["no_longer"]) == (0, 12)
    assert "法律上的义务还在" in seen["warnings"][0]["zh"]
    again = await zhou.post(
        f"{USES}/{KEY}", json=turning("2027-01-01", in_use=False, reason="改主意")
    )
    assert problem_of(again) == "policy-there-already"
    hall.clock.set("2027-02-01 09:00+08:00")
    zhou = await hall.client_as(ZHOU_BA)
    await zhou.post(f"{USES}/{KEY}", json={**off, "reason": "合并"})
    use = {each["key"]: each for each in (await zhou.get(USES)).json()["items"]}[KEY]
    assert (use["use"]["since"], use["use"]["next_on"], use["villages"]) == (
        "2027-01-01",
        "2028-01-01",
        3,
    )


async def test_one_township_may_begin_alone_and_others_only_look(hall: Hall) -> None:
    zhou, wang = [await hall.client_as(p) for p in (ZHOU_BA, WANG_WU)]
    body = turning("2026-10-09", division=TOWNSHIP, reason="试点")
    assert problem_of(await wang.post(f"{USES}/{KEY}", json=body)) == "not-allowed"
    assert not (await wang.get(USES)).json()["may_manage"]
    assert problem_of(await zhou.post(f"{USES}/nothing", json=body)) == "unknown-category"
    assert (await zhou.post(f"{USES}/{KEY}", json=body)).status_code == 201
    hall.clock.set("2026-10-09 09:00+08:00")
    zhou = await hall.client_as(ZHOU_BA)
    line = {each["key"]: each for each in (await zhou.get(USES)).json()["items"]}[KEY]
    assert (line["use"]["in_use"], line["villages"]) == (False, 2)
