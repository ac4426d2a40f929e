"""The tables of what an installation judges by: policies and holiday notices, as they were recorded."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _county
from server.storage.table import Table


class Policy(Table):
    """A policy document as it was recorded: the newest recording of a policy counts, older ones are kept.

    `taken_back`: from this recording on there is no such policy. `because`: the policy that ended this one.
    """

    id = fields.BigIntField(primary_key=True)
    county = _county()
    policy = fields.CharField(max_length=120)
    document = fields.TextField()
    recorded_at = fields.BigIntField()
    recorded_by = fields.CharField(max_length=36, null=True)
    reason = fields.CharField(max_length=400, null=True)
    because = fields.CharField(max_length=120, null=True)
    taken_back = fields.BooleanField(null=True)

    class Meta:
        table = "policy"
        indexes = (Index(fields=("policy", "recorded_at"), name="policy_by_name"),)


class WorkdayYear(Table):
    """A year's holiday notice as it was recorded: the newest recording of a year counts, older ones are kept."""

    id = fields.BigIntField(primary_key=True)
    county = _county()
    year = fields.IntField()
    document = fields.TextField()
    recorded_at = fields.BigIntField()

    class Meta:
        table = "workday_year"
        indexes = (Index(fields=("year", "recorded_at"), name="workday_year_by_year"),)
