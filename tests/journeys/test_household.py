"""What my household received: the township loads a list, a villager asks, says whether it came, and the auditor follows."""

from __future__ import annotations

from typing import Any

import pytest

from server.external import household_keys
from tests.cast import (
    FAR_VILLAGE,
    LI_SI,
    SUN_QI,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.journeys.posting import approve
from tests.journeys.receiving import (
    LI,
    LISTS,
    PURPOSE,
    ROWS,
    ZHANG,
    about,
    load,
    look_up,
    notice,
    number,
    say,
    sheet,
)
from tests.workbooks import book


@pytest.mark.one_engine
async def test_a_household_reads_its_own_and_nobody_elses(hall: Hall) -> None:
    empty = await hall.visitor().get(f"/v/{VILLAGE_A}/household")
    assert "还没有录入发放清册" in empty.text
    assert '<form class="ask"' not in empty.text

    loaded = await load(hall)
    assert loaded.status_code == 200, loaded.text
    assert loaded.json() | {"id": ""} == {
        "id": "",
        "outcome": "new",
        "rows": 3,
        "unasked": 0,
        "total": 185_588,
        "added": 3,
        "removed": 0,
        "kept": 0,
        "total_before": None,
        "revision": 1,
    }
    form = await hall.visitor().get(f"/v/{VILLAGE_A}/household")
    assert 'method="post"' in form.text
    # With 'no-referrer' a browser would send the form with the origin 'null'.
    assert form.headers["referrer-policy"] == "same-origin"
    assert form.headers["cache-control"] == "no-store, no-transform"

    page = await look_up(hall, " 张 三 ", ZHANG[-4:].lower())
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store, no-transform"
    assert "¥1,075.00" in page.text
    assert PURPOSE in page.text
    assert "2026年9月30日" in page.text
    assert "716.38" not in page.text
    assert ZHANG[-4:] not in page.text

    for name, tail in (("张三", LI[-4:]), ("李四", ZHANG[-4:]), ("赵六", ZHANG[-4:])):
        nothing = await look_up(hall, name, tail)
        assert "没有查到" in nothing.text
        assert "¥" not in nothing.text
    in_english = await look_up(hall, "张三", ZHANG[-4:], lang="en")
    assert "1 payment found" in in_english.text
    elsewhere = await look_up(hall, "张三", ZHANG[-4:], division=VILLAGE_B)
    assert "没有查到" in elsewhere.text


@pytest.mark.parametrize(
    ("name", "tail", "said"),
    [
        ("", "1234", "请写上姓名"),
        ("张三", "", "三位数字"),
        ("张三", "12345", "三位数字"),
        ("张三", "X123", "三位数字"),
        ("张三", ZHANG, "三位数字"),
        ("张" * 41, "1234", "最多 40 个字"),
    ],
)
async def test_what_was_not_written_right_is_said_and_not_counted(
    hall: Hall, name: str, tail: str, said: str
) -> None:
    await load(hall)
    page = await look_up(hall, name, tail)
    assert page.status_code == 422
    assert said in page.text
    assert f'value="{tail}"' not in page.text or not tail
    assert await hall.rows("SELECT * FROM household_attempt") == []
    assert await hall.rows("SELECT * FROM throttle WHERE key LIKE 'hh%'") == []


@pytest.mark.one_engine
async def test_a_preview_keeps_nothing_and_says_what_loading_would_do(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    asked = await editor.post(f"{LISTS}/preview", params=about(), content=sheet(total="1855.88"))
    assert asked.status_code == 200, asked.text
    preview = asked.json()
    assert (preview["rows"], preview["skipped"], preview["total"]) == (3, 1, 185_588)
    assert preview["wrong"] == []
    assert preview["would"]["outcome"] == "new"
    assert preview["notice"] is None
    for table in ("payment_list", "payment", "event"):
        found = await hall.rows(f"SELECT * FROM {table}")
        assert not [r for r in found if "payments" in str(r)]

    wrong = await editor.post(
        f"{LISTS}/preview",
        params=about(),
        content=sheet([("张三", ZHANG[:-1] + "!", "0"), ("", LI, "12.345")], total="9"),
    )
    assert [(w["row"], w["column"]) for w in wrong.json()["wrong"]] == [
        (3, "C"),
        (3, "D"),
        (4, "B"),
        (4, "D"),
    ]
    assert wrong.json()["would"] is None
    assert ZHANG[:-1] not in wrong.text
    refused = await load(hall, sheet([("张三", ZHANG, "0")]))
    assert problem_of(refused) == "payment-rows-wrong"
    assert refused.json()["errors"][0]["row"] == 3


async def test_a_workbook_does_as_well_and_the_same_list_again_changes_nothing(hall: Hall) -> None:
    rows: list[list[Any]] = [["姓名", "身份证号", "金额"]]
    rows += [[name, of, float(amount)] for name, of, amount in ROWS]
    first = await load(hall)
    before = await hall.rows("SELECT * FROM payment ORDER BY id")
    again = await load(hall, book(清册=rows))
    assert again.status_code == 200, again.text
    assert again.json()["outcome"] == "unchanged"
    assert again.json()["id"] == first.json()["id"]
    assert await hall.rows("SELECT * FROM payment ORDER BY id") == before
    assert len(await hall.rows("SELECT * FROM event WHERE action LIKE 'payments.%'")) == 1


async def test_a_corrected_list_takes_its_place_and_what_was_said_stays(hall: Hall) -> None:
    await load(hall)
    zhang, li = await look_up(hall, "张三", ZHANG[-4:]), await look_up(hall, "李四", LI[-4:])
    kept = await say(hall, zhang, "yes")
    assert "记下了：收到了" in kept.text
    assert "记下了：没收到" in (await say(hall, li, "no")).text
    assert "¥1,075.00" in kept.text

    corrected = await load(
        hall, sheet([("李四", LI, "720.00"), ROWS[0], ("周八", number(44), "9")])
    )
    done = corrected.json()
    assert (done["outcome"], done["added"], done["removed"], done["kept"]) == ("replaced", 2, 2, 1)
    assert (done["total_before"], done["total"]) == (185_588, 180_400)
    assert 'aria-pressed="true">收到了' in (await look_up(hall, "张三", ZHANG[-4:])).text
    assert "¥720.00" in (await look_up(hall, "李四", LI[-4:])).text
    [event] = await hall.rows("SELECT * FROM event WHERE action = 'payments.replaced'")
    assert event["actor"] == ZHAO_LIU.id

    # Nobody can wipe a 'no' by loading the list again: the auditor still sees it, as one that is gone.
    auditor = await hall.client_as(WANG_WU)
    found = await auditor.get(f"{LISTS}/{done['id']}/not-received")
    assert [(n["row"], n["amount"], n["removed"]) for n in found.json()["items"]] == [
        (4, 71_638, True)
    ]
    gone = await hall.rows("SELECT mark FROM payment WHERE removed_at IS NOT NULL")
    assert [r["mark"] for r in gone] == [None, None]


async def test_one_answer_a_payment_and_it_may_be_changed(hall: Hall) -> None:
    loaded = (await load(hall)).json()
    page = await look_up(hall, "张三", ZHANG[-4:])
    for answer in ("no", "no", "yes"):
        assert (await say(hall, page, answer)).status_code == 200
    auditor = await hall.client_as(WANG_WU)
    [line] = (await auditor.get(LISTS)).json()["items"]
    assert (line["yes"], line["no"], line["differs"], line["key_state"]) == (1, 0, None, "newest")
    assert (await auditor.get(f"{LISTS}/{loaded['id']}/not-received")).json()["items"] == []
    said = await hall.rows("SELECT * FROM event WHERE action = 'payment.said' ORDER BY id")
    assert len(said) == 2
    assert {(r["actor"], r["address"]) for r in said} == {(None, "")}

    # An old page is asked to be opened again, and one of another village is none.
    hall.clock.pass_(minutes=31)
    assert (await say(hall, page, "no")).status_code == 410
    [line] = (await auditor.get(LISTS)).json()["items"]
    assert (line["yes"], line["no"]) == (1, 0)


async def test_who_may_and_who_may_not(hall: Hall) -> None:
    loaded = (await load(hall)).json()
    for person, may_load, may_see, may_follow in (
        (ZHAO_LIU, 200, 200, 403),
        (WANG_WU, 403, 200, 200),
        (ZHANG_SAN, 403, 403, 403),
        (LI_SI, 403, 403, 403),
        (SUN_QI, 403, 403, 403),
        (ZHOU_BA, 403, 403, 403),
    ):
        client = await hall.client_as(person)
        answers = (
            await client.post(f"{LISTS}/preview", params=about(), content=sheet()),
            await client.get(LISTS),
            await client.get(f"{LISTS}/{loaded['id']}/not-received"),
        )
        assert [a.status_code for a in answers] == [may_load, may_see, may_follow], person.name
        assert (await client.get("/api/v1/household-log")).status_code == may_see
    far = await load(hall, division=FAR_VILLAGE)
    assert problem_of(far) == "not-allowed"


@pytest.mark.one_engine
async def test_a_list_in_the_wrong_village_is_taken_down_with_a_reason(hall: Hall) -> None:
    loaded = (await load(hall)).json()
    editor = await hall.client_as(ZHAO_LIU)
    address = f"{LISTS}/{loaded['id']}/removal"
    assert problem_of(await editor.post(address, json={"reason": " "})) == "reason-needed"
    assert (await editor.post(address, json={"reason": "录到别的村去了"})).status_code == 204
    assert (await editor.post(address, json={"reason": "再按一次"})).status_code == 204
    assert "¥" not in (await look_up(hall, "张三", ZHANG[-4:])).text
    assert (await editor.get(LISTS)).json()["items"] == []
    assert len(await hall.rows("SELECT * FROM event WHERE action = 'payments.removed'")) == 1
    again = await load(hall)
    assert (again.json()["outcome"], again.json()["id"]) == ("new", loaded["id"])
    assert "¥1,075.00" in (await look_up(hall, "张三", ZHANG[-4:])).text


@pytest.mark.one_engine
async def test_two_people_of_one_name_and_ending_see_nothing_of_each_other(hall: Hall) -> None:
    one = number(11)
    other = next(
        n for day in range(1, 28) if (n := number(11, f"195001{day:02d}"))[-4:] == one[-4:]
    )
    loaded = await load(hall, sheet([("张三", one, "10"), ("张三", other, "20"), ROWS[1]]))
    assert loaded.json()["unasked"] == 2
    assert "没有查到" in (await look_up(hall, "张三", one[-4:])).text
    assert "¥716.38" in (await look_up(hall, "李四", LI[-4:])).text


async def test_a_new_key_writes_and_the_old_one_is_still_read(hall: Hall) -> None:
    await load(hall)
    path = hall.house.household_keys.path
    old = hall.house.household_keys.newest
    fresh = household_keys.add_version(path)
    await load(hall, sheet([("张三", ZHANG, "8")]), category="housing_relief", purpose="危房改造")
    page = await look_up(hall, "张三", ZHANG[-4:])
    assert "¥1,075.00" in page.text
    assert "¥8.00" in page.text
    auditor = await hall.client_as(WANG_WU)
    states = {e["category"]: e["key_state"] for e in (await auditor.get(LISTS)).json()["items"]}
    assert states == {"subsidy_list": "older", "housing_relief": "newest"}

    # What was loaded before moves to the new key when its file is loaded again: same rows, same ids, same answers.
    await say(hall, page, "yes", which=0)
    ids = {r["id"] for r in await hall.rows("SELECT id FROM payment")}
    assert (await load(hall)).json()["outcome"] == "marked_anew"
    assert {r["id"] for r in await hall.rows("SELECT id FROM payment")} == ids
    household_keys.drop_version(path, old.id)
    assert "¥1,075.00" in (await look_up(hall, "张三", ZHANG[-4:])).text
    assert [k.id for k in hall.house.household_keys.versions()] == [fresh.id]


@pytest.mark.one_engine
async def test_without_its_key_a_list_is_said_to_find_nobody(hall: Hall) -> None:
    await load(hall)
    path = hall.house.household_keys.path
    old = hall.house.household_keys.newest
    household_keys.add_version(path)
    household_keys.drop_version(path, old.id)
    assert "没有查到" in (await look_up(hall, "张三", ZHANG[-4:])).text
    auditor = await hall.client_as(WANG_WU)
    [line] = (await auditor.get(LISTS)).json()["items"]
    assert line["key_state"] == "gone"
    assert (await load(hall)).json()["outcome"] == "replaced"
    assert "¥1,075.00" in (await look_up(hall, "张三", ZHANG[-4:])).text


@pytest.mark.one_engine
async def test_the_log_counts_and_names_nobody(hall: Hall) -> None:
    await load(hall)
    await look_up(hall, "张三", ZHANG[-4:])
    for n in range(35):
        await look_up(
            hall, f"{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}", "0000", address=f"198.51.100.{n}"
        )
    auditor = await hall.client_as(WANG_WU)
    log = (await auditor.get("/api/v1/household-log")).json()
    [day] = log["days"]
    assert (day["known"], day["unknown"], day["limited"], day["guessing"]) == (1, 35, 0, True)
    assert log["newest"][-1]["outcome"] == "known"
    assert log["newest"][0].keys() == {"at", "division", "division_name", "outcome", "many"}
    hall.clock.pass_(days=1)
    await look_up(hall, "张三", ZHANG[-4:])
    log = (await auditor.get("/api/v1/household-log")).json()
    assert [(d["day"], d["guessing"]) for d in log["days"]] == [
        ("2026-10-09", False),
        ("2026-10-08", True),
    ]


@pytest.mark.one_engine
async def test_nothing_is_answered_before_the_notice_opens_and_its_sum_is_compared(
    hall: Hall,
) -> None:
    opens = "2026-10-10T01:00:00Z"
    sent, disclosure, period = await notice(hall, publish={"when": "at", "at": opens})
    editor = await hall.client_as(ZHAO_LIU)
    choices = await editor.get(f"{LISTS}/choices", params={"division": VILLAGE_A})
    [of] = next(c for c in choices.json()["categories"] if c["key"] == "subsidy_list")["notices"]
    assert (of["period"], of["total"], of["stage"]) == (period, 185_588, "in_review")
    preview = await editor.post(
        f"{LISTS}/preview", params=about(period=period), content=sheet(ROWS[:2])
    )
    assert preview.json()["differs"] == -6_450

    await load(hall, period=period)
    for moment, seen in (
        ("2026-10-08 10:00+08:00", False),
        ("2026-10-10 08:59:59+08:00", False),
        ("2026-10-10 09:00+08:00", True),
        ("2026-12-01 09:00+08:00", True),  # the notice ended, one's own payments stay
    ):
        if moment.startswith("2026-10-10 08"):
            await approve(hall, sent)
        hall.clock.set(moment)
        page = await look_up(hall, "张三", ZHANG[-4:])
        assert ("¥1,075.00" in page.text) is seen, moment
        link = f'href="/d/{disclosure}"'
        assert (link in page.text) is (seen and moment < "2026-11"), moment
        assert ("公示已经结束" in page.text) is (moment > "2026-11"), moment
    later = await hall.client_as(ZHAO_LIU)
    [line] = (await later.get(LISTS)).json()["items"]
    assert (line["notice"]["disclosure_id"], line["differs"]) == (disclosure, 0)


@pytest.mark.one_engine
async def test_a_list_belongs_to_what_there_is(hall: Hall) -> None:
    tomorrow = await load(hall, paid_on="2026-10-09")
    assert "还没到" in tomorrow.json()["errors"][0]["detail"]
    typed_wrong = f"姓名,身份证号,金额,发放日期\n张三,{ZHANG},8,2027-09-30".encode()
    early = await load(hall, typed_wrong)
    assert "第 2 行的发放日期 2027-09-30 还没到" in early.json()["errors"][0]["detail"]
    for changed, slug in (
        ({"category": "finance_quarterly"}, "unknown-category"),
        ({"category": "no_such"}, "unknown-category"),
        ({"period": "E2026-10-08-00000000"}, "parameter-not-valid"),
        ({"division": "640425103000"}, "unknown-division"),
        ({"purpose": ""}, "parameter-not-valid"),
    ):
        assert problem_of(await load(hall, **changed)) == slug, changed
    assert await hall.rows("SELECT * FROM payment_list") == []


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (b"", "spreadsheet-not-xlsx"),
        (b"%PDF-1.7", "spreadsheet-not-xlsx"),
        (b"PK\x03\x04 broken", "spreadsheet-damaged"),
        ("姓名,身份证号,金额".encode(), "payment-list-not-read"),
        ("姓名,金额\n张三,1".encode(), "payment-list-not-read"),
        (
            f"姓名,身份证号,金额,银行卡号\n张三,{ZHANG},1,0123456".encode(),
            "spreadsheet-has-personal-numbers",
        ),
        (
            f"姓名,身份证号,金额,备注\n张三,{ZHANG},1,{LI}".encode(),
            "spreadsheet-has-personal-numbers",
        ),
        (
            f"姓名,身份证号,金额,电话\n张三,{ZHANG},1,13800138000".encode(),
            "spreadsheet-has-personal-numbers",
        ),
    ],
)
async def test_a_file_that_is_none_is_refused_whole(hall: Hall, data: bytes, slug: str) -> None:
    refused = await load(hall, data)
    assert problem_of(refused) == slug
    assert ZHANG not in refused.text
    assert await hall.rows("SELECT * FROM payment_list") == []
