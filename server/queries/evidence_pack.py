"""Everything that an evidence pack of villages and a span, or of one notice, is made of: one document after the other.

Few statements for the whole; photos are read one at a time, so that no more than one of them is in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field

from server import problems
from server.external.signing import Signer
from server.rules import evidence_entries as entries
from server.rules.cards import titles_of
from server.rules.commitments import Commitment
from server.rules.compliance import Cell
from server.rules.disclosures import Disclosure, Edition, was_opened
from server.rules.evidence_entries import Happened
from server.rules.evidence_packs import FORMAT, KEY, MOST_NOTICES, MOST_VILLAGES, spelled, stamp
from server.rules.inquiry_handling import CONTACT_SEEN
from server.rules.inquiry_views import views
from server.rules.owners import OWNERS
from server.rules.places import Place, place_of, spoken_name
from server.rules.receipts import text_of
from server.rules.rulebook import Rulebook, period_of
from server.rules.schedules import holding
from server.rules.verdicts import judged
from server.storage import (
    accounts,
    asked,
    disclosures,
    divisions,
    editions,
    events,
    facts,
    occurrences,
    photos,
    reviews,
)
from server.storage import commitments as registered
from server.storage.blobs import BlobStore
from server.storage.database import Reader


class Document(Struct, frozen=True):
    """A file of the pack. `shown`: index.html carries it too, so that it can be read and checked there."""

    path: str
    data: bytes
    shown: bool = True


class PackScope(Struct, frozen=True):
    """Of where, of which days, and of which notice alone, if it is one."""

    place: Place
    first: date
    last: date
    notice: Disclosure | None
    villages: tuple[str, ...]
    notices: tuple[Disclosure, ...]


async def span_scope(db: Reader, *, division: str, first: date, last: date) -> PackScope:
    """Return what a pack of a place and a span is about.

    Raises not_found for an unknown division, and too_many_for_a_pack beyond what one file is good for.
    """
    line = await divisions.ancestors(db, division)
    if not line:
        raise problems.not_found()
    villages = await divisions.villages_under(db, division)
    if len(villages) > MOST_VILLAGES:
        raise problems.too_many_for_a_pack(
            problems.Say("个村", "villages"), len(villages), MOST_VILLAGES
        )
    found = await disclosures.list_for_scope(db, division, first, last)
    if len(found) > MOST_NOTICES:
        raise problems.too_many_for_a_pack(
            problems.Say("项公开", "notices"), len(found), MOST_NOTICES
        )
    codes = tuple(dict.fromkeys(v.code for v in villages))
    return PackScope(place_of(line), first, last, None, codes, tuple(found))


async def notice_scope(db: Reader, *, disclosure_id: str) -> PackScope:
    """Return what a pack of one notice is about. Raises not_found."""
    disclosure = await disclosures.get(db, disclosure_id)
    line = await divisions.line_that_stood(db, disclosure.division) if disclosure else []
    if disclosure is None or not line:
        raise problems.not_found()
    on = disclosure.period_end
    village = (disclosure.division,)
    return PackScope(place_of(line), on, on, disclosure, village, (disclosure,))


async def evidence_pack(
    db: Reader,
    *,
    book: Rulebook,
    blobs: BlobStore,
    signer: Signer,
    scope: PackScope,
    now: datetime,
    origin: str,
    whole: bool,
) -> AsyncIterator[Document]:
    """Yield the files of a pack as it is known now. `origin`: this site's address, '' where nobody knows it.

    `whole`: contents with what the public pages hold back of them.
    """
    read = await _read(db, blobs, scope, now)
    rules: dict[str, Any] = {}
    words: dict[str, Any] = {}
    held: set[str] = set()
    yield Document(
        "pack.json",
        spelled(
            {
                "format": FORMAT,
                "made_at": stamp(now),
                "place": {
                    "code": scope.place.code,
                    "name": scope.place.name,
                    "path": scope.place.path,
                },
                "villages": {
                    code: spoken_name(name)
                    for code, name in (await divisions.names(db, scope.villages)).items()
                },
                "first": scope.first.isoformat(),
                "last": scope.last.isoformat(),
                "notice": scope.notice.id if scope.notice else None,
                "site": origin,
                "whole": whole,
                "key": str(signer.verifier),
                "about": entries.ABOUT.as_dict(),
            }
        ),
    )
    yield Document(KEY, f"{signer.verifier}\n".encode())
    yield Document("obligations.json", spelled(await _obligations(db, book, scope, rules, now)))
    for disclosure in scope.notices:
        own = read.editions.get(disclosure.id, [])
        if not own:
            continue
        for document in _of_notice(
            read, book, signer, disclosure, own, rules, words, now, origin, whole
        ):
            yield document
        for sha256 in (p.sha256 for e in own for p in read.photos.get(e.id, [])):
            if sha256 in read.copies and sha256 not in held:
                held.add(sha256)
                data = await blobs.get(photos.blob_key(sha256, entries.COPY))
                yield Document(f"photos/{sha256}.jpg", data, shown=False)
    for village in scope.villages:
        if told := await _inquiries(db, book, scope, village, now):
            yield Document(f"inquiries/{village}.json", spelled(told))
    yield Document("rules.json", spelled(rules))
    yield Document("words.json", spelled(words))


class _Read(Struct):
    """What was read of all notices together, by the ids of their editions."""

    editions: dict[str, list[Edition]] = field(default_factory=dict)
    photos: Mapping[str, Sequence[photos.PhotoUse]] = field(default_factory=dict)
    copies: set[str] = field(default_factory=set)
    reviews: Mapping[str, Sequence[reviews.Review]] = field(default_factory=dict)
    events: Mapping[str, Sequence[events.Event]] = field(default_factory=dict)
    people: Mapping[str, accounts.Account] = field(default_factory=dict)
    registered: dict[str, Commitment] = field(default_factory=dict)
    occurrences: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def happened(self, subject: str) -> list[Happened]:
        """Return what happened to something, without looks at a contact."""
        return [
            Happened(
                e.at,
                e.action,
                self.people[e.actor].name if e.actor in self.people else None,
                self.people[e.actor].role if e.actor in self.people else None,
            )
            for e in self.events.get(subject, ())
            if e.action != CONTACT_SEEN
        ]


async def _read(db: Reader, blobs: BlobStore, scope: PackScope, now: datetime) -> _Read:
    """Return of every notice the editions that were ever public, and what belongs to them."""
    read = _Read()
    every = await editions.for_disclosures(db, [d.id for d in scope.notices])
    for disclosure_id, found in every.items():
        read.editions[disclosure_id] = sorted(
            (e for e in found if was_opened(e, now)), key=lambda e: (e.number or 0, e.id)
        )
    ids = [e.id for found in read.editions.values() for e in found]
    read.photos = await photos.for_editions(db, ids)
    for sha256 in {p.sha256 for uses in read.photos.values() for p in uses}:
        if await blobs.exists(photos.blob_key(sha256, entries.COPY)):
            read.copies.add(sha256)
    read.reviews = await reviews.for_editions(db, ids)
    read.events = await events.for_subjects(db, [*ids, *(d.id for d in scope.notices)])
    actors = {e.actor for found in read.events.values() for e in found}
    read.people = await accounts.of_ids(db, actors)
    kept = set(ids)
    for village in scope.villages:
        for one in await occurrences.for_scope(db, village):
            read.occurrences.setdefault((one.division, one.category), []).append(one.id)
    for found_commitments in (
        await registered.for_scope(db, scope.place.code, scope.first, scope.last)
    ).values():
        read.registered |= {c.id: c for c in found_commitments if c.id in kept}
    return read


async def _obligations(
    db: Reader, book: Rulebook, scope: PackScope, rules: dict[str, Any], now: datetime
) -> list[dict[str, Any]]:
    """Return every obligation of the span with its verdict; of one notice, its own. `rules` gains the rules they name."""
    known = await facts.read(db, scope.place.code, scope.first, scope.last, owners=OWNERS)
    cells = judged(known, book, now)
    if (notice := scope.notice) is not None:
        mine = (notice.division, notice.category, notice.period_key)
        cells = [c for c in cells if _key(c) == mine]
    listed = []
    for cell in cells:
        owed = cell.obligation
        name = f"{owed.category}@{owed.schedule.version}"
        rules.setdefault(
            name,
            entries.rule_entry(
                owed.schedule, holding(book.policies, owed.division, owed.period.end)
            ),
        )
        listed.append(entries.obligation_entry(cell, book.categories[owed.category], name))
    return listed


def _key(cell: Cell) -> tuple[str, str, str]:
    owed = cell.obligation
    return owed.division, owed.category, owed.period.key


def _of_notice(
    read: _Read,
    book: Rulebook,
    signer: Signer,
    disclosure: Disclosure,
    own: Sequence[Edition],
    rules: dict[str, Any],
    words: dict[str, Any],
    now: datetime,
    origin: str,
    whole: bool,
) -> list[Document]:
    category, schedule = book.categories[disclosure.category], book.schedule_of(disclosure)
    due = book.due_of(disclosure)
    made: list[Document] = []
    listed = []
    happened = defaultdict(list, {disclosure.id: read.happened(disclosure.id)})
    for edition in own:
        uses = read.photos.get(edition.id, [])
        known = read.occurrences.get((disclosure.division, disclosure.category), [])
        file = entries.promised(disclosure, edition, category, uses, known, whole=whole)
        made.append(Document(f"editions/{edition.id}.json", file.data))
        note = signer.sign(text_of(entries.receipt_of_edition(disclosure, edition, due)))
        made.append(Document(f"receipts/{edition.id}.txt", note.encode()))
        commitment = read.registered.get(edition.id)
        if commitment is not None:
            note = signer.sign(text_of(entries.receipt_of_commitment(commitment, due)))
            made.append(Document(f"receipts/{edition.id}-registered.txt", note.encode()))
        listed.append(
            entries.edition_entry(
                edition,
                schedule,
                now,
                whole=file.whole,
                photos=uses,
                copied=read.copies,
                signatures=[
                    r.signature(category.publisher) for r in read.reviews.get(edition.id, ())
                ],
                registered=commitment is not None,
            )
        )
        happened[edition.id] = read.happened(edition.id)
        key = f"{category.key}:{edition.schema_version}"
        words.setdefault(
            key, entries.words_of(category, book.papers[category.key, edition.schema_version].form)
        )
    name = f"{category.key}@{schedule.version}"
    rules.setdefault(
        name,
        entries.rule_entry(
            schedule, holding(book.policies, disclosure.division, book.judged_on(disclosure))
        ),
    )
    trail = sorted((h for found in happened.values() for h in found), key=lambda h: h.at)
    notice = {
        "id": disclosure.id,
        "address": f"{origin}/d/{disclosure.id}" if origin else None,
        "division": disclosure.division,
        "category": category.key,
        "period": disclosure.period_key,
        "title": titles_of(category, period_of(disclosure)).as_dict(),
        "rule": name,
        "due_on": due.due_on.isoformat(),
        "due_before": stamp(due.due_before),
        "editions": listed,
        "events": [entries.event_entry(h) for h in trail],
    }
    return [Document(f"notices/{disclosure.id}.json", spelled(notice)), *made]


async def _inquiries(
    db: Reader, book: Rulebook, scope: PackScope, village: str, now: datetime
) -> list[dict[str, Any]]:
    """Return what the public may read now of what was asked: about the notices of the pack, or asked on its days."""
    about = scope.notice.id if scope.notice else None
    found = await asked.on_view(db, village, about)
    if not found.inquiries:
        return []
    rows = {d.id: (d, es) for d, es in await editions.village_rows(db, village)}
    shown = views(
        found.inquiries, found.answers, found.signatures, found.photos, rows, book, now, "zh"
    )
    notices = {d.id for d in scope.notices}
    told = [
        one
        for one in shown
        if one.disclosure_id in notices
        or (about is None and scope.first <= one.asked_on <= scope.last)
    ]
    trails = await events.for_subjects(db, [one.id for one in told])
    return [
        entries.inquiry_entry(
            one,
            [
                Happened(e.at, e.action, None, None)
                for e in trails.get(one.id, ())
                if e.action != CONTACT_SEEN
            ],
        )
        for one in told
    ]
