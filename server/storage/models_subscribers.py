"""The tables of what villages tell those who want to hear it. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _code, _county, _id, _place
from server.storage.table import Table


class Subscriber(Table):
    """A device that wants news of a village or of one inquiry: where to send, what of, in which language, and no more."""

    # Made here and not by the client: in it lies since when the device listens.
    id = _id()
    county = _county()
    division = _code()
    # The inquiry whose answer is waited for, '' for the village's own news.
    about = fields.CharField(max_length=36)
    device = fields.CharField(max_length=64)
    endpoint = fields.CharField(max_length=1000)
    p256dh = fields.CharField(max_length=100)
    auth = fields.CharField(max_length=40)
    lang = fields.CharField(max_length=2)
    notices = fields.BooleanField()
    # Keys with a comma between them, '' for every category.
    categories = fields.TextField()
    missing = fields.BooleanField()

    class Meta:
        table = "subscriber"
        unique_together = (("device", "division", "about"),)
        indexes = (
            Index(fields=("division", "about", "id"), name="subscriber_by_division"),
            Index(fields=("about",), name="subscriber_by_inquiry"),
        )


class Announcement(Table):
    """Something that became public and is told once: how far it has been told to whom is in the same row."""

    id = _id()
    county = _county()
    division = _place()
    subject = fields.CharField(max_length=160, unique=True)
    kind = fields.CharField(max_length=20)
    category = fields.CharField(max_length=64)
    about = fields.CharField(max_length=36)
    words = fields.TextField()
    facts = fields.TextField()
    at = fields.BigIntField()
    expires_at = fields.BigIntField()
    # The last subscriber for whom a message was put on record; '' before the first.
    told_to = fields.CharField(max_length=36)
    told = fields.IntField()
    done_at = fields.BigIntField(null=True)

    class Meta:
        table = "announcement"
        indexes = (Index(fields=("done_at", "at"), name="announcement_by_state"),)
