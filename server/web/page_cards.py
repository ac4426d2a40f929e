"""What a page asks of a notice card beyond its fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from markupsafe import Markup

from server.rules.divisions import VILLAGE_DIGITS, is_group
from server.web.page_words import Words, day_of, foreign, moment

_ABOVE: Final[Mapping[str, int]] = {"township": 1, "county": 2}


def objection(card: Mapping[str, Any]) -> bool:
    """Whether the notice is a decision that is still open to objection (公示), not routine (公开)."""
    return card.get("wording") == "consult"


def ends(card: Mapping[str, Any]) -> str | None:
    """The instant at which the posting ends, or may end."""
    found: str | None = card.get("comes_down_at") or card.get("must_stay_until")
    return found


def last_day(exclusive: str) -> date:
    """The last whole day before an instant at which a posting ends."""
    return day_of(moment(exclusive) - timedelta(microseconds=1))


def publisher(card: Mapping[str, Any], division: Mapping[str, Any]) -> str:
    """Who posts: the village itself or its group, or the township or county above it."""
    who = str(card.get("publisher") or "village")
    if who == "village":
        return str(division["name"])
    above = _ABOVE.get(who)
    if above is not None and is_group(str(division.get("code", ""))):
        above += 1
    path = division.get("path") or []
    return str(path[-above]) if above and len(path) >= above else who


def address(code: str) -> str:
    """Where a division of any level is read: a village and a group have a page, a township a list."""
    if is_group(code) or (len(code) == VILLAGE_DIGITS and not code.endswith("000")):
        return f"/v/{code}"
    return f"/?in={code}"


def titled(card: Mapping[str, Any], words: Words) -> Markup | str:
    """The title as a heading; a Chinese one breaks between period and subject, not inside a word."""
    title, period = words.text(card["title"]), words.text(card.get("period_label"))
    if words.lang != "zh" or not period or not title.startswith(period) or title == period:
        return foreign(card["title"], words)
    phrase = Markup('<span class="phrase">{}</span>')
    return phrase.format(period) + phrase.format(title[len(period) :])
