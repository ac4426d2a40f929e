"""A file is read in one sitting: 400 lines at most, and most are under 120."""

from __future__ import annotations

from statistics import median

from tests.contracts.repository import files, report, server_files, text

MOST = 400
MOST_FOR_THE_MEDIAN = 120

# Made by a program, or a list of words: something is looked up in them by its name.
NOT_READ = ("pwa/src/net/api.d.ts", "pwa/src/messages/")


def lines(file: str) -> int:
    return len(text(file).splitlines())


def test_no_file_is_too_long() -> None:
    ours = server_files() + files(
        "pwa/src/", "tools/", "bench/", ends=(".ts", ".tsx", ".css", ".py", ".sh")
    )
    report(
        [
            f"{file}: {lines(file)} lines, {MOST} at most. Which of its parts has a name of its own? That is a file."
            for file in ours
            if not file.startswith(NOT_READ) and lines(file) > MOST
        ]
    )


def test_most_files_are_short() -> None:
    sizes = [lines(file) for file in server_files()]
    assert median(sizes) <= MOST_FOR_THE_MEDIAN, (
        f"the median file of server/ has {median(sizes)} lines, {MOST_FOR_THE_MEDIAN} at most: one verb, one file"
    )
