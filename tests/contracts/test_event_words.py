"""Every action that an event can name has its words, and no words are left over."""

from __future__ import annotations

import re

from server.rules.event_words import EVENT_WORDS
from tests.contracts.repository import ROOT

# The nouns that things happen to; with a verb after the dot they are an action.
NAMED = re.compile(r'"([a-z_]+\.[a-z_]+)"')
OF_A_LIST = {"payments.new", "payments.replaced", "payments.marked_anew"}
# What sites are told of, not what somebody did.
TOLD = {"notice.published", "notice.corrected", "notice.missing"}
FILES = (".html", ".json", ".db", ".key", ".pem", ".csv", ".xlsx", ".txt", ".py", ".svg")


def test_every_action_is_in_words() -> None:
    nouns = {action.partition(".")[0] for action in EVENT_WORDS}
    found = set(OF_A_LIST)
    for folder in ("commands", "storage", "cli", "rules", "web"):
        for path in (ROOT / "server" / folder).rglob("*.py"):
            if path.name == "event_words.py":
                continue
            found |= {
                each
                for each in NAMED.findall(path.read_text("utf-8"))
                if each.partition(".")[0] in nouns and not each.endswith(FILES)
            }
    assert found - TOLD == set(EVENT_WORDS), (
        "server/rules/event_words.py says what each action of an event is called, in both languages"
    )


def test_every_record_names_an_action_that_is_written_out() -> None:
    for path in (ROOT / "server" / "commands").glob("*.py"):
        for action in re.findall(r'\baction="([^"]+)"', path.read_text("utf-8")):
            assert action in EVENT_WORDS, f"{path.name}: {action} has no words in event_words.py"
