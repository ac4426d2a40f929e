"""The tables of what villagers ask. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _code, _county, _id, _to, _uuid, _uuid_or_null
from server.storage.table import Table


class Inquiry(Table):
    """Something a villager asked: nothing in this row says who, and of the private link only a hash is kept."""

    id = _id()
    county = _county()
    division = _code()
    year = fields.IntField()
    number = fields.IntField()
    kind = fields.CharField(max_length=12)
    text = fields.TextField()
    respondent = fields.CharField(max_length=12)
    disclosure_id = _uuid_or_null()
    pointer = fields.CharField(max_length=200, null=True)
    line = fields.CharField(max_length=200, null=True)
    content_hash = fields.CharField(max_length=71)
    follow_hash = fields.CharField(max_length=64, unique=True)
    proved = fields.BooleanField()
    state = fields.CharField(max_length=12)
    asked_at = fields.BigIntField()
    # Since when an answer is owed: a topic that was declined and then signed by enough people begins anew.
    clock_from = fields.BigIntField()
    shown_text = fields.TextField(null=True)
    refused_reason = fields.TextField(null=True)
    joined_at = fields.BigIntField(null=True)
    published_at = fields.BigIntField(null=True)
    # What the desk did with it; a contact is looked at only where it is with the looker, see rules/inquiry_handling.py.
    subject = fields.CharField(max_length=12, null=True)
    about = fields.CharField(max_length=12, null=True)
    accepted_at = fields.BigIntField(null=True)
    accepted_by_name = fields.CharField(max_length=60, null=True)
    refused_ground = fields.CharField(max_length=64, null=True)
    turn_to = fields.TextField(null=True)
    refused_at = fields.BigIntField(null=True)
    referred_to = fields.CharField(max_length=12, null=True)
    extended_by = fields.IntField(null=True)
    extension_reason = fields.TextField(null=True)
    extended_at = fields.BigIntField(null=True)
    reopened_at = fields.BigIntField(null=True)
    revision = fields.IntField()

    class Meta:
        table = "inquiry"
        unique_together = (("division", "year", "number"),)
        indexes = (
            Index(fields=("division", "state"), name="inquiry_by_division"),
            Index(fields=("disclosure_id",), name="inquiry_by_disclosure"),
        )


class InquiryContact(Table):
    """How whoever asked can be reached, apart from what was asked: for people at work alone."""

    inquiry_id = fields.CharField(max_length=36, primary_key=True)
    county = _county()
    contact = fields.CharField(max_length=60)

    class Meta:
        table = "inquiry_contact"


class InquiryAnswer(Table):
    """An answer to an inquiry, and its review."""

    id = _id()
    county = _county()
    inquiry = _to("Inquiry")
    text = fields.TextField()
    takes_up = fields.BooleanField(null=True)
    answered_by = _uuid()
    answered_by_name = fields.CharField(max_length=60)
    answered_at = fields.BigIntField()
    decision = fields.CharField(max_length=12, null=True)
    decided_by = _uuid_or_null()
    decided_by_name = fields.CharField(max_length=60, null=True)
    decided_at = fields.BigIntField(null=True)
    reason = fields.TextField(null=True)

    class Meta:
        table = "inquiry_answer"
        indexes = (Index(fields=("inquiry_id",), name="inquiry_answer_by_inquiry"),)


class InquiryReferral(Table):
    """An inquiry handed to an office until a day, and what came of it."""

    id = _id()
    county = _county()
    inquiry = _to("Inquiry")
    office = fields.CharField(max_length=12)
    name = fields.CharField(max_length=60)
    note = fields.TextField()
    due_on = fields.CharField(max_length=10)
    referred_by_name = fields.CharField(max_length=60)
    referred_at = fields.BigIntField()
    outcome = fields.CharField(max_length=12, null=True)
    report = fields.TextField(null=True)
    ended_by_name = fields.CharField(max_length=60, null=True)
    ended_at = fields.BigIntField(null=True)

    class Meta:
        table = "inquiry_referral"
        indexes = (Index(fields=("inquiry_id",), name="inquiry_referral_by_inquiry"),)


class InquirySatisfaction(Table):
    """How whoever asked received an answer: one row for each answer that they rated, named after both."""

    id = fields.CharField(max_length=40, primary_key=True)
    county = _county()
    inquiry = _to("Inquiry")
    round = fields.IntField()
    rating = fields.CharField(max_length=12)
    words = fields.TextField(null=True)
    rated_at = fields.BigIntField()

    class Meta:
        table = "inquiry_satisfaction"
        unique_together = (("inquiry_id", "round"),)


class InquirySignature(Table):
    """One device's signature under a topic: its mark is another one under each topic."""

    id = _id()
    county = _county()
    inquiry = _to("Inquiry")
    device = fields.CharField(max_length=32)
    signed_at = fields.BigIntField()

    class Meta:
        table = "inquiry_signature"
        unique_together = (("inquiry_id", "device"),)


class InquiryPhoto(Table):
    """A photo that was sent for an inquiry: until it is named its row says how long it waits, and then its place.

    No reference: it comes before the inquiry does.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    county = _county()
    inquiry_id = _uuid()
    sha256 = fields.CharField(max_length=64)
    width = fields.IntField()
    height = fields.IntField()
    arrived = fields.BooleanField()
    position = fields.IntField()
    shown = fields.BooleanField()
    kept_until = fields.BigIntField(null=True)

    class Meta:
        table = "inquiry_photo"
        indexes = (
            Index(fields=("inquiry_id",), name="inquiry_photo_by_inquiry"),
            Index(fields=("kept_until",), name="inquiry_photo_by_end"),
        )


class SpentProof(Table):
    """A challenge that was solved and used, forgotten once it would be worth nothing anyway."""

    nonce = fields.CharField(max_length=32, primary_key=True)
    county = _county()
    until = fields.BigIntField()

    class Meta:
        table = "spent_proof"
        indexes = (Index(fields=("until",), name="spent_proof_by_end"),)
