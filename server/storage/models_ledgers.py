"""The tables of imported ledgers. Conventions: models.py. Of payments no name and no number stands in any of them."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _code, _county, _id, _to, _uuid
from server.storage.table import Table


class LedgerImport(Table):
    """A township's file that was imported whole, once."""

    id = _id()
    county = _county()
    division = _code()
    category = fields.CharField(max_length=64)
    payments = fields.BooleanField()
    name = fields.CharField(max_length=120)
    # Of the file and of what was decided about its columns: the same twice is one import.
    digest = fields.CharField(max_length=64)
    file_mark = fields.CharField(max_length=64)
    rows = fields.IntField()
    villages = fields.IntField()
    total = fields.BigIntField(null=True)
    warnings = fields.IntField()
    loaded_by = _uuid()
    loaded_by_name = fields.CharField(max_length=60)
    loaded_at = fields.BigIntField()

    class Meta:
        table = "ledger_import"
        unique_together = (("division", "digest"),)
        indexes = (Index(fields=("division", "loaded_at"), name="ledger_import_by_division"),)


class LedgerPart(Table):
    """What one village got of an import: a content for its next notice, or a list of payments."""

    id = _id()
    county = _county()
    imported = _to("LedgerImport")
    division = _code()
    category = fields.CharField(max_length=64)
    version = fields.IntField()
    rows = fields.IntField()
    total = fields.BigIntField(null=True)
    content = fields.TextField(null=True)
    list_id = fields.CharField(max_length=36, null=True)
    loaded_at = fields.BigIntField()

    class Meta:
        table = "ledger_part"
        unique_together = (("imported_id", "division"),)
        indexes = (
            Index(fields=("division", "category", "loaded_at"), name="ledger_part_by_division"),
        )


class LedgerMatching(Table):
    """Which column is which under certain headings, as somebody of a township said: nobody there is asked again."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    division = _code()
    kind = fields.CharField(max_length=80)
    heads = fields.CharField(max_length=64)
    table_key = fields.CharField(max_length=200)
    columns = fields.TextField()
    unit = fields.CharField(max_length=4)
    kept_by_name = fields.CharField(max_length=60)
    kept_at = fields.BigIntField()

    class Meta:
        table = "ledger_matching"
        unique_together = (("division", "kind", "heads"),)
