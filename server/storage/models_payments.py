"""The tables of what households receive. Conventions: models.py. No name and no number stands in any of them."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _code, _county, _id, _to, _uuid
from server.storage.table import Table


class PaymentList(Table):
    """A list of payments, one for a village, a category and a period."""

    id = _id()
    county = _county()
    division = _code()
    category = fields.CharField(max_length=60)
    period_key = fields.CharField(max_length=40)
    purpose = fields.CharField(max_length=60)
    paid_on = fields.CharField(max_length=10)
    rows = fields.IntField()
    # Rows that nobody can ask for: their name and ending are another person's too.
    unasked = fields.IntField()
    total = fields.BigIntField()
    # The version of the key that its marks were made with; the key itself is nowhere in this database.
    key = fields.CharField(max_length=20)
    fingerprint = fields.CharField(max_length=64)
    loaded_by = _uuid()
    loaded_by_name = fields.CharField(max_length=60)
    loaded_at = fields.BigIntField()
    revision = fields.IntField()
    removed_at = fields.BigIntField(null=True)
    # Why it was paid late, as somebody of the township says.
    delay_cause = fields.CharField(max_length=20, null=True)
    delay_words = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "payment_list"
        unique_together = (("division", "category", "period_key"),)


class Payment(Table):
    """One payment: a mark stands for whoever receives it, and `said` for whether they say that it came."""

    id = _id()
    county = _county()
    division = _code()
    list = _to("PaymentList")
    row = fields.IntField()
    mark = fields.CharField(max_length=64, null=True)
    amount = fields.BigIntField()
    purpose = fields.CharField(max_length=60)
    paid_on = fields.CharField(max_length=10)
    said = fields.BooleanField(null=True)
    said_at = fields.BigIntField(null=True)
    # A corrected list no longer has it. Its mark is gone, what was said of it stays.
    removed_at = fields.BigIntField(null=True)

    class Meta:
        table = "payment"
        indexes = (
            Index(fields=("mark",), name="payment_by_mark"),
            Index(fields=("list_id", "row"), name="payment_by_list"),
        )


class HouseholdAttempt(Table):
    """Somebody asked for a household's payments: when, in which village, and whether anything was found."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    division = _code()
    at = fields.BigIntField()
    outcome = fields.CharField(max_length=8)
    # Those of one outcome within some minutes are one row.
    many = fields.IntField(db_default=1)

    class Meta:
        table = "household_attempt"
        indexes = (
            Index(fields=("division", "at"), name="household_attempt_by_division"),
            Index(fields=("at",), name="household_attempt_by_age"),
        )
