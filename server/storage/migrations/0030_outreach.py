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


def _number() -> fields.Field:
    return fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)


class Migration(migrations.Migration):
    dependencies = [("storage", "0029_delay_cause")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PageView",
            fields=[
                ("id", _number()),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("day", fields.CharField(max_length=10)),
                ("kind", fields.CharField(max_length=8)),
                ("views", fields.BigIntField()),
            ],
            options={
                "table": "page_view",
                "app": "storage",
                "unique_together": (("division", "day", "kind"),),
                "pk_attr": "id",
                "table_description": "How often a kind of a village's pages was opened on a day: a number, and nothing of who opened it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Outreach",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("kind", fields.CharField(max_length=12)),
                ("stage", fields.CharField(max_length=8)),
                ("first_day", fields.CharField(max_length=10)),
                ("last_day", fields.CharField(max_length=10)),
                ("from_time", fields.CharField(null=True, max_length=5)),
                ("until_time", fields.CharField(null=True, max_length=5)),
                ("place", fields.CharField(max_length=60)),
                ("households", fields.IntField(null=True)),
                ("people", fields.IntField(null=True)),
                ("counted_by", fields.CharField(max_length=60)),
                ("note", fields.TextField(unique=False)),
                ("recorded_by", fields.CharField(max_length=36)),
                ("recorded_by_name", fields.CharField(max_length=60)),
                ("recorded_at", fields.BigIntField()),
                ("replaces", fields.CharField(null=True, max_length=36)),
            ],
            options={
                "table": "outreach",
                "app": "storage",
                "unique_together": (("replaces",),),
                "indexes": [Index(fields=["division", "recorded_at"], name="outreach_by_division")],
                "pk_attr": "id",
                "table_description": "A letter, a broadcast, a visiting day: written once, replaced by a later record and never changed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OutreachReach",
            fields=[
                ("id", _number()),
                ("county", fields.CharField(max_length=6)),
                ("outreach", _to("Outreach", "outreach_id")),
                ("division", fields.CharField(max_length=12)),
                ("village_groups", fields.TextField(unique=False)),
                ("groups_total", fields.IntField(null=True)),
            ],
            options={
                "table": "outreach_reach",
                "app": "storage",
                "unique_together": (("outreach_id", "division"),),
                "indexes": [Index(fields=["division"], name="outreach_reach_by_division")],
                "pk_attr": "id",
                "table_description": "A village that a record says was reached: all of it, or some of its groups, one a line.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OutreachNotice",
            fields=[
                ("id", _number()),
                ("county", fields.CharField(max_length=6)),
                ("outreach", _to("Outreach", "outreach_id")),
                ("disclosure", _to("Disclosure", "disclosure_id")),
                ("position", fields.IntField()),
            ],
            options={
                "table": "outreach_notice",
                "app": "storage",
                "unique_together": (("outreach_id", "position"),),
                "pk_attr": "id",
                "table_description": "A notice that a record tells of, in its order.",
            },
            bases=["Model"],
        ),
    ]
