from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0015_ratings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Subscriber",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("about", fields.CharField(max_length=36)),
                ("device", fields.CharField(max_length=64)),
                ("endpoint", fields.CharField(max_length=1000)),
                ("p256dh", fields.CharField(max_length=100)),
                ("auth", fields.CharField(max_length=40)),
                ("lang", fields.CharField(max_length=2)),
                ("notices", fields.BooleanField()),
                ("categories", fields.TextField(unique=False)),
                ("missing", fields.BooleanField()),
            ],
            options={
                "table": "subscriber",
                "app": "storage",
                "unique_together": (("device", "division", "about"),),
                "indexes": [
                    Index(fields=["division", "about", "id"], name="subscriber_by_division"),
                    Index(fields=["about"], name="subscriber_by_inquiry"),
                ],
                "pk_attr": "id",
                "table_description": "A device that wants news of a village or of one inquiry: where to send, what of, in which language, and no more.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("subject", fields.CharField(unique=True, max_length=160)),
                ("kind", fields.CharField(max_length=20)),
                ("category", fields.CharField(max_length=64)),
                ("about", fields.CharField(max_length=36)),
                ("words", fields.TextField(unique=False)),
                ("facts", fields.TextField(unique=False)),
                ("at", fields.BigIntField()),
                ("expires_at", fields.BigIntField()),
                ("told_to", fields.CharField(max_length=36)),
                ("told", fields.IntField()),
                ("done_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "announcement",
                "app": "storage",
                "indexes": [Index(fields=["done_at", "at"], name="announcement_by_state")],
                "pk_attr": "id",
                "table_description": "Something that became public and is told once: how far it has been told to whom is in the same row.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="Edition",
            index=Index(fields=["opens_at"], name="edition_by_opening"),
        ),
        ops.AddField(
            model_name="Webhook",
            name="stopped_at",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="Webhook",
            name="stopped_why",
            field=fields.CharField(null=True, max_length=24),
        ),
    ]
