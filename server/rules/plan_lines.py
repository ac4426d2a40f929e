"""A yearly plan of disclosure beside what was published: each line, in each village, in time, late, still to come or missing.

Which plan counts. Every notice stands in a village. A village is measured by the plan that stands in it; where none does, by
the newest of its township's for the year. A plan takes the place of the one before it: whoever adds a line publishes all.

What answers a line. A disclosure of the category that the line names, in that village, first published within the plan's
year. Two notices share no number with a plan, so this goes by words and by order:

1. A disclosure whose title or subtitle holds the words of the matter answers it: the earliest such, lines by their day.
2. A line whose words name a period of its category (第一季度财务收支) is answered by that period's disclosure and by no other.
3. What is left answers what is left, one disclosure one line, the earliest the line with the earliest day.

The third may be wrong where a plan is vague: one that says "财务" twice is answered by the first two of the year, one that says
"路" by whatever work came first. Which disclosure answered is shown beside each line: a person sees it. Nothing here is a
verdict of the matrix, which judges by the rule in force.

Days are those of Asia/Shanghai. What was withdrawn by the moment that is judged answers nothing; posted again, it counts from
then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from server.rules import pointers
from server.rules.categories import Plan
from server.rules.disclosures import EditionHead, was_opened
from server.rules.periods import local_date
from server.rules.plan_places import Where, where_of
from server.rules.tables import normal
from server.rules.values import Fen

State = Literal["done", "late", "waiting", "missing"]
STATES: tuple[State, ...] = ("missing", "late", "waiting", "done")


class PlanLine(Struct, frozen=True):
    """A line of a plan: what, by which category, in which villages, by which office, until when. `amount` in fen."""

    matter: str
    category: str
    said: str
    where: Where
    office: str
    by: date
    amount: Fen | None
    basis: str


class StandingPlan(Struct, frozen=True):
    """A plan as it was published in a village."""

    disclosure_id: str
    division: str
    township: str
    opened_at: datetime
    lines: tuple[PlanLine, ...]


class Publication(Struct, frozen=True):
    """What a village published first on a day; `words`: its title and subtitle."""

    disclosure_id: str
    category: str
    first: date
    words: str


class Measured(Struct, frozen=True):
    """How a line stands in a village: `days` late, missing, or still left; 0 where it was in time."""

    state: State
    days: int
    answer: Publication | None


def lines_of(plan: Plan, content: Mapping[str, Any]) -> tuple[PlanLine, ...]:
    """Return the lines of a plan's content, in their order."""
    return tuple(
        PlanLine(
            matter=str(pointers.get(line, plan.matter, "")),
            category=str(pointers.get(line, plan.category, "")),
            said=str(pointers.get(line, plan.where, "")),
            where=where_of(str(pointers.get(line, plan.where, "")), plan.everywhere),
            office=str(pointers.get(line, plan.office, "")),
            by=date.fromisoformat(pointers.get(line, plan.by)),
            amount=pointers.get(line, plan.amount) if plan.amount else None,
            basis=str(pointers.get(line, plan.basis, "")) if plan.basis else "",
        )
        for _, line in pointers.find(content, f"{plan.lines}/*")
    )


def plan_of(village: str, township: str, plans: Sequence[StandingPlan]) -> StandingPlan | None:
    """Return the plan that a village is measured by: the newest that stands in it, else the newest of its township."""
    own = [plan for plan in plans if plan.division == village]
    near = own or [plan for plan in plans if plan.township == township]
    return max(near, key=lambda plan: (plan.opened_at, plan.disclosure_id), default=None)


def first_day(editions: Sequence[EditionHead], as_of: datetime) -> date | None:
    """Return the day on which a disclosure was first published, of what was not withdrawn by a moment; None: not at all."""
    shown = [
        edition.opens_at
        for edition in editions
        if edition.opens_at is not None
        and was_opened(edition, as_of)
        and (edition.withdrawn_at is None or edition.withdrawn_at > as_of)
    ]
    return local_date(min(shown)) if shown else None


def measured(
    lines: Sequence[PlanLine],
    published: Sequence[Publication],
    year: int,
    as_of: datetime,
    periods: Mapping[str, Sequence[str]],
) -> list[Measured]:
    """Return how each of the lines that are for one village stands at a moment; `published`: that village's.

    `periods`: the titles of what comes period after period, by category.
    """
    today = local_date(as_of)
    answers = _answers(lines, [each for each in published if each.first.year == year], periods)
    return [_standing(line, answers.get(n), today) for n, line in enumerate(lines)]


def _answers(
    lines: Sequence[PlanLine],
    published: Sequence[Publication],
    periods: Mapping[str, Sequence[str]],
) -> dict[int, Publication]:
    """Return which disclosure answers which line, by its place among them."""
    order = sorted(range(len(lines)), key=lambda n: (lines[n].by, n))
    left = sorted(published, key=lambda each: (each.first, each.disclosure_id))
    found: dict[int, Publication] = {}
    for by_words in (True, False):
        for n in order:
            if n in found or (not by_words and _names_a_period(lines[n], periods)):
                continue
            fits = (
                each
                for each in left
                if each.category == lines[n].category
                and (not by_words or holds(each.words, lines[n].matter))
            )
            if (answer := next(fits, None)) is not None:
                found[n] = answer
                left.remove(answer)
    return found


def _names_a_period(line: PlanLine, periods: Mapping[str, Sequence[str]]) -> bool:
    return any(holds(title, line.matter) for title in periods.get(line.category, ()))


def holds(words: str, matter: str) -> bool:
    """Say whether a title holds every word of a matter, whatever spaces, signs and brackets stand between them."""
    there = _plain(words)
    asked = [word for each in matter.split() if (word := _plain(each))]
    return bool(asked) and all(word in there for word in asked)


# The same few words are compared in every village.
_plain = lru_cache(maxsize=4096)(normal)


def _standing(line: PlanLine, answer: Publication | None, today: date) -> Measured:
    if answer is not None:
        late = (answer.first - line.by).days
        return Measured("late", late, answer) if late > 0 else Measured("done", 0, answer)
    over = (today - line.by).days
    return Measured("missing", over, None) if over > 0 else Measured("waiting", -over, None)
