from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("storage", "0006_review_turns")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("subject", fields.CharField(max_length=160)),
                ("kind", fields.CharField(max_length=20)),
                ("channel", fields.CharField(max_length=12)),
                ("recipient", fields.CharField(max_length=36)),
                ("message", fields.TextField(unique=False)),
                ("state", fields.CharField(max_length=12)),
                ("attempts", fields.IntField()),
                ("next_at", fields.BigIntField()),
                ("expires_at", fields.BigIntField()),
                ("claim", fields.CharField(null=True, max_length=36)),
                ("why", fields.CharField(null=True, max_length=24)),
                ("code", fields.IntField(null=True)),
                ("created_at", fields.BigIntField()),
                ("settled_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "delivery",
                "app": "storage",
                "unique_together": (("subject", "kind", "channel", "recipient"),),
                "indexes": [
                    Index(fields=["state", "next_at"], name="delivery_by_state"),
                    Index(fields=["recipient", "created_at"], name="delivery_by_recipient"),
                ],
                "pk_attr": "id",
                "table_description": "One message to one recipient: the four unique columns are why it goes out once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PushSubscription",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "storage.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "session",
                    fields.ForeignKeyField(
                        "storage.Session",
                        source_field="session_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("endpoint", fields.CharField(max_length=1000)),
                ("endpoint_hash", fields.CharField(max_length=64)),
                ("p256dh", fields.CharField(max_length=100)),
                ("auth", fields.CharField(max_length=40)),
                ("lang", fields.CharField(max_length=2)),
                ("created_at", fields.BigIntField()),
                ("removed_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "push_subscription",
                "app": "storage",
                "indexes": [
                    Index(fields=["session_id"], name="push_subscription_by_session"),
                    Index(fields=["endpoint_hash"], name="push_subscription_by_endpoint"),
                ],
                "pk_attr": "id",
                "table_description": "A signed-in device that wants reminders: it ends with its session.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("name", fields.CharField(max_length=60)),
                ("robot", fields.CharField(max_length=12)),
                ("address", fields.CharField(max_length=1000)),
                ("secret", fields.CharField(null=True, max_length=200)),
                ("created_by", fields.CharField(max_length=36)),
                ("created_at", fields.BigIntField()),
                ("removed_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "webhook",
                "app": "storage",
                "indexes": [Index(fields=["division"], name="webhook_by_division")],
                "pk_attr": "id",
                "table_description": "A chat group's robot that gets a division's reminders: the address is a secret and is never shown whole.",
            },
            bases=["Model"],
        ),
    ]
