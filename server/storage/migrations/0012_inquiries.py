from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("storage", "0011_short_link")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("year", fields.IntField()),
                ("number", fields.IntField()),
                ("kind", fields.CharField(max_length=12)),
                ("text", fields.TextField(unique=False)),
                ("respondent", fields.CharField(max_length=12)),
                ("disclosure_id", fields.CharField(null=True, max_length=36)),
                ("pointer", fields.CharField(null=True, max_length=200)),
                ("line", fields.CharField(null=True, max_length=200)),
                ("content_hash", fields.CharField(max_length=71)),
                ("follow_hash", fields.CharField(unique=True, max_length=64)),
                ("proved", fields.BooleanField()),
                ("state", fields.CharField(max_length=12)),
                ("asked_at", fields.BigIntField()),
                ("clock_from", fields.BigIntField()),
                ("shown_text", fields.TextField(null=True, unique=False)),
                ("refused_reason", fields.TextField(null=True, unique=False)),
                ("joined_at", fields.BigIntField(null=True)),
                ("published_at", fields.BigIntField(null=True)),
                ("revision", fields.IntField()),
            ],
            options={
                "table": "inquiry",
                "app": "storage",
                "unique_together": (("division", "year", "number"),),
                "indexes": [
                    Index(fields=["division", "state"], name="inquiry_by_division"),
                    Index(fields=["disclosure_id"], name="inquiry_by_disclosure"),
                ],
                "pk_attr": "id",
                "table_description": "Something a villager asked: nothing in this row says who, and of the private link only a hash is kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InquiryAnswer",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "inquiry",
                    fields.ForeignKeyField(
                        "storage.Inquiry",
                        source_field="inquiry_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("text", fields.TextField(unique=False)),
                ("takes_up", fields.BooleanField(null=True)),
                ("answered_by", fields.CharField(max_length=36)),
                ("answered_by_name", fields.CharField(max_length=60)),
                ("answered_at", fields.BigIntField()),
                ("decision", fields.CharField(null=True, max_length=12)),
                ("decided_by", fields.CharField(null=True, max_length=36)),
                ("decided_by_name", fields.CharField(null=True, max_length=60)),
                ("decided_at", fields.BigIntField(null=True)),
                ("reason", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "inquiry_answer",
                "app": "storage",
                "indexes": [Index(fields=["inquiry_id"], name="inquiry_answer_by_inquiry")],
                "pk_attr": "id",
                "table_description": "An answer to an inquiry, and its review.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InquiryContact",
            fields=[
                (
                    "inquiry_id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("contact", fields.CharField(max_length=60)),
            ],
            options={
                "table": "inquiry_contact",
                "app": "storage",
                "pk_attr": "inquiry_id",
                "table_description": "How whoever asked can be reached, apart from what was asked: for people at work alone.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InquirySignature",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "inquiry",
                    fields.ForeignKeyField(
                        "storage.Inquiry",
                        source_field="inquiry_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("device", fields.CharField(max_length=32)),
                ("signed_at", fields.BigIntField()),
            ],
            options={
                "table": "inquiry_signature",
                "app": "storage",
                "unique_together": (("inquiry_id", "device"),),
                "pk_attr": "id",
                "table_description": "One device's signature under a topic: its mark is another one under each topic.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SpentProof",
            fields=[
                (
                    "nonce",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("county", fields.CharField(max_length=6)),
                ("until", fields.BigIntField()),
            ],
            options={
                "table": "spent_proof",
                "app": "storage",
                "indexes": [Index(fields=["until"], name="spent_proof_by_end")],
                "pk_attr": "nonce",
                "table_description": "A challenge that was solved and used, forgotten once it would be worth nothing anyway.",
            },
            bases=["Model"],
        ),
    ]
