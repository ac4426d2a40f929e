"""The table of readings: what the dictionaries say, small enough for every process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from server.external.pinyin import readings, syllables


def test_the_table_is_what_the_dictionaries_say() -> None:
    from tools.pinyin_table import (
        TABLE,
        table,
    )  # fifty megabytes of dictionaries: not for whoever only collects

    assert TABLE.read_text("utf-8") == table(), "python -m tools.pinyin_table"


@pytest.mark.parametrize(
    ("char", "read"),
    [
        ("水", ("shui",)),
        ("会", ("hui", "kuai")),
        ("长", ("zhang", "chang")),
        ("绿", ("lv", "lu")),
        ("大", ("da", "dai")),  # tai is a dictionary's
        ("塬", ("yuan",)),
        ("a", ()),
        ("。", ()),
        ("𠮷", ()),
    ],
)
def test_a_character_is_read(char: str, read: tuple[str, ...]) -> None:
    assert readings(char) == read


def test_there_are_four_hundred_syllables() -> None:
    assert 395 <= len(syllables()) <= 430
    assert {"shui", "lv", "er", "a"} <= syllables()


def test_no_dictionary_is_loaded_for_it() -> None:
    asked = "import sys; from server.external.pinyin import readings; readings('水'); print('pypinyin' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"
