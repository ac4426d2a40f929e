"""Divisions: the real counties go in once, change over time, and a list with a mistake changes nothing."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.cli.divisions import rows_of
from server.commands.import_divisions import import_divisions
from server.rules.divisions import BadDivision
from server.storage import divisions, events, versions
from server.storage.database import Store
from server.storage.division_import import Changes, Move
from tests.storage.conftest import NOW

SEEDS = Path(__file__).parents[2] / "seeds" / "divisions"
PENGYANG = SEEDS / "640425.csv"
ON = date(2026, 10, 1)

HEAD = "code,name,parent,level,valid_from,valid_to\n"
LINE = (
    "640000000000,宁夏回族自治区\n640400000000,固原市\n640425000000,彭阳县\n640425103000,红河镇\n"
)


async def load(store: Store, file: Path, on: date = ON, scope: str | None = None) -> Changes:
    with rows_of(file, bar=False) as rows:
        async with store.transaction() as tx:
            return await import_divisions(tx, rows, on=on, now=NOW, scope=scope)


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def put(file: Path, data: str | bytes) -> None:
    file.write_bytes(data.encode() if isinstance(data, str) else data)


def write(file: Path, villages: str, head: str = "code,name\n") -> Path:
    put(file, head + LINE + villages)
    return file


async def test_the_shipped_counties_are_whole_and_load_once(store: Store) -> None:
    wanted = {"640425": (12, 162), "420882": (20, 421), "321202": (14, 156)}
    for county, (townships, villages) in wanted.items():
        file = SEEDS / f"{county}.csv"
        first = await load(store, file)
        assert first.added == first.listed == townships + villages + 3
        again = await load(store, file)
        assert (again.added, again.closed, again.renamed, again.moved) == (0, 0, 0, 0)
        assert again.unchanged == again.listed
        assert len(await divisions.children(store.reader, f"{county}000000")) == townships
        assert len(await divisions.villages_under(store.reader, county)) == villages
    assert await divisions.counts(store.reader) == {
        "province": 3,
        "city": 3,
        "county": 3,
        "township": 46,
        "village": 739,
    }
    told = await events.for_subject(store.reader, "000000000000")
    assert [e.action for e in told] == ["divisions.imported"] * 6


async def test_a_line_of_divisions_leads_from_the_province_to_the_village(store: Store) -> None:
    await load(store, PENGYANG)
    line = await divisions.ancestors(store.reader, "640425100001")
    assert [(d.level, d.name) for d in line] == [
        ("province", "宁夏回族自治区"),
        ("city", "固原市"),
        ("county", "彭阳县"),
        ("township", "白阳镇"),
        ("village", "政府街社区居委会"),
    ]
    assert await divisions.ancestors(store.reader, "640425100999") == []
    asked = ["640425100001", "640425000000", "640425100999"]
    many = await divisions.lines(store.reader, asked)
    assert many == {code: await divisions.ancestors(store.reader, code) for code in asked}


async def test_a_city_without_counties_has_its_townships_below_it(
    store: Store, listing: Path
) -> None:
    put(
        listing,
        "code,name\n440000000000,广东省\n441900000000,东莞市\n441900003000,东城街道\n441900003001,岗贝社区\n",
    )
    await load(store, listing)
    line = await divisions.ancestors(store.reader, "441900003001")
    assert [d.name for d in line] == ["广东省", "东莞市", "东城街道", "岗贝社区"]


@pytest.mark.parametrize("asked", ["长岭", "clz", "zlz", "CLZ", "岭镇"])
async def test_a_name_is_found_by_part_and_by_every_reading(
    store: Store, listing: Path, asked: str
) -> None:
    await load(store, write(listing, "640425104000,长岭镇\n640425104200,单家集村\n"))
    assert [d.name for d in await divisions.search(store.reader, asked, 10)] == ["长岭镇"]


@pytest.mark.parametrize("asked", ["%", "_", "' OR 1=1 --", "  ", "!"])
async def test_signs_in_a_search_are_only_signs(store: Store, listing: Path, asked: str) -> None:
    await load(store, write(listing, "640425103200,红河村\n"))
    found = await divisions.search(store.reader, asked.strip() or "%", 10)
    assert found == []


async def test_renamed_closed_and_added_are_kept_as_history(store: Store, listing: Path) -> None:
    first = write(listing, "640425103200,红河村\n640425103201,宽坪村\n640425103202,何塬村\n")
    assert (await load(store, first, date(2025, 1, 1))).added == 7
    second = write(listing, "640425103200,红河新村\n640425103201,宽坪村\n640425103203,新设村\n")
    changes = await load(store, second, ON)
    assert (changes.renamed, changes.closed, changes.added, changes.moved) == (1, 1, 1, 0)
    assert changes.renamings == [("640425103200", "红河村", "红河新村")]
    assert changes.additions == [("640425103203", "新设村")]
    assert changes.closings == [("640425103202", "何塬村")]

    async def name(code: str, on: date | None = None) -> str | None:
        found = await divisions.get(store.reader, code, on)
        return found.name if found else None

    assert await name("640425103200", date(2026, 9, 30)) == "红河村"
    assert await name("640425103200", ON) == "红河新村"
    assert await name("640425103202") is None
    assert await name("640425103202", date(2026, 9, 30)) == "何塬村"
    assert await name("640425103203", date(2026, 9, 30)) is None
    lives = {v.code: v for v in await divisions.villages_under(store.reader, "640425103000")}
    assert lives["640425103202"].valid_to == date(2026, 9, 30)
    assert lives["640425103200"].valid_from is None
    assert lives["640425103203"].valid_from == ON
    # The pages that show the old names are out of date.
    assert await versions.get(store.reader, "640425103200") == 1
    assert await versions.get(store.reader, "640425103201") == 0
    assert (await load(store, second, ON)).unchanged == 7


async def test_who_bears_the_name_of_a_closed_village_is_among_its_successors(
    store: Store, listing: Path
) -> None:
    """However many others began on the day after, as all do where a list was first loaded then."""
    head = HEAD + LINE.replace("\n", ",,,,\n")
    others = "".join(f"6404251032{n:02d},第{n}村,,,{ON},\n" for n in range(30))
    last = ON - timedelta(days=1)
    put(
        listing,
        f"{head}{others}640425103290,友联村,,,,\n640425103298,友联村,,,2001-01-01,{last}\n",
    )
    await load(store, listing)
    was = (await divisions.line_that_stood(store.reader, "640425103298"))[-1]
    found = await divisions.successors(store.reader, was)
    assert found[0].code == "640425103290"
    assert len(found) == 20


async def test_a_township_renamed_makes_its_villages_pages_new(store: Store, listing: Path) -> None:
    village = "640425103200,红河村\n"
    await load(store, write(listing, village))
    put(listing, "code,name\n" + LINE.replace("红河镇", "红河街道") + village)
    assert (await load(store, listing)).renamed == 1
    assert await versions.get(store.reader, "640425103200") == 1


async def test_a_village_that_comes_under_another_code_has_moved(
    store: Store, listing: Path
) -> None:
    await load(
        store, write(listing, "640425103200,红河村\n640425104000,新集乡\n"), date(2025, 1, 1)
    )
    changes = await load(store, write(listing, "640425104000,新集乡\n640425104205,红河村\n"))
    assert changes.moves == [Move("红河村", "640425103200", to_code="640425104205")]
    assert (changes.moved, changes.added, changes.closed) == (1, 1, 1)


async def test_a_mistake_on_the_day_itself_is_put_right(store: Store, listing: Path) -> None:
    await load(store, write(listing, "640425103200,红河村\n"), date(2025, 1, 1))
    await load(store, write(listing, "640425103200,红诃村\n"))
    await load(store, write(listing, "640425103200,红河新村\n"))
    found = await divisions.get(store.reader, "640425103200", ON)
    assert found is not None
    assert found.name == "红河新村"
    # Closed and back on the same day, too.
    await load(store, write(listing, "640425103201,宽坪村\n"))
    assert (await load(store, write(listing, "640425103200,红河新村\n"))).added == 1


async def test_a_list_of_before_the_last_change_is_refused(store: Store, listing: Path) -> None:
    await load(store, write(listing, "640425103208,红河村\n640425103209,文沟村\n"))
    newer = "640425103208,红河新村\n640425103209,文沟村\n"
    await load(store, write(listing, newer), ON + timedelta(days=30))
    earlier = ON + timedelta(days=9)
    with pytest.raises(BadDivision, match=r"line 6: .*红河新村.* changed on 2026-10-31") as error:
        await load(store, write(listing, "640425103208,红河老村\n640425103209,文沟村\n"), earlier)
    assert "名单是 2026-10-10 的" in error.value.text.zh
    with pytest.raises(BadDivision, match="640425103208"):  # nor is it closed before it began
        await load(store, write(listing, "640425103209,文沟村\n"), earlier)
    # What it says of the others it may say, and the same names change nothing.
    changes = await load(store, write(listing, newer), earlier)
    assert (changes.renamed, changes.closed) == (0, 0)


async def test_only_what_the_list_covers_is_closed(store: Store, listing: Path) -> None:
    await load(store, PENGYANG)
    await load(store, SEEDS / "420882.csv")
    neighbour = "640422000000,西吉县\n640422100000,吉强镇\n"
    put(listing, "code,name\n" + LINE.replace("640425103000,红河镇\n", "") + neighbour)
    assert (await load(store, listing)).closed == 0
    # Said to be all of Guyuan: Pengyang's townships and villages are not in it.
    assert (await load(store, listing, scope="640400000000")).closed == 174
    assert len(await divisions.children(store.reader, "420882000000")) == 20


async def test_history_in_a_list_is_kept(store: Store, listing: Path) -> None:
    villages = (
        "640425103200,红河村,640425103000,village,2020-01-01,2023-12-31\n"
        "640425103200,红河新村,640425103000,village,2024-01-01,\n"
    )
    put(listing, HEAD + LINE + villages)
    await load(store, listing)
    old = await divisions.get(store.reader, "640425103200", date(2021, 1, 1))
    assert old is not None
    assert old.name == "红河村"
    assert (await load(store, listing)).added == 0


BAD = {
    "too short": ("64042510320,红河村\n", 6, "64042510320"),
    "letters": ("64042510320O,红河村\n", 6, "64042510320O"),
    "a village without a township": ("640425000200,红河村\n", 6, "640425000200"),
    "full-width digits": ("６40425103200,红河村\n", 6, "12 位"),
    "no name": ("640425103200,\n", 6, "640425103200"),
    "a name too long": ("640425103200," + "村" * 61 + "\n", 6, "61"),
    "a control character": ("640425103200,红\x07河\n", 6, "第 2 个字"),
    "a name with a comma": ("640425103200,红河,村\n", 6, "3 格"),
    "twice": ("640425103200,红河村\n640425103200,红河村\n", 7, "6"),
    "an orphan": ("640425999200,无主村\n", 6, "640425999000"),
    "the orphan of a township that the list closes": ("640425104200,甲村\n", 6, "640425104000"),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_mistake_is_refused_with_its_line_and_changes_nothing(
    store: Store, listing: Path, name: str
) -> None:
    await load(store, write(listing, "640425103200,红河村\n640425104000,新集乡\n"))
    text, line, said = BAD[name]
    with pytest.raises(BadDivision, match=said) as refused:
        await load(store, write(listing, text))
    assert refused.value.line == line
    assert f"第 {line} 行" in str(refused.value)
    stands = await divisions.get(store.reader, "640425103200")
    assert stands is not None
    assert stands.name == "红河村"


SIX_COLUMNS = {
    "a level that the code denies": "640425103200,红河村,640425103000,township,,",
    "a parent below": "640425103200,红河村,640425103201,village,,",
    "a day that is none": "640425103200,红河村,640425103000,village,2026-02-30,",
    "an end before the beginning": "640425103200,红河村,640425103000,village,2026-02-03,2026-02-02",
}


@pytest.mark.parametrize("name", SIX_COLUMNS)
async def test_a_column_that_contradicts_is_refused(store: Store, listing: Path, name: str) -> None:
    put(listing, HEAD + LINE + SIX_COLUMNS[name] + "\n")
    with pytest.raises(BadDivision) as refused:
        await load(store, listing)
    assert refused.value.line == 6


async def test_a_list_outside_its_scope_is_refused(store: Store) -> None:
    with pytest.raises(BadDivision, match="420000000000"):
        await load(store, SEEDS / "420882.csv", scope="640425000000")


async def test_tabs_gzip_a_byte_order_mark_and_chinese_headings_are_understood(
    store: Store, tmp_path: Path
) -> None:
    text = "\ufeff区划代码\t名称\n" + LINE.replace(",", "\t") + "640425103200\t红河村\n\n"
    packed = tmp_path / "list.tsv.gz"
    put(packed, gzip.compress(text.encode()))
    assert (await load(store, packed)).added == 5
    bare = tmp_path / "bare.csv"
    put(bare, LINE + "640425103200,红河村\n")
    assert (await load(store, bare)).unchanged == 5


@pytest.mark.parametrize(
    "data",
    [
        "code,name\n640000000000,宁夏\n".encode("gb18030"),
        b"\x1f\x8b\x08\x00broken",
        gzip.compress(LINE.encode() * 50)[:-20],
        b'code,name\n640000000000,"open\n',
        b"a,b\n1,2\n",
        b"%PDF-1.7",
        b"code,name\n",
        b"",
    ],
)
async def test_a_file_of_another_kind_is_refused_in_words(
    store: Store, listing: Path, data: bytes
) -> None:
    put(listing, data)
    with pytest.raises(BadDivision):
        await load(store, listing)
    assert await divisions.counts(store.reader) == {}
