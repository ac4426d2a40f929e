"""The tables of what a public search finds: a row for each line of an edition that may be found, and one for each name."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _code, _county, _to
from server.storage.table import Table


class SearchRecord(Table):
    """A piece of text of an edition, as it stands there, and where: an empty pointer is the title."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    edition = _to("Edition")
    disclosure_id = fields.CharField(max_length=36)
    division = _code()
    category = fields.CharField(max_length=60)
    period_key = fields.CharField(max_length=40)
    pointer = fields.CharField(max_length=200)
    text = fields.TextField()

    class Meta:
        table = "search_record"
        indexes = (Index(fields=("edition_id",), name="search_record_by_edition"),)


class SearchName(Table):
    """A name that stands in records of a county, once, and its pinyin initials in every likely reading."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    name = fields.CharField(max_length=40)
    # Each reading of each run of characters after a blank: ' slwx'.
    initials = fields.CharField(max_length=400)

    class Meta:
        table = "search_name"
        unique_together = (("county", "name"),)
