from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0012_inquiries")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SearchName",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("name", fields.CharField(max_length=40)),
                ("initials", fields.CharField(max_length=400)),
            ],
            options={
                "table": "search_name",
                "app": "storage",
                "unique_together": (("county", "name"),),
                "pk_attr": "id",
                "table_description": "A name that stands in records of a county, once, and its pinyin initials in every likely reading.",
            },
            bases=["Model"],
        ),
    ]
