from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0003_edition_gist")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("category", fields.CharField(max_length=60)),
                ("period_key", fields.CharField(max_length=40)),
                ("period_end", fields.CharField(max_length=10)),
                ("event_on", fields.CharField(null=True, max_length=10)),
                ("schema_version", fields.IntField()),
                ("content_hash", fields.CharField(max_length=71)),
                ("digest", fields.CharField(max_length=71)),
                ("photos", fields.TextField(unique=False)),
                ("composed_at", fields.BigIntField()),
                ("received_at", fields.BigIntField()),
                ("lapses_at", fields.BigIntField()),
                ("committed_by", fields.CharField(max_length=36)),
                ("plan_at", fields.BigIntField(null=True)),
                ("replaces", fields.CharField(null=True, max_length=36)),
                ("completed_at", fields.BigIntField(null=True)),
                ("replaced_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "commitment",
                "app": "storage",
                "indexes": [
                    Index(fields=["division", "period_end"], name="commitment_by_division"),
                    Index(fields=["committed_by", "received_at"], name="commitment_by_person"),
                ],
                "pk_attr": "id",
                "table_description": "A posting that was registered before its content: the two moments at its end are filled once each.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Edition",
            name="committed_at",
            field=fields.BigIntField(null=True),
        ),
    ]
