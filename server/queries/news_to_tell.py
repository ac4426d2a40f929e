"""What became public lately that somebody wants to hear of, and has not been told?

Asked of the same functions as the pages: an edition is news while the public may read it, an answer while it is on
view, an obligation once the village's page says that it is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from server.rules import compliance, obligations
from server.rules.divisions import village_of
from server.rules.inquiry_views import views
from server.rules.news import (
    ANSWERS_STAY_NEW,
    STAYS_NEW,
    News,
    missing_subject,
    of_answer,
    of_edition,
    of_missing,
)
from server.rules.obligations import Obligation, VillageLife
from server.rules.periods import local_date
from server.rules.permissions import covers
from server.rules.places import spoken_name
from server.rules.reminders import CATCH_UP, may_speak
from server.rules.rulebook import Rulebook
from server.rules.schedules import reminder_rule_for
from server.storage import (
    announcements,
    asked,
    disclosures,
    divisions,
    editions,
    exemptions,
    occurrences,
    subscribers,
    webhooks,
)
from server.storage.database import Reader

LOOK_BACK = timedelta(days=400)
# What is beyond comes with the next look.
MOST = 500


async def notices_to_tell(db: Reader, *, book: Rulebook, now: datetime) -> list[News]:
    """Return the notices and corrections that opened by now, in the order they did."""
    heads = await announcements.untold_editions(
        db, since=now - STAYS_NEW, now=now, scopes=await _told_sites(db), limit=MOST
    )
    of_heads = await disclosures.get_many(db, {e.disclosure_id for e in heads})
    names = await divisions.names(db, {d.division for d in of_heads.values()})
    found = (
        of_edition(d, e, spoken_name(names.get(d.division, "")), book, now)
        for e in heads
        for d in (of_heads[e.disclosure_id],)
    )
    return [news for news in found if news is not None]


async def answers_to_tell(db: Reader, *, book: Rulebook, now: datetime) -> list[News]:
    """Return the answers that became public by now and are on view: one about a notice that is gone is not."""
    found = await announcements.untold_answers(
        db, since=now - ANSWERS_STAY_NEW, now=now, scopes=await _told_sites(db), limit=MOST
    )
    answered = await asked.with_answers(db, found)
    about = await disclosures.get_many(db, {i.disclosure_id for i in found if i.disclosure_id})
    of_notices = await editions.heads_for_disclosures(db, about)
    rows = {key: (d, of_notices.get(key, [])) for key, d in about.items()}
    shown = views(
        found, answered.answers, answered.signatures, answered.photos, rows, book, now, "zh"
    )
    on_view = {each.id for each in shown}
    names = await divisions.names(db, {i.division for i in found})
    return [of_answer(i, spoken_name(names.get(i.division, ""))) for i in found if i.id in on_view]


async def missing_to_tell(db: Reader, *, book: Rulebook, now: datetime) -> list[News]:
    """Return what passed its limit in the last days with nothing to read; nothing in a place's quiet hours."""
    today = local_date(now)
    followed = set(await subscribers.villages(db))
    sites = await _told_sites(db)
    found: list[News] = []
    for area in sorted({f"{code[:6]}000000" for code in (*followed, *sites)}):
        awake = [
            v
            for v in await divisions.owing_under(db, area)
            if (village_of(v.code) in followed or any(covers(site, v.code) for site in sites))
            and may_speak(reminder_rule_for(book.policies, v.code, today), now)
        ]
        names = {v.code: spoken_name(v.name) for v in awake}
        missing = await _missing(db, area, awake, book, now)
        found += [of_missing(owed, names[owed.division], book) for owed in missing]
    return found


async def _told_sites(db: Reader) -> list[str]:
    """Return the divisions that sites are told of."""
    return sorted({hook.division for hook in await webhooks.sites(db)})


async def _missing(
    db: Reader, area: str, villages: Iterable[VillageLife], book: Rulebook, now: datetime
) -> Sequence[Obligation]:
    today = local_date(now)
    owed = obligations.owed(
        villages,
        book.categories,
        book.policies,
        book.calendar,
        today - LOOK_BACK,
        today,
        await exemptions.for_scope(db, area),
        await occurrences.for_scope(db, area),
        now,
    )
    lately = [
        o for o in owed if timedelta(0) < today - o.due.due_on <= CATCH_UP and not o.relieved(now)
    ]
    said = await announcements.known(db, [missing_subject(o) for o in lately])
    lately = [o for o in lately if missing_subject(o) not in said]
    if not lately:
        return []
    first, last = min(o.period.start for o in lately), max(o.period.end for o in lately)
    posted = await disclosures.list_for_scope(db, area, first, last)
    heads = await editions.heads_for_disclosures(db, [d.id for d in posted])
    by_key = {(d.division, d.category, d.period_key): heads.get(d.id, []) for d in posted}
    return [
        o
        for o in lately
        if compliance.judge(
            o, by_key.get((o.division, o.category, o.period.key), []), [], now, book.calendar
        ).state
        == "missing"
    ]
