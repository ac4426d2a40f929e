"""Where things stand on the bar that shows a posting period, and the cells of a day counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from server.web.page_cards import ends
from server.web.page_words import Words, day_of

MOST_CELLS = 20
LEAST_GAP = {("zh", False): 19.0, ("en", False): 21.0, ("zh", True): 27.0, ("en", True): 24.0}
"""How far apart two labels of one row must stand, in hundredths of the bar on a 360 px phone,
by language and whether the type is large."""


class Mark(Struct):
    """One moment on the bar: its tick stands at `x`, its words around `label_x`."""

    name: str
    word: str
    day: date
    shown: str
    x: float
    label_x: float
    row: str
    anchor: str


class Bar(Struct, frozen=True):
    """A drawn window: marks, the part that has run and the part still to come."""

    marks: list[Mark]
    run: tuple[float, float] | None
    rest: tuple[float, float] | None
    sentence: str


def window_bar(window: Mapping[str, Any], words: Words, *, fixed: bool, large: bool) -> Bar | None:
    """The bar from the first day to the last, with today's mark if today is near."""
    days = {k: day_of(window[k]) for k in ("opens_on", "due_on", "opened_at") if window.get(k)}
    last = window.get("comes_down_at") if fixed else window.get("must_stay_until")
    last = last or window.get("must_stay_until") or window.get("comes_down_at")
    if last:
        # An instant names the midnight after the last day; a plain date is the last day itself.
        days["down"] = day_of(last) - timedelta(days=1 if "T" in str(last) else 0)
    if len(days) < 2:
        return None
    first, end = min(days.values()), max(days.values())
    span = (end - first).days or 1
    today = day_of(window["today"]) if window.get("today") else words.today
    near = first <= today <= end + timedelta(days=max(2, span // 3))
    if near and today > end:
        end, span = today, (today - first).days

    def at(day: date) -> float:
        return round((day - first).days * 100 / span, 2)

    marks = [
        _mark("opens", words.say("win.opens"), days.get("opens_on"), "lo", words, at),
        _mark("posted", words.say("win.posted"), days.get("opened_at"), "hi", words, at),
        _mark("due", words.say("win.due"), days.get("due_on"), "lo", words, at),
        _mark("today", words.say("win.today"), today if near else None, "hi", words, at),
        _mark(
            "down",
            words.say("win.down.fixed" if fixed else "win.down"),
            days.get("down"),
            "lo",
            words,
            at,
        ),
    ]
    shown = [m for m in marks if m is not None]
    for row in ("hi", "lo"):
        _spread([m for m in shown if m.row == row], LEAST_GAP[words.lang, large])
    opened, down = days.get("opened_at"), days.get("down")
    run = rest = None
    if opened is not None and opened <= today:
        reach = min(today, down) if down else today
        run = (at(opened), max(0.0, min(100.0, at(reach)) - at(opened)))
        if down and today < down:
            rest = (at(today), at(down) - at(today))
    elif opened is not None and down:
        rest = (at(opened), at(down) - at(opened))
    said = [
        words.say(
            f"win.say.{m.name}{'.fixed' if fixed and m.name == 'down' else ''}",
            day=words.day(m.day),
        )
        for m in sorted(shown, key=lambda m: m.day)
    ]
    stop = "，" if words.lang == "zh" else "; "
    return Bar(shown, run, rest, stop.join(said))


def _mark(name: str, word: str, day: date | None, row: str, words: Words, at: Any) -> Mark | None:
    if day is None:
        return None
    x = at(day)
    return Mark(name, word, day, words.day(day), x, x, row, "middle")


def _spread(marks: list[Mark], gap: float) -> None:
    """Labels of one row keep their distance; the first and last lean inwards at the ends."""
    marks.sort(key=lambda m: m.x)
    half = gap / 2
    for m in marks:
        if m.x < half:
            m.anchor, m.label_x = "start", 0.0
        elif m.x > 100 - half:
            m.anchor, m.label_x = "end", 100.0
    for m, after in zip(reversed(marks[:-1]), reversed(marks[1:]), strict=True):
        if _left(m, gap) + gap > _left(after, gap):
            _put(m, _left(after, gap) - half)
    free = 0.0  # what a push to the left sent over the edge comes back, and pushes to the right
    for m in marks:
        if _left(m, gap) < free:
            _put(m, free + half)
            if free == 0.0:
                m.anchor, m.label_x = "start", 0.0
        free = _left(m, gap) + gap


def _left(m: Mark, gap: float) -> float:
    return {"start": m.label_x, "middle": m.label_x - gap / 2, "end": m.label_x - gap}[m.anchor]


def _put(m: Mark, middle: float) -> None:
    m.anchor, m.label_x = "middle", round(middle, 2)


class Counter(Struct, frozen=True):
    """The days of an open notice: how many, and which of them is today."""

    total: int
    today: int
    cells: list[str]
    first: date
    last: date


def day_counter(card: Mapping[str, Any], words: Words) -> Counter | None:
    """One cell per day of a notice that is open to objection; none when there would be too many."""
    end = ends(card)
    if not card.get("opened_at") or not end:
        return None
    first = day_of(card["opened_at"])
    last = day_of(end) - timedelta(days=1)
    total = (last - first).days + 1
    today = (words.today - first).days + 1
    if not 2 <= total <= MOST_CELLS or not 1 <= today <= total:
        return None
    cells = ["done" if i < today else "now" if i == today else "" for i in range(1, total + 1)]
    return Counter(total, today, cells, first, last)
