from tortoise import fields
from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0007_reminders")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Review", name="post", field=fields.CharField(null=True, max_length=40)
        ),
    ]
