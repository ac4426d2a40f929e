"""Posting, following and reviewing submissions over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec

from server import problems
from server.commands.post_disclosure import Posted, post_disclosure
from server.commands.review_edition import Verdict, review_edition
from server.queries.check_content import check_content
from server.queries.submissions import SubmissionList, submission_list, submission_page
from server.rules import receipts
from server.rules.disclosures import offered_at, stage_at
from server.rules.findings import ContentFinding
from server.rules.gate import Override
from server.rules.periods import local_date
from server.rules.submissions import Submission
from server.rules.values import Text
from server.storage.photos import PhotoUse
from server.storage.reviews import Note
from server.web.asking import Answer, Ask
from server.web.etag import revision_tag
from server.web.wire import CategoryKey, Id, In, LongText, Number, Out, PlaceCode, Sha256

Aware = Annotated[datetime, msgspec.Meta(tz=True)]
Pointer = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^(/[^/]*)*$")]


class PhotoIn(In):
    """A photo that has been sent before, and what it shows; `pointer` is the line a voucher belongs to."""

    sha256: Sha256
    role: Literal["board", "voucher"]
    caption: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    pointer: Pointer | None = None


class Publish(In):
    """When to publish: once approved, at a chosen moment, or at once; `until` may lengthen the display, never shorten it.

    `at_once` is for what is urgent, where the category's schedule allows it: the review follows, and `reason` is published.
    """

    when: Literal["on_approval", "at", "at_once"] = "on_approval"
    at: Aware | None = None
    until: Aware | None = None
    reason: LongText | None = None

    def urgent_reason(self) -> str | None:
        """Return why it is published before its review; None when it is not."""
        return (self.reason or "") if self.when == "at_once" else None


class OverrideIn(In):
    """Why something that only looks personal may be published; the reviewer must confirm it.

    `pointer` and `kind` are those of the refusal. Identity and card numbers are never let through.
    """

    pointer: Annotated[str, msgspec.Meta(max_length=300)]
    kind: Literal["mobile", "passport", "words", "minor"]
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class SubmissionBody(In):
    """A disclosure as it was composed on the phone; money inside `content` is integer fen."""

    id: Id
    division: PlaceCode
    category: CategoryKey
    schema_version: Number
    content: dict[str, Any]
    composed_at: Aware
    period: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    event_on: date | None = None
    occurrence_id: Id | None = None
    photos: Annotated[list[PhotoIn], msgspec.Meta(max_length=60)] = msgspec.field(
        default_factory=list
    )
    publish: Publish = msgspec.field(default_factory=Publish)
    reason: LongText | None = None
    overrides: Annotated[list[OverrideIn], msgspec.Meta(max_length=60)] = msgspec.field(
        default_factory=list
    )


class CheckBody(In):
    """Content to be checked without storing anything."""

    division: PlaceCode
    category: CategoryKey
    schema_version: Number
    content: dict[str, Any]
    period: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    event_on: date | None = None


class FindingView(Out):
    """One finding: which check, how grave, where, both numbers (fen for money), and a sentence.

    What the gate for personal information saw has a `kind`, and on `offer` the text as it may stand ("": nothing of it).
    """

    check: str
    severity: str
    pointer: str
    expected: int | None
    actual: int | None
    message: Text
    explainable: bool
    kind: str | None = None
    offer: str | None = None
    # Where an override was asked for: its place in the submission, and why.
    place: str | None = None
    override: str | None = None


class CheckAnswer(Out):
    """What posting this content would find."""

    findings: list[FindingView]


class Receipt(Out):
    """The server's promise about a submission: when it arrived, the hash of what arrived, on time or late.

    `committed_at`: when it was registered, if its content followed in time; that moment then decides.
    `signed`: the same as a signed note (c2sp.org/signed-note) for the key of /receipt-key.
    """

    id: str
    disclosure_id: str
    content_hash: str
    committed_at: datetime | None
    received_at: datetime
    due_on: date
    due_before: datetime
    verdict: Literal["on_time", "late"]
    late_days: int
    stage: str
    opens_at: datetime | None
    replayed: bool
    findings: list[FindingView]
    signed: str


class Points(In):
    """The five points of a review."""

    process: bool
    decision: bool
    result: bool
    scope: bool
    form: bool


class Confirmed(In):
    """One override that the reviewer has looked at and lets through."""

    pointer: Annotated[str, msgspec.Meta(max_length=300)]
    kind: Literal["mobile", "passport", "words", "minor"]


class NoteIn(In):
    """What the reviewer wrote beside one line: a pointer into the content, and words the accountant reads there."""

    pointer: Pointer
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class ReviewBody(In):
    """A verdict under a client-made id; returning needs a reason, approving a confirmation of each override."""

    id: Id
    decision: Literal["approve", "return"]
    points: Points
    reason: LongText | None = None
    confirmed: Annotated[list[Confirmed], msgspec.Meta(max_length=60)] = msgspec.field(
        default_factory=list
    )
    notes: Annotated[list[NoteIn], msgspec.Meta(max_length=100)] = msgspec.field(
        default_factory=list
    )


class ReviewAnswer(Out):
    """How the submission stands after the verdict."""

    id: str
    disclosure_id: str
    stage: str
    number: int | None
    opens_at: datetime | None
    revision: int


class SubmissionQuery(In):
    """One state or all; newest first."""

    state: Literal["in_review", "returned", "approved", "withdrawn"] | None = None
    cursor: Id | None = None


async def post_submission(ask: Ask) -> Answer:
    """Receive a disclosure; the same id with the same bytes answers the same receipt."""
    body: SubmissionBody = ask.body
    if body.publish.when == "at" and body.publish.at is None:
        raise problems.publish_moment_needed()
    posted = await post_disclosure(
        ask.tx,
        book=ask.house.book,
        validators=ask.house.validators,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        submission=submission_of(body),
    )
    return Answer(_receipt(ask, posted), status=200 if posted.replayed else 201)


def submission_of(body: SubmissionBody) -> Submission:
    """Return what was sent as the rules know it; the hash of this is what a commitment promised."""
    return Submission(
        id=body.id,
        division=body.division,
        category=body.category,
        schema_version=body.schema_version,
        content=body.content,
        composed_at=body.composed_at,
        period=body.period,
        event_on=body.event_on,
        occurrence_id=body.occurrence_id,
        photos=tuple(PhotoUse(p.sha256, p.role, p.caption, p.pointer) for p in body.photos),
        publish_at=body.publish.at if body.publish.when == "at" else None,
        publish_until=body.publish.until,
        reason=body.reason,
        urgent_reason=body.publish.urgent_reason(),
        overrides=tuple(Override(o.pointer, o.kind, o.reason) for o in body.overrides),
    )


def _receipt(ask: Ask, posted: Posted) -> Receipt:
    book, edition = ask.house.book, posted.edition
    due = book.due_of(posted.disclosure)
    late = max(0, (local_date(offered_at(edition)) - due.due_on).days)
    return Receipt(
        id=edition.id,
        disclosure_id=posted.disclosure.id,
        content_hash=edition.content_hash,
        committed_at=edition.committed_at,
        received_at=edition.received_at,
        due_on=due.due_on,
        due_before=due.due_before,
        verdict="late" if late else "on_time",
        late_days=late,
        stage=stage_at(edition, book.schedule_of(posted.disclosure).display, ask.now),
        opens_at=edition.opens_at,
        replayed=posted.replayed,
        findings=[FindingView(**{**f, "message": Text(**f["message"])}) for f in edition.findings],
        signed=ask.house.signer.sign(
            receipts.text_of(
                receipts.Receipt(
                    kind="submission",
                    id=edition.id,
                    division=posted.disclosure.division,
                    category=posted.disclosure.category,
                    period=posted.disclosure.period_key,
                    content_hash=edition.content_hash,
                    committed_at=edition.committed_at,
                    received_at=edition.received_at,
                    planned_at=edition.plan_at,
                    due_on=due.due_on,
                )
            )
        ),
    )


def _finding(found: ContentFinding) -> FindingView:
    return FindingView(
        check=found.check,
        severity=found.severity,
        pointer=found.pointer,
        expected=found.expected,
        actual=found.actual,
        message=found.message,
        explainable=found.explainable,
        kind=found.kind,
        offer=found.offer,
    )


async def check(ask: Ask) -> CheckAnswer:
    """Run the content checks and store nothing."""
    body: CheckBody = ask.body
    found = await check_content(
        ask.store.reader,
        book=ask.house.book,
        validators=ask.house.validators,
        actor=ask.me,
        category_key=body.category,
        division=body.division,
        period_key=body.period,
        event_on=body.event_on,
        today=local_date(ask.now),
        schema_version=body.schema_version,
        content=body.content,
    )
    return CheckAnswer(findings=[_finding(f) for f in found])


async def list_submissions(ask: Ask) -> SubmissionList:
    """Submissions under my division."""
    asked: SubmissionQuery = ask.query
    return await submission_list(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        state=asked.state,
        cursor=asked.cursor,
        now=ask.now,
        lang=ask.lang,
    )


async def get_submission(ask: Ask) -> Answer:
    """One submission with everything on it; its ETag is what a review must name."""
    page = await submission_page(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        submission_id=ask.path["id"],
        now=ask.now,
        lang=ask.lang,
    )
    return Answer(page, headers={"ETag": revision_tag(page.revision)}, cache="private, no-cache")


async def review(ask: Ask) -> Answer:
    """Approve or return a submission; If-Match names the revision that was read."""
    body: ReviewBody = ask.body
    edition = await review_edition(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        verdict=Verdict(
            id=body.id,
            edition_id=ask.path["id"],
            decision=body.decision,
            points=msgspec.structs.asdict(body.points),
            reason=body.reason,
            notes=tuple(Note(n.pointer, n.text) for n in body.notes),
            confirmed=tuple((c.pointer, c.kind) for c in body.confirmed),
        ),
        revision=ask.expected_revision(),
    )
    return Answer(
        ReviewAnswer(
            id=edition.id,
            disclosure_id=edition.disclosure_id,
            stage=review_stage(edition.state, edition.opens_at, ask.now),
            number=edition.number,
            opens_at=edition.opens_at,
            revision=edition.revision,
        ),
        headers={"ETag": revision_tag(edition.revision)},
    )


def review_stage(state: str, opens_at: datetime | None, now: datetime) -> str:
    """Return how an edition stands right after its review."""
    if state != "approved":
        return state
    return "scheduled" if opens_at is not None and opens_at > now else "open"
