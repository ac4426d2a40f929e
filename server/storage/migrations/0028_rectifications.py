from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


def _to(model: str, column: str, to_field: str = "id", *, null: bool = False) -> fields.Field:
    return fields.ForeignKeyField(
        f"storage.{model}",
        source_field=column,
        null=null,
        db_constraint=True,
        to_field=to_field,
        related_name=False,
        on_delete=OnDelete.RESTRICT,
    )


def _key() -> fields.Field:
    return fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36)


class Migration(migrations.Migration):
    dependencies = [("storage", "0027_inspections")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Rectification",
            fields=[
                ("id", _key()),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("inspection", _to("Inspection", "inspection_id", null=True)),
                ("disclosure_id", fields.CharField(null=True, max_length=36)),
                ("finding", fields.TextField(unique=False)),
                ("demand", fields.TextField(unique=False)),
                ("measure", fields.CharField(max_length=64)),
                ("measure_zh", fields.CharField(max_length=120)),
                ("measure_en", fields.CharField(max_length=120)),
                ("due_on", fields.CharField(max_length=10)),
                ("ordered_by", fields.CharField(max_length=36)),
                ("ordered_by_name", fields.CharField(max_length=60)),
                ("ordered_at", fields.BigIntField()),
                ("state", fields.CharField(max_length=12)),
                ("level", fields.CharField(max_length=12)),
                ("proved_at", fields.BigIntField(null=True)),
                ("closed_at", fields.BigIntField(null=True)),
                ("recovered", fields.BigIntField()),
                ("revision", fields.IntField()),
            ],
            options={
                "table": "rectification",
                "app": "storage",
                "indexes": [
                    Index(fields=["division", "ordered_at"], name="rectification_by_division"),
                    Index(fields=["inspection_id"], name="rectification_by_inspection"),
                ],
                "pk_attr": "id",
                "table_description": "What a village is to put right until a day, and how it stands.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RectificationStep",
            fields=[
                ("id", _key()),
                ("county", fields.CharField(max_length=6)),
                ("rectification", _to("Rectification", "rectification_id")),
                ("kind", fields.CharField(max_length=12)),
                ("words", fields.TextField(unique=False)),
                ("disclosure_id", fields.CharField(null=True, max_length=36)),
                ("measure", fields.CharField(null=True, max_length=64)),
                ("measure_zh", fields.CharField(null=True, max_length=120)),
                ("measure_en", fields.CharField(null=True, max_length=120)),
                ("due_on", fields.CharField(null=True, max_length=10)),
                ("recovered", fields.BigIntField(null=True)),
                ("by", fields.CharField(max_length=36)),
                ("by_name", fields.CharField(max_length=60)),
                ("at", fields.BigIntField()),
            ],
            options={
                "table": "rectification_step",
                "app": "storage",
                "indexes": [Index(fields=["rectification_id"], name="rectification_step_by_order")],
                "pk_attr": "id",
                "table_description": "What happened to an order: proof, return, escalation, closure. None is ever changed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RectificationPhoto",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("step", _to("RectificationStep", "step_id")),
                ("photo", _to("Photo", "photo_id", "sha256")),
                ("position", fields.IntField()),
            ],
            options={
                "table": "rectification_photo",
                "app": "storage",
                "unique_together": (("step_id", "position"),),
                "pk_attr": "id",
                "table_description": "A photo of a proof, in its order.",
            },
            bases=["Model"],
        ),
    ]
