from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


def _key(length: int) -> fields.Field:
    return fields.CharField(primary_key=True, unique=True, db_index=True, max_length=length)


class Migration(migrations.Migration):
    dependencies = [("storage", "0030_outreach")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LedgerImport",
            fields=[
                ("id", _key(36)),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("category", fields.CharField(max_length=64)),
                ("payments", fields.BooleanField()),
                ("name", fields.CharField(max_length=120)),
                ("digest", fields.CharField(max_length=64)),
                ("file_mark", fields.CharField(max_length=64)),
                ("rows", fields.IntField()),
                ("villages", fields.IntField()),
                ("total", fields.BigIntField(null=True)),
                ("warnings", fields.IntField()),
                ("loaded_by", fields.CharField(max_length=36)),
                ("loaded_by_name", fields.CharField(max_length=60)),
                ("loaded_at", fields.BigIntField()),
            ],
            options={
                "table": "ledger_import",
                "app": "storage",
                "unique_together": (("division", "digest"),),
                "indexes": [
                    Index(fields=["division", "loaded_at"], name="ledger_import_by_division")
                ],
                "pk_attr": "id",
                "table_description": "A township's file that was imported whole, once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LedgerPart",
            fields=[
                ("id", _key(36)),
                ("county", fields.CharField(max_length=6)),
                (
                    "imported",
                    fields.ForeignKeyField(
                        "storage.LedgerImport",
                        source_field="imported_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("division", fields.CharField(max_length=12)),
                ("category", fields.CharField(max_length=64)),
                ("version", fields.IntField()),
                ("rows", fields.IntField()),
                ("total", fields.BigIntField(null=True)),
                ("content", fields.TextField(null=True, unique=False)),
                ("list_id", fields.CharField(null=True, max_length=36)),
                ("loaded_at", fields.BigIntField()),
            ],
            options={
                "table": "ledger_part",
                "app": "storage",
                "unique_together": (("imported_id", "division"),),
                "indexes": [
                    Index(
                        fields=["division", "category", "loaded_at"],
                        name="ledger_part_by_division",
                    )
                ],
                "pk_attr": "id",
                "table_description": "What one village got of an import: a content for its next notice, or a list of payments.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LedgerMatching",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("kind", fields.CharField(max_length=80)),
                ("heads", fields.CharField(max_length=64)),
                ("table_key", fields.CharField(max_length=200)),
                ("columns", fields.TextField(unique=False)),
                ("unit", fields.CharField(max_length=4)),
                ("kept_by_name", fields.CharField(max_length=60)),
                ("kept_at", fields.BigIntField()),
            ],
            options={
                "table": "ledger_matching",
                "app": "storage",
                "unique_together": (("division", "kind", "heads"),),
                "pk_attr": "id",
                "table_description": "Which column is which under certain headings, as somebody of a township said: nobody there is asked again.",
            },
            bases=["Model"],
        ),
    ]
