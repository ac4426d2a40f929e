from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0039_tallies_of_groups")]

    initial = False

    operations = [
        ops.CreateModel(
            name="OfficePhone",
            fields=[
                (
                    "division",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=12),
                ),
                ("county", fields.CharField(max_length=6)),
                ("phone", fields.CharField(max_length=24)),
                ("changed_at", fields.BigIntField()),
            ],
            options={
                "table": "office_phone",
                "app": "storage",
                "pk_attr": "division",
                "table_description": "The telephone of an office, under the code of its division. Its events tell what it was before.",
            },
            bases=["Model"],
        ),
    ]
