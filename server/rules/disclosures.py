"""Disclosures and their editions: the states, the moment that judges, and why an act is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from server.rules.reviewing import Turn
from server.rules.schedules import Display, Schedule
from server.rules.values import Text
from server.rules.windows import Visibility, visibility

State = Literal["in_review", "returned", "approved", "withdrawn"]
Stage = Literal[
    "in_review", "returned", "scheduled", "open", "archived", "hidden", "withdrawn", "expired"
]


class Disclosure(Struct, frozen=True):
    """The answer to one obligation: one address, any number of editions."""

    id: str
    county: str
    division: str
    category: str
    period_key: str
    period_start: date
    period_end: date
    event_on: date | None
    title: str
    created_at: datetime


class EditionHead(Struct, frozen=True, kw_only=True):
    """All of an edition but its content: what lists, verdicts and windows need of it.

    Claims, which judge nothing: `composed_at` (the phone's word), `captured_at` (the photos' word).
    Ours, which judge: `committed_at` (registered first, content in time), `received_at`, `decided_at`,
    `opens_at`. `plan_at`, `plan_until`: when the village wished it shown. `number` is given at approval, 1.. within the disclosure. `findings`: the content
    findings accepted at submission. `explanation`: published with a break in continuity. `gist`: the amounts
    that lists show (rules/gists.py). `turn`: whose signature it waits for (rules/reviewing.py). `urgent_reason`: why it was
    published before its review, which then has `reviewed_at` and, where it did not agree, a public `objection`.
    """

    id: str
    disclosure_id: str
    number: int | None
    state: State
    schema_version: int
    content_hash: str
    reason: str | None
    explanation: str | None = None
    findings: list[dict[str, Any]]
    composed_at: datetime
    captured_at: datetime | None
    committed_at: datetime | None = None
    received_at: datetime
    submitted_by: str
    plan_at: datetime | None
    plan_until: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    opens_at: datetime | None
    comes_down_at: datetime | None
    superseded_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    revision: int
    gist: Mapping[str, int] = field(default_factory=dict)
    turn: Turn | None = None
    urgent_reason: str | None = None
    reviewed_at: datetime | None = None
    objection: str | None = None


class Edition(EditionHead, frozen=True, kw_only=True):
    """A state of a disclosure that is never edited; a correction is a new edition with a `reason`."""

    content: dict[str, Any]


AnyEdition = TypeVar("AnyEdition", bound=EditionHead)


class EditionMoments(NamedTuple):
    """As much of a numbered edition as decides whether it can be seen: for looking at many at once."""

    id: str
    number: int | None
    state: State
    opens_at: datetime | None
    comes_down_at: datetime | None
    superseded_at: datetime | None
    withdrawn_at: datetime | None


def stage_at(edition: EditionHead, display: Display, now: datetime) -> Stage:
    """Return where an edition stands for the people who work on it, at a moment.

    'hidden' is an edition whose display is over and is not kept readable, or one withdrawn unopened; 'expired' one whose
    term to be read is over.
    """
    seen = known_at(edition, now)
    if seen is None or seen.state == "in_review":
        return "in_review"
    if seen.state == "returned":
        return "returned"
    if seen.state == "approved" and seen.opens_at is not None and now < seen.opens_at:
        return "scheduled"
    stage: dict[Visibility, Stage] = {
        Visibility.OPEN: "open",
        Visibility.ARCHIVED: "archived",
        Visibility.HIDDEN: "hidden",
        Visibility.WITHDRAWN: "withdrawn",
        Visibility.EXPIRED: "expired",
    }
    return stage[visibility(seen, display, now)]


def known_at(edition: AnyEdition, as_of: datetime) -> AnyEdition | None:
    """Return an edition as it was known at a moment: what happened later has not happened.

    None when it had not been received. A planned end that lies later is left out too, because a
    row keeps only the last plan: two replays of one day must not differ by it.
    """
    if edition.received_at > as_of:
        return None
    if edition.decided_at is not None and edition.decided_at > as_of:
        return replace(
            edition,
            state="in_review",
            number=None,
            decided_at=None,
            decided_by=None,
            opens_at=None,
            comes_down_at=None,
            superseded_at=None,
            withdrawn_at=None,
            withdrawn_reason=None,
        )
    known = edition
    if edition.reviewed_at is not None and edition.reviewed_at > as_of:
        known = replace(known, reviewed_at=None, objection=None)
    if edition.withdrawn_at is not None and edition.withdrawn_at > as_of:
        known = replace(known, state="approved", withdrawn_at=None, withdrawn_reason=None)
    if known.comes_down_at is not None and known.comes_down_at > as_of:
        known = replace(known, comes_down_at=None)
    if known.superseded_at is not None and known.superseded_at > as_of:
        known = replace(known, superseded_at=None)
    return known


def takes_reason(earlier: Iterable[EditionHead]) -> bool:
    """Say whether a posting after these editions is a correction, with a reason that is published: one was approved, or withdrawn."""
    return any(e.state in ("approved", "withdrawn") for e in earlier)


def was_opened(edition: EditionHead, now: datetime) -> bool:
    """Say whether an edition was ever on show up to a moment."""
    if edition.state not in ("approved", "withdrawn") or edition.opens_at is None:
        return False
    if edition.withdrawn_at is not None and edition.withdrawn_at <= edition.opens_at:
        return False
    return edition.opens_at <= now


def first_publication(editions: Iterable[AnyEdition], now: datetime) -> AnyEdition | None:
    """Return the edition that decides on time or late: the first that was ever on show.

    It stays the first when it is corrected or withdrawn later; how long it hung is a finding of its own.
    """
    opened = [e for e in editions if was_opened(e, now)]
    return min(opened, key=lambda e: (e.opens_at or now, e.number or 0, e.id), default=None)


def arrived_at(edition: EditionHead) -> datetime:
    """Return when an edition counts as arrived: its registration, if content followed in time, else its receipt."""
    return edition.committed_at or edition.received_at


def offered_at(edition: EditionHead) -> datetime:
    """Return the moment by which the village itself is judged: arrival, or its own wish to show it later."""
    return max(arrived_at(edition), edition.plan_at or arrived_at(edition))


def judged_at(edition: EditionHead, schedule: Schedule) -> datetime | None:
    """Return the moment that decides on time or late; None while it has no opening moment.

    The village is judged by when it registered or sent the posting, or by its own wish to show it later; not
    by how long the reviewer took, as long as that stayed within the schedule's grace. Beyond the grace the
    moment at which villagers could read it counts. The grace runs from when there was something to review.
    """
    if edition.opens_at is None:
        return None
    reviewable = max(edition.received_at, edition.plan_at or edition.received_at)
    if edition.opens_at <= reviewable + timedelta(hours=schedule.grace_hours):
        return offered_at(edition)
    return edition.opens_at


def awaits_review(edition: EditionHead) -> bool:
    """Say whether an edition waits for signatures: in review, or published first and nothing took its place since."""
    if edition.state == "in_review":
        return True
    return (
        edition.state == "approved"
        and edition.urgent_reason is not None
        and edition.reviewed_at is None
        and edition.superseded_at is None
    )


def failure_reasons_review(edition: EditionHead, actor: str) -> list[Text]:
    """Return why an account may not decide about an edition now; empty when it may."""
    reasons: list[Text] = []
    if not awaits_review(edition):
        word = _STATE_WORDS[edition.state]
        reasons.append(
            Text(f"这一版已经{word.zh}，不能再审议", f"This edition is already {word.en}")
        )
    if is_own_work(edition, actor):
        reasons.append(
            Text(
                "不能审议自己报送的内容，请由他人审议", "Nobody reviews their own work; ask another"
            )
        )
    return reasons


def is_own_work(edition: EditionHead, actor: str) -> bool:
    """Say whether an account submitted the edition itself."""
    return edition.submitted_by == actor


def failure_reasons_withdraw(edition: EditionHead, reason: str) -> list[Text]:
    """Return why an edition may not be withdrawn with a reason; empty when it may."""
    reasons: list[Text] = []
    if edition.state == "withdrawn":
        reasons.append(Text("已经撤回", "It is already withdrawn"))
    elif edition.state != "approved":
        word = _STATE_WORDS[edition.state]
        reasons.append(
            Text(
                f"这一版{word.zh}，尚未公开，不需要撤回",
                f"This edition is {word.en}; only what was published can be withdrawn",
            )
        )
    if not reason.strip():
        reasons.append(
            Text("请写明撤回的原因，原因会公开", "Give the reason; it is published in its place")
        )
    return reasons


_STATE_WORDS: dict[State, Text] = {
    "in_review": Text("正在审议", "in review"),
    "returned": Text("退回", "returned"),
    "approved": Text("通过", "approved"),
    "withdrawn": Text("撤回", "withdrawn"),
}
