"""The tables of what a public search finds: a row for each edition that was filed, for each line, and for each name."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _county, _place, _to
from server.storage.table import Table


class SearchFiling(Table):
    """An edition of which something may be found, and what it belongs to, under the id of its first record."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    edition = _to("Edition")
    disclosure_id = fields.CharField(max_length=36)
    division = _place()
    category = fields.CharField(max_length=60)
    period_key = fields.CharField(max_length=40)
    period_end = fields.CharField(max_length=10)
    event_on = fields.CharField(max_length=10, null=True)
    # Decided before anything is filed, and never changed.
    opens_at = fields.BigIntField()

    class Meta:
        table = "search_filing"
        unique_together = (("edition",),)
        indexes = (Index(fields=("division",), name="search_filing_by_division"),)


class SearchRecord(Table):
    """A piece of text of an edition, as it stands there, and where: an empty pointer is the title."""

    id = fields.BigIntField(primary_key=True)
    # The id of its search_filing: records are many, and each looks up no more than it must.
    filing = fields.BigIntField()
    pointer = fields.CharField(max_length=200)
    text = fields.TextField()

    class Meta:
        table = "search_record"


class SearchName(Table):
    """A name that stands in records of a county, once, and its pinyin initials in every likely reading.

    Its id begins with its length, so that the shortest come first out of the index.
    """

    id = fields.BigIntField(primary_key=True)
    county = _county()
    name = fields.CharField(max_length=40)
    # Each reading of each run of characters after a blank: ' slwx'.
    initials = fields.CharField(max_length=400)

    class Meta:
        table = "search_name"
        unique_together = (("county", "name"),)
