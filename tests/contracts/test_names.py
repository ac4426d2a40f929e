"""A file is called what it is about. A name that fits anything says nothing."""

from __future__ import annotations

import re

from tests.contracts.repository import files, report

EMPTY_NAMES = re.compile(
    r"^(utils?|helpers?|common|misc|shared|stuff|tools?|base|manager|handlers?|lib)$"
)
FLOORS_BY_NOUN = ("server/rules/", "server/storage/", "server/web/")


def test_no_file_has_an_empty_name() -> None:
    found = []
    for file in files("server/", "pwa/src/", ends=(".py", ".ts", ".tsx")):
        if file.startswith("pwa/src/messages/"):
            continue  # lists of words, called after the screens that say them; some are said on all
        for part in file.split("/")[1:]:
            stem = part.split(".")[0]
            if EMPTY_NAMES.match(stem):
                found.append(
                    f"{file}: '{stem}' says nothing. Name the file after the noun or the verb in it."
                )
    report(found)


def test_commands_are_verbs() -> None:
    """A command is one verb with its object: post_disclosure.py holds post_disclosure()."""
    found = []
    for file in files("server/commands/", ends=(".py",)):
        stem = file.rsplit("/", 1)[-1].removesuffix(".py")
        if stem != "__init__" and "_" not in stem:
            found.append(f"{file}: a command is named verb_object, like post_disclosure.")
    report(found)
