from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0023_inquiry_desk")]

    initial = False

    operations = [
        ops.AddField(model_name=name, name="revision", field=fields.IntField(db_default=1))
        for name in ("Account", "Passkey", "QueryPoint")
    ]
