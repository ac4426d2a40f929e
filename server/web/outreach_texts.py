"""The ready texts of a notice over HTTP, and the letter as a page to print on A4."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.external.qr_codes import qr_svg
from server.rules.cards import last_day
from server.rules.categories import office_phones
from server.rules.disclosure_pages import DisclosurePage
from server.rules.outreach_texts import Notice, Script, chat, letter, messages, script
from server.rules.periods import local_date
from server.rules.values import Lang
from server.storage import short_links
from server.web import page_cards, pages
from server.web.answers import public_url, screen_of
from server.web.asking import Answer, Ask
from server.web.disclosures import page_of
from server.web.inquiry_pages import PRIVATE
from server.web.poster_content import phone_of
from server.web.reading import HTML
from server.web.wire import In


class TextMessage(Struct, frozen=True):
    """A text message: `units` of `room` in `parts`, counted in an `alphabet`; `complete`: nothing was left out."""

    text: str
    alphabet: str
    units: int
    room: int
    parts: int
    complete: bool


class ReadyTexts(Struct, frozen=True):
    """The texts that tell people of a notice; the letter is printed from its own address."""

    disclosure_id: str
    title: str
    division: str
    messages: tuple[TextMessage, ...]
    script: Script
    chat: str
    link: str
    letter: str


class TextQuery(In):
    """In which language people are told, whatever the language of whoever asks."""

    text: Lang = "zh"


async def get_texts(ask: Ask) -> ReadyTexts:
    """The ready texts of a notice that is public, in the language asked for."""
    lang = ask.query.text
    page, notice = await _notice(ask)
    made = [
        TextMessage(
            each.text,
            each.length.alphabet,
            each.length.units,
            each.length.room,
            each.length.parts,
            each.complete,
        )
        for each in messages(notice, lang)
    ]
    return ReadyTexts(
        disclosure_id=page.card.disclosure_id,
        title=notice.title,
        division=page.division.code,
        messages=tuple(made),
        script=script(notice, lang),
        chat=chat(notice, lang),
        link=notice.link,
        letter=f"/desk/letters/{page.card.disclosure_id}",
    )


async def letter_page(ask: Ask) -> Answer:
    """/desk/letters/{id}: a letter to households about a notice, on A4, with places for a seal and the day."""
    page, notice = await _notice(ask)
    html = pages.render_circular(
        {
            "letter": letter(notice, ask.lang),
            # Nothing of it is anybody's text: external/qr_codes.py drew it.
            "code": Markup(qr_svg(notice.link.upper(), border=0)),  # noqa: S704
            "title": notice.title,
            "back": f"/app/tell/{page.card.disclosure_id}",
        },
        replace(screen_of(ask.request, ask.now), lang=ask.lang),
        "letter.html",
    )
    return Answer(html, media_type=HTML, cache="no-store", headers=PRIVATE)


async def _notice(ask: Ask) -> tuple[DisclosurePage, Notice]:
    """Return what the public reads of a notice, and what is told of it. Raises not_found, notice_ended, notice_no_longer_public, not_allowed."""
    ask.lang = ask.query.text
    page = await page_of(ask, ask.path["id"], None)
    ask.must("see_outreach", page.division.code)
    if page.sheet is None:
        raise problems.not_found()
    card = page.card
    signs = await short_links.of(ask.db, card.disclosure_id)
    address = f"{public_url(ask.request)}{f'/s/{signs}' if signs else f'/C/{card.short}'}"
    ends = card.comes_down_at or card.must_stay_until
    last = last_day(ends) if ends else None
    # What has hung long enough can still be read: nobody is told of a day that has passed.
    over = last is not None and last < local_date(ask.now)
    return page, Notice(
        publisher=page_cards.publisher(
            {"publisher": card.publisher},
            {
                "code": page.division.code,
                "name": page.division.name,
                "path": page.division.path,
            },
        ),
        title=card.title,
        consulting=card.wording == "consult",
        sentences=page.sentences,
        first=local_date(card.opened_at) if card.opened_at else None,
        last=None if over else last,
        link=address,
        phone=phone_of(page, office_phones(ask.house.book.categories[card.category])),
    )
