"""The table of what was registered before its content arrived."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _county, _id, _place, _uuid, _uuid_or_null
from server.storage.table import Table


class Commitment(Table):
    """A posting that was registered before its content: the two moments at its end are filled once each."""

    id = _id()
    county = _county()
    division = _place()
    category = fields.CharField(max_length=60)
    period_key = fields.CharField(max_length=40)
    period_end = fields.CharField(max_length=10)
    event_on = fields.CharField(max_length=10, null=True)
    schema_version = fields.IntField()
    content_hash = fields.CharField(max_length=71)
    digest = fields.CharField(max_length=71)
    photos = fields.TextField()
    composed_at = fields.BigIntField()
    received_at = fields.BigIntField()
    lapses_at = fields.BigIntField()
    committed_by = _uuid()
    plan_at = fields.BigIntField(null=True)
    replaces = _uuid_or_null()
    completed_at = fields.BigIntField(null=True)
    replaced_at = fields.BigIntField(null=True)

    class Meta:
        table = "commitment"
        indexes = (
            Index(fields=("division", "period_end"), name="commitment_by_division"),
            Index(fields=("committed_by", "received_at"), name="commitment_by_person"),
        )
