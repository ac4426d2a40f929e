"""Columns that may hold a village group's code, two digits longer than a village's.

PostgreSQL widens a VARCHAR without touching the rows; SQLite keeps its declarations, which it never looked at.
"""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

from server.storage.place_code import PlaceCode

COLUMNS = (
    ("Division", "code"),
    ("Division", "successor"),
    ("DivisionVersion", "division"),
    ("Disclosure", "division"),
    ("Edition", "division"),
    ("Photo", "division"),
    ("PhotoSending", "division"),
    ("Event", "division"),
    ("Occurrence", "division"),
    ("Commitment", "division"),
    ("Exemption", "division"),
    ("Matter", "division"),
    ("SearchFiling", "division"),
    ("Delivery", "division"),
    ("Announcement", "division"),
)


class Widen(ops.AlterField):
    """AlterField where the database asks for it; elsewhere the state alone."""

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: Any = None
    ) -> None:
        """Widen the column on PostgreSQL."""
        if state_editor is not None and state_editor.DIALECT == "postgres":
            await super().database_forward(app_label, old_state, new_state, state_editor)


def _field(model: str, name: str) -> PlaceCode:
    if (model, name) == ("DivisionVersion", "division"):
        return PlaceCode(primary_key=True, unique=True, db_index=True)
    return PlaceCode(null=name == "successor")


class Migration(migrations.Migration):
    dependencies = [("storage", "0036_site_notices")]

    initial = False

    operations = [Widen(model, name, _field(model, name)) for model, name in COLUMNS]
