from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("storage", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PhotoSending",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "photo",
                    fields.ForeignKeyField(
                        "storage.Photo",
                        source_field="photo_id",
                        db_constraint=True,
                        to_field="sha256",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("division", fields.CharField(max_length=12)),
                ("account", fields.CharField(max_length=36)),
                ("sent_at", fields.BigIntField()),
            ],
            options={
                "table": "photo_sending",
                "app": "storage",
                "unique_together": (("photo_id", "division", "account"),),
                "pk_attr": "id",
                "table_description": "Somebody sent a photo in the name of a division: only there may a posting use it.",
            },
            bases=["Model"],
        ),
        # Until now a photo knew one division only: the one it was sent for first.
        ops.RunSQL(
            "INSERT INTO photo_sending (county, photo_id, division, account, sent_at)"
            " SELECT county, sha256, division, uploaded_by, received_at FROM photo"
        ),
    ]
