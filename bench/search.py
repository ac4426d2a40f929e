"""Search: a county's made-up accounts, filed as `gongshilan search rebuild` files them, and what villagers type, beside LIKE.

`python -m bench.search` measures and prints this alone, in about four minutes: a million and a half records on SQLite, a
tenth of them on PostgreSQL. `--records N` takes fewer, `--quick` 15,000; `--write` puts it into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.peers.datasette_lines import Lines, datasette
from bench.processes import MB
from bench.search_data import (
    ACTS,
    AT_ONCE,
    COUNTY,
    OF_NOTICE,
    PLACES,
    THINGS,
    VILLAGES,
    code_of,
    initials,
    notices,
    person,
    settle_place,
)
from bench.section import Verdict, run_alone
from server.commands.file_for_search import file_for_search
from server.queries.search_disclosures import search_disclosures
from server.rules.rulebook import Rulebook
from server.rules.workdays import WorkdayCalendar
from server.storage import disclosures, editions, search_words
from server.storage.database import Store
from server.storage.migrate import migrate
from server.storage.search import Scope
from server.web.catalogue import read_categories
from tools.postgres import Postgres, installed

TITLE = "## Search"
# What one county had on record in 2023: a million and a half lines, thirty characters each (45 million).
RECORDS = 1_500_000
QUICK = 15_000
# PostgreSQL gets this part of them: each record makes its way over a connection there.
PART = 10
# Filing stops after so long, whatever was filed by then.
LONGEST = 180.0
WANTED_SECONDS, WANTED_MB, WANTED_MS = 120, 150, 20
NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)


# By what is typed: (title, how a query is made).
Typed = Callable[[random.Random], str]
KINDS: dict[str, tuple[str, Typed]] = {
    "common": ("two characters, in every tenth line", lambda r: r.choice(THINGS[:10])),
    "longer": ("four to six characters", lambda r: r.choice(PLACES) + r.choice(THINGS)),
    "two": ("two words", lambda r: f"{r.choice(THINGS)} {person(r)}"),
    "person": ("a payee", person),
    "amount": ("an amount", lambda r: f"{r.randrange(1, 90_000):,}.50"),
    "pinyin": (
        "initials of an item (sqwx)",
        lambda r: initials(r.choice(THINGS) + r.choice(ACTS)),
    ),
}


@dataclass(slots=True)
class Searched:
    """How long filing took, what it takes up, and milliseconds by kind of query.

    `ours` in the county, `village` in one village; `same` is our answer in the county with LIKE in the place of the index,
    `like` a bare LIKE for 21 lines, `peer` Datasette for as many. `cpu`: of ours, of the processor.
    """

    records: int = 0
    characters: int = 0
    wanted: int = RECORDS
    load_seconds: float = 0.0
    load_cpu: float = 0.0
    texts_mb: float = 0.0
    words_mb: float = 0.0
    names: int = 0
    names_mb: float = 0.0
    ours: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    village: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    same: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    like: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    peer: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    cpu: list[float] = field(default_factory=list)


def share(values: list[float], part: float) -> float:
    """Return the value below which this part of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


@dataclass(slots=True)
class OnBoth:
    """What each engine did, by its name, and why one did nothing."""

    engines: dict[str, Searched] = field(default_factory=dict)
    lacking: str = ""
    absent: str = ""


def measure_both(folder: Path, *, records: int = RECORDS, rounds: int = 3) -> OnBoth:
    """Return what was measured on a SQLite file and, with fewer records, on a PostgreSQL of its own."""
    seen = OnBoth()
    url = f"sqlite://{folder / 'search.db'}"
    seen.engines["SQLite"] = asyncio.run(measure_search(url, records=records, rounds=rounds))
    with contextlib.ExitStack() as held:
        try:
            installed()
        except SystemExit as missing:
            seen.lacking = f"PostgreSQL: not measured. {str(missing).splitlines()[0]}"
            return seen
        server = Postgres.start(durable=True)
        held.callback(server.stop)
        fewer = max(records // PART, min(records, QUICK))
        url = server.create("search")
        seen.engines["PostgreSQL"] = asyncio.run(measure_search(url, records=fewer, rounds=rounds))
    return seen


async def measure_search(url: str, *, records: int = RECORDS, rounds: int = 3) -> Searched:
    """Return what was measured on an empty database; ours and LIKE take turns in every round."""
    await migrate(url)
    store = await Store.open(url)
    catalogue = read_categories(Path("schemas"))
    book = Rulebook(catalogue.categories, catalogue.papers, [], WorkdayCalendar({}))
    seen = Searched(wanted=records)
    try:
        await _post(store, seen)
        await _file(store, book, seen)
        await _weigh(store, seen)
        peer = None if store.postgres else datasette(Path(url.removeprefix("sqlite://")))
        dice = random.Random(4)
        for _ in range(rounds):
            for kind, (_, typed) in KINDS.items():
                for _ in range(12):
                    await _ask(store, book, seen, kind, typed(dice), dice, peer)
    finally:
        await store.close()
    return seen


async def _ask(
    store: Store,
    book: Rulebook,
    seen: Searched,
    kind: str,
    q: str,
    dice: random.Random,
    peer: Lines | None,
) -> None:
    async def ours(division: str) -> object:
        return await search_disclosures(
            store.reader, book=book, q=q, scope=Scope(division), order="newest", cursor=None,
            now=NOW, lang="zh",
        )  # fmt: skip

    county, village = f"{COUNTY}000000", code_of(dice.randrange(VILLAGES))
    begun = time.process_time()
    seen.ours[kind].append(await _timed(lambda: ours(county)))
    between = time.process_time()
    seen.village[kind].append(await _timed(lambda: ours(village)))
    seen.cpu += [(between - begun) * 1000, (time.process_time() - between) * 1000]
    # It looks at every line where little is found: a few of them say how long that takes.
    if kind != "pinyin" and len(seen.like[kind]) < len(seen.ours[kind]) / 4:
        with _like_for_an_index(q):
            seen.same[kind].append(await _timed(lambda: ours(county)))
        holds, values = _holds(q)
        sql = f"SELECT id, text FROM search_record WHERE {holds} ORDER BY id DESC LIMIT 21"
        seen.like[kind].append(await _timed(lambda: store.reader.rows(sql, *values)))
        if peer is not None:
            found = [row["id"] for row in await store.reader.rows(sql, *values)]
            if list(await peer.ask(q)) != found:
                raise RuntimeError(f"Datasette finds other lines for {q!r} than LIKE does")
            seen.peer[kind].append(await _timed(lambda: peer.ask(q)))


def _holds(q: str) -> tuple[str, list[object]]:
    terms = q.split()
    return " AND ".join(["text LIKE ?"] * len(terms)), [f"%{term}%" for term in terms]


@contextlib.contextmanager
def _like_for_an_index(q: str) -> Iterator[None]:
    """Have the ids of what holds these words come from LIKE, the newest first, and all else as it is."""

    def hits(*_: object, before: int | None, **__: object) -> tuple[str, list[object]]:
        holds, values = _holds(q)
        below = "" if before is None else " AND id < ?"
        sql = f"WITH hit AS (SELECT id FROM search_record WHERE {holds}{below} ORDER BY id DESC)"
        return sql, values if before is None else [*values, before]

    indexed = search_words.hits
    search_words.hits = hits
    try:
        yield
    finally:
        search_words.hits = indexed


async def _timed(ask: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    await ask()
    return (time.perf_counter() - started) * 1000


async def _post(store: Store, seen: Searched) -> None:
    """Put notices on record, quarter by quarter, until they have records enough."""
    dice = random.Random(3)
    async with store.transaction() as tx:
        for code in [f"{COUNTY}000000", *(code_of(n) for n in range(VILLAGES))]:
            await settle_place(tx, code)
    posted = notices(dice)
    for _ in range(0, seen.wanted, OF_NOTICE * AT_ONCE):
        async with store.transaction() as tx:
            for _ in range(AT_ONCE):
                disclosure, edition = next(posted)
                await disclosures.insert(tx, disclosure)
                await editions.insert(tx, edition)


class _TimeIsUp(Exception):
    pass


async def _file(store: Store, book: Rulebook, seen: Searched) -> None:
    """Fill the index from them as an operator would, and stop when that takes too long."""
    started, spent = time.perf_counter(), time.process_time()

    def tell(_filed: int, _total: int) -> None:
        if time.perf_counter() - started > LONGEST:
            raise _TimeIsUp

    with contextlib.suppress(_TimeIsUp):
        await file_for_search(store, book, afresh=True, tell=tell)
    seen.load_seconds = time.perf_counter() - started
    seen.load_cpu = time.process_time() - spent
    if store.postgres:
        async with store.transaction() as tx:
            await tx.execute("ANALYZE")  # which its autovacuum does within a minute


async def _weigh(store: Store, seen: Searched) -> None:
    async def weight(sql: str) -> float:
        row = await store.reader.row(f"SELECT {sql}")
        return float(next(iter((row or {}).values())) or 0)

    seen.records = int(await weight("count(*) FROM search_record"))
    seen.characters = int(await weight("sum(length(text)) FROM search_record"))
    seen.names = int(await weight("count(*) FROM search_name"))
    if store.postgres:
        seen.texts_mb = await weight("sum(octet_length(text)) FROM search_record") / MB
        seen.words_mb = await weight("pg_total_relation_size('search_words')") / MB
        seen.names_mb = await weight("pg_total_relation_size('search_name')") / MB
        return
    seen.texts_mb = await weight("sum(length(CAST(text AS BLOB))) FROM search_record") / MB
    seen.words_mb = await weight("sum(length(block)) FROM search_words_data") / MB
    # A name stands in its row and in the index that keeps it single.
    each = "length(CAST(name AS BLOB)) * 2 + length(initials) + 30"
    seen.names_mb = await weight(f"sum({each}) FROM search_name") / MB


def section(seen: OnBoth) -> str:
    """Return what was measured on both engines, as Markdown, without its heading."""
    heads = ["database", "records", "characters", "filed in s", "of it ours, processor s", "records/s",
             "texts MB", "words MB", "names", "names MB", "p95 ms of all queries", "of it ours, processor ms"]  # fmt: skip
    rows = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for name, on in seen.engines.items():
        cells = [
            name, f"{on.records:,}", f"{on.characters / 1e6:.1f} M", f"{on.load_seconds:.0f}",
            f"{on.load_cpu:.0f}", f"{on.records / on.load_seconds:,.0f}", f"{on.texts_mb:.0f}", f"{on.words_mb:.0f}",
            f"{on.names:,}", f"{on.names_mb:.0f}", f"{share(_every(on), 0.95):.1f}",
            f"{share(on.cpu, 0.95):.1f}",
        ]  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
    for name, on in seen.engines.items():
        rows += ["", f"Milliseconds on {name}, p50 / p95:", "", _times(on)]
        if on.records < on.wanted:
            rows += ["", f"Filing stopped after {LONGEST:.0f} s; {on.wanted:,} were wanted."]
    rows += [
        "",
        "Filed from their editions by what `gongshilan search rebuild` calls, in one process. A whole answer has cards of ten notices,"
        " facets and counts over the newest 200 lines that hold what was typed, newest first, all judged. ‘The same with LIKE’ is"
        " that very answer in the county, its lines found by `LIKE` instead of the index; ‘LIKE alone’ finds 21 lines and judges, counts and"
        " sorts nothing. Datasette, tuned (bench/peers/datasette_lines.py), shows the same 21 lines as bare LIKE, checked each time, and counts nothing. LIKE stops early where every tenth line holds the word, and reads all lines where few do."
        " Of the processor: this process and its threads; the machine may have had other work."
        f" PostgreSQL gets a tenth of the records, and its words and names are weighed with their indexes. {seen.lacking}".rstrip(),
    ]
    return "\n".join(rows)


def _times(on: Searched) -> str:
    def cell(values: list[float]) -> str:
        return f"{median(values):.1f} / {share(values, 0.95):.1f}" if values else "–"

    return "\n".join(
        [
            "| typed | in the county | in one village | the same with LIKE | LIKE alone | Datasette |",
            "| --- | --- | --- | --- | --- | --- |",
            *(
                f"| {title} | {cell(on.ours[kind])} | {cell(on.village[kind])} | {cell(on.same[kind])}"
                f" | {cell(on.like[kind])} | {cell(on.peer[kind])} |"
                for kind, (title, _) in KINDS.items()
            ),
        ]
    )


def _every(on: Searched) -> list[float]:
    return [each for times in (on.ours, on.village) for values in times.values() for each in values]


def _beside_like(times: dict[str, list[float]]) -> list[float]:
    """Return the times of all kinds of query that LIKE answers too."""
    return [each for kind, values in times.items() if kind != "pinyin" for each in values]


def _times_ours(theirs: list[float], ours: list[float]) -> tuple[str, bool]:
    times = share(theirs, 0.95) / share(ours, 0.95)
    return f"{times:.2g}×", times >= 50


def goals(seen: OnBoth | None) -> list[Verdict]:
    """Return the verdicts on SQLite; fewer records than the goals are about decide nothing."""
    on = seen.engines.get("SQLite") if seen else None
    names = {
        "like": (
            "G4 search over 1.5 M records: p95 of the same answers found by LIKE beside ours",
            "≥ 50×",
        ),
        "tail": ("G4 search: p99 beside its own p50", "≤ 10×"),
        "p95": ("G4 search: p95, one process", f"≤ {WANTED_MS} ms"),
        "load": ("G4 search: 1.5 M records filed", f"≤ {WANTED_SECONDS} s"),
        "size": ("G4 search: words of 1.5 M records", f"≤ {WANTED_MB} MB"),
        "peer": (
            "G4 search over 1.5 M records: p95 of Datasette’s 21 lines beside our whole answer",
            "≥ 50×",
        ),
    }
    found: dict[str, tuple[str, bool]] = {}
    if on is not None and on.records:
        ours = _beside_like(on.ours)
        asked = _beside_like(on.peer)
        tail = share(ours, 0.99) / share(ours, 0.5)
        p95 = share(_every(on), 0.95)
        found = {
            "like": _times_ours(_beside_like(on.same), ours),
            **({"peer": _times_ours(asked, ours)} if asked else {}),
            "tail": (f"{tail:.2g}×", tail <= 10),
            "p95": (f"{p95:.1f} ms", p95 <= WANTED_MS),
            "load": (f"{on.load_seconds:.0f} s", on.load_seconds <= WANTED_SECONDS),
            "size": (f"{on.words_mb:.0f} MB", on.words_mb <= WANTED_MB),
        }
    whole = on is not None and on.records >= RECORDS
    of = f" ({on.records:,} records)" if on is not None and not whole else ""
    verdicts = []
    for key, (goal, wanted) in names.items():
        said, met = found.get(key, ("–", None))
        verdicts.append(
            Verdict(goal, wanted, said + of if key in found else said, met if whole else None)
        )
    return verdicts


def _more(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--records", type=int, default=RECORDS, help="at most 1,500,000")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} records, one round")


def _measure(folder: Path, given: argparse.Namespace) -> OnBoth:
    if given.quick:
        return measure_both(folder, records=QUICK, rounds=1)
    return measure_both(
        folder, records=max(1_000, min(given.records, RECORDS)), rounds=given.rounds
    )


def main() -> None:
    """Measure, print, and write where that is asked for."""
    run_alone("bench.search", __doc__, TITLE, _measure, section, goals=goals, more=_more)


if __name__ == "__main__":
    main()
