"""The words of the public pages: one catalogue per language, dates in Shanghai, amounts in yuan."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from markupsafe import Markup, escape
from msgspec import Struct

from server.rules.periods import SHANGHAI
from server.rules.places import CLOSED

Lang = Literal["zh", "en"]
View = Literal["normal", "elder"]

MESSAGES: Final = Path(__file__).parent / "messages"
FILES: Final[Mapping[Lang, str]] = {"zh": "zh-CN.json", "en": "en.json"}
TAGS: Final[Mapping[Lang, str]] = {"zh": "zh-CN", "en": "en"}
ISLAND_KEYS: Final = "island."

_WEEKDAYS: Final[Mapping[Lang, str]] = {"zh": "一二三四五六日", "en": "Mon Tue Wed Thu Fri Sat Sun"}
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_LONG_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
# The end of a Chinese date in text that is read, no attribute; what stands before it; what holds no markup. Each begins or
# ends with a sign that is found at once: one pattern for all three would be tried at every letter of the page.
_DATE_ENDS: Final = re.compile(r"月\d{1,2}日(?=[^<>]*<)")
_DATE_BEGINS: Final = re.compile(r"(?:\d{4}年)?\d{1,2}$")
_NO_MARKUP: Final = re.compile(r"<(script|title|svg|option|textarea)\b.*?</\1>", re.DOTALL)
_PERIOD: Final = re.compile(r"^(\d{4})(?:-(\d\d)|Q([1-4])|H([12]))?$")


@cache
def catalogue(lang: Lang) -> Mapping[str, Any]:
    """Every message of one language."""
    loaded: dict[str, Any] = json.loads((MESSAGES / FILES[lang]).read_text(encoding="utf-8"))
    return loaded


@cache
def _island(lang: Lang) -> dict[str, str]:
    cut = len(ISLAND_KEYS)
    return {k[cut:]: v for k, v in catalogue(lang).items() if k.startswith(ISLAND_KEYS)}


def choose_lang(asked: str | None, kept: str | None, accepted: str | None) -> Lang:
    """`?lang=` wins over the cookie, the cookie over Accept-Language; Chinese when nobody says."""
    for said in (asked, kept):
        if said and said.lower().startswith("zh"):
            return "zh"
        if said and said.lower().startswith("en"):
            return "en"
    best: tuple[float, Lang] = (0.0, "zh")
    for part in (accepted or "").split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        if tag.startswith("zh") and quality > best[0]:
            best = (quality, "zh")
        elif tag.startswith("en") and quality > best[0]:
            best = (quality, "en")
    return best[1]


def choose_view(asked: str | None, kept: str | None) -> View:
    """`?view=` wins over the cookie."""
    return "elder" if (asked or kept) == "elder" else "normal"


def grouped(fen: int) -> str:
    """1234 -> '12.34' with thousands separated; the minus is a real minus sign."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'−' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def moment(value: str | datetime) -> datetime:
    """An ISO time as the API writes it, on the clock of Shanghai."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.astimezone(SHANGHAI)


def day_of(value: str | date) -> date:
    """A plain date, or the Shanghai date of a time."""
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value):
        return moment(value).date()
    return date.fromisoformat(value) if isinstance(value, str) else value


class Words(Struct, frozen=True):
    """What a page says, in one language, on one day."""

    lang: Lang
    now: datetime

    @property
    def tag(self) -> str:
        """The page's `lang` attribute."""
        return TAGS[self.lang]

    @property
    def other(self) -> Lang:
        """The language that the switch leads to."""
        return "en" if self.lang == "zh" else "zh"

    @property
    def today(self) -> date:
        """Today in Shanghai."""
        return moment(self.now).date()

    def say(self, key: str, /, **values: object) -> str:
        """The message of that key; `n` chooses between one and many where the language does."""
        message = catalogue(self.lang)[key]
        if isinstance(message, dict):
            message = message.get("one" if values.get("n") == 1 else "other", message["other"])
        return str(message.format(**values)) if values else str(message)

    def many(self, key: str) -> list[str]:
        """A message that is a list of words."""
        return list(catalogue(self.lang)[key])

    def island(self) -> dict[str, str]:
        """The messages that the page's scripts speak with."""
        return _island(self.lang)

    def text(self, value: Mapping[str, str] | str | None) -> str:
        """A bilingual text in this language."""
        if value is None:
            return ""
        return value if isinstance(value, str) else (value.get(self.lang) or value.get("zh", ""))

    # ---- dates

    def long_day(self, value: str | date) -> str:
        """2026年10月15日（周四） / Thu, 15 October 2026"""
        d = day_of(value)
        if self.lang == "zh":
            return f"{d.year}年{d.month}月{d.day}日（周{_WEEKDAYS['zh'][d.weekday()]}）"
        return (
            f"{_WEEKDAYS['en'].split()[d.weekday()]}, {d.day} {_LONG_MONTHS[d.month - 1]} {d.year}"
        )

    def day(self, value: str | date) -> str:
        """10月15日, with the year when it is another year's."""
        d = day_of(value)
        if self.lang == "zh":
            year = "" if d.year == self.today.year else f"{d.year}年"
            return f"{year}{d.month}月{d.day}日"
        return f"{d.day} {_MONTHS[d.month - 1]}{'' if d.year == self.today.year else f' {d.year}'}"

    def time(self, value: str | datetime) -> str:
        """10月15日 8:26"""
        return f"{self.day(moment(value).date())} {self.clock(value)}"

    def clock(self, value: str | datetime) -> str:
        """8:26"""
        m = moment(value)
        return f"{m.hour}:{m.minute:02d}"

    def day_and_time(self, value: str | datetime) -> str:
        """2026年10月16日（周五）9:41"""
        joint = "" if self.lang == "zh" else ", "
        return f"{self.long_day(moment(value).date())}{joint}{self.clock(value)}"

    def month(self, value: str | date) -> str:
        """The small word under a big day number: 10月 / Oct."""
        d = day_of(value)
        return f"{d.month}月" if self.lang == "zh" else _MONTHS[d.month - 1]

    # ---- numbers

    def yuan(self, fen: int) -> str:
        """¥1,234.56"""
        return f"−¥{grouped(-fen)}" if fen < 0 else f"¥{grouped(fen)}"

    def amount(self, fen: int | None) -> Markup:
        """A cell of a money table: the figure alone; below zero also in a word."""
        if fen is None:
            return Markup("")
        if fen >= 0:
            return Markup(grouped(fen))  # noqa: S704  only digits, commas and a dot
        return Markup('<span class="neg"><small>{}</small> {}</span>').format(
            self.say("negative"), grouped(fen)
        )

    def value(self, raw: object, kind: str) -> Markup | str:
        """A cell of any kind as it is read."""
        if raw is None or raw == "":
            return ""
        if kind == "money" and isinstance(raw, int):
            return self.amount(raw)
        if kind == "date" and isinstance(raw, str):
            return self.day(raw)
        if isinstance(raw, bool):
            return self.say("yes" if raw else "no")
        if kind in {"int", "number"} and isinstance(raw, int):
            return f"{raw:,}".replace("-", "−")
        if isinstance(raw, dict) and "zh" in raw:
            return self.text(raw)
        return str(raw)

    def figure(self, raw: object, kind: str | None) -> Markup | str:
        """A value that stands alone, outside a table: money with its sign."""
        if kind == "money" and isinstance(raw, int):
            return self.yuan(raw)
        return self.value(raw, kind or "text")

    def points(self, names: Iterable[str]) -> str:
        """The names of review points, joined."""
        return self.say("and").join(self.say(f"point.{name}") for name in names)

    def signatory(self, review: Mapping[str, Any]) -> str:
        """Who signed, with the post in which they did."""
        name: str = review["reviewer_name"]
        post = review.get("post")
        return self.say("signed.post", name=name, post=post) if post else name

    def planned(self, plan: Mapping[str, Any]) -> str:
        """How far the year's plan was carried out, group by group: 2026年计划：收入完成 89%，支出用了 70%。"""
        groups = [row for row in plan["rows"] if row["level"] == "group"]
        said = [
            self.say(f"plan.{_carried_out(row)}", name=row["label"], used=row["used"])
            for row in groups
            if row["used"] is not None
        ]
        # What was planned first; what was not stands at the end, as an amount.
        said += [
            self.say("plan.beyond", name=row["label"], amount=self.yuan(row["unplanned"]))
            for row in groups
            if row["unplanned"]
        ]
        return self.say("plan.sentence", year=plan["year"], groups=self.say("plan.and").join(said))

    # ---- periods

    def short_period(self, key: str) -> tuple[str, str]:
        """('三季', '2026年') for '2026Q3': what stands under a bar, and its year."""
        found = _PERIOD.match(key)
        if found is None:
            return key, ""
        year, month, quarter, half = found.groups()
        year_word = self.say("chart.y", n=year)
        if month:
            return self.many("chart.m")[int(month) - 1], year_word
        if quarter:
            return self.many("chart.q")[int(quarter) - 1], year_word
        if half:
            return self.many("chart.h")[int(half) - 1], year_word
        return year_word, ""

    def cadence(self, key: str) -> str:
        """Which set of column heads fits: month, quarter, half, year or other."""
        found = _PERIOD.match(key)
        if found is None:
            return "other"
        _, month, quarter, half = found.groups()
        return "month" if month else "quarter" if quarter else "half" if half else "year"


def _carried_out(row: Mapping[str, Any]) -> str:
    return "exceeded" if row["over"] else "spent" if row["paid"] else "done"


def foreign(value: Mapping[str, str] | str | None, words: Words) -> Markup | str:
    """Chinese names on an English page are marked, so that a screen reader changes its voice."""
    said = words.text(value)
    if words.lang == "zh" or said.isascii() or not _CHINESE.search(said):
        return said
    name, mark = said.removesuffix(CLOSED.zh), CLOSED.en if said.endswith(CLOSED.zh) else ""
    return Markup('<span lang="zh-CN">{}</span>{}').format(escape(name), mark)


def unbroken(page: str) -> str:
    """A page in which no line ends inside a date: between 12 and 月 a browser would break like anywhere else."""
    shut = [found.span() for found in _NO_MARKUP.finditer(page)]
    made, at = [], 0
    for end in _DATE_ENDS.finditer(page):
        begin = _DATE_BEGINS.search(page, max(at, end.start() - len("2026年12")), end.start())
        if begin is None or any(first < end.start() < last for first, last in shut):
            continue
        date = page[begin.start() : end.end()]
        made += [page[at : begin.start()], "<one-line>", date, "</one-line>"]
        at = end.end()
    return "".join([*made, page[at:]])
