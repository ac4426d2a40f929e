"""Bars and lines as plain numbers for an SVG: what is drawn, never how it is coloured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from server.web.page_words import Words

WIDTH, PLOT, FLOOR, TOP = 328.0, 282.0, 150.0, 14.0
LINE_FLOOR, LINE_TOP = 96.0, 30.0
MOST = 8


class Group(Struct, frozen=True):
    """One period: two bars and a name."""

    x: float
    width: float
    income_y: float
    expense_y: float
    name: str
    last: bool


class Span(Struct, frozen=True):
    """The stretch of bars that belongs to one year."""

    x1: float
    x2: float
    name: str


class Charts(Struct, frozen=True):
    """Everything the two drawings of a disclosure page need."""

    groups: list[Group]
    years: list[Span]
    grid: list[tuple[float, str]]
    line: str
    dots: list[tuple[float, float]]
    say: str
    closing_say: str
    rows: list[tuple[str, int, int, int]]


def charts(trend: Sequence[dict[str, Any]], words: Words) -> Charts | None:
    """Nothing is drawn for fewer than two periods: one bar explains nothing."""
    points = [p for p in trend if p.get("income") is not None and p.get("expense") is not None]
    points = points[-MOST:]
    if len(points) < 2:
        return None
    top, step = _scale(max(max(p["income"], p["expense"], 0) for p in points))
    slot = PLOT / len(points)
    bar = min(17.0, slot * 0.3)

    def y(fen: int) -> float:
        return round(FLOOR - max(fen, 0) / top * (FLOOR - TOP), 1)

    groups: list[Group] = []
    years: list[Any] = []
    names: list[tuple[Any, Any]] = []
    for i, p in enumerate(points):
        name, year = words.short_period(p["period"])
        names.append((name, year))
        x = round(slot * i + slot / 2 - bar - 1.5, 1)
        last = i == len(points) - 1
        groups.append(Group(x, round(bar, 1), y(p["income"]), y(p["expense"]), name, last))
        left, right = round(slot * i + 6, 1), round(slot * (i + 1) - 6, 1)
        if year and years and years[-1].name == year:
            years[-1] = Span(years[-1].x1, right, year)
        elif year:
            years.append(Span(left, right, year))
    grid = [(y(int(step * k)), _axis(step * k, words)) for k in range(int(top // step) + 1)]
    full = ["".join(n[::-1]) if words.lang == "zh" else " ".join(n).strip() for n in names]
    closing = [int(p.get("closing") or 0) for p in points]
    low, high = min(closing), max(closing)
    dots = [
        (
            round(slot * i + slot / 2, 1),
            round(LINE_FLOOR - (c - low) / ((high - low) or 1) * (LINE_FLOOR - LINE_TOP) - 8, 1),
        )
        for i, c in enumerate(closing)
    ]
    line = "M" + " L".join(f"{x} {y_}" for x, y_ in dots)
    first, last_p = points[0], points[-1]
    say = words.say(
        "chart.say",
        first=full[0],
        last=full[-1],
        a=words.yuan(first["income"]),
        b=words.yuan(last_p["income"]),
        c=words.yuan(first["expense"]),
        d=words.yuan(last_p["expense"]),
    )
    closing_say = words.say(
        "chart.closing.say",
        first=full[0],
        last=full[-1],
        a=words.yuan(closing[0]),
        b=words.yuan(closing[-1]),
    )
    rows = [
        (name, int(p["income"]), int(p["expense"]), c)
        for name, p, c in zip(full, points, closing, strict=True)
    ]
    return Charts(groups, years, grid, line, dots, say, closing_say, rows)


def _scale(most: int) -> tuple[float, float]:
    """A round top above the tallest bar, and the step between its two or three lines."""
    unit = 1.0
    while unit * 10 <= most:
        unit *= 10
    for step in (0.5, 1.0, 2.5, 5.0):
        for lines in (2, 3):
            if unit * step * lines >= most:
                return unit * step * lines, unit * step
    return unit * 10, unit * 5


def _axis(fen: float, words: Words) -> str:
    if fen == 0:
        return "0"
    if words.lang == "en":
        return (
            words.say("chart.wan", n=f"{fen / 100_000:g}") if fen >= 100_000 else f"{fen / 100:g}"
        )
    if fen >= 1_000_000:
        return words.say("chart.wan", n=f"{fen / 1_000_000:g}")
    return f"{fen / 100:,.0f}"
