"""One way to end a transaction: undone by a problem, unless the problem says that its writes are kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.problems import Problem
from server.storage.database import Store, Tx


@asynccontextmanager
async def transaction(store: Store) -> AsyncIterator[Tx]:
    """Commit when the block ends; undo when it raises.

    A problem whose kind keeps its writes (a failed sign-in has to be counted) is raised again after
    the commit.
    """
    kept: Problem | None = None
    async with store.transaction() as tx:
        try:
            yield tx
        except Problem as problem:
            if not problem.kind.keeps_writes:
                raise
            kept = problem
    if kept is not None:
        raise kept
