from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("storage", "0013_search_names")]

    initial = False

    operations = [
        ops.CreateModel(
            name="QueryPoint",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("name", fields.CharField(max_length=60)),
                ("place", fields.CharField(max_length=120)),
                ("kind", fields.CharField(max_length=8)),
                ("volume", fields.IntField()),
                ("code_mark", fields.CharField(null=True, unique=True, max_length=64)),
                ("code_expires_at", fields.BigIntField(null=True)),
                ("code_used_at", fields.BigIntField(null=True)),
                ("key_id", fields.CharField(null=True, max_length=36)),
                ("created_by", fields.CharField(max_length=36)),
                ("created_at", fields.BigIntField()),
                ("paired_at", fields.BigIntField(null=True)),
                ("heard_at", fields.BigIntField(null=True)),
                ("retired_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "query_point",
                "app": "storage",
                "indexes": [Index(fields=["division"], name="query_point_by_division")],
                "pk_attr": "id",
                "table_description": "A kiosk or a screen in a public place. Its newest pairing code is kept as a mark that only the site's key can make.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="QueryPointDay",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "point",
                    fields.ForeignKeyField(
                        "storage.QueryPoint",
                        source_field="point_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("day", fields.CharField(max_length=10)),
                ("heard", fields.CharField(max_length=36)),
                ("claimed", fields.CharField(max_length=36)),
            ],
            options={
                "table": "query_point_day",
                "app": "storage",
                "unique_together": (("point", "day"),),
                "pk_attr": "id",
                "table_description": "A day of a point, 144 bits each as hex: in which ten minutes it was heard, or said later that it ran.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="QueryPointHeartbeat",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "point",
                    fields.ForeignKeyField(
                        "storage.QueryPoint",
                        source_field="point_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("key_id", fields.CharField(max_length=36)),
                ("slot", fields.BigIntField()),
                ("received_at", fields.BigIntField()),
                ("at", fields.BigIntField()),
                ("seq", fields.BigIntField()),
                ("on_screen", fields.CharField(max_length=200)),
                ("contents_as_of", fields.BigIntField(null=True)),
                ("skew_ms", fields.BigIntField()),
                ("battery", fields.IntField(null=True)),
                ("charging", fields.BooleanField(null=True)),
                ("network", fields.CharField(max_length=12)),
                ("version", fields.CharField(max_length=40)),
            ],
            options={
                "table": "query_point_heartbeat",
                "app": "storage",
                "unique_together": (("point", "slot"),),
                "indexes": [Index(fields=["slot"], name="query_point_heartbeat_by_slot")],
                "pk_attr": "id",
                "table_description": "The newest heartbeat of a point in each ten minutes.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="QueryPointKey",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "point",
                    fields.ForeignKeyField(
                        "storage.QueryPoint",
                        source_field="point_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("public_key", fields.CharField(unique=True, max_length=100)),
                ("seq", fields.BigIntField()),
                ("paired_at", fields.BigIntField()),
                ("replaced_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "query_point_key",
                "app": "storage",
                "pk_attr": "id",
                "table_description": "The public key of a device, and the number of its newest heartbeat. A key is paired once, ever.",
            },
            bases=["Model"],
        ),
    ]
