"""The tables, as Tortoise models: the source of the schema and of its migrations.

Nothing outside `storage/` sees a row of these; every noun's file turns rows into the values of `rules/`.

- moments are epoch milliseconds in `*_at` columns; days are 'YYYY-MM-DD' text; money lives inside documents
- documents are JSON text: no JSON column, because filters on one work on PostgreSQL only
- every table carries `county`, the first six digits of the division, so that it can be partitioned by it
- a model's first docstring line becomes its table's comment: no semicolon in it, Tortoise splits there
- ids are made by clients (UUIDv7), except the event's, whose order is ours
"""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.indexes import Index

from server.storage.place_code import PlaceCode
from server.storage.table import Table


def _id() -> fields.CharField[str]:
    return fields.CharField(max_length=36, primary_key=True)


def _uuid() -> fields.CharField[str]:
    return fields.CharField(max_length=36)


def _uuid_or_null() -> fields.CharField[str | None]:
    return fields.CharField(max_length=36, null=True)


def _code() -> fields.CharField[str]:
    return fields.CharField(max_length=12)


def _place() -> fields.CharField[str]:
    """The code of a village or anything above it, or a village group's."""
    return PlaceCode()


def _county() -> fields.CharField[str]:
    return fields.CharField(max_length=6)


def _to(model: str) -> Any:
    """A foreign key: the column is the name with '_id'; what others point at is never deleted."""
    return fields.ForeignKeyField(f"storage.{model}", related_name=False, on_delete=fields.RESTRICT)


class Division(Table):
    """A division for a span of days: `valid_from` '' is 'as long as we know', `valid_to` null is 'today'."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    code = _place()
    name = fields.CharField(max_length=120)
    parent = fields.CharField(max_length=12, null=True)
    level = fields.CharField(max_length=8)
    valid_from = fields.CharField(max_length=10)
    valid_to = fields.CharField(max_length=10, null=True)
    # Every reading, each after a blank: ' clz zlz'.
    initials = fields.CharField(max_length=400)
    # Into which division it was merged when it was closed, if one was named.
    successor = PlaceCode(null=True)

    class Meta:
        table = "division"
        unique_together = (("code", "valid_from"),)
        indexes = (Index(fields=("parent", "code"), name="division_by_parent"),)


class DivisionVersion(Table):
    """Counts what changed on a division's public pages: the ETag's first half."""

    division = PlaceCode(primary_key=True)
    county = _county()
    counter = fields.BigIntField()

    class Meta:
        table = "division_version"


class Disclosure(Table):
    """One answer to one obligation."""

    id = _id()
    county = _county()
    division = _place()
    category = fields.CharField(max_length=60)
    period_key = fields.CharField(max_length=40)
    period_start = fields.CharField(max_length=10)
    period_end = fields.CharField(max_length=10)
    event_on = fields.CharField(max_length=10, null=True)
    title = fields.CharField(max_length=200)
    created_at = fields.BigIntField()

    class Meta:
        table = "disclosure"
        unique_together = (("division", "category", "period_key"),)
        indexes = (Index(fields=("division", "period_start"), name="disclosure_by_division"),)


class Edition(Table):
    """An immutable state of a disclosure: the decision columns are filled once, `revision` counts that."""

    id = _id()
    county = _county()
    division = _place()
    disclosure = _to("Disclosure")
    number = fields.IntField(null=True)
    state = fields.CharField(max_length=12)
    schema_version = fields.IntField()
    content = fields.TextField()
    content_hash = fields.CharField(max_length=71)
    reason = fields.TextField(null=True)
    explanation = fields.TextField(null=True)
    findings = fields.TextField()
    composed_at = fields.BigIntField()
    captured_at = fields.BigIntField(null=True)
    # Registered first: when, if the content followed in time.
    committed_at = fields.BigIntField(null=True)
    received_at = fields.BigIntField()
    submitted_by = _uuid()
    plan_at = fields.BigIntField(null=True)
    plan_until = fields.BigIntField(null=True)
    decided_at = fields.BigIntField(null=True)
    decided_by = _uuid_or_null()
    opens_at = fields.BigIntField(null=True)
    comes_down_at = fields.BigIntField(null=True)
    superseded_at = fields.BigIntField(null=True)
    withdrawn_at = fields.BigIntField(null=True)
    withdrawn_reason = fields.TextField(null=True)
    revision = fields.IntField()
    # The amounts that lists show, so that they need no content; null: not added up yet.
    gist = fields.TextField(null=True)
    turn = fields.TextField(null=True)
    # Published before its review: why, when the review came, and why it did not agree.
    urgent_reason = fields.TextField(null=True)
    reviewed_at = fields.BigIntField(null=True)
    objection = fields.TextField(null=True)

    class Meta:
        table = "edition"
        # Two editions of one disclosure never share a number; SQL lets any number of nulls stand.
        unique_together = (("disclosure_id", "number"),)
        indexes = (
            Index(fields=("division", "received_at"), name="edition_by_division"),
            Index(fields=("state", "division", "received_at"), name="edition_by_state"),
            Index(fields=("opens_at",), name="edition_by_opening"),
            # All that visibility is decided by: read without the row, whose content is long.
            Index(
                fields=(
                    "disclosure_id",
                    "number",
                    "state",
                    "opens_at",
                    "comes_down_at",
                    "superseded_at",
                    "withdrawn_at",
                    "id",
                ),
                name="edition_moments",
            ),
        )


class Review(Table):
    """What a reviewer decided about an edition."""

    id = _id()
    county = _county()
    edition = _to("Edition")
    reviewer = _uuid()
    reviewer_name = fields.CharField(max_length=60)
    decision = fields.CharField(max_length=12)
    points = fields.TextField()
    reason = fields.TextField(null=True)
    decided_at = fields.BigIntField()
    step = fields.CharField(max_length=12, null=True)
    post = fields.CharField(max_length=40, null=True)  # as it was then, like the name
    notes = fields.TextField(null=True)

    class Meta:
        table = "review"
        indexes = (Index(fields=("edition_id",), name="review_by_edition"),)


class Photo(Table):
    """A stored photo, addressed by its hash: `captured_at` is the photo's own claim and stays private.

    `division` and `uploaded_by` say who sent it first; who may use it stands in PhotoSending.
    """

    sha256 = fields.CharField(max_length=64, primary_key=True)
    county = _county()
    division = _place()
    media_type = fields.CharField(max_length=40)
    bytes = fields.BigIntField()
    width = fields.IntField()
    height = fields.IntField()
    captured_at = fields.BigIntField(null=True)
    received_at = fields.BigIntField()
    uploaded_by = _uuid()

    class Meta:
        table = "photo"


class PhotoSending(Table):
    """Somebody sent a photo in the name of a division: only there may a posting use it."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    photo = _to("Photo")
    division = _place()
    account = _uuid()
    sent_at = fields.BigIntField()

    class Meta:
        table = "photo_sending"
        # The first time counts; by its first column the photo's sendings are found.
        unique_together = (("photo_id", "division", "account"),)


class EditionPhoto(Table):
    """A photo's place in an edition: on the board, or the voucher of one line."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    edition = _to("Edition")
    photo = _to("Photo")
    role = fields.CharField(max_length=12)
    position = fields.IntField()
    caption = fields.CharField(max_length=200, null=True)
    pointer = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "edition_photo"
        unique_together = (("edition_id", "position"),)
        indexes = (Index(fields=("photo_id",), name="edition_photo_by_photo"),)


class Account(Table):
    """A person who may sign in, bound to a role and a division."""

    id = _id()
    county = _county()
    login = fields.CharField(max_length=60, unique=True)
    name = fields.CharField(max_length=60)
    role = fields.CharField(max_length=16)
    division = _code()
    password_hash = fields.CharField(max_length=200, null=True)
    disabled_at = fields.BigIntField(null=True)
    created_at = fields.BigIntField()
    # The account to which this one's post was handed over.
    succeeded_by = _uuid_or_null()
    post = fields.CharField(max_length=40, null=True)
    # In office from the one until before the other.
    starts_at = fields.BigIntField(null=True)
    ends_at = fields.BigIntField(null=True)
    # Counts changes of the post and of the term.
    revision = fields.IntField(db_default=1)

    class Meta:
        table = "account"
        indexes = (
            Index(fields=("division",), name="account_by_division"),
            Index(fields=("succeeded_by",), name="account_by_successor"),
        )


class Invitation(Table):
    """A one-time code (or, in a demonstration, a reusable one) that opens an account."""

    id = _id()
    county = _county()
    code_hash = fields.CharField(max_length=64, unique=True)
    account = _to("Account")
    expires_at = fields.BigIntField()
    used_at = fields.BigIntField(null=True)
    reusable = fields.BooleanField()
    created_by = _uuid_or_null()
    created_at = fields.BigIntField()

    class Meta:
        table = "invitation"
        indexes = (Index(fields=("account_id",), name="invitation_by_account"),)


class Session(Table):
    """A sign-in on one device: only the token's hash is kept."""

    id = _id()
    county = _county()
    token_hash = fields.CharField(max_length=64, unique=True)
    account = _to("Account")
    device = fields.CharField(max_length=120)
    address = fields.CharField(max_length=64)
    created_at = fields.BigIntField()
    last_seen_at = fields.BigIntField()
    expires_at = fields.BigIntField()
    revoked_at = fields.BigIntField(null=True)
    # The token before the last renewal: the answer that carried the new one may never have arrived.
    old_token_hash = fields.CharField(max_length=64, null=True, unique=True)
    old_until = fields.BigIntField(null=True)
    # Why it was revoked, for the sentence that the phone shows.
    revoked_why = fields.CharField(max_length=12, null=True)
    # On a shared phone: which one, this person's PIN there, wrong ones in a row, and since when it waits for it.
    phone_id = _uuid_or_null()
    pin_hash = fields.CharField(max_length=200, null=True)
    pin_misses = fields.IntField(null=True)
    parked_at = fields.BigIntField(null=True)

    class Meta:
        table = "session"
        indexes = (
            Index(fields=("account_id",), name="session_by_account"),
            Index(fields=("phone_id",), name="session_by_phone"),
        )


class Throttle(Table):
    """A token bucket: how many attempts a key has left, as of a moment."""

    key = fields.CharField(max_length=120, primary_key=True)
    county = _county()
    tokens = fields.FloatField()
    updated_at = fields.BigIntField()

    class Meta:
        table = "throttle"
        indexes = (Index(fields=("updated_at",), name="throttle_by_age"),)


class Event(Table):
    """Who did what to which subject, when and from where: written in the transaction of the change itself."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    at = fields.BigIntField()
    actor = _uuid_or_null()
    action = fields.CharField(max_length=60)
    subject = fields.CharField(max_length=80)
    division = _place()
    address = fields.CharField(max_length=64)
    details = fields.TextField()

    class Meta:
        table = "event"
        indexes = (
            Index(fields=("subject", "id"), name="event_by_subject"),
            Index(fields=("division", "at"), name="event_by_division"),
        )


class Occurrence(Table):
    """Something happened that makes a disclosure due."""

    id = _id()
    county = _county()
    division = _place()
    category = fields.CharField(max_length=60)
    title = fields.CharField(max_length=200)
    occurred_on = fields.CharField(max_length=10)
    recorded_at = fields.BigIntField()
    recorded_by = _uuid_or_null()

    class Meta:
        table = "occurrence"
        indexes = (Index(fields=("division", "occurred_on"), name="occurrence_by_division"),)


class Installation(Table):
    """What this installation knows about itself: is it a demonstration, its secrets' names, its first start."""

    key = fields.CharField(max_length=60, primary_key=True)
    county = _county()
    value = fields.TextField()

    class Meta:
        table = "installation"
