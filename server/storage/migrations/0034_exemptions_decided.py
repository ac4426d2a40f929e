from tortoise import fields, migrations
from tortoise.migrations import operations as ops

_FIELDS = {
    "due_on": fields.CharField(null=True, max_length=10),
    "asked_by": fields.CharField(null=True, max_length=36),
    "asked_by_name": fields.CharField(null=True, max_length=60),
    "state": fields.CharField(db_default="approved", max_length=12),
    "decided_by": fields.CharField(null=True, max_length=36),
    "post_zh": fields.CharField(null=True, max_length=120),
    "post_en": fields.CharField(null=True, max_length=120),
    "decided_at": fields.BigIntField(null=True),
    "decision": fields.TextField(null=True, unique=False),
    "ended_at": fields.BigIntField(null=True),
    "ended_by_name": fields.CharField(null=True, max_length=60),
    "ended_post_zh": fields.CharField(null=True, max_length=120),
    "ended_post_en": fields.CharField(null=True, max_length=120),
    "ended_reason": fields.TextField(null=True, unique=False),
    "revision": fields.IntField(db_default=1),
}


class Migration(migrations.Migration):
    dependencies = [("storage", "0033_policy_recordings")]

    initial = False

    operations = [
        ops.AddField(model_name="Exemption", name=name, field=field)
        for name, field in _FIELDS.items()
    ]
