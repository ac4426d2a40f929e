from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0032_account_batch")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Policy",
            name="recorded_by",
            field=fields.CharField(null=True, max_length=36),
        ),
        ops.AddField(
            model_name="Policy",
            name="reason",
            field=fields.CharField(null=True, max_length=400),
        ),
        ops.AddField(
            model_name="Policy",
            name="because",
            field=fields.CharField(null=True, max_length=120),
        ),
        ops.AddField(
            model_name="Policy",
            name="taken_back",
            field=fields.BooleanField(null=True),
        ),
    ]
