"""Every public page as HTML: pure functions from what a query answers to the finished text.

A page is readable before and without any script; the scripts that follow find what they need in its elements.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct, field

from server.rules.inquiry_handling import MOST_WORDS, RATINGS
from server.rules.short_links import PaperMark
from server.web import page_cards as cards
from server.web import page_sheet
from server.web.assets import Assets
from server.web.page_charts import charts
from server.web.page_course import course
from server.web.page_window import day_counter, window_bar
from server.web.page_words import TAGS, Lang, View, Words, day_of, foreign, unbroken
from server.web.poster_layout import Poster

TEMPLATES: Final = Path(__file__).parent / "templates"
OPEN_SHEETS: Final = 2
MISSING_SHOWN: Final = 3
_NARROWED_BY: Final = ("categories", "years", "divisions")
LANG_COOKIE: Final = "lang"
VIEW_COOKIE: Final = "view"

Page = Any
"""What a query answers: a dataclass, a Struct, or the same as a dictionary."""


class Screen(Struct, frozen=True):
    """For whom, when and where a page is shown; `path` is the path that was asked, with its query."""

    lang: Lang
    now: datetime
    assets: Assets = field(default_factory=Assets)
    view: View = "normal"
    path: str = "/"
    public_url: str = ""
    demo: bool = False
    # Whether a picture can be painted for a shared address: it takes a Chinese font.
    pictures: bool = False

    def picture(self, path: str, edition: int = 0) -> str | None:
        """The path of the picture that a chat shows beside a shared page; chats keep one for each address."""
        said = {"lang": self.lang} if self.lang != "zh" else {}
        asked = urlencode(said | ({"edition": str(edition)} if edition else {}))
        return f"{path}/card.png{f'?{asked}' if asked else ''}" if self.pictures else None

    @property
    def own_path(self) -> str:
        """The path without the reader's choices: the same page for everybody."""
        return _without(self.path, {"lang", "view"})

    @property
    def address(self) -> str:
        """This page's full address, as it is shared: who gets it scanned no paper."""
        return f"{self.public_url.rstrip('/')}{_without(self.own_path, {'paper'})}"

    def switched(self, **query: str) -> str:
        """The same page in another language or size."""
        path = self.own_path
        return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}"


def _without(path: str, names: set[str]) -> str:
    path, _, query = path.partition("?")
    kept = [(k, v) for k, v in parse_qsl(query) if k not in names]
    return f"{path}?{urlencode(kept)}" if kept else path


# ---------------------------------------------------------------- the pages


def render_village(page: Page, screen: Screen) -> str:
    """/v/{code}: what is open, what is missing, what is new, the board, the year."""
    data = plain(page)
    words = Words(screen.lang, screen.now)
    objections = [c for c in data["open"] if cards.objection(c)]
    return _render(
        "village.html",
        screen,
        words,
        page=data,
        sheets=[(c, day_counter(c, words)) for c in objections[:OPEN_SHEETS]],
        more_open=objections[OPEN_SHEETS:],
        missing=data["missing"][:MISSING_SHOWN],
        more_missing=data["missing"][MISSING_SHOWN:],
        accounts=next(
            (c for c in data["latest"] if c.get("figures") and c.get("wording") == "disclose"), None
        ),
        image=data["boards"][0]["sha256"] if data["boards"] else None,
        picture=screen.picture(f"/v/{data['division']['code']}"),
    )


def render_disclosure(page: Page, screen: Screen, paper: PaperMark | None = None) -> str:
    """/d/{id}: one notice, whole. `paper`: what is said to whoever came here by scanning a sheet on the wall."""
    data = plain(page)
    words = Words(screen.lang, screen.now)
    card = data["card"]
    fixed = cards.objection(card)
    photos = data.get("photos") or []
    boards = [p for p in photos if p.get("role") == "board"]
    return _render(
        "disclosure.html",
        screen,
        words,
        page=data,
        card=card,
        fixed=fixed,
        paper=paper,
        edition=data.get("edition") or card["edition"],
        newest=max((e["number"] for e in data["editions"] if e.get("number")), default=None),
        bar=window_bar(data["window"], words, fixed=fixed, large=screen.view == "elder"),
        sections=_sections(data, words, _by_line(data)),
        charts=charts(data.get("trend") or [], words),
        course=course(data),
        boards=boards,
        vouchers=[p for p in photos if p.get("role") != "board"],
        hides_at=card.get("hides_at"),
        image=boards[0]["sha256"] if boards else None,
        picture=screen.picture(f"/d/{card['disclosure_id']}", card["edition"])
        if data.get("sheet")
        else None,
    )


def render_poster(
    page: Page, screen: Screen, poster: Poster, sheets: list[Any], ahead: datetime | None = None
) -> str:
    """/d/{id}/poster: the sheets for the wall as they are printed; `sheets`: the groups of lines of each.

    `ahead`: when it opens, where people at work print it before.
    """
    return _render(
        "poster.html",
        screen,
        page=plain(page),
        poster=poster,
        sheets=sheets,
        preview=poster.preview,
        ahead=ahead,
        has_entries=_has_entries(page),
        # Nothing of it is anybody's text: external/qr_codes.py drew it.
        code=Markup(poster.code),  # noqa: S704
        hides_at=page.card.hides_at,
    )


def _has_entries(page: Page) -> bool:
    sections = page.sheet.sections if page.sheet else ()
    return any(row.entries for s in sections if s.kind == "sum" for row in s.rows)


def render_editions(page: Page, screen: Screen) -> str:
    """/d/{id}/editions: every edition with its time and reason; `page` = {card, division, items, problem}.

    `problem`: why another edition that was asked for is not shown; nobody is looking at one of them then.
    """
    data = plain(page)
    edition = None if data.get("problem") else data["card"]["edition"]
    return _render("editions.html", screen, page=data, edition=edition)


def render_plan(page: Page, screen: Screen) -> str:
    """/d/{id}/plan: an account beside the year's plan, heading by heading; `page` is a DisclosurePage with a plan."""
    data = plain(page)
    return _render("plan.html", screen, page=data, hides_at=data["card"].get("hides_at"))


def render_difference(page: Page, screen: Screen) -> str:
    """/d/{id}/difference: what changed, line by line.

    `page` = {card, division, before, after, reason, changes, editions, hides_at}; before, after: edition lines.
    """
    data = plain(page)
    return _render("difference.html", screen, page=data, hides_at=data.get("hides_at"))


def render_past(page: Page, screen: Screen) -> str:
    """/v/{code}/past: everything posted; `page` = {division, items, next, took_over, category, categories}."""
    return _render("past.html", screen, page=plain(page))


def render_data(page: Page, screen: Screen) -> str:
    """/v/{code}/data: what can be subscribed to and downloaded; `page` = {division, places, categories, years}."""
    return _render("data.html", screen, page=plain(page))


def render_ask(page: Page, screen: Screen) -> str:
    """/v/{code}/ask: the form; `page` = {division, about, kinds, least, most, due, refused, form}."""
    return _render("ask.html", screen, page=plain(page))


def render_rate(page: Page, screen: Screen) -> str:
    """/d/{id}/rate: five questions; what is filled in, and how it is rated so far.

    `page` = {card, division, ratings, takes_ratings, questions, answers, chosen, kept, refused, form}.
    """
    return _render("rate.html", screen, page=plain(page))


def render_sign(page: Page, screen: Screen) -> str:
    """/q/{id}/sign: sign a topic; `page` = {division, inquiry, kept, refused, form}."""
    return _render("sign.html", screen, page=plain(page))


def render_household(page: Page, screen: Screen) -> str:
    """/v/{code}/household: the form, or what was found; `page` as web/household_pages.py makes it."""
    return _render("household.html", screen, page=plain(page))


def render_followed(
    page: Page, screen: Screen, *, key: str = "", typed: Mapping[str, Any] | None = None
) -> str:
    """/f/{follow}: an inquiry as its sender reads it; `key`: what a browser needs to be told of the answer.

    `typed`: a rating that was refused, {rating, words, refused}.
    """
    return _render(
        "followed.html",
        screen,
        page=plain(page),
        push_key=key,
        ratings=[(key, name.as_dict()) for key, name in RATINGS.items()],
        most=MOST_WORDS,
        typed=typed or {"rating": "", "words": "", "refused": None},
    )


def render_slip(slip: Page, inquiry_id: str, screen: Screen) -> str:
    """/desk/inquiries/{id}/{slip}: one slip of the desk on A4."""
    return _render("slip.html", screen, slip=plain(slip), inquiry_id=inquiry_id)


def render_circular(page: Page, screen: Screen, template: str = "circular.html") -> str:
    """/desk/circulars/{circular}: a circular on A4, its values as words already; by another template a letter."""
    return _render(template, screen, page=page)


def render_follow(page: Page, screen: Screen, *, key: str) -> str:
    """/v/{code}/follow: what a phone can be told of; `page` = {division, categories}, `key` as above."""
    return _render("follow.html", screen, page=plain(page), push_key=key)


def render_stop(page: Page, screen: Screen, *, ended: bool) -> str:
    """/u/{ticket}: a button that ends a subscription, or that it ended; `page` = {division, answer}."""
    return _render("stop.html", screen, page=plain(page), ended=ended)


def render_inquiries(page: Page, screen: Screen) -> str:
    """/v/{code}/answers: what was asked in a village; `page` = {division, items, next}."""
    return _render("inquiries.html", screen, page=plain(page))


def render_inquiry(page: Page, screen: Screen) -> str:
    """/q/{id}: one inquiry; `page` = {division, inquiry}."""
    return _render("inquiry.html", screen, page=plain(page))


def render_choose(page: Page, screen: Screen) -> str:
    """/: search and tree; `page` = {q, items, place, ancestors, children}; items None: no search.

    `children` lie under `place`, or at the top where there is no place.
    """
    return _render("choose.html", screen, page=plain(page))


def render_search(found: Page, screen: Screen, to: Callable[..., str]) -> str:
    """/search: a box, what was found, and how it spreads; `found` is web/search.py's Shown.

    `to` gives the address of the same search with something changed.
    """
    data = plain(found)
    facets = (data["result"] or {}).get("facets") or {}
    chosen = data["category"] or data["year"]
    narrow = bool(chosen) or any(len(facets.get(k, ())) > 1 for k in _NARROWED_BY)
    return _render("search.html", screen, found=data, to=to, narrow=narrow and bool(data["result"]))


def render_problem(problem: Page, screen: Screen, division: Page | None = None) -> str:
    """A refusal as a page: `problem` = {status, slug, title, detail}, both texts in two languages."""
    return _render(
        "problem.html",
        screen,
        problem=plain(problem),
        division=plain(division) if division is not None else None,
    )


def render_elsewhere(page: Page, problem: Page, screen: Screen) -> str:
    """/v/{code} of no village that stands: what took its place, a search, and who is near; `page` = Elsewhere."""
    return _render("elsewhere.html", screen, page=plain(page), problem=plain(problem))


def render_offline(screen: Screen) -> str:
    """/offline: what the service worker shows when it has kept nothing for an address."""
    return _render("offline.html", screen)


def render_staff_shell(screen: Screen) -> str:
    """/app and below: the empty page in which the staff screens start."""
    return _render("staff.html", screen)


def render_kiosk_shell(screen: Screen) -> str:
    """/kiosk: the empty page in which a query point starts."""
    return _render("kiosk.html", screen)


# ---------------------------------------------------------------- the press


def embedded(data: object) -> Markup:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, safe in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, safe)
    return Markup(text)  # noqa: S704  every '<' is escaped above


def plain(page: Page) -> dict[str, Any]:
    """A query's answer as the JSON of the API: the templates see one shape only."""
    made: dict[str, Any] = msgspec.to_builtins(page)
    return made


def _by_line(data: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in data.get("inquiries") or []:
        if each["pointer"]:
            found.setdefault(each["pointer"], []).append(each)
    return found


def _sections(
    data: Mapping[str, Any], words: Words, asked: page_sheet.Asked | None = None
) -> list[dict[str, Any]]:
    sheet = data.get("sheet") or {}
    period = str(data["card"].get("period") or "")
    made: list[dict[str, Any]] = []
    for section in sheet.get("sections") or []:
        kind = section["kind"]
        body: object = section
        if kind == "sum":
            body = page_sheet.account(section, period, words, asked)
        elif kind == "table":
            body = page_sheet.grid(section, words, asked)
        made.append({"kind": kind, "body": body})
    return made


def _render(template: str, screen: Screen, words: Words | None = None, **values: Any) -> str:
    words = words or Words(screen.lang, screen.now)
    values.setdefault("page", None)
    values.setdefault("image", None)
    values.setdefault("picture", None)
    values.setdefault("hides_at", None)
    page = _press().get_template(template).render(s=screen, w=words, t=words.say, **values)
    # A poster's lines were broken when it was laid out.
    return page if words.lang == "en" or template == "poster.html" else unbroken(page)


@cache
def _press() -> Environment:
    press = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    press.filters.update(foreign=foreign, embedded=embedded, titled=cards.titled)
    press.globals.update(
        day_of=day_of,
        village_address=cards.address,
        objection=cards.objection,
        ends=cards.ends,
        last_day=cards.last_day,
        publisher=cards.publisher,
        lang_tags=TAGS,
        lang_cookie=LANG_COOKIE,
        view_cookie=VIEW_COOKIE,
    )
    return press
