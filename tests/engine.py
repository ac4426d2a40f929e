"""Which database this run is about, and how much of what is random it tries."""

from __future__ import annotations

import os

ENGINE = os.environ.get("GSL_TEST_DATABASE", "sqlite")


def examples(many: int) -> int:
    """Return how many random stories are tried: all on SQLite, a third on PostgreSQL.

    The stories are about rules and protocol, which are the same code; the second engine has to see each kind of step.
    """
    return many if ENGINE == "sqlite" else max(2, many // 3)
