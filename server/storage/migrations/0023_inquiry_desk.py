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
    dependencies = [("storage", "0022_matter_revision")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Inquiry", name="subject", field=fields.CharField(max_length=12, null=True)
        ),
        ops.AddField(
            model_name="Inquiry", name="about", field=fields.CharField(max_length=12, null=True)
        ),
        ops.AddField(model_name="Inquiry", name="accepted_at", field=fields.BigIntField(null=True)),
        ops.AddField(
            model_name="Inquiry",
            name="accepted_by_name",
            field=fields.CharField(max_length=60, null=True),
        ),
        ops.AddField(
            model_name="Inquiry",
            name="refused_ground",
            field=fields.CharField(max_length=64, null=True),
        ),
        ops.AddField(
            model_name="Inquiry", name="turn_to", field=fields.TextField(null=True, unique=False)
        ),
        ops.AddField(model_name="Inquiry", name="refused_at", field=fields.BigIntField(null=True)),
        ops.AddField(
            model_name="Inquiry",
            name="referred_to",
            field=fields.CharField(max_length=12, null=True),
        ),
        ops.AddField(model_name="Inquiry", name="extended_by", field=fields.IntField(null=True)),
        ops.AddField(
            model_name="Inquiry",
            name="extension_reason",
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(model_name="Inquiry", name="extended_at", field=fields.BigIntField(null=True)),
        ops.AddField(model_name="Inquiry", name="reopened_at", field=fields.BigIntField(null=True)),
        ops.CreateModel(
            name="InquiryReferral",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("inquiry", _to("Inquiry", "inquiry_id")),
                ("office", fields.CharField(max_length=12)),
                ("name", fields.CharField(max_length=60)),
                ("note", fields.TextField(unique=False)),
                ("due_on", fields.CharField(max_length=10)),
                ("referred_by_name", fields.CharField(max_length=60)),
                ("referred_at", fields.BigIntField()),
                ("outcome", fields.CharField(null=True, max_length=12)),
                ("report", fields.TextField(null=True, unique=False)),
                ("ended_by_name", fields.CharField(null=True, max_length=60)),
                ("ended_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "inquiry_referral",
                "app": "storage",
                "indexes": [Index(fields=["inquiry_id"], name="inquiry_referral_by_inquiry")],
                "pk_attr": "id",
                "table_description": "An inquiry handed to an office until a day, and what came of it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InquirySatisfaction",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40),
                ),
                ("county", fields.CharField(max_length=6)),
                ("inquiry", _to("Inquiry", "inquiry_id")),
                ("round", fields.IntField()),
                ("rating", fields.CharField(max_length=12)),
                ("words", fields.TextField(null=True, unique=False)),
                ("rated_at", fields.BigIntField()),
            ],
            options={
                "table": "inquiry_satisfaction",
                "app": "storage",
                "unique_together": (("inquiry_id", "round"),),
                "pk_attr": "id",
                "table_description": "How whoever asked received an answer: one row for each answer that they rated, named after both.",
            },
            bases=["Model"],
        ),
    ]
