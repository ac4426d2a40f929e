"""Which policies touch an area: what each of them says in words, between which days, and how it came to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct

from server import problems
from server.rules.legal_basis import LegalBasis
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal_to_rule, scope_prefix
from server.rules.places import COUNTRY_NAME, spoken_name
from server.rules.rule_words import Saying, policy_words
from server.rules.rulebook import Rulebook
from server.rules.schedules import Policy
from server.rules.values import Text
from server.storage import accounts, divisions, policies
from server.storage.database import Reader
from server.storage.policies import Recording

What = Literal["recorded", "ended", "end_set", "goes_on", "restored", "taken_back"]
State = Literal["in_force", "coming", "over", "taken_back"]
_ORDER: Sequence[State] = ("coming", "in_force", "over", "taken_back")


class PolicyStep(Struct, frozen=True):
    """One recording of a policy: when, by whom ('' at the terminal), why, and the days it said then."""

    at: datetime
    name: str
    reason: str
    what: What
    valid_from: date
    valid_to: date | None


class PolicyLine(Struct, frozen=True):
    """A policy: whose, between which days, what it sets in words, where that comes from, and its history, newest first.

    `shipped`: it came with the program. `may_take_back`: whoever asks may, because its first day is to come. `may_end`:
    they may let it end without another one; `may_go_on`: somebody did, and they may still let it go on.
    """

    id: str
    title: Text
    division: str
    division_name: str
    valid_from: date
    valid_to: date | None
    state: State
    values: tuple[Saying, ...]
    legal_basis: tuple[LegalBasis, ...]
    shipped: bool
    may_take_back: bool
    may_end: bool
    may_go_on: bool
    history: tuple[PolicyStep, ...]


class PolicyList(Struct, frozen=True):
    """Those that are to come first, then those in force, those that are over, and those that were taken back."""

    division: str
    division_name: str
    may_manage: bool
    items: tuple[PolicyLine, ...]


async def policies_in_scope(
    db: Reader, *, book: Rulebook, actor: Actor, now: datetime
) -> PolicyList:
    """Return every policy that holds for something in the actor's area, for all of it or a part."""
    scope = scope_prefix(actor.division)
    found = await policies.recordings(db)
    last = policies.newest(found)
    gone = [each.policy for each in last.values() if each.taken_back]
    known = [*policies.beside(book.policies, found), *gone]
    touching = [
        p
        for p in known
        if p.division_prefix.startswith(scope) or scope.startswith(p.division_prefix)
    ]
    codes = {p.division_prefix.ljust(12, "0") for p in touching} | {actor.division}
    names = await divisions.names(db, codes)
    people = await accounts.names(db, {each.recorded_by for each in found})
    lines = [
        _line(p, [e for e in found if e.name == p.id], book, actor, now, names, people)
        for p in touching
    ]
    lines.sort(
        key=lambda line: (
            _ORDER.index(line.state),
            line.division,
            -line.valid_from.toordinal(),
            line.id,
        )
    )
    return PolicyList(
        actor.division,
        spoken_name(names.get(actor.division, actor.division)),
        refusal_to_rule(actor, actor.division) is None,
        tuple(lines),
    )


async def policy_document(db: Reader, *, name: str) -> dict[str, Any]:
    """Return the document of a policy that was recorded here. Raises not_found; what came with the program is a file of it."""
    found = policies.newest(await policies.of_policy(db, name)).get(name)
    if found is None:
        raise problems.not_found()
    return found.doc


def _line(
    policy: Policy,
    steps: Sequence[Recording],
    book: Rulebook,
    actor: Actor,
    now: datetime,
    names: Mapping[str, str],
    people: Mapping[str | None, str],
) -> PolicyLine:
    today, code = local_date(now), policy.division_prefix.ljust(12, "0")
    taken_back = bool(steps) and steps[-1].taken_back
    name = spoken_name(names.get(code, code)) if policy.division_prefix else COUNTRY_NAME
    ours = bool(steps) and not taken_back and refusal_to_rule(actor, code) is None
    runs = state_on(policy, today) == "in_force"
    set_to_end = policies.before_ending(steps) is not None
    return PolicyLine(
        id=policy.id,
        title=policy.title,
        division=code,
        division_name=name,
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
        state="taken_back" if taken_back else state_on(policy, today),
        values=tuple(policy_words(policy, book.categories)),
        legal_basis=tuple(policy.legal_basis),
        shipped=not steps,
        may_take_back=ours and policy.valid_from > today,
        may_end=ours and runs and not set_to_end,
        may_go_on=ours and runs and set_to_end,
        history=tuple(_step(steps[: n + 1], people) for n in reversed(range(len(steps)))),
    )


def state_on(policy: Policy, day: date) -> State:
    """Return whether a policy is to come, in force or over on a day."""
    if policy.valid_from > day:
        return "coming"
    over = policy.valid_to is not None and policy.valid_to < day
    return "over" if over else "in_force"


def _step(steps: Sequence[Recording], people: Mapping[str | None, str]) -> PolicyStep:
    step = steps[-1]
    policy = step.policy
    return PolicyStep(
        at=step.recorded_at,
        name=people.get(step.recorded_by, "") if step.recorded_by else "",
        reason=step.reason or "",
        what=_what(steps),
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
    )


def _what(steps: Sequence[Recording]) -> What:
    """Return what the newest of a policy's recordings did to it."""
    step, before = steps[-1], steps[-2] if len(steps) > 1 else None
    if step.taken_back:
        return "taken_back"
    was = policies.before_ending(steps[:-1])
    if was is not None and step.policy == was.policy:
        return "goes_on"
    if step.because is not None and (before is None or before.because != step.because):
        return "ended"
    if policies.before_ending(steps) is not None:
        return "end_set"
    return "restored" if before is not None and before.because is not None else "recorded"
