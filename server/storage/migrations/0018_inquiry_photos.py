from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0017_payments")]

    initial = False

    operations = [
        ops.CreateModel(
            name="InquiryPhoto",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("county", fields.CharField(max_length=6)),
                ("inquiry_id", fields.CharField(max_length=36)),
                ("sha256", fields.CharField(max_length=64)),
                ("width", fields.IntField()),
                ("height", fields.IntField()),
                ("arrived", fields.BooleanField()),
                ("position", fields.IntField()),
                ("shown", fields.BooleanField()),
                ("kept_until", fields.BigIntField(null=True)),
            ],
            options={
                "table": "inquiry_photo",
                "app": "storage",
                "indexes": [
                    Index(fields=["inquiry_id"], name="inquiry_photo_by_inquiry"),
                    Index(fields=["kept_until"], name="inquiry_photo_by_end"),
                ],
                "pk_attr": "id",
                "table_description": "A photo that was sent for an inquiry: until it is named its row says how long it waits, and then its place.",
            },
            bases=["Model"],
        ),
    ]
