"""Draw a list for spot checks: what is on it follows from the record and what was asked for, from nobody's choice."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.problems import Say
from server.rules import gate, sampling
from server.rules.inspections import MOST_ITEMS, Draw, Inspection, Kind
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.storage import disclosures, divisions, draws, events, inspections, records
from server.storage.database import Tx


class Wanted(Struct, frozen=True):
    """What is to be drawn: villages, or what was published of a span; see rules/sampling.py for the two shares."""

    id: str
    division: str
    kind: Kind
    purpose: str
    first: date
    last: date
    share_permille: int
    detect_permille: int


async def draw_inspections(
    tx: Tx, *, actor: Actor, now: datetime, address: str, wanted: Wanted
) -> Draw:
    """Draw, record and return a list; the same id with the same words answers what was drawn then.

    Every draw stays on record and is public, also one that nobody follows: drawing until a list pleases would be seen.
    Raises: not_allowed, unknown_division, wrong_type (a span that ends before it begins), reason_needed (no purpose),
    content_has_errors, nothing_to_draw, too_many_to_draw, same_id_other_content.
    """
    if why := refusal(actor, "draw_inspections", wanted.division):
        raise problems.not_allowed(why)
    if await divisions.get(tx, wanted.division) is None:
        raise problems.unknown_division(wanted.division)
    if wanted.last < wanted.first:
        raise problems.wrong_type("/last", Say("结束日期早于开始日期", "it ends before it begins"))
    purpose = wanted.purpose.strip()
    if not purpose:
        raise problems.reason_needed("/purpose")
    if found := gate.beside({"purpose": purpose}):
        raise problems.content_has_errors(found)
    known = await draws.get(tx, wanted.id)
    if known is not None:
        return _the_same(known, _drawn(wanted, purpose, {}, "", 0, actor, now))
    places = await _population(tx, wanted, now)
    if not places:
        raise problems.nothing_to_draw()
    if len(places) > MOST_ITEMS:
        raise problems.too_many_to_draw(len(places), MOST_ITEMS)
    lines = await records.lines_by(tx, wanted.division, now)
    seed = sampling.record_digest(sampling.record_text(lines))
    drawn = _drawn(wanted, purpose, places, seed, len(lines), actor, now)
    if not await draws.insert(tx, drawn):
        raise problems.same_id_other_content(wanted.id, stored="-", received=drawn.said())
    tickets = sampling.draw(drawn.population, seed, drawn.size)
    items = [
        Inspection(
            draw_id=drawn.id, rank=t.rank, division=places[t.item], item=t.item, ticket=t.hash
        )
        for t in tickets
    ]
    await inspections.insert_all(tx, items, county=drawn.division[:6])
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inspection.drawn",
        subject=drawn.id,
        division=drawn.division,
        address=address,
        details={
            "kind": drawn.kind,
            "first": drawn.first.isoformat(),
            "last": drawn.last.isoformat(),
            "population": len(drawn.population),
            "size": drawn.size,
            "seed": seed,
        },
    )
    return drawn


async def _population(tx: Tx, wanted: Wanted, now: datetime) -> dict[str, str]:
    """Return what can be drawn, each with its village."""
    if wanted.kind == "villages":
        today = local_date(now)
        lives = await divisions.villages_under(tx, wanted.division)
        return {v.code: v.code for v in lives if v.alive_on(today)}
    posted = await disclosures.list_for_scope(tx, wanted.division, wanted.first, wanted.last)
    opened = await records.opened_disclosures(tx, [d.id for d in posted], now)
    return {d.id: d.division for d in posted if d.id in opened}


def _drawn(
    wanted: Wanted,
    purpose: str,
    places: dict[str, str],
    seed: str,
    lines: int,
    actor: Actor,
    now: datetime,
) -> Draw:
    population = tuple(sorted(places))
    return Draw(
        id=wanted.id,
        division=wanted.division,
        kind=wanted.kind,
        purpose=purpose,
        first=wanted.first,
        last=wanted.last,
        share_permille=wanted.share_permille,
        detect_permille=wanted.detect_permille,
        population=population,
        size=sampling.sample_size(len(population), wanted.share_permille, wanted.detect_permille),
        record_lines=lines,
        seed=seed,
        drawn_by=actor.account_id,
        drawn_by_name=actor.name,
        drawn_at=now,
    )


def _the_same(known: Draw, asked: Draw) -> Draw:
    if known.said() != asked.said():
        raise problems.same_id_other_content(known.id, stored=known.said(), received=asked.said())
    return known
