from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_commitment")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "storage.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("credential_id", fields.CharField(unique=True, max_length=1400)),
                ("public_key", fields.TextField(unique=False)),
                ("rp_id", fields.CharField(max_length=255)),
                ("sign_count", fields.BigIntField()),
                ("transports", fields.CharField(max_length=100)),
                ("name", fields.CharField(max_length=120)),
                ("created_at", fields.BigIntField()),
                ("last_used_at", fields.BigIntField(null=True)),
                ("revoked_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "passkey",
                "app": "storage",
                "indexes": [Index(fields=["account_id"], name="passkey_by_account")],
                "pk_attr": "id",
                "table_description": "A passkey (WebAuthn) of an account: the public half, bytes as base64url.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PasskeyChallenge",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("challenge", fields.CharField(unique=True, max_length=100)),
                ("account_id", fields.CharField(null=True, max_length=36)),
                ("origin", fields.CharField(max_length=255)),
                ("rp_id", fields.CharField(max_length=255)),
                ("expires_at", fields.BigIntField()),
                ("used_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "passkey_challenge",
                "app": "storage",
                "indexes": [Index(fields=["expires_at"], name="passkey_challenge_by_end")],
                "pk_attr": "id",
                "table_description": "Random bytes that a passkey signs once, within minutes.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Phone",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "phone",
                "app": "storage",
                "pk_attr": "id",
                "table_description": "A phone that several people share, each with a PIN: only its token's hash is kept.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Account",
            name="succeeded_by",
            field=fields.CharField(null=True, max_length=36),
        ),
        ops.AddIndex(
            model_name="Account",
            index=Index(fields=["succeeded_by"], name="account_by_successor"),
        ),
        ops.AddField(
            model_name="Session",
            name="parked_at",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="Session",
            name="phone_id",
            field=fields.CharField(null=True, max_length=36),
        ),
        ops.AddField(
            model_name="Session",
            name="pin_hash",
            field=fields.CharField(null=True, max_length=200),
        ),
        ops.AddField(
            model_name="Session",
            name="pin_misses",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="Session",
            name="revoked_why",
            field=fields.CharField(null=True, max_length=12),
        ),
        ops.AddIndex(
            model_name="Session",
            index=Index(fields=["phone_id"], name="session_by_phone"),
        ),
    ]
