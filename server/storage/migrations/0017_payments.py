from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0016_subscribers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PaymentList",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("category", fields.CharField(max_length=60)),
                ("period_key", fields.CharField(max_length=40)),
                ("purpose", fields.CharField(max_length=60)),
                ("paid_on", fields.CharField(max_length=10)),
                ("rows", fields.IntField()),
                ("unasked", fields.IntField()),
                ("total", fields.BigIntField()),
                ("key", fields.CharField(max_length=20)),
                ("fingerprint", fields.CharField(max_length=64)),
                ("loaded_by", fields.CharField(max_length=36)),
                ("loaded_by_name", fields.CharField(max_length=60)),
                ("loaded_at", fields.BigIntField()),
                ("revision", fields.IntField()),
                ("removed_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "payment_list",
                "app": "storage",
                "unique_together": (("division", "category", "period_key"),),
                "pk_attr": "id",
                "table_description": "A list of payments, one for a village, a category and a period.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                (
                    "list",
                    fields.ForeignKeyField(
                        "storage.PaymentList",
                        source_field="list_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("row", fields.IntField()),
                ("mark", fields.CharField(null=True, max_length=64)),
                ("amount", fields.BigIntField()),
                ("purpose", fields.CharField(max_length=60)),
                ("paid_on", fields.CharField(max_length=10)),
                ("said", fields.BooleanField(null=True)),
                ("said_at", fields.BigIntField(null=True)),
                ("removed_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "payment",
                "app": "storage",
                "indexes": [
                    Index(fields=["mark"], name="payment_by_mark"),
                    Index(fields=["list_id", "row"], name="payment_by_list"),
                ],
                "pk_attr": "id",
                "table_description": "One payment: a mark stands for whoever receives it, and `said` for whether they say that it came.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="HouseholdAttempt",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("at", fields.BigIntField()),
                ("outcome", fields.CharField(max_length=8)),
            ],
            options={
                "table": "household_attempt",
                "app": "storage",
                "indexes": [
                    Index(fields=["division", "at"], name="household_attempt_by_division"),
                    Index(fields=["at"], name="household_attempt_by_age"),
                ],
                "pk_attr": "id",
                "table_description": "Somebody asked for a household's payments: when, in which village, and whether anything was found.",
            },
            bases=["Model"],
        ),
    ]
