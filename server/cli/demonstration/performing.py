"""Load the demonstration: its story, act by act, through the commands that the app uses.

Order: 1. photos, each durable and once (a start that was killed here finds them again); 2. one
transaction for everything else, which also says that this is a demonstration. Killed in between,
nothing but unused photos is there, and the next start loads it all.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from server.cli.demonstration import asking, people
from server.cli.demonstration.acts import (
    ADDRESS,
    Act,
    Handled,
    Happening,
    Lifting,
    Look,
    Posting,
    Question,
    Rated,
    Registration,
    Reply,
    Verdict,
    Who,
    Withdrawal,
)
from server.cli.demonstration.announcing import announce
from server.cli.demonstration.inspecting import inspect
from server.cli.demonstration.ledger import Ledger, Village, read_village
from server.cli.demonstration.linking import link_matters
from server.cli.demonstration.moments import Moments
from server.cli.demonstration.outreaching import reach_out
from server.cli.demonstration.pictures import Picture, picture
from server.cli.demonstration.places import settle_places, townships
from server.cli.demonstration.putting_to_use import put_to_use
from server.cli.demonstration.receiving import load_lists
from server.cli.demonstration.story import Story
from server.cli.demonstration.vouchers import entries_of, with_hashes
from server.commands.ask_exemption import Asked, ask_exemption
from server.commands.commit_posting import Registration as Registered
from server.commands.commit_posting import commit_posting
from server.commands.create_query_point import create_query_point
from server.commands.decide_exemption import decide_exemption
from server.commands.post_disclosure import Posted, post_disclosure
from server.commands.record_occurrence import record_occurrence
from server.commands.review_edition import POINTS, review_edition
from server.commands.review_edition import Verdict as Decision
from server.commands.store_photo import store_photo
from server.commands.withdraw_disclosure import withdraw_disclosure
from server.external.images import Limits
from server.rules.obligations import Occurrence
from server.rules.permissions import Actor
from server.rules.query_points import QueryPoint
from server.rules.submissions import Submission
from server.rules.values import uuid7_at
from server.storage import installation
from server.storage.accounts import Account
from server.storage.database import Reader, Tx
from server.storage.photos import PhotoUse
from server.web.house import House

DEMO = "demo"
# Two photos at once: as many as the smallest machine has cores.
AT_ONCE = 2
# Long enough ago that nobody knows their first codes.
POINTS_SINCE = timedelta(days=40)
UPLOADED_BEFORE = timedelta(minutes=4)


class NotEmpty(RuntimeError):
    """The database holds a real installation: a demonstration is not mixed into it."""


async def load(house: House, now: datetime) -> bool:
    """Load the demonstration unless it is there; return whether it was loaded now. Raises NotEmpty."""
    if not await is_wanted(house.store.reader):
        return False
    show = _Show(house, now)
    await show.keep_pictures()
    await asking.keep_photos(house, show.acts, now=now, address=ADDRESS)
    async with house.store.transaction() as tx:
        # Of two first starts at once, the second waits here for the first to end.
        if not await installation.set_once(tx, DEMO, "1"):
            return False
        await _refuse_a_real_one(tx)
        await show.perform(tx)
    return True


async def is_wanted(db: Reader) -> bool:
    """Say whether the demonstration is still to be loaded. Raises NotEmpty."""
    if await installation.get(db, DEMO) is not None:
        return False
    await _refuse_a_real_one(db)
    return True


async def _refuse_a_real_one(db: Reader) -> None:
    for table in ("account", "disclosure", "division"):
        if await db.row(f"SELECT 1 AS one FROM {table} LIMIT 1"):  # noqa: S608 - three fixed names
            raise NotEmpty(table)


@dataclass(slots=True)
class _Show:
    house: House
    now: datetime
    villages: dict[str, Village] = field(init=False)
    cast: dict[Who, Account] = field(init=False)
    acts: Sequence[Act] = field(init=False)
    standing: dict[str, Posted] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        folder = self.house.settings.seeds / "demo"
        rows = _json(folder / "villages.json")["villages"]
        self.villages = {row["code"]: read_village(row, row["name"]) for row in rows}
        self.cast = people.everybody(self.villages.values())
        self.acts = Story(
            when=Moments(self.now, self.house.book),
            ledger=Ledger(_json(folder / "lines.json")),
            villages=list(self.villages.values()),
            other_townships=self._other_townships(),
            schemas=self.house.settings.schemas,
        ).acts()

    def _other_townships(self) -> list[str]:
        found = townships(self.house.settings.seeds)
        return [code for code in found if code != people.TOWNSHIP]

    def actor(self, who: Who) -> Actor:
        return people.actor_of(self.cast[who])

    async def _set_up_points(self, tx: Tx) -> None:
        """Register the query points. No device is paired: a visitor gets a code and makes one of any screen."""
        at = self.now - POINTS_SINCE
        for number, row in enumerate(_json(self.house.settings.seeds / "demo" / "points.json")):
            actor = self.actor((people.TOWNSHIP, "editor"))
            point = QueryPoint(
                id=uuid7_at(at, number.to_bytes(10, "big")),
                created_by=actor.account_id,
                created_at=at,
                **row,
            )
            await create_query_point(
                tx,
                actor=actor,
                point=point,
                mark=self.house.signer.mark,
                now=at,
                address=ADDRESS,
            )

    # ------------------------------------------------------------ photos

    async def keep_pictures(self) -> None:
        """Store every photo of the story, two at a time."""
        waiting = asyncio.Semaphore(AT_ONCE)

        async def keep(posting: Posting, one: Picture) -> None:
            async with waiting:
                await store_photo(
                    self.house.store,
                    self.house.blobs,
                    actor=self.actor(posting.who),
                    now=posting.at - UPLOADED_BEFORE,
                    address=ADDRESS,
                    division=posting.division,
                    sha256=one.sha256,
                    data=one.data,
                    limits=Limits(
                        self.house.settings.max_photo_bytes, self.house.settings.max_photo_pixels
                    ),
                )

        # Once for each village: what was sent for one is not there for the next.
        wanted: dict[tuple[str, str], tuple[Posting, Picture]] = {}
        for act in self.acts:
            if isinstance(act, Posting):
                for one, _ in self._pictures(act):
                    wanted.setdefault((one.sha256, act.division), (act, one))
        async with asyncio.TaskGroup() as group:
            for posting, one in wanted.values():
                group.create_task(keep(posting, one))

    def _pictures(self, posting: Posting) -> Iterator[tuple[Picture, PhotoUse]]:
        """Yield a posting's photos, each with its place: the board's, then the vouchers'."""
        folder = self.house.settings.seeds / "demo" / "photos"
        if posting.board is not None:
            one = picture(folder, posting.board.picture, posting.board.taken)
            yield one, PhotoUse(one.sha256, "board")
        for pointer, entry in entries_of(posting.content):
            for name in entry.get("photos", []):
                taken = datetime.fromisoformat(f"{entry['date']}T16:20:00+08:00")
                one = picture(folder, name.removeprefix("@"), taken)
                yield one, PhotoUse(one.sha256, "voucher", entry["summary"], pointer)

    # ------------------------------------------------------------ acts

    async def perform(self, tx: Tx) -> None:
        """Write places, people, and everything that happened, in the order of its moments."""
        await settle_places(tx, self.house.settings.seeds, now=self.now)
        await people.settle(tx, self.cast.values(), self.now)
        await put_to_use(tx, self.house, now=self.now)
        await self._set_up_points(tx)
        for act in self.acts:
            match act:
                case Posting():
                    await self._post(tx, act)
                case Registration():
                    await self._register(tx, act)
                case Verdict():
                    await self._review(tx, act)
                case Withdrawal():
                    await self._withdraw(tx, act)
                case Happening():
                    await self._happen(tx, act)
                case Lifting():
                    await self._lift(tx, act)
                case Question():
                    await self._ask(tx, act)
                case Look() | Reply() | Handled():
                    own, who = self.asked[act.of], self.actor(act.who)
                    await asking.at_desk(tx, self.house, act, own, actor=who, address=ADDRESS)
                case Rated():
                    await asking.rate(tx, act)
        await load_lists(
            tx,
            self.house,
            actor=self.actor((people.TOWNSHIP, "editor")),
            village=people.OWN_VILLAGE,
            now=self.now,
            address=ADDRESS,
        )
        await link_matters(tx, self.standing, self.villages, self.actor, self.now)
        await inspect(tx, self.house, self.standing, self.villages, self.actor, self.now)
        await reach_out(tx, self.standing, self.villages, self.actor, self.now)
        await announce(tx, self.villages, self.actor, self.now)

    async def _ask(self, tx: Tx, act: Question) -> None:
        self.asked[act.of] = act.id
        about = self.standing[act.about].disclosure.id if act.about else None
        await asking.ask(tx, self.house, act, disclosure_id=about, address=ADDRESS)

    async def _post(self, tx: Tx, act: Posting) -> None:
        pictures = list(self._pictures(act))
        submission = Submission(
            id=act.id,
            division=act.division,
            category=act.category,
            schema_version=self.house.categories[act.category].current_version,
            content=with_hashes(act.content, pictures),
            composed_at=act.at - timedelta(minutes=9),
            period=act.period,
            event_on=act.event_on,
            occurrence_id=act.occurrence,
            photos=tuple(ref for _, ref in pictures),
            publish_at=act.publish_at,
            reason=act.reason,
            urgent_reason=act.urgent_reason,
        )
        self.standing[act.of] = await post_disclosure(
            tx,
            book=self.house.book,
            validators=self.house.validators,
            actor=self.actor(act.who),
            now=act.at,
            address=ADDRESS,
            submission=submission,
        )

    async def _register(self, tx: Tx, act: Registration) -> None:
        """Register what the village has on its phone; its hash is the one its content would have."""
        composed_at = act.at - timedelta(minutes=9)
        version = self.house.categories[act.category].current_version
        kept = Submission(
            id=act.id,
            division=act.division,
            category=act.category,
            schema_version=version,
            content=dict(act.content),
            composed_at=composed_at,
            period=act.period,
        )
        await commit_posting(
            tx,
            book=self.house.book,
            versions=self.house.validators,
            actor=self.actor(act.who),
            now=act.at,
            address=ADDRESS,
            registration=Registered(
                id=act.id,
                division=act.division,
                category=act.category,
                schema_version=version,
                content_hash=kept.hash(),
                photos=(),
                composed_at=composed_at,
                period=act.period,
            ),
        )

    async def _review(self, tx: Tx, act: Verdict) -> None:
        edition = self.standing[act.of].edition
        decided = act.decision == "approve"
        await review_edition(
            tx,
            book=self.house.book,
            actor=self.actor(act.who),
            now=act.at,
            address=ADDRESS,
            verdict=Decision(
                id=uuid7_at(act.at, Random(f"{act.of}/verdict").randbytes(10)),
                edition_id=edition.id,
                decision=act.decision,
                points={point: decided or point != "form" for point in POINTS},
                reason=act.reason,
            ),
            revision=edition.revision,
        )

    async def _withdraw(self, tx: Tx, act: Withdrawal) -> None:
        await withdraw_disclosure(
            tx,
            book=self.house.book,
            actor=self.actor(act.who),
            now=act.at,
            address=ADDRESS,
            disclosure_id=self.standing[act.of].disclosure.id,
            reason=act.reason,
            request_id=uuid7_at(act.at, Random(f"{act.of}/withdrawal").randbytes(10)),
        )

    async def _happen(self, tx: Tx, act: Happening) -> None:
        await record_occurrence(
            tx,
            book=self.house.book,
            actor=self.actor(act.who),
            now=act.at,
            address=ADDRESS,
            occurrence=Occurrence(
                act.id, act.division, act.category, act.title, act.on, recorded_at=act.at
            ),
        )

    async def _lift(self, tx: Tx, act: Lifting) -> None:
        asked = await ask_exemption(
            tx,
            book=self.house.book,
            actor=self.actor(act.who),
            now=act.at,
            address=ADDRESS,
            asked=Asked(
                id=act.id,
                division=act.division,
                category=act.category,
                period=act.period,
                valid_to=act.valid_to,
                due_on=act.due_on,
                reason=act.reason,
            ),
        )
        if act.by is not None:
            await decide_exemption(
                tx,
                actor=self.actor(act.by),
                now=act.at + timedelta(hours=1),
                address=ADDRESS,
                exemption_id=asked.id,
                approve=act.refused is None,
                words=act.refused or "",
                revision=asked.revision,
            )


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
