from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

# Words are ASCII or whole runs of other signs, parted by blanks: no tokeniser has to know more than that.
SQLITE = "CREATE VIRTUAL TABLE {name} USING fts5(words, content='', detail=none, tokenize='ascii')"
# What waits to be put into a GIN index is gone through by every query: little may wait.
POSTGRES = (
    "ALTER INDEX search_words_by_word SET (gin_pending_list_limit = 256);"
    "CREATE TABLE search_name_words (id BIGINT PRIMARY KEY, words TEXT[] NOT NULL);"
    "CREATE INDEX search_name_words_by_word ON search_name_words USING gin (words)"
    " WITH (gin_pending_list_limit = 256)"
)


async def _indexes(_apps: Any, editor: Any) -> None:
    """Begin with nothing filed: all is filed again at the next start."""
    run = editor.client.execute_script
    await run("DELETE FROM search_name")
    await run("DELETE FROM installation WHERE key = 'search'")
    if editor.client.capabilities.dialect == "postgres":
        await run("DELETE FROM search_words")
        for statement in POSTGRES.split(";"):
            await run(statement)
        return
    await run("DROP TABLE search_words")
    for name in ("search_words", "search_name_words"):
        await run(SQLITE.format(name=name))


class Migration(migrations.Migration):
    dependencies = [("storage", "0024_revisions")]

    initial = False

    operations = [
        ops.DeleteModel(name="SearchRecord"),
        ops.CreateModel(
            name="SearchFiling",
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
                ("period_end", fields.CharField(max_length=10)),
                ("event_on", fields.CharField(null=True, max_length=10)),
                ("opens_at", fields.BigIntField()),
            ],
            options={
                "table": "search_filing",
                "app": "storage",
                "unique_together": (("edition",),),
                "indexes": [Index(fields=["division"], name="search_filing_by_division")],
                "pk_attr": "id",
                "table_description": "An edition of which something may be found, and what it belongs to, under the id of its first record.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SearchRecord",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("filing", fields.BigIntField()),
                ("pointer", fields.CharField(max_length=200)),
                ("text", fields.TextField(unique=False)),
            ],
            options={
                "table": "search_record",
                "app": "storage",
                "pk_attr": "id",
                "table_description": "A piece of text of an edition, as it stands there, and where: an empty pointer is the title.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="Edition",
            index=Index(
                fields=[
                    "disclosure_id",
                    "number",
                    "state",
                    "opens_at",
                    "comes_down_at",
                    "superseded_at",
                    "withdrawn_at",
                    "id",
                ],
                name="edition_moments",
            ),
        ),
        ops.RunPython(_indexes),
    ]
