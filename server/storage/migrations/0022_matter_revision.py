from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0021_matters")]

    initial = False

    operations = [
        ops.AddField(model_name="Matter", name="revision", field=fields.IntField(db_default=1)),
    ]
