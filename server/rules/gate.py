"""The gate for personal information: everything that is written passes it before anybody else can read it.

The checks of `personal_numbers`, `sensitive_words` and `minors` say what they saw, and offer the text as it may stand.
A category names them with its own fields and words (category.json); whatever stands beside a content, a caption,
a reason, the name of a file, passes `beside`.

An identity or card number, whole or half hidden, passes never. What only looks personal (an office's mobile number, a word
that is part of a place's name) passes when whoever sends it says why and whoever reviews it, never the same person,
confirms each place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from server.rules.categories import Category
from server.rules.findings import Check, CheckContext, ContentFinding, Found
from server.rules.minors import minors
from server.rules.personal_numbers import personal_numbers
from server.rules.sensitive_words import sensitive_words

CHECKS: dict[str, Check] = {
    "privacy.personal_numbers": personal_numbers,
    "privacy.sensitive_words": sensitive_words,
    "privacy.minors": minors,
}


SOFT = frozenset({"mobile", "passport", "words", "minor"})


class Override(Struct, frozen=True):
    """What somebody asks to let through: where in the submission, the kind seen there, why it is right to publish it."""

    pointer: str
    kind: str
    reason: str


def passed(
    seen: Iterable[Found], asked: Sequence[Override], *, reviewed: bool
) -> tuple[list[Found], list[tuple[Found, Override]]]:
    """Return what must be changed, and what an override lets through if a second person confirms it.

    Where nobody reviews there is no second person, and no override.
    """
    reasons = {(o.pointer, o.kind): o for o in asked if o.reason.strip()}
    refused: list[Found] = []
    overridden: list[tuple[Found, Override]] = []
    for one in seen:
        override = reasons.get((one.pointer, one.kind or "")) if one.kind in SOFT else None
        if override is not None and reviewed:
            overridden.append((one, override))
        else:
            refused.append(one)
    return refused, overridden


def of_the_whole(finding: ContentFinding) -> Found:
    """Return a finding about the content as one about the whole submission."""
    return Found(
        "/content" + finding.pointer, finding.message, kind=finding.kind, offer=finding.offer
    )


def kept(found: Found, asked: Override) -> dict[str, Any]:
    """Return what is kept of an override with the edition: the reviewer confirms its `place`, the matrix counts it."""
    return {
        "check": "privacy.override",
        "severity": "warning",
        "pointer": found.pointer.removeprefix("/content"),
        "expected": None,
        "actual": None,
        "message": {"zh": found.message.zh, "en": found.message.en},
        "explainable": False,
        "kind": found.kind,
        "place": found.pointer,
        "override": asked.reason,
    }


def asked_in(findings: Iterable[Mapping[str, Any]]) -> list[Override]:
    """Return the overrides among the findings that are kept with an edition."""
    return [
        Override(f["place"], f["kind"], f["override"])
        for f in findings
        if f.get("override") is not None
    ]


def unconfirmed(
    findings: Iterable[Mapping[str, Any]], confirmed: Iterable[tuple[str, str]]
) -> list[str]:
    """Return the places of an edition's overrides that a reviewer did not confirm."""
    known = set(confirmed)
    return [o.pointer for o in asked_in(findings) if (o.pointer, o.kind) not in known]


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
