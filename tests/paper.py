"""Posters of the categories' own good examples, without a database: for tests of the layout and of its painters."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from server.rules.cards import NoticeCard, short_code
from server.rules.categories import Category
from server.rules.disclosure_pages import (
    Clocks,
    DisclosurePage,
    EditionLine,
    ReviewLine,
    WindowView,
)
from server.rules.periods import label, local_date, parse_period
from server.rules.places import Place
from server.rules.poster_formats import PaperSize, Way, format_of
from server.rules.privacy import public_content
from server.rules.reviewing import BODIES
from server.rules.sheets import sheet_for
from server.rules.short_links import notice_signs, sheet_signs
from server.rules.values import Lang, Text
from server.web.catalogue import Catalogue, read_categories
from server.web.page_words import Words
from server.web.poster_layout import Poster, poster_of
from tests.cast import VILLAGE_A, at

DISCLOSURE = "01990000-0000-7000-8000-000000000007"
OPENED = at("2026-10-09 09:00+08:00")
ORIGIN = "http://gongshi.test"
HASH = "sha256:" + "7" * 64
SIGNS = sheet_signs(notice_signs(DISCLOSURE), 2, HASH)


@cache
def catalogue() -> Catalogue:
    return read_categories(Path("schemas"))


def example(category: str, name: str) -> dict[str, Any]:
    """Return the content of a good example of a category."""
    path = Path("schemas/categories") / category / "examples/v1" / f"good-{name}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))["content"]
    return found


def page_of(
    key: str, content: dict[str, Any], lang: Lang = "zh", period: str = "2026Q3"
) -> DisclosurePage:
    """Return the public page of a content: edition 2 of village A's, reviewed by 李四."""
    category = catalogue().categories[key]
    when = parse_period(period)
    sheet = sheet_for(
        category,
        catalogue().papers[key, 1].view,
        public_content(category, content),
        lang,
        period=when,
    )
    card = NoticeCard(
        disclosure_id=DISCLOSURE,
        short=short_code(DISCLOSURE),
        title=sheet.title,
        category=key,
        category_name=category.name,
        icon=category.icon,
        publisher=category.publisher,
        wording=category.wording,
        period=period,
        period_label=label(when),
        stage="open",
        opened_at=OPENED,
        first_opened_at=OPENED,
        must_stay_until=OPENED + timedelta(days=10),
        comes_down_at=None,
        hides_at=None,
        days_left=10,
        verdict="on_time",
        late_days=0,
        edition=2,
        corrected=1,
        figures=(),
        photo=None,
    )
    return DisclosurePage(
        card=card,
        division=Place(
            VILLAGE_A, "红河村", "village", ("宁夏回族自治区", "固原市", "彭阳县", "红河镇")
        ),
        sheet=sheet,
        sentences=(),
        window=WindowView(
            local_date(OPENED),
            local_date(OPENED),
            OPENED,
            None,
            None,
            False,
            local_date(OPENED),
            Text("", ""),
        ),
        edition=2,
        editions=(
            EditionLine(2, OPENED, "水电费写错", "approved", HASH),
            EditionLine(1, OPENED, None, "approved", HASH),
        ),
        reviews=(ReviewLine(OPENED, "李四", "supervisor", BODIES["supervisor"], None, {}),),
        photos=(),
        clocks=Clocks(OPENED, None, None, OPENED, OPENED),
        content_hash=HASH,
        submitted_by_name="张三",
        previous_id=None,
        last_year_id=None,
        trend=(),
        plan=None,
        explanation=None,
        inquiries=(),
        ratings=None,
        takes_ratings=False,
        withdrawn=None,
        changes_at=None,
        demo=False,
    )


def poster(
    page: DisclosurePage,
    paper: PaperSize = "a4",
    way: Way = "portrait",
    lang: Lang = "zh",
    *,
    entries: bool = False,
) -> Poster:
    """Return the poster of a page."""
    category: Category = catalogue().categories[page.card.category]
    words = Words(lang, OPENED)
    return poster_of(
        page, category, format_of(paper, way), words, origin=ORIGIN, short=SIGNS, entries=entries
    )


def roster(households: int) -> dict[str, Any]:
    """Return a relief notice of so many households, its totals added up."""
    content = example("dibao_preliminary", "three-households")
    first = content["households"][0]
    content["households"] = [
        {**first, "group": f"{'一二三四五六七八九'[n % 9]}组", "monthly_amount": 46000 + n}
        for n in range(households)
    ]
    content["total"] = {
        "households": households,
        "persons": first["covered_persons"] * households,
        "monthly_amount": sum(46000 + n for n in range(households)),
    }
    return content


def with_figures(page: DisclosurePage, **card: Any) -> DisclosurePage:
    """Return a page whose card is changed."""
    return replace(page, card=replace(page.card, **card))
