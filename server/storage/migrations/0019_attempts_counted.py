from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0018_inquiry_photos")]

    initial = False

    operations = [
        ops.AddField(
            model_name="HouseholdAttempt", name="many", field=fields.IntField(db_default=1)
        ),
    ]
