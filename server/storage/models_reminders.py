"""The tables of reminders: where they go, and each message on its way. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _code, _county, _id, _place, _to, _uuid, _uuid_or_null
from server.storage.table import Table


class Webhook(Table):
    """A chat group's robot that gets a division's reminders: the address is a secret and is never shown whole.

    Or a site that is told of what is published there, a newspaper's or the township's own.
    """

    id = _id()
    county = _county()
    division = _code()
    name = fields.CharField(max_length=60)
    robot = fields.CharField(max_length=12)
    address = fields.CharField(max_length=1000)
    secret = fields.CharField(max_length=200, null=True)
    created_by = _uuid()
    created_at = fields.BigIntField()
    removed_at = fields.BigIntField(null=True)
    # A site that took nothing for days is told nothing more until somebody tries it out.
    stopped_at = fields.BigIntField(null=True)
    stopped_why = fields.CharField(max_length=24, null=True)

    class Meta:
        table = "webhook"
        indexes = (Index(fields=("division",), name="webhook_by_division"),)


class PushSubscription(Table):
    """A signed-in device that wants reminders: it ends with its session."""

    id = _id()
    county = _county()
    account = _to("Account")
    session = _to("Session")
    endpoint = fields.CharField(max_length=1000)
    endpoint_hash = fields.CharField(max_length=64)
    p256dh = fields.CharField(max_length=100)
    auth = fields.CharField(max_length=40)
    lang = fields.CharField(max_length=2)
    created_at = fields.BigIntField()
    removed_at = fields.BigIntField(null=True)

    class Meta:
        table = "push_subscription"
        indexes = (
            Index(fields=("session_id",), name="push_subscription_by_session"),
            Index(fields=("endpoint_hash",), name="push_subscription_by_endpoint"),
        )


class Delivery(Table):
    """One message to one recipient: the four unique columns are why it goes out once."""

    id = _id()
    county = _county()
    division = _place()
    subject = fields.CharField(max_length=160)
    kind = fields.CharField(max_length=20)
    channel = fields.CharField(max_length=12)
    recipient = _uuid()
    message = fields.TextField()
    state = fields.CharField(max_length=12)
    attempts = fields.IntField()
    # When it may be tried next; while it is being sent, when another worker may take it over.
    next_at = fields.BigIntField()
    expires_at = fields.BigIntField()
    claim = _uuid_or_null()
    why = fields.CharField(max_length=24, null=True)
    code = fields.IntField(null=True)
    created_at = fields.BigIntField()
    settled_at = fields.BigIntField(null=True)

    class Meta:
        table = "delivery"
        unique_together = (("subject", "kind", "channel", "recipient"),)
        indexes = (
            Index(fields=("state", "next_at"), name="delivery_by_state"),
            Index(fields=("recipient", "created_at"), name="delivery_by_recipient"),
        )
