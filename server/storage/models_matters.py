"""The tables of matters: what several notices tell of together. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _county, _id, _place, _to, _uuid
from server.storage.table import Table


class Matter(Table):
    """One thing that a village's notices tell of."""

    id = _id()
    county = _county()
    division = _place()
    name = fields.CharField(max_length=60)
    created_at = fields.BigIntField()
    created_by = _uuid()
    # Counts its names: who changes one says which they looked at.
    revision = fields.IntField(db_default=1)

    class Meta:
        table = "matter"
        indexes = (Index(fields=("division",), name="matter_by_division"),)


class MatterLink(Table):
    """A notice's place in a matter, before, during or after: a removed one keeps its row."""

    id = _id()
    county = _county()
    matter = _to("Matter")
    disclosure = _to("Disclosure")
    phase = fields.CharField(max_length=8)
    linked_at = fields.BigIntField()
    linked_by = _uuid()
    removed_at = fields.BigIntField(null=True)

    class Meta:
        table = "matter_link"
        indexes = (
            Index(fields=("matter_id",), name="matter_link_by_matter"),
            Index(fields=("disclosure_id",), name="matter_link_by_disclosure"),
        )
