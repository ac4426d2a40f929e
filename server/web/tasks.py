"""What I owe, over HTTP."""

from __future__ import annotations

from server.queries.tasks_of_accountant import Tasks, tasks_of_accountant
from server.web.asking import Ask


async def list_tasks(ask: Ask) -> Tasks:
    """The obligations of my place, due soonest first."""
    return await tasks_of_accountant(
        ask.db, book=ask.house.book, actor=ask.me, now=ask.now, lang=ask.lang
    )
