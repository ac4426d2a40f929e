"""What may be shown: a whitelist per category, and names masked where a payment is relief.

Legal ground: PIPL arts. 6 and 25 (least necessary, no publication without a basis), 社会救助暂行办法 art. 61,
重庆市城乡居民最低生活保障条例 art. 18 (nothing unrelated to the relief). A field that the whitelist does not name
is not public, however harmless it looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec import Struct

from server.rules import pointers

if TYPE_CHECKING:
    from server.rules.categories import Category

MaskMode = Literal["full", "surname", "role"]

# Compound surnames of two characters that are still common; masking keeps the whole surname.
_COMPOUND = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 长孙 宇文 闻人 端木 申屠 独孤 南宫 拓跋".split()  # noqa: SIM905
)


class Mask(Struct, frozen=True):
    """Names at `path` are shown in `mode`; with `when`, only where that sibling field is true."""

    path: str
    mode: MaskMode
    when: str | None


class Privacy(Struct, frozen=True):
    """The whitelist of a category (patterns) and its masks."""

    public: tuple[str, ...]
    masks: tuple[Mask, ...]


def parse_privacy(doc: Mapping[str, Any]) -> Privacy:
    """Return the privacy part of a category.json."""
    return Privacy(
        public=tuple(doc["public"]),
        masks=tuple(Mask(m["path"], m["mode"], m.get("when")) for m in doc.get("masks", [])),
    )


def public_content(category: Category, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a content that the public may see, names masked where the category says so.

    Lists keep their length and order, so pointers into the whole content point at the same thing here.
    A whitelisted object or list is public with everything in it only if its own leaves are named.
    """
    allowed = _tree(category.privacy.public)
    shown = {k: _pruned(v, allowed[k]) for k, v in content.items() if k in allowed}
    for mask in category.privacy.masks:
        _mask(shown, content, mask)
    return shown


class PublicLine(NamedTuple):
    """What patterns reach in one object of a content: its pointer, and (pattern, value) in the order of the patterns."""

    pointer: str
    fields: list[tuple[str, Any]]


def public_lines(
    category: Category, patterns: tuple[str, ...], content: Mapping[str, Any]
) -> list[PublicLine]:
    """Return what these patterns reach of `public_content`, object by object, as they stand there.

    For looking at many contents: nothing is copied. A pattern that is not on the whitelist reaches nothing.
    """
    found: list[PublicLine] = []
    _gather(_shown(category.privacy, patterns), content, "", found)
    return found


def mask_name(name: str, mode: MaskMode) -> str:
    """Return a name as `mode` allows: full, surname (张*, 欧阳**), or role (no name at all)."""
    if mode == "full" or not name:
        return name
    if mode == "role":
        return "（个人）"
    kept = 2 if name[:2] in _COMPOUND and len(name) > 2 else 1
    return name[:kept] + "*" * max(1, len(name) - kept)


Tree = dict[str, Any]


@cache
def _tree(patterns: tuple[str, ...]) -> Tree:
    root: Tree = {}
    for pattern in patterns:
        here = root
        for token in pointers.tokens(pattern):
            here = here.setdefault(token, {})
    return root


# What an object or a list holds is public only where it is named itself.
_WHOLE = (dict, list)


class _Branch(Struct, frozen=True):
    """Of an object: the fields that are reached, each with its pattern and masks, and what lies below it."""

    leaves: list[tuple[str, str, tuple[Mask, ...]]]
    below: dict[str, _Branch]


@lru_cache(maxsize=256)
def _shown(privacy: Privacy, patterns: tuple[str, ...]) -> _Branch:
    root = _Branch([], {})
    for pattern in patterns:
        if pattern in privacy.public:
            *path, last = pointers.tokens(pattern)
            here = root
            for token in path:
                here = here.below.setdefault(token, _Branch([], {}))
            masks = tuple(mask for mask in privacy.masks if mask.path == pattern)
            here.leaves.append((last, pattern, masks))
    return root


def _gather(branch: _Branch, here: Any, at: str, found: list[PublicLine]) -> None:
    if isinstance(here, list):
        # Bare texts in a list are one line together.
        every = [pattern for token, pattern, _ in branch.leaves if token == "*"]  # noqa: S105
        bare = [
            (pattern, item) for pattern in every for item in here if not isinstance(item, _WHOLE)
        ]
        if bare:
            found.append(PublicLine(at, bare))
        if (each := branch.below.get("*")) is not None:
            for index, item in enumerate(here):
                _gather(each, item, f"{at}/{index}", found)
        return
    if not isinstance(here, dict):
        return
    fields: list[tuple[str, Any]] = []
    for token, pattern, masks in branch.leaves:
        value = here.get(token)
        if value is None or isinstance(value, _WHOLE):
            continue
        for mask in masks:
            if isinstance(value, str) and (not mask.when or here.get(mask.when)):
                value = mask_name(value, mask.mode)
        fields.append((pattern, value))
    if fields:
        found.append(PublicLine(at, fields))
    for token, below in branch.below.items():
        if token in here:
            _gather(below, here[token], at + pointers.step(token), found)


def _pruned(value: Any, allowed: Tree) -> Any:
    if isinstance(value, dict):
        return {k: _pruned(v, allowed[k]) for k, v in value.items() if k in allowed}
    if isinstance(value, list):
        return [_pruned(v, allowed["*"]) for v in value] if "*" in allowed else []
    return value


def _mask(shown: dict[str, Any], content: Mapping[str, Any], mask: Mask) -> None:
    where, _, key = mask.path.rpartition("/")
    for pointer, whole in pointers.find(content, where):
        # `when` is not public itself: it is looked up in the whole content.
        if mask.when and not (isinstance(whole, dict) and whole.get(mask.when)):
            continue
        parent = pointers.get(shown, pointer)
        if isinstance(parent, dict) and isinstance(parent.get(key), str):
            parent[key] = mask_name(parent[key], mask.mode)
