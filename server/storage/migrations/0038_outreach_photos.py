from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


def _to(model: str, column: str, to_field: str = "id") -> fields.Field:
    return fields.ForeignKeyField(
        f"storage.{model}",
        source_field=column,
        db_constraint=True,
        to_field=to_field,
        related_name=False,
        on_delete=OnDelete.RESTRICT,
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0037_group_codes")]

    initial = False

    operations = [
        ops.CreateModel(
            name="OutreachPhoto",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("outreach", _to("Outreach", "outreach_id")),
                ("photo", _to("Photo", "photo_id", "sha256")),
                ("position", fields.IntField()),
            ],
            options={
                "table": "outreach_photo",
                "app": "storage",
                "unique_together": (("outreach_id", "position"),),
                "indexes": [Index(fields=["photo_id"], name="outreach_photo_by_photo")],
                "pk_attr": "id",
                "table_description": "A photo of what was done, in its order.",
            },
            bases=["Model"],
        ),
    ]
