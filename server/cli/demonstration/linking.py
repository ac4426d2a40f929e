"""Which notices of the demonstration tell of one thing: a plan and its accounts, a project, an opinion and the list it led to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from random import Random

from msgspec import Struct

from server.cli.demonstration.acts import ADDRESS, Who
from server.cli.demonstration.catalogue_notices import ROAD
from server.cli.demonstration.fates import ACCOUNT, CONTRACT, OPINION, PLAN, ROSTER
from server.cli.demonstration.ledger import Village
from server.cli.demonstration.people import OWN_VILLAGE, TOWNSHIP
from server.commands.link_disclosure import Wanted, link_disclosure
from server.commands.post_disclosure import Posted
from server.rules.disclosures import Disclosure
from server.rules.matters import Phase, ready
from server.rules.permissions import Actor
from server.rules.values import uuid7_at
from server.storage import editions
from server.storage.database import Tx


class _Matter(Struct, frozen=True):
    name: str
    notices: tuple[tuple[Phase, Disclosure], ...]


async def link_matters(
    tx: Tx,
    standing: Mapping[str, Posted],
    villages: Mapping[str, Village],
    actor: Callable[[Who], Actor],
    now: datetime,
) -> None:
    """Link what was let through, through the command that the app uses; of a matter with one such notice nothing is made."""
    posted = {each.disclosure.id: each.disclosure for each in standing.values()}
    heads = await editions.heads_for_disclosures(tx, posted)
    public = {key: each for key, each in posted.items() if ready(heads.get(key, []))}
    editor = actor((TOWNSHIP, "editor"))
    for village in villages.values():
        own = [each for each in public.values() if each.division == village.code]
        for matter in _matters(village, sorted(own, key=lambda d: (d.period_start, d.id))):
            if len(matter.notices) < 2:
                continue
            random = Random(f"{village.code}/{matter.name}")
            key = uuid7_at(now, random.randbytes(10))
            for phase, notice in matter.notices:
                wanted = Wanted(
                    id=uuid7_at(now, random.randbytes(10)),
                    matter_id=key,
                    disclosure_id=notice.id,
                    phase=phase,
                    name=matter.name,
                )
                await link_disclosure(tx, actor=editor, now=now, address=ADDRESS, wanted=wanted)


def _matters(village: Village, own: list[Disclosure]) -> Iterator[_Matter]:
    plan = next((d for d in own if d.category == PLAN), None)
    accounts = {d.period_key: d for d in own if d.category == ACCOUNT}
    if plan is not None:
        year = plan.period_start.year
        of_year = {key: d for key, d in accounts.items() if d.period_start.year == year}
        for quarter, (label, _) in village.projects.items():
            if quarter in of_year:
                yield _Matter(f"{label}（演示）", (("before", plan), ("during", of_year[quarter])))
        if village.code == OWN_VILLAGE:
            during: list[tuple[Phase, Disclosure]] = [("during", d) for d in of_year.values()]
            yield _Matter(f"{year}年集体收支（演示）", (("before", plan), *during))
    stages = [d for d in own if d.category == CONTRACT]
    if len(stages) > 1:
        phases: tuple[Phase, ...] = ("before", "during", "during")
        yield _Matter(ROAD, tuple(zip(phases, stages, strict=False)))
    for opinion in own:
        lists = [d for d in own if d.category == ROSTER and d.period_end >= opinion.period_end]
        if opinion.category == OPINION and lists:
            yield _Matter("低保申请到发放（演示）", (("before", opinion), ("after", lists[0])))
