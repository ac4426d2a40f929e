"""Tests of the front end that share a document (pwa/vitest.config.ts) leave nothing behind for the next."""

from __future__ import annotations

import re

from tests.contracts.repository import files, text

STAYS = re.compile(r"vi\.(?:doM|m)ock\(|fake-indexeddb")
SHARED = ("pwa/src/core/", "pwa/src/messages/", "pwa/src/ui/")


def test_what_replaces_a_module_or_brings_a_database_runs_alone() -> None:
    together = [
        file
        for file in files(*SHARED, ends=(".test.ts", ".test.tsx"))
        if ".alone." not in file and STAYS.search(text(file))
    ]
    assert not together, (
        f"{together}: name it *.alone.test.ts(x), so that it gets a document and modules of its own; "
        "among all the others, what it replaces would stay replaced for the files after it."
    )
