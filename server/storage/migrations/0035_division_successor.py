from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0034_exemptions_decided")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Division",
            name="successor",
            field=fields.CharField(null=True, max_length=12),
        ),
    ]
