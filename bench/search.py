"""Search: a county's made-up accounts, filed as an approval files them, and what villagers type, beside LIKE over the same texts.

`python -m bench.search [--records N]` measures and prints this alone.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.processes import MB
from server.external import pinyin
from server.queries.search_disclosures import search_disclosures
from server.rules.disclosures import Disclosure, Edition
from server.rules.periods import Period, period_containing
from server.rules.rulebook import Rulebook
from server.rules.values import uuid7_at
from server.rules.workdays import WorkdayCalendar
from server.storage import disclosures, editions, models, search
from server.storage.database import Store, Tx
from server.storage.migrate import migrate
from server.storage.search import Scope
from server.web.opening import read_categories

# What one county had on record in 2023: a million and a half lines, thirty characters each (45 million).
RECORDS = 1_500_000
QUICK = 15_000
# Filing stops after so long, whatever was filed by then: the whole bench has a few minutes.
LONGEST = 150.0
NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
COUNTY, CATEGORY = "640425", "finance_quarterly"
VILLAGES, QUARTERS, GROUPS, ENTRIES = 625, 80, 8, 21
AT_ONCE = 50

# fmt: off
PLACES = ["一组", "二组", "三组", "四组", "五组", "村口", "村部", "学校", "桥头", "河湾", "大坪", "小坪", "南沟", "北沟", "老庄"]
THINGS = ["水渠", "道路", "机井", "路灯", "围墙", "农机", "水泵", "管网", "桥涵", "公厕",
          "广场", "校舍", "卫生室", "文化室", "涵洞", "堤坝", "梯田", "苗圃", "暖棚", "变压器"]
ACTS = ["维修", "材料费", "人工费", "运费", "租金", "电费", "保洁", "改造", "勘测", "补助", "押金", "清淤", "加固", "油料"]
# fmt: on
FAMILIES, GIVEN = "张李王赵孙周吴郑冯陈", "一二三四五六七八九十平安和顺福禄寿喜"


def _person(dice: random.Random) -> str:
    return dice.choice(FAMILIES) + dice.choice(GIVEN) + dice.choice(GIVEN)


def _initials(name: str) -> str:
    return "".join(pinyin.readings(char)[0][0] for char in name)


# By what is typed: (title, how a query is made).
Typed = Callable[[random.Random], str]
KINDS: dict[str, tuple[str, Typed]] = {
    "common": ("two characters, in every tenth line", lambda r: r.choice(THINGS[:10])),
    "longer": ("four to six characters", lambda r: r.choice(PLACES) + r.choice(THINGS)),
    "two": ("two words", lambda r: f"{r.choice(THINGS)} {_person(r)}"),
    "person": ("a payee", _person),
    "amount": ("an amount", lambda r: f"{r.randrange(1, 90_000):,}.50"),
    "pinyin": (
        "initials of an item (sqwx)",
        lambda r: _initials(r.choice(THINGS) + r.choice(ACTS)),
    ),
}


@dataclass(slots=True)
class Searched:
    """How long filing took, what it takes up, and milliseconds by kind of query: ours, and LIKE over the same texts."""

    records: int = 0
    characters: int = 0
    wanted: int = RECORDS
    load_seconds: float = 0.0
    texts_mb: float = 0.0
    words_mb: float = 0.0
    names: int = 0
    names_mb: float = 0.0
    ours: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    village: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    like: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})


def share(values: list[float], part: float) -> float:
    """Return the value below which this part of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


async def measure_search(folder: Path, *, records: int = RECORDS, rounds: int = 5) -> Searched:
    """Return what was measured on a database of its own; ours and LIKE take turns in every round."""
    url = f"sqlite://{folder / 'search.db'}"
    await migrate(url)
    store = await Store.open(url)
    catalogue = read_categories(Path("schemas"))
    book = Rulebook(catalogue.categories, catalogue.papers, [], WorkdayCalendar({}))
    seen = Searched(wanted=records)
    try:
        await _fill(store, book, seen)
        await _weigh(store, seen)
        dice = random.Random(4)
        for _ in range(rounds):
            for kind, (_, typed) in KINDS.items():
                for _ in range(12):
                    await _ask(store, book, seen, kind, typed(dice), dice)
    finally:
        await store.close()
    return seen


async def _ask(
    store: Store, book: Rulebook, seen: Searched, kind: str, q: str, dice: random.Random
) -> None:
    async def ours(division: str) -> object:
        return await search_disclosures(
            store.reader, book=book, q=q, scope=Scope(division), order="newest", cursor=None,
            now=NOW, lang="zh",
        )  # fmt: skip

    seen.ours[kind].append(await _timed(lambda: ours(f"{COUNTY}000000")))
    seen.village[kind].append(await _timed(lambda: ours(_code(dice.randrange(VILLAGES)))))
    # It looks at every line where little is found: a few of them say how long that takes.
    if kind != "pinyin" and len(seen.like[kind]) < len(seen.ours[kind]) / 4:
        terms = q.split()
        holds = " AND ".join(["text LIKE ?"] * len(terms))
        sql = f"SELECT id, text FROM search_record WHERE {holds} ORDER BY id DESC LIMIT 21"
        seen.like[kind].append(
            await _timed(lambda: store.reader.rows(sql, *(f"%{t}%" for t in terms)))
        )


async def _timed(ask: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    await ask()
    return (time.perf_counter() - started) * 1000


# ---------------------------------------------------------------- the data


async def _fill(store: Store, book: Rulebook, seen: Searched) -> None:
    """File notices as an approval does, quarter by quarter, until there are enough records or time is up."""
    dice = random.Random(3)
    started = time.perf_counter()
    async with store.transaction() as tx:
        for code in [f"{COUNTY}000000", *(_code(n) for n in range(VILLAGES))]:
            await _place(tx, code)
    waiting: list[tuple[Disclosure, Edition]] = []
    of_notice = 1 + GROUPS + ENTRIES
    for disclosure, edition in _notices(dice):
        waiting.append((disclosure, edition))
        seen.records += of_notice
        enough = seen.records >= seen.wanted or time.perf_counter() - started > LONGEST
        if len(waiting) == AT_ONCE or enough:
            async with store.transaction() as tx:
                for each, shown in waiting:
                    await disclosures.insert(tx, each)
                    await editions.insert(tx, shown)
                    category = book.categories[CATEGORY]
                    await search.file(tx, category, each, shown, pinyin.readings)
            waiting.clear()
        if enough:
            break
    seen.load_seconds = time.perf_counter() - started


async def _place(tx: Tx, code: str) -> None:
    await tx.insert(
        models.Division, id=int(code), county=COUNTY, code=code, name=f"{code}村",
        parent=None, level="village", valid_from="", valid_to=None, initials="",
    )  # fmt: skip


def _notices(dice: random.Random) -> Iterator[tuple[Disclosure, Edition]]:
    for back in range(QUARTERS, 0, -1):
        year, quarter = divmod(2026 * 4 + 3 - back, 4)
        period = period_containing("quarterly", date(year, quarter * 3 + 1, 1))
        opens = datetime(period.end.year, period.end.month, 28, 1, tzinfo=UTC) + timedelta(days=14)
        for village in range(VILLAGES):
            yield _notice(dice, period, opens + timedelta(seconds=village * 60), village)


def _notice(
    dice: random.Random, period: Period, opens: datetime, village: int
) -> tuple[Disclosure, Edition]:
    key = uuid7_at(opens, village.to_bytes(10, "big"))
    disclosure = Disclosure(
        id=key, county=COUNTY, division=_code(village), category=CATEGORY, period_key=period.key,
        period_start=period.start, period_end=period.end, event_on=None, title="", created_at=opens,
    )  # fmt: skip
    edition = Edition(
        id=key, disclosure_id=key, number=1, state="approved", schema_version=1,
        content=_content(dice), content_hash="", reason=None, findings=[], composed_at=opens,
        captured_at=None, received_at=opens, submitted_by="", plan_at=None, plan_until=None,
        decided_at=opens, decided_by=None, opens_at=opens, comes_down_at=None,
        superseded_at=opens + timedelta(days=91), withdrawn_at=None, withdrawn_reason=None, revision=1,
    )  # fmt: skip
    return disclosure, edition


def _content(dice: random.Random) -> dict[str, Any]:
    groups: list[dict[str, Any]] = [
        {
            "label": f"{dice.choice(THINGS)}{dice.choice(ACTS)}",
            "amount": _amount(dice),
            "entries": [],
        }
        for _ in range(GROUPS)
    ]
    for number in range(ENTRIES):
        words = (dice.choice(each) for each in (PLACES, THINGS, ACTS, PLACES, ACTS))
        entry = {
            "voucher": f"记-{dice.randrange(10_000):04}",
            "summary": "".join(words),
            "party": f"{dice.choice(PLACES)}{_person(dice)}",
            "amount": _amount(dice),
        }
        groups[number % GROUPS]["entries"].append(entry)
    return {"income": groups[:2], "expense": groups[2:]}


def _amount(dice: random.Random) -> int:
    return dice.randrange(1, 90_000) * 100 + 50


def _code(village: int) -> str:
    return f"{COUNTY}{100 + village // 25}{200 + village % 25}"


async def _weigh(store: Store, seen: Searched) -> None:
    async def weight(sql: str) -> float:
        row = await store.reader.row(f"SELECT {sql}")
        return float(next(iter((row or {}).values())) or 0)

    seen.records = int(await weight("count(*) FROM search_record"))
    seen.characters = int(await weight("sum(length(text)) FROM search_record"))
    seen.texts_mb = await weight("sum(length(CAST(text AS BLOB))) FROM search_record") / MB
    seen.words_mb = await weight("sum(length(block)) FROM search_words_data") / MB
    seen.names = int(await weight("count(*) FROM search_name"))
    # A name stands in its row and in the index that keeps it single.
    each = "length(CAST(name AS BLOB)) * 2 + length(initials) + 30"
    seen.names_mb = await weight(f"sum({each}) FROM search_name") / MB


def search_table(seen: Searched) -> str:
    """Return what was measured, as Markdown."""

    def cell(values: list[float]) -> str:
        return f"{median(values):.1f} / {share(values, 0.95):.1f}" if values else "–"

    rows = [
        "| typed | in the county | in one village | LIKE over the same texts |",
        "| --- | --- | --- | --- |",
        *(
            f"| {title} | {cell(seen.ours[kind])} | {cell(seen.village[kind])} | {cell(seen.like[kind])} |"
            for kind, (title, _) in KINDS.items()
        ),
    ]
    filed = (
        f"{seen.records:,} records of {seen.characters / 1e6:.1f} million characters, filed in {seen.load_seconds:.0f} s with their"
        f" editions ({seen.records / seen.load_seconds:,.0f} a second)."
    )
    if seen.records < seen.wanted:
        filed += f" Filing stopped after {LONGEST:.0f} s; {seen.wanted:,} were wanted."
    size = (
        f"Texts {seen.texts_mb:.1f} MB, words {seen.words_mb:.1f} MB, {seen.names:,} names for pinyin {seen.names_mb:.1f} MB"
        f" ({seen.names_mb / seen.words_mb:.1%} of the words)."
    )
    said = "Milliseconds for a whole answer (cards, counts and facets), p50 / p95; LIKE finds 21 lines and judges, counts and sorts nothing."
    return "\n".join([*rows, "", filed, size, said])


def all_times(times: dict[str, list[float]]) -> list[float]:
    """Return the times of all kinds of query that LIKE answers too."""
    return [each for kind, values in times.items() if kind != "pinyin" for each in values]


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS, help="at most 1,500,000")
    arguments = parser.parse_args()
    if not 1_000 <= arguments.records <= RECORDS:
        parser.error(f"1,000 to {RECORDS:,} records")
    with tempfile.TemporaryDirectory(prefix="gongshilan-bench-") as folder:
        print(search_table(asyncio.run(measure_search(Path(folder), records=arguments.records))))


if __name__ == "__main__":
    main()
