"""Tallies may be of a village group, whose code is two digits longer than a village's; widened as in 0037."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

from server.storage.place_code import PlaceCode, TallyId


class Widen(ops.AlterField):
    """AlterField where the database asks for it; elsewhere the state alone."""

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: Any = None
    ) -> None:
        """Widen the column on PostgreSQL."""
        if state_editor is not None and state_editor.DIALECT == "postgres":
            await super().database_forward(app_label, old_state, new_state, state_editor)


class Migration(migrations.Migration):
    dependencies = [("storage", "0038_outreach_photos")]

    initial = False

    operations = [
        Widen("Tally", "id", TallyId(primary_key=True, unique=True, db_index=True)),
        Widen("Tally", "division", PlaceCode()),
    ]
