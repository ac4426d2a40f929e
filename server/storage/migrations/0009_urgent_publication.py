from tortoise import fields
from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0008_review_post")]

    initial = False

    operations = [
        ops.AddField(model_name="Edition", name="urgent_reason", field=fields.TextField(null=True)),
        ops.AddField(model_name="Edition", name="reviewed_at", field=fields.BigIntField(null=True)),
        ops.AddField(model_name="Edition", name="objection", field=fields.TextField(null=True)),
    ]
