from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

# The index itself is each engine's own and no model: contentless on SQLite, an array under GIN on PostgreSQL.
SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5"
    "(words, content='', detail=none, tokenize='unicode61 remove_diacritics 0')"
)
POSTGRES = (
    "CREATE TABLE search_words (id BIGINT PRIMARY KEY, words TEXT[] NOT NULL);"
    "CREATE INDEX search_words_by_word ON search_words USING gin (words)"
)


async def _index(_apps: Any, editor: Any) -> None:
    postgres = editor.client.capabilities.dialect == "postgres"
    for statement in (POSTGRES if postgres else SQLITE).split(";"):
        await editor.client.execute_script(statement)


class Migration(migrations.Migration):
    dependencies = [("storage", "0009_urgent_publication")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SearchRecord",
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
                ("disclosure_id", fields.CharField(max_length=36)),
                ("division", fields.CharField(max_length=12)),
                ("category", fields.CharField(max_length=60)),
                ("period_key", fields.CharField(max_length=40)),
                ("pointer", fields.CharField(max_length=200)),
                ("text", fields.TextField(unique=False)),
            ],
            options={
                "table": "search_record",
                "app": "storage",
                "indexes": [Index(fields=["edition_id"], name="search_record_by_edition")],
                "pk_attr": "id",
                "table_description": "A piece of text of an edition, as it stands there, and where: an empty pointer is the title.",
            },
            bases=["Model"],
        ),
        ops.RunPython(_index),
    ]
