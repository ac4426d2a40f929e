"""The tables of those who administer. Conventions: models.py."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from server.storage.models import _code, _county, _id, _uuid


class AccountBatch(Model):
    """Accounts that were made from one sheet: sending it twice makes them once."""

    id = _id()
    county = _county()
    # The area of whoever sent it.
    division = _code()
    made_by = _uuid()
    made_at = fields.BigIntField()
    # The content hash of the rows as they were read.
    digest = fields.CharField(max_length=71)
    # The ids of the accounts, one a line.
    members = fields.TextField()

    class Meta:
        table = "account_batch"
        indexes = (Index(fields=("division", "made_at"), name="account_batch_by_division"),)
