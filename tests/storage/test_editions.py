"""Disclosures, editions, reviews, photos, events and versions: what goes in comes out, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from server.rules.disclosures import EditionHead, awaits_review
from server.rules.periods import parse_period
from server.rules.reviewing import Turn
from server.storage import disclosures, editions, events, histories, photos, reviews, versions
from server.storage.database import Store, Tx
from server.storage.photos import Photo, PhotoUse, Sending
from server.storage.reviews import Review
from tests.storage.conftest import NOW, VILLAGE, a_disclosure, an_edition, uid


async def _insert(tx: Tx, *values: object) -> None:
    for value in values:
        room = disclosures if type(value).__name__ == "Disclosure" else editions
        assert await room.insert(tx, value)  # type: ignore[arg-type]


async def test_a_disclosure_comes_back_as_it_went_in(store: Store) -> None:
    event = a_disclosure(2, period_key="E2026-10-14-0011aabb", event_on=date(2026, 10, 14))
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), event)
    assert await disclosures.get(store.reader, uid(1)) == a_disclosure()
    assert await disclosures.get_many(store.reader, [uid(1), uid(2), uid(3)]) == {
        uid(1): a_disclosure(),
        uid(2): event,
    }
    assert (
        await disclosures.find(store.reader, VILLAGE, "finance_quarterly", "2026Q3")
        == a_disclosure()
    )
    assert await disclosures.find(store.reader, VILLAGE, "finance_quarterly", "2026Q2") is None


async def test_rows_that_were_read_before_are_read_anew_when_they_change(store: Store) -> None:
    async def head() -> EditionHead:
        return (await editions.heads_for_disclosures(store.reader, [uid(1)]))[uid(1)][0]

    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), an_edition())
    before = await head()
    assert await head() is before
    async with store.transaction() as tx:
        await editions.set_gist(tx, uid(11), {"filled": 2})
        await editions.set_superseded(tx, uid(11), NOW + timedelta(days=1))
    after = await head()
    assert (after.gist, after.superseded_at) == ({"filled": 2}, NOW + timedelta(days=1))
    assert replace(after, gist=before.gist, superseded_at=before.superseded_at) == before


async def test_an_obligation_is_answered_by_one_disclosure(store: Store) -> None:
    async with store.transaction() as tx:
        assert await disclosures.insert(tx, a_disclosure())
        assert not await disclosures.insert(tx, a_disclosure())
        assert not await disclosures.insert(tx, a_disclosure(2))
        # On PostgreSQL a refused insert must not have spoilt the transaction.
        assert await disclosures.insert(tx, a_disclosure(3, period_key="2026Q2"))


async def test_a_scope_is_a_village_a_township_or_the_country(store: Store) -> None:
    far = a_disclosure(2, division="650425103200", county="650425")
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), far)
    first, last = date(2026, 9, 30), date(2026, 12, 31)

    async def ids(scope: str, **more: str) -> list[str]:
        found = await disclosures.list_for_scope(store.reader, scope, first, last, **more)
        return [d.id for d in found]

    for scope in (VILLAGE, "640425103000", "640425103", "640425", "640400000000", "64"):
        assert await ids(scope) == [uid(1)], scope
    assert await ids("000000000000") == [uid(1), uid(2)]
    assert await ids("640425104000") == []
    assert await ids(VILLAGE, category="dibao_roster") == []
    assert await disclosures.list_for_scope(store.reader, VILLAGE, date(2026, 10, 1), last) == []


async def test_an_edition_comes_back_as_it_went_in(store: Store) -> None:
    full = an_edition(
        reason="更正",
        explanation="期初有差",
        captured_at=NOW - timedelta(hours=1),
        plan_at=NOW,
        plan_until=NOW + timedelta(days=20),
    )
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), full)
        assert not await editions.insert(tx, full)
    assert await editions.get(store.reader, full.id) == full
    assert await editions.for_disclosure(store.reader, uid(1)) == [full]


async def test_an_edition_needs_its_disclosure(store: Store) -> None:
    with pytest.raises(ValueError, match="belongs to no disclosure"):
        async with store.transaction() as tx:
            await editions.insert(tx, an_edition())


async def test_only_the_first_of_two_reviewers_decides(store: Store) -> None:
    approved = replace(an_edition(), state="approved", number=1, decided_at=NOW, opens_at=NOW)
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), an_edition())
        assert await editions.next_number(tx, uid(1)) == 1
        assert await editions.update(tx, approved, expect_revision=1)
        assert not await editions.update(tx, replace(approved, state="returned"), expect_revision=1)
        assert await editions.next_number(tx, uid(1)) == 2
    stands = await editions.get(store.reader, approved.id)
    assert stands == replace(approved, revision=2)
    assert await editions.standing(store.reader, uid(1)) == stands


async def test_a_decision_never_touches_the_content(store: Store) -> None:
    forged = replace(
        an_edition(),
        state="approved",
        content={"forged": True},
        content_hash="x",
        received_at=NOW - timedelta(9),
    )
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), an_edition())
        await editions.update(tx, forged, expect_revision=1)
        await editions.set_superseded(tx, forged.id, NOW)
    kept = await editions.get(store.reader, forged.id)
    assert kept is not None
    assert kept.content == an_edition().content
    assert kept.content_hash == an_edition().content_hash
    assert (kept.received_at, kept.superseded_at, kept.revision) == (NOW, NOW, 2)


async def test_two_editions_never_share_a_number(store: Store) -> None:
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), an_edition(11, number=1, state="approved"))
        assert not await editions.insert(tx, an_edition(12, number=1, state="approved"))


async def test_a_village_is_read_with_two_statements(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with store.transaction() as tx:
        for n in range(1, 6):
            await _insert(
                tx, a_disclosure(n, period_key=f"202{n}", period_start=date(2020 + n, 1, 1))
            )
            await _insert(
                tx, an_edition(10 + n, n), an_edition(20 + n, n, received_at=NOW + timedelta(1))
            )
    asked: list[str] = []
    plain = store.reader.rows

    async def counting(sql: str, *args: object) -> object:
        asked.append(sql)
        return await plain(sql, *args)

    monkeypatch.setattr(store.reader, "rows", counting)
    found = await editions.village_rows(store.reader, VILLAGE)
    assert len(asked) == 2
    assert [d.id for d, _ in found] == [uid(n) for n in (5, 4, 3, 2, 1)]
    assert [[e.id for e in es] for _, es in found] == [
        [uid(10 + n), uid(20 + n)] for n in (5, 4, 3, 2, 1)
    ]
    assert await editions.village_rows(store.reader, VILLAGE, "dibao_roster") == []


async def test_submissions_are_paged_newest_first(store: Store) -> None:
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure())
        for n in range(7):
            # Two arrive in the same millisecond: the id decides.
            await _insert(tx, an_edition(11 + n, received_at=NOW + timedelta(hours=n // 2)))
        await _insert(tx, an_edition(50, state="returned"))
    seen: list[str] = []
    cursor = None
    while page := await editions.in_state(
        store.reader, ["640425"], ["in_review"], before=cursor, limit=3
    ):
        seen += [e.id for e in page]
        cursor = page[-1].id
    assert seen == [uid(n) for n in range(17, 10, -1)]
    assert await editions.in_state(store.reader, ["640426"], ["in_review", "returned"]) == []


async def test_a_history_holds_what_was_approved(store: Store) -> None:
    quarters = {1: "2026Q1", 2: "2026Q2", 3: "2026Q3", 4: "2025Q4"}
    async with store.transaction() as tx:
        for n, key in quarters.items():
            p = parse_period(key)
            await _insert(
                tx, a_disclosure(n, period_key=key, period_start=p.start, period_end=p.end)
            )
            await _insert(tx, an_edition(10 + n, n, state="approved", number=1, content={"n": n}))
        await _insert(tx, an_edition(31, 1, state="approved", number=2, content={"n": 10}))
        await _insert(tx, an_edition(32, 2, state="withdrawn", number=2, content={"n": 20}))
    history = await histories.approved(store.reader, VILLAGE, "finance_quarterly")
    assert [(d.period_key, e.id) for d, e in history] == [
        ("2025Q4", uid(14)),
        ("2026Q1", uid(31)),
        ("2026Q2", uid(12)),
        ("2026Q3", uid(13)),
    ]
    context = await histories.check_context(
        store.reader, VILLAGE, "finance_quarterly", parse_period("2026Q3")
    )
    assert context.previous == {"n": 2}
    assert list(context.year_to_date) == [{"n": 10}, {"n": 2}]
    assert histories.before(history, date(2025, 1, 1)) is None


async def test_reviews_keep_their_order_and_count_once(store: Store) -> None:
    given = [
        Review(uid(41), uid(11), uid(902), "李四", "return", {"form": False}, "照片不清", NOW),
        Review(
            uid(42), uid(11), uid(902), "李四", "approve", {"form": True}, None, NOW + timedelta(1)
        ),
    ]
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), an_edition())
        for review in reversed(given):
            assert await reviews.insert(tx, review, county="640425")
        assert not await reviews.insert(tx, given[0], county="640425")
    assert await reviews.for_edition(store.reader, uid(11)) == given
    assert await reviews.for_editions(store.reader, [uid(99)]) == {}


def _photo(sha: str) -> Photo:
    return Photo(
        sha, "640425", VILLAGE, "image/jpeg", 123, 4000, 3000, NOW - timedelta(1), NOW, uid(901)
    )


async def test_photos_are_kept_once_and_shown_in_order(store: Store) -> None:
    one, two = "a" * 64, "b" * 64
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), an_edition())
        assert await photos.insert_once(tx, _photo(one))
        assert await photos.insert_once(tx, _photo(two))
        assert not await photos.insert_once(tx, _photo(one))
        await photos.attach(tx, uid(11), _refs([two, one, two]))
    assert await photos.get(store.reader, one) == _photo(one)
    uses = (await photos.for_editions(store.reader, [uid(11)]))[uid(11)]
    assert [(u.sha256, u.position, u.width, u.received_at) for u in uses] == [
        (two, 0, 4000, NOW),
        (one, 1, 4000, NOW),
        (two, 2, 4000, NOW),
    ]
    assert await photos.editions_showing(store.reader, two) == [uid(11)]
    assert photos.blob_key(one, "960.webp") == f"photos/aa/{one}/960.webp"


async def test_a_photo_may_be_used_where_it_was_sent(store: Store) -> None:
    one, two, three, nobodys = "a" * 64, "b" * 64, "c" * 64, "d" * 64
    zhang, editor = uid(901), uid(902)
    next_village, township, next_county = "640425103201", "640425103000", "640424101201"
    sent = [
        Sending(one, VILLAGE, zhang, NOW),
        Sending(two, next_village, zhang, NOW),
        Sending(two, next_village, editor, NOW + timedelta(1)),
        Sending(three, township, editor, NOW),
    ]
    async with store.transaction() as tx:
        for sha in (one, two, three):
            assert await photos.insert_once(tx, _photo(sha))
        assert [await photos.record_sending(tx, each) for each in sent] == [True] * 4
        again = replace(sent[0], sent_at=NOW + timedelta(9))
        assert not await photos.record_sending(tx, again)
    assert await photos.sendings(store.reader, one) == [sent[0]]
    assert await photos.sendings(store.reader, two) == sent[1:3]
    every = [one, two, three, nobodys]
    for village, account, expected in (
        (VILLAGE, zhang, {one, two, three}),
        (VILLAGE, editor, {one, two, three}),
        (VILLAGE, uid(903), {one, three}),
        (next_village, uid(903), {two, three}),
        (next_county, uid(903), set()),
    ):
        found = await photos.usable(store.reader, every, village=village, account=account)
        assert found == expected, (village, account)
    assert await photos.usable(store.reader, [], village=VILLAGE, account=zhang) == set()


def _refs(hashes: Iterable[str]) -> list[PhotoUse]:
    return [PhotoUse(sha, "board", "公开栏", None) for sha in hashes]


async def test_an_edition_cannot_name_a_photo_that_is_not_on_record(store: Store) -> None:
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), an_edition())
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with store.transaction() as tx:
            await photos.attach(tx, uid(11), _refs(["c" * 64]))


async def test_events_tell_a_subjects_story(store: Store) -> None:
    async with store.transaction() as tx:
        for n, action in enumerate(("edition.submitted", "edition.approved")):
            await events.record(
                tx,
                at=NOW + timedelta(n),
                actor=uid(901) if n else None,
                action=action,
                subject=uid(11),
                division=VILLAGE,
                address="192.0.2.1",
                details={"n": n},
            )
    told = await events.for_subject(store.reader, uid(11))
    assert [(e.action, e.actor, e.details) for e in told] == [
        ("edition.submitted", "", {"n": 0}),
        ("edition.approved", uid(901), {"n": 1}),
    ]
    day = await events.for_division(store.reader, VILLAGE, NOW, NOW + timedelta(1))
    assert [e.action for e in day] == ["edition.submitted"]


async def test_a_version_only_goes_up(store: Store) -> None:
    async with store.transaction() as tx:
        assert [await versions.bump(tx, VILLAGE) for _ in range(3)] == [1, 2, 3]
        await versions.bump_all(tx, [VILLAGE, VILLAGE, "640425103201"])
    assert await versions.get(store.reader, VILLAGE) == 4
    assert await versions.get(store.reader, "640425103201") == 1
    assert await versions.get(store.reader, "640425103202") == 0


async def test_what_was_published_first_waits_in_the_list_until_its_review_or_its_successor(
    store: Store,
) -> None:
    first = an_edition(
        11,
        state="approved",
        number=1,
        decided_at=NOW,
        opens_at=NOW,
        urgent_reason="房屋失火",
        turn=Turn("township", 0, 1, NOW),
    )
    async with store.transaction() as tx:
        await _insert(tx, a_disclosure(), first)
        # Another one that was reviewed before it opened is none of these.
        await _insert(tx, a_disclosure(2, period_key="2026Q2"))
        await _insert(
            tx, an_edition(12, 2, state="approved", number=1, decided_at=NOW, opens_at=NOW)
        )
    assert await editions.get(store.reader, uid(11)) == first

    async def waiting() -> list[str]:
        listed = await editions.in_state(store.reader, [VILLAGE], ["in_review"])
        heads = await editions.published_first(store.reader, VILLAGE[:6])
        assert [e.id for e in listed] == [e.id for e in heads]
        assert all(awaits_review(e) for e in heads)
        return [e.id for e in heads]

    assert await waiting() == [uid(11)]
    assert await editions.published_first(store.reader, "640426") == []
    async with store.transaction() as tx:
        await editions.set_superseded(tx, uid(11), NOW)
    assert await waiting() == []
    async with store.transaction() as tx:
        await editions.set_superseded(tx, uid(11), None)
        signed = replace(first, turn=None, reviewed_at=NOW, objection="金额不符")
        assert await editions.update(tx, signed, expect_revision=1)
    assert await waiting() == []
    assert await editions.get(store.reader, uid(11)) == replace(signed, revision=2)
