"""The gate for personal information: everything that is written passes it before anybody else can read it.

The checks of `personal_numbers`, `sensitive_words` and `minors` say what they saw, and offer the text as it may stand.
A category names them with its own fields and words (category.json); whatever stands beside a content, a caption,
a reason, the name of a file, passes `beside`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.rules.categories import Category
from server.rules.findings import Check, CheckContext, Found
from server.rules.minors import minors
from server.rules.personal_numbers import personal_numbers
from server.rules.sensitive_words import sensitive_words

CHECKS: dict[str, Check] = {
    "privacy.personal_numbers": personal_numbers,
    "privacy.sensitive_words": sensitive_words,
    "privacy.minors": minors,
}


def beside(texts: Mapping[str, Any], category: Category | None = None) -> list[Found]:
    """Return what the gate sees in texts beside a content.

    No field there is an office's. A category in which words are looked for has them looked for here too, when it
    blocks for them.
    """
    found = list(personal_numbers(texts, CheckContext()))
    for use in category.checks if category else ():
        if use.check == "privacy.sensitive_words" and use.severity == "blocking":
            own = {name: use.params[name] for name in ("words", "allowed") if name in use.params}
            found += sensitive_words(texts, CheckContext(params=own))
    return found
