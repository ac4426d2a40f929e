from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0031_ledgers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AccountBatch",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("made_by", fields.CharField(max_length=36)),
                ("made_at", fields.BigIntField()),
                ("digest", fields.CharField(max_length=71)),
                ("members", fields.TextField(unique=False)),
            ],
            options={
                "table": "account_batch",
                "app": "storage",
                "indexes": [
                    Index(fields=["division", "made_at"], name="account_batch_by_division")
                ],
                "pk_attr": "id",
                "table_description": "Accounts that were made from one sheet: sending it twice makes them once.",
            },
            bases=["Model"],
        )
    ]
