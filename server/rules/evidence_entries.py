"""What of a notice goes into an evidence pack, entry by entry: a whitelist, so that nothing else can.

No account, no login, no address, no contact, no device. A content goes in as it was hashed where the public sees the
whole of it; where the public sees less (a name cut to its surname, a field held back), less goes in, and its hash
stands there as a text, unless whoever takes the pack asks for the whole, which they may read at work anyway.
An identity or card number never goes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from server.rules import gate
from server.rules.canonical import canonical_bytes
from server.rules.cards import titles_of
from server.rules.categories import Category
from server.rules.commitments import Commitment
from server.rules.compliance import Cell
from server.rules.disclosures import Disclosure, Edition, judged_at, stage_at
from server.rules.event_words import event_words
from server.rules.evidence_packs import stamp
from server.rules.exemptions import lifted_at
from server.rules.inquiry_views import PublicInquiry
from server.rules.periods import local_date
from server.rules.permissions import ROLES, Role
from server.rules.privacy import public_content
from server.rules.receipts import Receipt
from server.rules.schedules import DayOfMonth, DaysAfter, Display, DueRule, Policy, Schedule
from server.rules.signatures import Signature
from server.rules.submissions import PhotoPlace, Submission
from server.rules.values import Text
from server.rules.windows import Due

COPY = "1920.jpg"
"""The public copy of a photo that goes into a pack; of the original only its hash does."""


class Happened(Struct, frozen=True):
    """An event by its name, its moment, and the name and role of whoever did it; None where nobody was signed in."""

    at: datetime
    action: str
    name: str | None
    role: Role | None


class Promised(Struct, frozen=True):
    """The file of an edition. `whole`: it is what was hashed, so that its SHA-256 is the content hash."""

    data: bytes
    whole: bool


def promised(
    disclosure: Disclosure,
    edition: Edition,
    category: Category,
    photos: Sequence[PhotoPlace],
    occurrences: Iterable[str],
    *,
    whole: bool,
) -> Promised:
    """Return what an edition promised, canonically spelled; unless the `whole` is asked for, as much as the public sees.

    A posting named its period, its event's day or the occurrence: each way is tried, and the hash says which it was.
    """
    shown = public_content(category, edition.content)
    if (whole or shown == edition.content) and not _numbers_in(edition.content):
        ways = [
            (period, event_on, occurrence)
            for occurrence in (None, *occurrences)
            for event_on in dict.fromkeys((None, disclosure.event_on))
            for period in (disclosure.period_key, None)
        ]
        for period, event_on, occurrence in ways:
            sent = Submission(
                id=edition.id,
                division=disclosure.division,
                category=disclosure.category,
                schema_version=edition.schema_version,
                content=edition.content,
                composed_at=edition.composed_at,
                period=period,
                event_on=event_on,
                occurrence_id=occurrence,
                photos=photos,
                publish_at=edition.plan_at,
                publish_until=edition.plan_until,
                reason=edition.reason,
                urgent_reason=edition.urgent_reason,
            )
            if sent.hash() == edition.content_hash:
                return Promised(canonical_bytes(sent.promised()), whole=True)
    return Promised(
        canonical_bytes(
            {
                "category": disclosure.category,
                "content": {} if _numbers_in(shown) else shown,
                "division": disclosure.division,
                "period": disclosure.period_key,
                "reason": edition.reason,
                "schema_version": edition.schema_version,
            }
        ),
        whole=False,
    )


def _numbers_in(texts: Mapping[str, Any]) -> bool:
    """Say whether a number stands there that is let through never, whoever asks."""
    return any(found.kind not in gate.SOFT for found in gate.beside(texts))


def receipt_of_edition(disclosure: Disclosure, edition: Edition, due: Due) -> Receipt:
    """Return the receipt of an edition, to be signed: the same facts are the same bytes as its phone has."""
    return Receipt(
        kind="submission",
        id=edition.id,
        division=disclosure.division,
        category=disclosure.category,
        period=disclosure.period_key,
        content_hash=edition.content_hash,
        committed_at=edition.committed_at,
        received_at=edition.received_at,
        planned_at=edition.plan_at,
        due_on=due.due_on,
    )


def receipt_of_commitment(commitment: Commitment, due: Due) -> Receipt:
    """Return the receipt of a registration, to be signed."""
    return Receipt(
        kind="commitment",
        id=commitment.id,
        division=commitment.division,
        category=commitment.category,
        period=commitment.period_key,
        content_hash=commitment.content_hash,
        photos=commitment.photos,
        received_at=commitment.received_at,
        lapses_at=commitment.lapses_at,
        planned_at=commitment.plan_at,
        due_on=due.due_on,
    )


def edition_entry(
    edition: Edition,
    schedule: Schedule,
    now: datetime,
    *,
    whole: bool,
    photos: Sequence[PhotoPlace],
    copied: Iterable[str],
    signatures: Sequence[Signature],
    registered: bool,
) -> dict[str, Any]:
    """Return an edition with its moments. `copied`: the photos whose public copy is in the pack, by their hashes."""
    copies = set(copied)
    return {
        "id": edition.id,
        "number": edition.number,
        "stage": stage_at(edition, schedule.display, now),
        "content_hash": edition.content_hash,
        "file": f"editions/{edition.id}.json",
        "whole": whole,
        "receipts": [
            f"receipts/{edition.id}.txt",
            *([f"receipts/{edition.id}-registered.txt"] if registered else []),
        ],
        "reason": edition.reason,
        "explanation": edition.explanation,
        "urgent_reason": edition.urgent_reason,
        "withdrawn_reason": edition.withdrawn_reason,
        "objection": edition.objection,
        "composed_at": stamp(edition.composed_at),
        "committed_at": stamp(edition.committed_at),
        "received_at": stamp(edition.received_at),
        "planned_at": stamp(edition.plan_at),
        "decided_at": stamp(edition.decided_at),
        "opens_at": stamp(edition.opens_at),
        "comes_down_at": stamp(edition.comes_down_at),
        "superseded_at": stamp(edition.superseded_at),
        "withdrawn_at": stamp(edition.withdrawn_at),
        "judged_at": stamp(judged_at(edition, schedule)),
        "photos": [
            {
                "role": p.role,
                "caption": p.caption,
                "original_sha256": p.sha256,
                "file": f"photos/{p.sha256}.jpg" if p.sha256 in copies else None,
            }
            for p in photos
        ],
        # As the public page shows them: who agreed. Why something was returned stays between those who worked on it.
        "signatures": [
            {
                "name": s.reviewer_name,
                "body": s.body.as_dict(),
                "post": s.post,
                "at": stamp(s.decided_at),
            }
            for s in signatures
            if s.decision == "approve"
        ],
    }


def event_entry(event: Happened) -> dict[str, Any]:
    """Return what happened, in words. Of what villagers did only the day is told, as everywhere."""
    outside = event.role is None
    return {
        "at": local_date(event.at).isoformat() if outside else stamp(event.at),
        "action": event.action,
        "words": event_words(event.action).as_dict(),
        "name": event.name,
        "role": None if event.role is None else ROLES[event.role].as_dict(),
    }


def obligation_entry(cell: Cell, category: Category, rule: str) -> dict[str, Any]:
    """Return what was owed and how it was judged. `rule`: its name in rules.json."""
    owed = cell.obligation
    return {
        "division": owed.division,
        "category": owed.category,
        "period": owed.period.key,
        "title": titles_of(category, owed.period).as_dict(),
        "rule": rule,
        "opens_on": owed.due.opens_on.isoformat(),
        "due_on": owed.due.due_on.isoformat(),
        "due_before": stamp(owed.due.due_before),
        "provisional": owed.due.provisional,
        "exempt": None
        if owed.exempt is None or cell.state != "exempt"
        else {
            "reason": owed.exempt.reason,
            "post": owed.exempt.post.as_dict(),
            "decided_at": stamp(owed.exempt.decided_at),
        },
        # From then on nobody has been missing what was overdue already.
        "lifted_at": stamp(lifted_at(owed.afterwards)),
        "state": cell.state,
        "late_days": cell.late_days,
        "edition": cell.edition_id,
        "judged_at": stamp(cell.judged_at),
        "notice": cell.disclosure_id,
        "findings": [{"kind": f.kind, "text": f.text.as_dict()} for f in cell.findings],
    }


def rule_entry(schedule: Schedule, policies: Sequence[Policy]) -> dict[str, Any]:
    """Return a rule with where it comes from: the schedule in force, and the policies laid over it."""
    display = schedule.display
    return {
        "source": schedule.source.as_dict(),
        "version": schedule.version,
        "cadence": schedule.cadence,
        "due": _due_entry(schedule.due),
        "grace_hours": schedule.grace_hours,
        "commitment_hours": schedule.commitment_hours,
        "review_required": schedule.review_required,
        "board_photo_required": schedule.board_photo_required,
        "display": {
            "min_days": display.min_days,
            "unit": display.unit,
            "counts_first_day": display.counts_first_day,
            "until": display.until,
            "after": display.after,
            **_retention_entry(display),
        },
        "policies": [_policy_entry(policy) for policy in policies],
    }


def _retention_entry(display: Display) -> dict[str, Any]:
    """Return the term to be read, where there is one: a rule without one reads as it always did."""
    term = display.retention
    return {} if term is None else {"retention": {term.unit: term.count}}


def _due_entry(rule: DueRule) -> dict[str, Any]:
    if isinstance(rule, DaysAfter):
        return {"days_after": rule.days, "unit": rule.unit}
    if isinstance(rule, DayOfMonth):
        return {"day_of_month": rule.day, "month_offset": rule.month_offset}
    return {"month": rule.month, "day": rule.day, "year_offset": rule.year_offset}


def _policy_entry(policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id,
        "title": policy.title.as_dict(),
        "valid_from": policy.valid_from.isoformat(),
        "valid_to": policy.valid_to.isoformat() if policy.valid_to else None,
        "legal_basis": [
            {"title": b.title.as_dict(), "article": b.article, "verified": b.verified}
            for b in policy.legal_basis
        ],
    }


def inquiry_entry(shown: PublicInquiry, trail: Sequence[Happened]) -> dict[str, Any]:
    """Return what was asked as the public reads it, with what was done about it and on which day."""
    texts = {"text": shown.text, "answer": shown.answer.text if shown.answer else ""}
    clean = not _numbers_in(texts)
    answer = shown.answer
    return {
        "number": shown.number,
        "kind": shown.kind_name.as_dict(),
        "asked_on": shown.asked_on.isoformat(),
        "notice": shown.disclosure_id,
        "line": shown.line,
        "text": shown.text if clean else None,
        "due_on": shown.due.on.isoformat(),
        "answer": None
        if answer is None
        else {
            "text": answer.text if clean else None,
            "body": answer.body.as_dict(),
            "answered_by": answer.answered_by_name,
            "reviewed_by": answer.reviewed_by_name,
            "at": stamp(answer.published_at),
        },
        "trail": [
            {"on": local_date(e.at).isoformat(), "words": event_words(e.action).as_dict()}
            for e in trail
        ],
    }


def words_of(category: Category, form: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the fields of a content are called, by the pattern of their pointers, so that a reader knows what is what."""
    fields: dict[str, Any] = {}
    for step in form["steps"]:
        _name(step["fields"], "", fields)
    return {"title": category.title.as_dict(), "fields": fields}


def _name(asked: Iterable[Mapping[str, Any]], above: str, fields: dict[str, Any]) -> None:
    for field in asked:
        at = above + field["pointer"]
        named: dict[str, Any] = {"label": field["label"], "widget": field["widget"]}
        if field["widget"] == "choice":
            named["options"] = {str(o["value"]): o["label"] for o in field["options"]}
        fields[at] = named
        _name(field.get("columns", ()), f"{at}/*", fields)


ABOUT = Text(
    "这个文件包可以在没有网络的电脑上核对：双击 index.html；或者在这个文件夹里运行 sha256sum -c SHA256SUMS。",
    "This pack can be checked without a network: open index.html, or run sha256sum -c SHA256SUMS in its folder.",
)
