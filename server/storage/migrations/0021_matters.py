from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


def _to(model: str, column: str) -> fields.Field:
    return fields.ForeignKeyField(
        f"storage.{model}",
        source_field=column,
        db_constraint=True,
        to_field="id",
        related_name=False,
        on_delete=OnDelete.RESTRICT,
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0020_terms_of_office")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("name", fields.CharField(max_length=60)),
                ("created_at", fields.BigIntField()),
                ("created_by", fields.CharField(max_length=36)),
            ],
            options={
                "table": "matter",
                "app": "storage",
                "indexes": [Index(fields=["division"], name="matter_by_division")],
                "pk_attr": "id",
                "table_description": "One thing that a village's notices tell of.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MatterLink",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("matter", _to("Matter", "matter_id")),
                ("disclosure", _to("Disclosure", "disclosure_id")),
                ("phase", fields.CharField(max_length=8)),
                ("linked_at", fields.BigIntField()),
                ("linked_by", fields.CharField(max_length=36)),
                ("removed_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "matter_link",
                "app": "storage",
                "indexes": [
                    Index(fields=["matter_id"], name="matter_link_by_matter"),
                    Index(fields=["disclosure_id"], name="matter_link_by_disclosure"),
                ],
                "pk_attr": "id",
                "table_description": "A notice's place in a matter, before, during or after: a removed one keeps its row.",
            },
            bases=["Model"],
        ),
    ]
