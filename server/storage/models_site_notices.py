"""The tables of what offices tell everybody: site notices, and their telephones. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _code, _county, _id, _uuid
from server.storage.table import Table


class SiteNotice(Table):
    """What an office has to say to villagers or staff, from a moment until a moment."""

    # `division`: for whom, with everything below; `office`: the place of whoever wrote it. What was changed before it
    # began is told by its events.
    id = _id()
    county = _county()
    division = _code()
    office = _code()
    title = fields.CharField(max_length=60)
    text = fields.TextField()
    audience = fields.CharField(max_length=12)
    weight = fields.CharField(max_length=12)
    from_at = fields.BigIntField()
    until_at = fields.BigIntField()
    written_by = _uuid()
    written_by_name = fields.CharField(max_length=60)
    written_at = fields.BigIntField()
    changed_at = fields.BigIntField(null=True)
    ended_at = fields.BigIntField(null=True)
    ended_by_name = fields.CharField(max_length=60, null=True)
    revision = fields.IntField(db_default=1)

    class Meta:
        table = "site_notice"
        indexes = (Index(fields=("division", "until_at"), name="site_notice_by_division"),)


class OfficePhone(Table):
    """The telephone of an office, under the code of its division. Its events tell what it was before."""

    division = fields.CharField(max_length=12, primary_key=True)
    county = _county()
    phone = fields.CharField(max_length=24)
    changed_at = fields.BigIntField()

    class Meta:
        table = "office_phone"
