"""The table of what villagers say of a notice. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _county, _to, _uuid
from server.storage.table import Table


class Rating(Table):
    """One device's rating of one notice, as last changed: its mark is another one under each notice."""

    device = fields.CharField(max_length=32, primary_key=True)
    county = _county()
    disclosure = _to("Disclosure")
    # The sending that is kept: the same one again is answered, and nothing changes.
    sent_id = _uuid()
    said = fields.CharField(max_length=5)
    edition = fields.IntField()
    proved = fields.BooleanField()
    rated_at = fields.BigIntField()

    class Meta:
        table = "rating"
        indexes = (Index(fields=("disclosure_id",), name="rating_by_disclosure"),)
