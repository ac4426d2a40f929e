"""Review before publication: in which steps, with how many signatures, and whose turn it is.

A schedule says it as data (category.json, laid over by policies): the village's supervision, a record by the
township, or one after the other; three signatures above an amount; posts that may not review. Without such data it is one
signature of whoever reviews the category. Some schedules let what is urgent be published first (`UrgentRule`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from server.rules import pointers
from server.rules.documents import Fields
from server.rules.values import Fen, Text

By = Literal["reviewer", "supervisor", "township"]
BY: tuple[By, ...] = ("reviewer", "supervisor", "township")
WORDS: dict[By, Text] = {
    "reviewer": Text("审议", "the review"),
    "supervisor": Text("村监委会审议", "the village's supervision"),
    "township": Text("乡镇备案", "the township's record"),
}
# The body behind a signature, as villagers read it under a notice.
BODIES: dict[By, Text] = {
    "reviewer": Text("审核人", "Reviewed by"),
    "supervisor": Text("村监委会", "Village supervision committee"),
    "township": Text("乡镇", "Township"),
}


class Step(Struct, frozen=True):
    """Who signs, how many of them; with `above` only when the amount (fen) is higher."""

    by: By
    signatures: int
    above: Fen | None = None


class ReviewRule(Struct, frozen=True):
    """The steps in their order, the patterns whose sum is the amount, and the posts that may not review."""

    steps: tuple[Step, ...] = (Step("reviewer", 1),)
    amount: tuple[str, ...] = ()
    excluded_posts: tuple[str, ...] = ()


class Turn(Struct, frozen=True):
    """Whose turn it is: `given` of `needed` signatures, waiting since a moment."""

    by: By
    given: int
    needed: int
    since: datetime


class UrgentRule(Struct, frozen=True):
    """What is urgent may be published first: its review must follow within `workdays` working days of that."""

    workdays: int
    source: Text


def parse_urgent(f: Fields) -> UrgentRule:
    """Read the `urgent` part of a schedule. Raises BadDocument with the pointer of the wrong field."""
    rule = UrgentRule(f.whole("review_within_workdays", 1, 60), f.sentence("source"))
    f.finish()
    return rule


def parse_review(f: Fields) -> ReviewRule:
    """Read the `review` part of a schedule. Raises BadDocument with the pointer of the wrong field."""
    steps = tuple(_step(part) for part in f.parts("steps"))
    if not steps:
        raise f.wrong("steps", Text("审议至少有一步", "a review has at least one step"))
    rule = ReviewRule(
        steps,
        tuple(f.texts("amount")) if f.has("amount") else (),
        tuple(f.texts("excluded_posts")) if f.has("excluded_posts") else (),
    )
    if any(step.above is not None for step in steps) and not rule.amount:
        raise f.wrong(
            "amount",
            Text(
                "按金额分的一步要写明加哪些字段",
                "a step above an amount needs the fields that are added up",
            ),
        )
    if all(step.above is not None for step in steps):
        raise f.wrong(
            "steps", Text("至少有一步不论金额都要做", "one step must hold for every amount")
        )
    f.finish()
    return rule


def _step(f: Fields) -> Step:
    step = Step(
        f.choice("by", BY),
        f.whole("signatures", 1, 9),
        f.whole("above", 0, 10**13) if f.has("above") else None,
    )
    f.finish()
    return step


def needed(rule: ReviewRule, content: Mapping[str, Any]) -> list[tuple[By, int]]:
    """Return who signs and how often, in order, for a content: the highest number whose amount is exceeded."""
    amount = pointers.total(content, list(rule.amount))
    found: dict[By, int] = {}
    for step in rule.steps:
        if step.above is None or amount > step.above:
            found[step.by] = max(found.get(step.by, 0), step.signatures)
    return list(found.items())


def turn(
    rule: ReviewRule, content: Mapping[str, Any], given: Iterable[str], since: datetime
) -> Turn | None:
    """Return whose turn it is after these signatures (the step of each); None when every step has its own."""
    counted = list(given)
    for by, signatures in needed(rule, content):
        have = counted.count(by)
        if have < signatures:
            return Turn(by, have, signatures, since)
    return None


def signed_for(step: str | None, publisher: str) -> By:
    """Return the body a signature stands for: what a village publishes is reviewed by its supervision committee."""
    by: By = next((known for known in BY if known == step), "reviewer")
    return "supervisor" if by == "reviewer" and publisher == "village" else by


def only_turn(rule: ReviewRule, since: datetime) -> Turn | None:
    """Return the turn that every content waits for from the first to the last; None where it depends or there are several."""
    step = rule.steps[0]
    if len(rule.steps) != 1 or step.signatures != 1:
        return None
    return Turn(step.by, 0, 1, since)


def refused_post(rule: ReviewRule, post: str | None) -> Text | None:
    """Return why somebody of a post may not review, or None."""
    if post is None or post not in rule.excluded_posts:
        return None
    return Text(
        f"{post}不能审议：按规定要由不经手的人审议",
        f"Somebody who is {post} may not review: the rule asks for people who had no hand in it",
    )


SIGNED = Text("您已经签过了，还要等别人签", "You have signed it already; others have to sign too")
