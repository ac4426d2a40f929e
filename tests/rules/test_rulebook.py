"""What a rulebook works out once."""

from __future__ import annotations

from server.rules.rulebook import MOST_LAID_OUT, Rulebook
from server.rules.workdays import WorkdayCalendar


def test_what_is_asked_for_least_lately_is_laid_out_anew() -> None:
    book = Rulebook({}, {}, [], WorkdayCalendar({}))
    made: list[int] = []

    def ask(key: int) -> list[int]:
        return book.laid_out(key, lambda: made.append(key) or [key])

    first = ask(0)
    for key in range(1, MOST_LAID_OUT):
        ask(key)
    assert ask(0) is first
    ask(MOST_LAID_OUT)  # one too many: 1 leaves, which nobody asked for since
    assert ask(0) is first
    assert made == list(range(MOST_LAID_OUT + 1))
    assert ask(1) == [1]
    assert made[-1] == 1
