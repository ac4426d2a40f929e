from tortoise import fields
from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0005_passkeys_and_shared_phones")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Account", name="post", field=fields.CharField(null=True, max_length=40)
        ),
        ops.AddField(model_name="Edition", name="turn", field=fields.TextField(null=True)),
        ops.AddField(
            model_name="Review", name="step", field=fields.CharField(null=True, max_length=12)
        ),
        ops.AddField(model_name="Review", name="notes", field=fields.TextField(null=True)),
    ]
