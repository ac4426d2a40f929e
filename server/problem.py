"""What a problem is (RFC 9457). The problems themselves are in `problems.py`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from string import Formatter
from typing import Literal, NamedTuple, ParamSpec, Protocol

from msgspec import Struct

Lang = Literal["zh", "en"]
P = ParamSpec("P")


class Bilingual(Protocol):
    """Anything said in both languages: `rules.values.Text` is one, `Say` is another."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Seen(Protocol):
    """What a check saw at a place. From the gate for personal information: its kind, and the text as it may stand."""

    @property
    def pointer(self) -> str: ...
    @property
    def message(self) -> Bilingual: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def offer(self) -> str | None: ...


class Say(NamedTuple):
    """A sentence in both languages, for the ground floor, which may import nothing."""

    zh: str
    en: str


class Kind(Struct, frozen=True):
    """One row of the page: what never changes about a problem."""

    slug: str
    status: int
    title: Say
    sentence: Say
    # The transaction keeps what was written before the failure: a failed sign-in must be counted.
    keeps_writes: bool

    def members(self) -> tuple[str, ...]:
        """Return the names the sentences are made from: each is a member of the answer too."""
        found = [name for _, name, _, _ in Formatter().parse(self.sentence.zh) if name]
        return tuple(dict.fromkeys(found))


PROBLEMS: dict[str, Kind] = {}


class Parts(Struct, frozen=True):
    """What one failure adds to its kind. Made by `parts`."""

    errors: tuple[Mapping[str, object], ...]
    headers: Mapping[str, str]
    members: Mapping[str, object]


def parts(
    *,
    errors: Iterable[Mapping[str, object]] = (),
    headers: Mapping[str, str] | None = None,
    **members: object,
) -> Parts:
    """Return the parts of one failure: places in the content, headers, and named values."""
    return Parts(tuple(errors), dict(headers or {}), members)


def try_later(retry_after: float, **members: object) -> Parts:
    """Return the parts of a failure that passes after some seconds: `{wait}` says them as a person would.

    `retry_after`, the member and the header, stays in whole seconds for programs; neither says less than it takes.
    """
    seconds = max(1, math.ceil(retry_after))
    known = {**members, "retry_after": seconds, "wait": _wait(seconds)}
    return Parts((), {"Retry-After": str(seconds)}, known)


def _wait(seconds: int) -> Say:
    if seconds <= 90:
        return _count(seconds, "秒", "second")
    minutes = math.ceil(seconds / 60)
    if minutes < 60:
        return _count(minutes, "分钟", "minute")
    hours, tens = divmod(
        math.ceil(minutes / 10), 6
    )  # nobody looks at the clock for a minute in hours
    whole = _count(hours, "小时", "hour")
    if tens == 0:
        return whole
    rest = _count(tens * 10, "分钟", "minute")
    return Say(f"{whole.zh} {rest.zh}", f"{whole.en} {rest.en}")


def too_much(limit: int, size: int, **members: object) -> Parts:
    """Return the parts of a refusal of too many bytes: `{most}` and `{came}` say them as a phone shows them.

    `limit` and `size` stay in bytes for programs. The limit is rounded down and what came is rounded up, so that
    the two never read alike.
    """
    most, came = _in_words(limit, math.floor), _in_words(size, math.ceil)
    return Parts((), {}, {"limit": limit, "size": size, "most": most, "came": came, **members})


def _in_words(size: int, rounded: Callable[[float], int]) -> Say:
    for unit, name in ((1 << 20, "MB"), (1 << 10, "KB")):
        if size >= unit:
            tens = rounded(size * 10 / unit)
            shown = f"{tens / 10:.1f}".removesuffix(".0")
            return Say(f"{shown} {name}", f"{shown} {name}")
    return _count(size, "字节", "byte")


def _count(n: int, zh: str, en: str) -> Say:
    return Say(f"{n} {zh}", f"{n} {en}" if n == 1 else f"{n} {en}s")


def places(found: Iterable[tuple[str, Bilingual]]) -> list[Mapping[str, object]]:
    """Return `errors` entries from pairs of JSON pointer and message."""
    return [{"pointer": pointer, "detail": message} for pointer, message in found]


def cells(found: Iterable[tuple[str, Bilingual]]) -> list[Mapping[str, object]]:
    """Return `errors` entries from pairs of a spreadsheet's cell ('收入!C7') and message."""
    return [{"cell": cell, "detail": message} for cell, message in found]


def seen_places(found: Iterable[Seen]) -> list[Mapping[str, object]]:
    """Return `errors` entries from what checks saw, with `kind` and `offer` where the gate says them."""
    return [
        {"pointer": one.pointer, "detail": one.message}
        | ({} if one.kind is None else {"kind": one.kind})
        | ({} if one.offer is None else {"offer": one.offer})
        for one in found
    ]


class Problem(Exception):
    """A failure with an address, a status and a sentence in both languages."""

    def __init__(self, kind: Kind, given: Parts) -> None:
        self.kind = kind
        self.errors = given.errors
        self.headers = given.headers
        self.members = given.members
        self.detail = Say(
            kind.sentence.zh.format_map({k: _spoken(v, "zh") for k, v in given.members.items()}),
            kind.sentence.en.format_map({k: _spoken(v, "en") for k, v in given.members.items()}),
        )
        super().__init__(f"{kind.slug}: {self.detail.en}")

    @property
    def slug(self) -> str:
        """The last part of the problem's address: it never changes."""
        return self.kind.slug

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.kind.status

    def document(self, lang: Lang, instance: str | None = None) -> dict[str, object]:
        """Return the answer's body in one language."""
        body: dict[str, object] = {
            "type": f"/problems/{self.slug}",
            "title": _spoken(self.kind.title, lang),
            "status": self.status,
            "detail": _spoken(self.detail, lang),
        }
        if instance is not None:
            body["instance"] = instance
        if self.errors:
            body["errors"] = [{k: _plain(v, lang) for k, v in e.items()} for e in self.errors]
        body.update({name: _plain(value, lang) for name, value in self.members.items()})
        return body


def problem(
    status: int, zh: str, en: str, sentence_zh: str, sentence_en: str, *, keeps_writes: bool = False
) -> Callable[[Callable[P, Parts]], Callable[P, Problem]]:
    """Enter a constructor function on the page; its name, with hyphens, is the slug."""

    def enter(make: Callable[P, Parts]) -> Callable[P, Problem]:
        slug = make.__name__.replace("_", "-")
        if slug in PROBLEMS:
            raise TypeError(f"two problems are called {slug}")
        kind = Kind(slug, status, Say(zh, en), Say(sentence_zh, sentence_en), keeps_writes)
        PROBLEMS[slug] = kind

        def made(*args: P.args, **kwargs: P.kwargs) -> Problem:
            return Problem(kind, make(*args, **kwargs))

        made.__name__ = made.__qualname__ = make.__name__
        made.__doc__ = f"{en} ({status}). {make.__doc__ or ''}".strip()
        return made

    return enter


def _plain(value: object, lang: Lang) -> object:
    """Return the value as JSON has it, a bilingual one in one language."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple) and not isinstance(value, Say):
        return [_plain(each, lang) for each in value]
    if isinstance(value, str | int | float | bool | None | dict):
        return value
    return _spoken(value, lang)


def _spoken(value: object, lang: Lang) -> str:
    """Return the value as the sentence has it."""
    said = getattr(value, lang, None)
    if isinstance(said, str):
        return said
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(_spoken(each, lang) for each in value)
    return str(_plain(value, lang)) if isinstance(value, datetime | date) else str(value)
