"""The table of exemptions and other deadlines. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _county, _id, _place, _uuid_or_null
from server.storage.table import Table


class Exemption(Table):
    """An obligation that somebody was let off, with the reason and who said so."""

    # Asked for, decided, perhaps ended early; with `due_on` it is another deadline. `category` "": every one. `approver`: the
    # name of whoever decided, `recorded_at`: when it was asked for. Records from before there were two people have nobody
    # who asked, and count from then on.
    id = _id()
    county = _county()
    division = _place()
    category = fields.CharField(max_length=60)
    period_key = fields.CharField(max_length=40, null=True)
    valid_from = fields.CharField(max_length=10, null=True)
    valid_to = fields.CharField(max_length=10, null=True)
    reason = fields.TextField()
    approver = fields.CharField(max_length=60)
    recorded_at = fields.BigIntField()
    due_on = fields.CharField(max_length=10, null=True)
    asked_by = _uuid_or_null()
    asked_by_name = fields.CharField(max_length=60, null=True)
    state = fields.CharField(max_length=12, db_default="approved")
    decided_by = _uuid_or_null()
    post_zh = fields.CharField(max_length=120, null=True)
    post_en = fields.CharField(max_length=120, null=True)
    decided_at = fields.BigIntField(null=True)
    decision = fields.TextField(null=True)
    ended_at = fields.BigIntField(null=True)
    ended_by_name = fields.CharField(max_length=60, null=True)
    ended_post_zh = fields.CharField(max_length=120, null=True)
    ended_post_en = fields.CharField(max_length=120, null=True)
    ended_reason = fields.TextField(null=True)
    revision = fields.IntField(db_default=1)

    class Meta:
        table = "exemption"
        indexes = (Index(fields=("division",), name="exemption_by_division"),)
