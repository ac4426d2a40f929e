from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0019_attempts_counted")]

    initial = False

    operations = [
        ops.AddField(model_name="Account", name="starts_at", field=fields.BigIntField(null=True)),
        ops.AddField(model_name="Account", name="ends_at", field=fields.BigIntField(null=True)),
    ]
