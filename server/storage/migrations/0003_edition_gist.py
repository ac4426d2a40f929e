from tortoise import fields
from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_photo_sending")]

    initial = False

    operations = [
        ops.AddField(model_name="Edition", name="gist", field=fields.TextField(null=True)),
    ]
