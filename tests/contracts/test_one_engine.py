"""The proof of the mark `one_engine` (tests/one_engine.py) knows two statements apart, and finds what only marked tests send."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.one_engine import Watching, shape


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a FROM t WHERE b IN (?, ?, ?)", "SELECT a FROM t WHERE b IN (?)"),
        ("SELECT a FROM t LIMIT 20", "SELECT a\n FROM t LIMIT 5"),
        ("SELECT a FROM t WHERE b = 'x'", "SELECT a FROM t WHERE b = ?"),
        ("INSERT INTO t VALUES (?, ?), (?, ?)", "INSERT INTO t VALUES (?, ?)"),
    ],
)
def test_values_and_lengths_make_no_other_statement(one: str, other: str) -> None:
    assert shape(one) == shape(other)


def test_another_column_makes_another_statement() -> None:
    assert shape("SELECT a FROM t WHERE b = ?") != shape("SELECT a FROM t WHERE c = ?")


def test_what_only_marked_tests_send_is_found_in_a_whole_run(pytestconfig: pytest.Config) -> None:
    watching = Watching(pytestconfig)
    node = SimpleNamespace(
        workeroutput={
            "statements": (["SELECT a"], {"SELECT a": "test_one", "SELECT b": "test_two"})
        }
    )
    watching.pytest_testnodedown(node)
    assert watching.alone() == [("SELECT b", "test_two")]
