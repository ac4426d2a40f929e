"""A villager searches: two-character words, amounts, document numbers, payees, captions; scoped, paged, counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from server.queries import search_disclosures as module
from server.storage import search as index
from tests.cast import (
    FAR_VILLAGE,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    ZHANG_SAN,
    Hall,
    problem_of,
)
from tests.journeys.posting import accounts_of, approve, new_id, send_photo, submission


async def _post(hall: Hall, **changes: Any) -> dict[str, Any]:
    phone = await hall.client_as(ZHANG_SAN)
    if changes.pop("photo", None):
        sha256 = await send_photo(phone)
        changes["photos"] = [{"sha256": sha256, "role": "board", "caption": "村口大槐树下"}]
    sent = submission(hall, **changes)
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    return sent


async def publish(hall: Hall, seed: int = 7, **changes: Any) -> dict[str, Any]:
    """Post and approve accounts of village A under an id of their own."""
    sent = await _post(hall, id=new_id(hall.clock(), seed), **changes)
    await approve(hall, sent["id"], seed=seed)
    return sent


def noted(note: str, quarter: str = "2026-q3") -> dict[str, Any]:
    """Return the accounts of a quarter with a note."""
    return accounts_of(quarter) | {"note": note}


async def _search(hall: Hall, q: str, **asked: str) -> dict[str, Any]:
    answer = await hall.visitor().get("/api/v1/search", params={"q": q, **asked})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _text(pieces: list[dict[str, Any]]) -> str:
    return "".join(piece["text"] for piece in pieces)


def _texts(found: dict[str, Any]) -> list[str]:
    """Return titles with a mark in them, and lines."""
    titles = [_text(i["title"]) for i in found["items"] if any(p["hit"] for p in i["title"])]
    return titles + [_text(line["excerpt"]) for i in found["items"] for line in i["lines"]]


async def test_what_a_villager_types_is_found(hall: Hall) -> None:
    sent = await _post(hall, photo=True, content=noted("见彭政发〔2026〕3号文件，付 12,300.50 元"))
    assert (await _search(hall, "租金"))["items"] == []  # in review
    await approve(hall, sent["id"])
    for q, line in (
        ("租金", "门面四号租金"),
        ("门面租金", "集体门面租金"),
        ("赵六", "门面一至三号上半年租金"),
        ("8,000.00", "门面一至三号上半年租金"),
        ("8000", "门面一至三号上半年租金"),
        ("８，０００", "门面一至三号上半年租金"),
        ("记-0701", "门面一至三号上半年租金"),
        ("记0701", "门面一至三号上半年租金"),
        ("租金 周八", "门面四号租金"),
        ("大槐树", "村口大槐树下"),
        ("第三季度财务", "2026年第三季度财务收支"),
        ("彭政发〔2026〕3号", "见彭政发〔2026〕3号文件"),
        ("彭政发[2026]3号", "见彭政发〔2026〕3号文件"),
        ("彭政发20263号", "见彭政发〔2026〕3号文件"),
        ("12300.50", "12,300.50 元"),
        ("¥12,300.5", "12,300.50 元"),
        (
            "经营收入",
            "经营收入 租赁收入 集体门面租金",
        ),  # an item by its own name and by its group's
        ("租赁收入 12000", "租赁收入 集体门面租金 12,000.00"),
        ("管理费用", "管理费用 干部报酬"),
        ("本期收入", "本期收入合计 47,912.41"),  # what the form adds up, by name and by amount
        ("47912.41", "本期收入合计 47,912.41"),
        ("期末余额 111712", "期末余额 111,712.09"),
    ):
        texts = _texts(await _search(hall, q))
        assert any(line in text for text in texts), (q, texts)
    assert (await _search(hall, "Accounts"))["total"] == 1
    for q in (
        "李四",
        "孙七",
        "租金 赵六 周八",
        "金租",
        "彭政发〔2025〕3号",
    ):  # handlers are not payees
        assert _texts(await _search(hall, q)) == [], q


@pytest.mark.parametrize(
    ("q", "hits"),
    [
        ("mmzj", {"门面租金"}),  # an item's name, from its middle on
        ("menmianzujin", {"门面租金"}),
        ("menmian zujin", {"门面", "租金"}),
        ("men mian zu jin", {"门面租金"}),
        ("MenMianZJ", {"门面租金"}),
        ("zhaoliu", {"赵六"}),  # a payer
        ("zl 8000", {"赵六", "8,000.00"[:5]}),
        ("cwsz", {"财务收支"}),  # a title
        ("glfy", {"管理费用"}),  # an item's group
        ("lisi", set()),  # 李四 handled it, and is no payee
        ("mmzx", set()),
    ],
)
async def test_what_is_typed_as_pinyin_is_found(hall: Hall, q: str, hits: set[str]) -> None:
    await publish(hall)
    found = await _search(hall, q, **{"in": VILLAGE_A})
    pieces = [p for i in found["items"] for p in i["title"]]
    pieces += [p for i in found["items"] for line in i["lines"] for p in line["excerpt"]]
    assert {p["text"] for p in pieces if p["hit"]} == hits
    assert (await _search(hall, q))["total"] == found["total"]
    assert (await _search(hall, q, **{"in": "110000000000"}))["total"] == 0


async def test_a_name_that_nobody_may_read_yet_spells_nothing(hall: Hall) -> None:
    """The name is on file from the approval on; what it leads to is judged like everything that is found."""
    opens = hall.clock() + timedelta(hours=2)
    await publish(hall, publish={"when": "at", "at": opens.isoformat()})
    assert await hall.rows("SELECT name FROM search_name WHERE name = '集体门面租金'")
    assert (await _search(hall, "mmzj"))["total"] == 0
    hall.clock.now = opens
    assert (await _search(hall, "mmzj"))["total"] == 1


async def test_lines_of_a_notice_are_one_answer_marked_scoped_and_counted(hall: Hall) -> None:
    await publish(hall)
    found = await _search(hall, "租金", **{"in": VILLAGE_A})
    assert (found["total"], found["more"], len(found["items"])) == (1, False, 1)
    hit = found["items"][0]
    assert {"text": "租金", "hit": True} in hit["lines"][0]["excerpt"]
    assert hit["card"]["stage"] == "open"
    assert (hit["division_name"], len(hit["lines"]), hit["lines_more"]) == ("红河村", 3, 0)
    assert [(f["key"], f["count"]) for f in found["facets"]["categories"]] == [
        ("finance_quarterly", 1)
    ]
    assert found["facets"]["periods"][0]["label"]["zh"] == "2026年第三季度"
    assert [f["key"] for f in found["facets"]["years"]] == ["2026"]
    assert [f["key"] for f in found["facets"]["divisions"]] == [VILLAGE_A]
    for scope, count in (
        ({"in": TOWNSHIP}, 1),
        ({"in": "000000000000"}, 1),
        ({"in": VILLAGE_B}, 0),
        ({"in": FAR_VILLAGE}, 0),
        ({"category": "finance_quarterly", "period": "2026Q3"}, 1),
        ({"category": "dibao_roster"}, 0),
        ({"period": "2026Q2"}, 0),
        ({"year": "2026"}, 1),
        ({"year": "2025"}, 0),
    ):
        assert (await _search(hall, "租金", **scope))["total"] == count, scope


async def _three_quarters(hall: Hall) -> list[str]:
    """Post three notices; the first one opens last. Return their periods, the one that opened last first."""
    opens = hall.clock() + timedelta(hours=5)
    await publish(hall, 1, publish={"when": "at", "at": opens.isoformat()})
    hall.clock.pass_(hours=1)
    await publish(hall, 2, period="2026Q2", content=accounts_of("2026-q2"))
    hall.clock.pass_(hours=1)
    await publish(hall, 3, period="2025Q3", content=accounts_of("2026-q2"))
    hall.clock.set("2026-10-08 14:00+08:00")
    return ["2026Q3", "2025Q3", "2026Q2"]


@pytest.mark.one_engine
async def test_newest_is_what_opened_last_not_what_came_last(hall: Hall) -> None:
    periods = await _three_quarters(hall)
    found = await _search(hall, "财务收支")
    assert [i["card"]["period"] for i in found["items"]] == periods
    assert found["items"][0]["opened_at"] == "2026-10-08T06:00:00Z"
    assert [f["key"] for f in found["facets"]["years"]] == ["2026", "2025"]
    hall.clock.set("2026-10-08 13:59:59+08:00")
    assert [i["card"]["period"] for i in (await _search(hall, "财务收支"))["items"]] == periods[1:]


@pytest.mark.parametrize("order", ["newest", "best"])
@pytest.mark.parametrize("looked_at", [200, 5, 2])
async def test_pages_follow_each_other_without_gap(
    hall: Hall, order: str, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few records are looked at for one answer, going on from page to page meets every notice, newest first."""
    periods = await _three_quarters(hall)
    monkeypatch.setattr(module, "PAGE", 1)
    monkeypatch.setattr(module, "CANDIDATES", looked_at)
    met: list[str] = []
    cursor: dict[str, str] = {}
    totals = set()
    for _ in range(12):
        found = await _search(hall, "财务收支", order=order, **cursor)
        met += [i["card"]["period"] for i in found["items"]]
        totals.add((found["total"], found["more"]))
        if found["next"] is None:
            break
        cursor = {"cursor": found["next"]}
    if order == "newest" or looked_at > 2:
        assert sorted(met) == sorted(periods)
    if order == "newest":
        assert met == periods
    # Every page counts all of them, as far as was looked.
    assert totals == {(3, False) if looked_at > 2 else (2, True)}


async def test_what_the_words_let_through_is_looked_at_further(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both pairs stand in the newer line, and not the term: the older one is found behind it."""
    await publish(hall, 1, period="2026Q2", content=noted("成立合作社", "2026-q2"))
    hall.clock.pass_(hours=1)
    await publish(hall, 2, content=noted("请作社里的账目与他们合作"))
    monkeypatch.setattr(module, "CANDIDATES", 1)
    found = await _search(hall, "合作社")
    assert [i["card"]["period"] for i in found["items"]] == ["2026Q2"]
    monkeypatch.setattr(index, "_TURNS", 1)
    found = await _search(hall, "合作社")
    assert (found["items"], found["more"]) == ([], True)
    further = await _search(hall, "合作社", cursor=found["next"])
    assert [i["card"]["period"] for i in further["items"]] == ["2026Q2"]


async def test_editions_of_one_second_have_ids_of_their_own(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no longer fits into a second takes ids of a later one, and nothing is lost."""
    monkeypatch.setattr(index, "_A_SECOND", 32)  # one notice has more than half of it
    for seed, period in enumerate(("2026Q2", "2025Q3", "2025Q2"), 1):
        await publish(hall, seed, period=period, content=accounts_of("2026-q2"))
    assert (await _search(hall, "财务收支"))["total"] == 3
    rows = await hall.rows(
        "SELECT min(id) AS low, max(id) AS high FROM search_record GROUP BY filing ORDER BY 1"
    )
    seconds = [(int(row["low"]) // 32, int(row["high"]) // 32) for row in rows]
    first = seconds[0][0]
    assert seconds == [(first + n, first + n) for n in range(3)]


@pytest.mark.one_engine
async def test_a_correction_takes_the_place_of_what_it_corrects(hall: Hall) -> None:
    await publish(hall)
    hall.clock.pass_(hours=1)
    again = await _post(
        hall, id=new_id(hall.clock(), 9), content=noted("更正了水渠维修的说明"), reason="补充说明"
    )
    assert (await _search(hall, "水渠维修"))["total"] == 0
    await approve(hall, again["id"], seed=2)
    assert [i["card"]["edition"] for i in (await _search(hall, "水渠维修"))["items"]] == [2]
    found = await _search(hall, "租金")
    assert (found["total"], len(found["items"][0]["lines"])) == (1, 3)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("asked", "slug", "numbers"),
    [
        ({"q": ""}, "search-too-short", {"count": 0, "least": 2}),
        ({"q": "渠"}, "search-too-short", {"count": 1, "least": 2}),
        ({"q": "?！*"}, "search-too-short", {"count": 1, "least": 2}),
        ({"q": "渠" * 61}, "search-too-long", {"count": 61, "most": 60}),
        ({}, "parameter-not-valid", {}),
        ({"q": "水渠", "order": "oldest"}, "parameter-not-valid", {}),
        ({"q": "水渠", "cursor": "-1"}, "parameter-not-valid", {}),
        ({"q": "水渠", "year": "26"}, "parameter-not-valid", {}),
    ],
)
async def test_what_cannot_be_searched_is_said(
    hall: Hall, asked: dict[str, str], slug: str, numbers: dict[str, int]
) -> None:
    answer = await hall.visitor().get("/api/v1/search", params=asked)
    assert problem_of(answer) == slug
    assert numbers.items() <= answer.json().items()
