from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0035_division_successor")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SiteNotice",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("office", fields.CharField(max_length=12)),
                ("title", fields.CharField(max_length=60)),
                ("text", fields.TextField(unique=False)),
                ("audience", fields.CharField(max_length=12)),
                ("weight", fields.CharField(max_length=12)),
                ("from_at", fields.BigIntField()),
                ("until_at", fields.BigIntField()),
                ("written_by", fields.CharField(max_length=36)),
                ("written_by_name", fields.CharField(max_length=60)),
                ("written_at", fields.BigIntField()),
                ("changed_at", fields.BigIntField(null=True)),
                ("ended_at", fields.BigIntField(null=True)),
                ("ended_by_name", fields.CharField(null=True, max_length=60)),
                ("revision", fields.IntField(db_default=1)),
            ],
            options={
                "table": "site_notice",
                "app": "storage",
                "indexes": [Index(fields=["division", "until_at"], name="site_notice_by_division")],
                "pk_attr": "id",
                "table_description": "What an office has to say to villagers or staff, from a moment until a moment.",
            },
            bases=["Model"],
        ),
    ]
