from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("login", fields.CharField(unique=True, max_length=60)),
                ("name", fields.CharField(max_length=60)),
                ("role", fields.CharField(max_length=16)),
                ("division", fields.CharField(max_length=12)),
                ("password_hash", fields.CharField(null=True, max_length=200)),
                ("disabled_at", fields.BigIntField(null=True)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "account",
                "app": "storage",
                "indexes": [Index(fields=["division"], name="account_by_division")],
                "pk_attr": "id",
                "table_description": "A person who may sign in, bound to a role and a division.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("category", fields.CharField(max_length=60)),
                ("period_key", fields.CharField(max_length=40)),
                ("period_start", fields.CharField(max_length=10)),
                ("period_end", fields.CharField(max_length=10)),
                ("event_on", fields.CharField(null=True, max_length=10)),
                ("title", fields.CharField(max_length=200)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "disclosure",
                "app": "storage",
                "unique_together": (("division", "category", "period_key"),),
                "indexes": [
                    Index(fields=["division", "period_start"], name="disclosure_by_division")
                ],
                "pk_attr": "id",
                "table_description": "One answer to one obligation.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Division",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("code", fields.CharField(max_length=12)),
                ("name", fields.CharField(max_length=120)),
                ("parent", fields.CharField(null=True, max_length=12)),
                ("level", fields.CharField(max_length=8)),
                ("valid_from", fields.CharField(max_length=10)),
                ("valid_to", fields.CharField(null=True, max_length=10)),
                ("initials", fields.CharField(max_length=400)),
            ],
            options={
                "table": "division",
                "app": "storage",
                "unique_together": (("code", "valid_from"),),
                "indexes": [Index(fields=["parent", "code"], name="division_by_parent")],
                "pk_attr": "id",
                "table_description": "A division for a span of days: `valid_from` '' is 'as long as we know', `valid_to` null is 'today'.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DivisionVersion",
            fields=[
                (
                    "division",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=12),
                ),
                ("county", fields.CharField(max_length=6)),
                ("counter", fields.BigIntField()),
            ],
            options={
                "table": "division_version",
                "app": "storage",
                "pk_attr": "division",
                "table_description": "Counts what changed on a division's public pages: the ETag's first half.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                (
                    "disclosure",
                    fields.ForeignKeyField(
                        "storage.Disclosure",
                        source_field="disclosure_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField(null=True)),
                ("state", fields.CharField(max_length=12)),
                ("schema_version", fields.IntField()),
                ("content", fields.TextField(unique=False)),
                ("content_hash", fields.CharField(max_length=71)),
                ("reason", fields.TextField(null=True, unique=False)),
                ("explanation", fields.TextField(null=True, unique=False)),
                ("findings", fields.TextField(unique=False)),
                ("composed_at", fields.BigIntField()),
                ("captured_at", fields.BigIntField(null=True)),
                ("received_at", fields.BigIntField()),
                ("submitted_by", fields.CharField(max_length=36)),
                ("plan_at", fields.BigIntField(null=True)),
                ("plan_until", fields.BigIntField(null=True)),
                ("decided_at", fields.BigIntField(null=True)),
                ("decided_by", fields.CharField(null=True, max_length=36)),
                ("opens_at", fields.BigIntField(null=True)),
                ("comes_down_at", fields.BigIntField(null=True)),
                ("superseded_at", fields.BigIntField(null=True)),
                ("withdrawn_at", fields.BigIntField(null=True)),
                ("withdrawn_reason", fields.TextField(null=True, unique=False)),
                ("revision", fields.IntField()),
            ],
            options={
                "table": "edition",
                "app": "storage",
                "unique_together": (("disclosure_id", "number"),),
                "indexes": [
                    Index(fields=["division", "received_at"], name="edition_by_division"),
                    Index(fields=["state", "division", "received_at"], name="edition_by_state"),
                ],
                "pk_attr": "id",
                "table_description": "An immutable state of a disclosure: the decision columns are filled once, `revision` counts that.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("at", fields.BigIntField()),
                ("actor", fields.CharField(null=True, max_length=36)),
                ("action", fields.CharField(max_length=60)),
                ("subject", fields.CharField(max_length=80)),
                ("division", fields.CharField(max_length=12)),
                ("address", fields.CharField(max_length=64)),
                ("details", fields.TextField(unique=False)),
            ],
            options={
                "table": "event",
                "app": "storage",
                "indexes": [
                    Index(fields=["subject", "id"], name="event_by_subject"),
                    Index(fields=["division", "at"], name="event_by_division"),
                ],
                "pk_attr": "id",
                "table_description": "Who did what to which subject, when and from where: written in the transaction of the change itself.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Exemption",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("category", fields.CharField(max_length=60)),
                ("period_key", fields.CharField(null=True, max_length=40)),
                ("valid_from", fields.CharField(null=True, max_length=10)),
                ("valid_to", fields.CharField(null=True, max_length=10)),
                ("reason", fields.TextField(unique=False)),
                ("approver", fields.CharField(max_length=60)),
                ("recorded_at", fields.BigIntField()),
            ],
            options={
                "table": "exemption",
                "app": "storage",
                "indexes": [Index(fields=["division"], name="exemption_by_division")],
                "pk_attr": "id",
                "table_description": "An obligation that somebody was let off, with the reason and who said so.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Installation",
            fields=[
                (
                    "key",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=60),
                ),
                ("county", fields.CharField(max_length=6)),
                ("value", fields.TextField(unique=False)),
            ],
            options={
                "table": "installation",
                "app": "storage",
                "pk_attr": "key",
                "table_description": "What this installation knows about itself: is it a demonstration, its secrets' names, its first start.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("code_hash", fields.CharField(unique=True, max_length=64)),
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
                ("expires_at", fields.BigIntField()),
                ("used_at", fields.BigIntField(null=True)),
                ("reusable", fields.BooleanField()),
                ("created_by", fields.CharField(null=True, max_length=36)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "invitation",
                "app": "storage",
                "indexes": [Index(fields=["account_id"], name="invitation_by_account")],
                "pk_attr": "id",
                "table_description": "A one-time code (or, in a demonstration, a reusable one) that opens an account.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("category", fields.CharField(max_length=60)),
                ("title", fields.CharField(max_length=200)),
                ("occurred_on", fields.CharField(max_length=10)),
                ("recorded_at", fields.BigIntField()),
                ("recorded_by", fields.CharField(null=True, max_length=36)),
            ],
            options={
                "table": "occurrence",
                "app": "storage",
                "indexes": [
                    Index(fields=["division", "occurred_on"], name="occurrence_by_division")
                ],
                "pk_attr": "id",
                "table_description": "Something happened that makes a disclosure due.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Photo",
            fields=[
                (
                    "sha256",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("county", fields.CharField(max_length=6)),
                ("division", fields.CharField(max_length=12)),
                ("media_type", fields.CharField(max_length=40)),
                ("bytes", fields.BigIntField()),
                ("width", fields.IntField()),
                ("height", fields.IntField()),
                ("captured_at", fields.BigIntField(null=True)),
                ("received_at", fields.BigIntField()),
                ("uploaded_by", fields.CharField(max_length=36)),
            ],
            options={
                "table": "photo",
                "app": "storage",
                "pk_attr": "sha256",
                "table_description": "A stored photo, addressed by its hash: `captured_at` is the photo's own claim and stays private.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EditionPhoto",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "edition",
                    fields.ForeignKeyField(
                        "storage.Edition",
                        source_field="edition_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "photo",
                    fields.ForeignKeyField(
                        "storage.Photo",
                        source_field="photo_id",
                        db_constraint=True,
                        to_field="sha256",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("role", fields.CharField(max_length=12)),
                ("position", fields.IntField()),
                ("caption", fields.CharField(null=True, max_length=200)),
                ("pointer", fields.CharField(null=True, max_length=200)),
            ],
            options={
                "table": "edition_photo",
                "app": "storage",
                "unique_together": (("edition_id", "position"),),
                "indexes": [Index(fields=["photo_id"], name="edition_photo_by_photo")],
                "pk_attr": "id",
                "table_description": "A photo's place in an edition: on the board, or the voucher of one line.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("policy", fields.CharField(max_length=120)),
                ("document", fields.TextField(unique=False)),
                ("recorded_at", fields.BigIntField()),
            ],
            options={
                "table": "policy",
                "app": "storage",
                "indexes": [Index(fields=["policy", "recorded_at"], name="policy_by_name")],
                "pk_attr": "id",
                "table_description": "A policy document as it was recorded: the newest recording of a policy counts, older ones are kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                (
                    "edition",
                    fields.ForeignKeyField(
                        "storage.Edition",
                        source_field="edition_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reviewer", fields.CharField(max_length=36)),
                ("reviewer_name", fields.CharField(max_length=60)),
                ("decision", fields.CharField(max_length=12)),
                ("points", fields.TextField(unique=False)),
                ("reason", fields.TextField(null=True, unique=False)),
                ("decided_at", fields.BigIntField()),
            ],
            options={
                "table": "review",
                "app": "storage",
                "indexes": [Index(fields=["edition_id"], name="review_by_edition")],
                "pk_attr": "id",
                "table_description": "What a reviewer decided about an edition.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36),
                ),
                ("county", fields.CharField(max_length=6)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
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
                ("device", fields.CharField(max_length=120)),
                ("address", fields.CharField(max_length=64)),
                ("created_at", fields.BigIntField()),
                ("last_seen_at", fields.BigIntField()),
                ("expires_at", fields.BigIntField()),
                ("revoked_at", fields.BigIntField(null=True)),
                ("old_token_hash", fields.CharField(null=True, unique=True, max_length=64)),
                ("old_until", fields.BigIntField(null=True)),
            ],
            options={
                "table": "session",
                "app": "storage",
                "indexes": [Index(fields=["account_id"], name="session_by_account")],
                "pk_attr": "id",
                "table_description": "A sign-in on one device: only the token's hash is kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Throttle",
            fields=[
                (
                    "key",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=120),
                ),
                ("county", fields.CharField(max_length=6)),
                ("tokens", fields.FloatField()),
                ("updated_at", fields.BigIntField()),
            ],
            options={
                "table": "throttle",
                "app": "storage",
                "indexes": [Index(fields=["updated_at"], name="throttle_by_age")],
                "pk_attr": "key",
                "table_description": "A token bucket: how many attempts a key has left, as of a moment.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WorkdayYear",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("county", fields.CharField(max_length=6)),
                ("year", fields.IntField()),
                ("document", fields.TextField(unique=False)),
                ("recorded_at", fields.BigIntField()),
            ],
            options={
                "table": "workday_year",
                "app": "storage",
                "indexes": [Index(fields=["year", "recorded_at"], name="workday_year_by_year")],
                "pk_attr": "id",
                "table_description": "A year's holiday notice as it was recorded: the newest recording of a year counts, older ones are kept.",
            },
            bases=["Model"],
        ),
    ]
