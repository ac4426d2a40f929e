from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0025_search_filings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("year", fields.IntField()),
                ("shape", fields.CharField(max_length=32)),
                ("signs", fields.TextField(unique=False)),
                ("judged_at", fields.BigIntField()),
                ("holds_until", fields.BigIntField(null=True)),
                ("version", fields.BigIntField()),
                ("rules", fields.CharField(max_length=32)),
            ],
            options={
                "table": "tally",
                "app": "storage",
                "indexes": [Index(fields=["division", "year"], name="tally_by_division")],
                "pk_attr": "id",
                "table_description": "A village's year, a sign per obligation: good for one version of the village and one rulebook, until the clock changes it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TallyShape",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("county", fields.CharField(max_length=6)),
                ("columns", fields.TextField(unique=False)),
            ],
            options={
                "table": "tally_shape",
                "app": "storage",
                "pk_attr": "id",
                "table_description": "What the signs of some tallies are about, column by column: kept once under its hash.",
            },
            bases=["Model"],
        ),
    ]
