import hashlib
from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

# As rules/short_links.py gave them on the day of this migration: what is printed stays, whatever that file becomes.
SIGNS = "23456789ACDEFHJKMNPRTVWXY"


def _signs(disclosure: str, attempt: int) -> str:
    digest = hashlib.sha256(f"notice/{disclosure}/{attempt}".encode()).digest()[:16]
    number, made = int.from_bytes(digest, "big"), ""
    for _ in range(7):
        number, rest = divmod(number, len(SIGNS))
        made = SIGNS[rest] + made
    return made


async def _give(_apps: Any, editor: Any) -> None:
    client = editor.client
    known = await client.execute_query_dict("SELECT id, county FROM disclosure ORDER BY id")
    taken: set[str] = set()
    rows = []
    for each in known:
        signs = next(s for s in (_signs(each["id"], n) for n in range(20)) if s not in taken)
        taken.add(signs)
        rows.append([signs, each["county"], each["id"]])
    postgres = client.capabilities.dialect == "postgres"
    marks = "$1, $2, $3" if postgres else "?, ?, ?"
    for start in range(0, len(rows), 1000):
        await client.execute_many(
            f"INSERT INTO short_link (signs, county, disclosure_id) VALUES ({marks})",
            rows[start : start + 1000],
        )


class Migration(migrations.Migration):
    dependencies = [("storage", "0010_search")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ShortLink",
            fields=[
                (
                    "signs",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=7),
                ),
                ("county", fields.CharField(max_length=6)),
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
            ],
            options={
                "table": "short_link",
                "app": "storage",
                "unique_together": (("disclosure",),),
                "pk_attr": "signs",
                "table_description": "Seven signs that name a disclosure for good, whatever becomes of it.",
            },
            bases=["Model"],
        ),
        ops.RunPython(_give),
    ]
