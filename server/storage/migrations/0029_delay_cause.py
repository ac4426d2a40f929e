from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0028_rectifications")]

    initial = False

    operations = [
        ops.AddField(
            model_name="PaymentList",
            name="delay_cause",
            field=fields.CharField(null=True, max_length=20),
        ),
        ops.AddField(
            model_name="PaymentList",
            name="delay_words",
            field=fields.CharField(null=True, max_length=200),
        ),
    ]
