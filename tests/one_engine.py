"""What the mark `one_engine` says is proved in every whole run: others send both engines the statements of a marked test.

On SQLite the shapes of all statements are noted for each test, numbers, texts and lengths of lists taken out. What only
marked tests send, no test sends to PostgreSQL: the run fails and says which statement and who sends it.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.storage.database import NearReader, Reader, Tx

SENTENCE = (
    "is marked one_engine, but no test that also runs on PostgreSQL sends this. Take its mark away, or tell it in a "
    "story that has none (docs/decisions/0052):"
)
MOST_SHOWN = 20
SENDING = (
    *((Reader, "rows"), (Reader, "tuples"), (NearReader, "rows")),
    *((Tx, "rows"), (Tx, "execute"), (Tx, "execute_many")),
)


@functools.lru_cache(maxsize=8192)
def shape(sql: str) -> str:
    """Return a statement without its numbers, its texts and the lengths of its lists."""
    bare = re.sub(r"\s+", " ", re.sub(r"\d+", "?", re.sub(r"'[^']*'", "?", sql)))
    bare = re.sub(r"\?(, ?\?)+", "?", bare)
    return re.sub(r"\(\?\)(, ?\(\?\))+", "(?)", bare)


def _asked_by_a_test() -> bool:
    """Say whether the caller of the caller is a test or its helper."""
    return str(sys._getframe(2).f_globals.get("__name__", "")).startswith("tests.")


class Watching:
    """Notes what each test sends; the process that hands tests out compares when all are done."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._sent: set[str] | None = None
        self.on_both: set[str] = set()
        self.marked: dict[str, str] = {}

    def watch(self) -> None:
        """From now on, note every statement."""
        for kind, name in SENDING:
            setattr(kind, name, self._noting(getattr(kind, name)))

    def _noting(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def noting(one: Any, sql: str, *given: Any, **named: Any) -> Any:
            # What a test itself looks up says nothing about the product.
            if self._sent is not None and not _asked_by_a_test():
                self._sent.add(shape(sql))
            return method(one, sql, *given, **named)

        return noting

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._sent = set()
        try:
            return (yield)
        finally:
            if item.get_closest_marker("one_engine"):
                self.marked |= dict.fromkeys(self._sent, item.nodeid)
            elif self._runs_on_both(item):
                self.on_both |= self._sent
            self._sent = None

    @staticmethod
    def _runs_on_both(item: pytest.Item) -> bool:
        touches = {"database_url", "empty_database_url"} & set(getattr(item, "fixturenames", ()))
        here = item.get_closest_marker("sqlite") or "/rules/" in item.nodeid
        return bool(touches) and not here

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker has noted."""
        on_both, marked = getattr(node, "workeroutput", {}).get("statements", ([], {}))
        self.on_both.update(on_both)
        self.marked.update(marked)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput["statements"] = (sorted(self.on_both), self.marked)
        elif self.alone() and self._whole() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        found = self.alone() if self._whole() else []
        if found:
            terminalreporter.section("marked one_engine, and not true", red=True)
        for statement, test in found[:MOST_SHOWN]:
            terminalreporter.line(f"{test} {SENTENCE}\n  {statement}")

    def alone(self) -> list[tuple[str, str]]:
        """Return each statement that only marked tests send, with one of them."""
        return sorted((sql, test) for sql, test in self.marked.items() if sql not in self.on_both)

    def _whole(self) -> bool:
        """Nothing was chosen or left out but browsers: only then is what is missing truly missing."""
        option = self._config.option
        chosen = option.keyword or option.markexpr or getattr(option, "lf", False)
        left_out = set(option.ignore or ()) - {"tests/e2e"}
        return not chosen and not left_out and self._config.args == ["tests"]
