from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


def _to(model: str, column: str, to_field: str = "id") -> fields.Field:
    return fields.ForeignKeyField(
        f"storage.{model}",
        source_field=column,
        db_constraint=True,
        to_field=to_field,
        related_name=False,
        on_delete=OnDelete.RESTRICT,
    )


def _key(length: int) -> fields.Field:
    return fields.CharField(primary_key=True, unique=True, db_index=True, max_length=length)


class Migration(migrations.Migration):
    dependencies = [("storage", "0026_tallies")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Draw",
            fields=[
                ("id", _key(36)),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("kind", fields.CharField(max_length=12)),
                ("purpose", fields.CharField(max_length=60)),
                ("first_day", fields.CharField(max_length=10)),
                ("last_day", fields.CharField(max_length=10)),
                ("share_permille", fields.IntField()),
                ("detect_permille", fields.IntField()),
                ("population", fields.TextField(unique=False)),
                ("size", fields.IntField()),
                ("record_lines", fields.IntField()),
                ("seed", fields.CharField(max_length=64)),
                ("drawn_by", fields.CharField(max_length=36)),
                ("drawn_by_name", fields.CharField(max_length=60)),
                ("drawn_at", fields.BigIntField()),
            ],
            options={
                "table": "draw",
                "app": "storage",
                "indexes": [Index(fields=["division", "drawn_at"], name="draw_by_division")],
                "pk_attr": "id",
                "table_description": "A list drawn for spot checks: with the items it was drawn from, so that anyone can draw it again.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Inspection",
            fields=[
                ("id", _key(44)),
                ("county", fields.CharField(max_length=6)),
                ("draw", _to("Draw", "draw_id")),
                ("rank", fields.IntField()),
                ("division", fields.CharField(max_length=12)),
                ("item", fields.CharField(max_length=36)),
                ("ticket", fields.CharField(max_length=64)),
                ("published", fields.CharField(null=True, max_length=8)),
                ("accurate", fields.CharField(null=True, max_length=8)),
                ("complete", fields.CharField(null=True, max_length=8)),
                ("timely", fields.CharField(null=True, max_length=8)),
                ("note", fields.TextField(null=True, unique=False)),
                ("asked", fields.IntField(null=True)),
                ("knew", fields.IntField(null=True)),
                ("satisfied", fields.IntField(null=True)),
                ("composed_at", fields.BigIntField(null=True)),
                ("received_at", fields.BigIntField(null=True)),
                ("visited_by", fields.CharField(null=True, max_length=36)),
                ("visited_by_name", fields.CharField(null=True, max_length=60)),
            ],
            options={
                "table": "inspection",
                "app": "storage",
                "unique_together": (("draw_id", "rank"),),
                "indexes": [
                    Index(fields=["division", "received_at"], name="inspection_by_division")
                ],
                "pk_attr": "id",
                "table_description": "One drawn item, named after its draw and its place in it: what was found stands here once somebody was there.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InspectionPhoto",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("inspection", _to("Inspection", "inspection_id")),
                ("photo", _to("Photo", "photo_id", "sha256")),
                ("position", fields.IntField()),
            ],
            options={
                "table": "inspection_photo",
                "app": "storage",
                "unique_together": (("inspection_id", "position"),),
                "pk_attr": "id",
                "table_description": "A photo of a visit, in its order.",
            },
            bases=["Model"],
        ),
    ]
