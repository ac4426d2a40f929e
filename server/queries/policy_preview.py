"""What a policy would change below its division, before it is put in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from server.rules import policy_endings, policy_preview
from server.rules.cards import public_edition
from server.rules.owners import Owner
from server.rules.periods import day_start, label, parse_period
from server.rules.places import COUNTRY_NAME, spoken_name
from server.rules.policy_preview import DueChange, Impact, RuleChange, Rules, Side
from server.rules.rule_words import Saying, policy_words
from server.rules.rulebook import Rulebook
from server.rules.schedules import Policy
from server.rules.values import Text
from server.storage import disclosures, divisions, editions, exemptions, policies
from server.storage.database import Reader

MOST_DUES = 60
_DAY = timedelta(days=1)


class ComingDue(Struct, frozen=True):
    """A coming obligation whose due day moves, alike in `villages` places of one kind, one of which is named.

    `owner`: whether those are villages or village groups.
    """

    category: str
    name: Text
    period: str
    label: Text
    owner: Owner
    villages: int
    example: str
    before: Side | None
    after: Side | None


class Ended(Struct, frozen=True):
    """A policy that ends on the day before, because the new one says otherwise."""

    id: str
    title: Text
    last_day: date


class FallsBackOn(Struct, frozen=True):
    """A policy that holds once another one has ended; `shipped`: it came with the program."""

    id: str
    title: Text
    division_name: str
    shipped: bool


class RulesPreview(Struct, frozen=True):
    """What would change: in words, rule by rule, and obligation by obligation, the nearest first.

    Where a policy ends and none follows, `falls_back` names those that hold then, the nearest to the place first; what
    none of them sets is as the program ships it.

    Counts are of cells of the matrix for the periods that end in [valid_from, looked_until]: one village or village group, one
    category, one period. `groups`: how many village groups owe something, before or after. `dues` are those whose day moves; `more`: there are some beyond those listed. `hidden`: how many notices
    were over before and cannot be read from the first day on, because their term is.
    """

    id: str
    title: Text
    division: str
    division_name: str
    valid_from: date
    valid_to: date | None
    looked_until: date
    values: tuple[Saying, ...]
    ends: tuple[Ended, ...]
    falls_back: tuple[FallsBackOn, ...]
    warnings: tuple[Text, ...]
    rules: tuple[RuleChange, ...]
    dues: tuple[ComingDue, ...]
    more: bool
    villages: int
    groups: int
    cells: int
    changed: int
    state_changed: int
    newly_owed: int
    no_longer: int
    moved: int
    hidden: int


async def preview_policy(
    db: Reader, *, book: Rulebook, policy: Policy, ended: Sequence[Policy]
) -> RulesPreview:
    """Return what a policy changes that was weighed before (commands/put_policy_in_force), with those that it ends."""
    division = policy.division_prefix.ljust(12, "0")
    last = policy.valid_from - _DAY
    gone = {p.id for p in ended}
    standing = [
        p
        for p in policies.beside(book.policies, await policies.recordings(db))
        if p.id != policy.id
    ]
    after = [replace(p, valid_to=last) if p.id in gone else p for p in standing]
    before = Rules(book.categories, standing, book.calendar)
    owing = await divisions.owing_under(db, division)
    found = policy_preview.impact(
        before,
        Rules(book.categories, [*after, policy], book.calendar),
        owing,
        division,
        policy.valid_from,
        await exemptions.for_scope(db, division),
    )
    beside = Rules(book.categories, after, book.calendar)
    names = {v.code: v.name for v in owing} | await divisions.names(db, [division])
    seen = _preview(policy, ended, found, book, names, tuple(_warnings(policy, beside)))
    if not any(p.names_term for p in (policy, *ended)):
        return seen
    old, new = (book.under(each) for each in (standing, [*after, policy]))
    return replace(
        seen, hidden=await _hidden(db, old, new, policy.division_prefix, policy.valid_from)
    )


async def _hidden(db: Reader, old: Rulebook, new: Rulebook, scope: str, first: date) -> int:
    """Return how many notices below a place the public can read at the first moment of a day by one book, not by another."""
    notices = await disclosures.list_for_scope(db, scope, date.min, first)
    heads = await editions.heads_for_disclosures(db, [notice.id for notice in notices])
    moment = day_start(first)
    return sum(
        public_edition(heads.get(notice.id, []), old, notice, moment) is not None
        and public_edition(heads.get(notice.id, []), new, notice, moment) is None
        for notice in notices
    )


async def preview_ending(db: Reader, *, book: Rulebook, policy: Policy, last: date) -> RulesPreview:
    """Return what changes when a policy that was weighed before (commands/end_policy) ends on a day and none follows."""
    division, first = policy.division_prefix.ljust(12, "0"), last + _DAY
    recorded = await policies.recordings(db)
    standing = policies.beside(book.policies, recorded)
    after = policy_endings.ended(standing, policy.id, last)
    owing = await divisions.owing_under(db, division)
    found = policy_preview.impact(
        Rules(book.categories, standing, book.calendar),
        Rules(book.categories, after, book.calendar),
        owing,
        division,
        first,
        await exemptions.for_scope(db, division),
    )
    holding = policy_endings.falls_back_on(after, division, last)
    codes = {p.id: p.division_prefix.ljust(12, "0") for p in holding}
    names = {v.code: v.name for v in owing}
    names |= await divisions.names(db, {division, *codes.values()})
    known = policies.newest(recorded)
    seen = _preview(replace(policy, valid_from=first), [], found, book, names, ())
    return replace(
        seen,
        valid_to=None,
        ends=(Ended(policy.id, policy.title, last),),
        falls_back=tuple(
            FallsBackOn(
                p.id,
                p.title,
                spoken_name(names.get(codes[p.id], codes[p.id]))
                if p.division_prefix
                else COUNTRY_NAME,
                p.id not in known,
            )
            for p in holding
        ),
    )


def _warnings(policy: Policy, rules: Rules) -> list[Text]:
    found = policy_preview.warnings(policy, rules)
    for year in policy_preview.counted_through(policy, rules):
        found.append(
            Text(
                f"{year} 年的放假通知还没有录入，按工作日算的日期是暂定的，录入以后可能移动。",
                f"The notice for {year} is not loaded: days counted in working days are provisional and may move.",
            )
        )
    return found


def _preview(
    policy: Policy,
    ended: Sequence[Policy],
    found: Impact,
    book: Rulebook,
    names: dict[str, str],
    warnings: tuple[Text, ...],
) -> RulesPreview:
    division = policy.division_prefix.ljust(12, "0")
    last = policy.valid_from - _DAY
    return RulesPreview(
        id=policy.id,
        title=policy.title,
        division=division,
        division_name=spoken_name(names.get(division, division)),
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
        looked_until=policy.valid_from + policy_preview.AHEAD,
        values=tuple(policy_words(policy, book.categories)),
        ends=tuple(Ended(p.id, p.title, last) for p in ended),
        falls_back=(),
        warnings=warnings,
        rules=found.rules,
        dues=tuple(_coming(each, book, names) for each in found.dues[:MOST_DUES]),
        more=len(found.dues) > MOST_DUES,
        villages=found.villages,
        groups=found.groups,
        cells=found.cells,
        changed=found.changed,
        state_changed=found.state_changed,
        newly_owed=found.newly_owed,
        no_longer=found.no_longer,
        moved=found.moved,
        hidden=0,
    )


def _coming(change: DueChange, book: Rulebook, names: dict[str, str]) -> ComingDue:
    return ComingDue(
        category=change.category,
        name=book.categories[change.category].name,
        period=change.period,
        label=label(parse_period(change.period)),
        owner=change.owner,
        villages=change.villages,
        example=spoken_name(names.get(change.example, change.example)),
        before=change.before,
        after=change.after,
    )
