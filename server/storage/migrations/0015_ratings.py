from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("storage", "0014_query_points")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Rating",
            fields=[
                (
                    "device",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "disclosure",
                    fields.ForeignKeyField(
                        "storage.Disclosure",
                        source_field="disclosure_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sent_id", fields.CharField(max_length=36)),
                ("said", fields.CharField(max_length=5)),
                ("edition", fields.IntField()),
                ("proved", fields.BooleanField()),
                ("rated_at", fields.BigIntField()),
            ],
            options={
                "table": "rating",
                "app": "storage",
                "indexes": [Index(fields=["disclosure_id"], name="rating_by_disclosure")],
                "pk_attr": "device",
                "table_description": "One device's rating of one notice, as last changed: its mark is another one under each notice.",
            },
            bases=["Model"],
        ),
    ]
