"""The pictures of a shared address: what chats show beside it, and the code that a phone reads off a screen."""

from __future__ import annotations

from functools import partial
from typing import Final

import msgspec

from server import problems
from server.external import qr_codes, share_card
from server.external.poster_pdf import NoChineseFont
from server.external.qr_codes import qr_svg
from server.external.share_card import Card
from server.queries.village_page import VillagePage
from server.rules.disclosure_pages import DisclosurePage
from server.web.asking import Answer, Ask
from server.web.disclosures import division_of, page_of
from server.web.page_cards import last_day, objection
from server.web.page_words import Words
from server.web.posters import painted
from server.web.shelf import Turn, itself, public_answer
from server.web.villages import page_of_village

NEWEST: Final = 3


async def disclosure_card(ask: Ask) -> Answer:
    """/d/{id}/card.png: title, village, totals and days of a notice; nothing of anybody."""
    disclosure_id = ask.path["id"]

    async def make() -> tuple[object, Turn]:
        page = await page_of(ask, disclosure_id, None)
        if page.sheet is None:
            raise problems.not_found()
        return await _painted(ask, _of_disclosure(page, Words(ask.lang, ask.now))), Turn(
            page.changes_at
        )

    return await public_answer(
        ask,
        key=("card", disclosure_id),
        division=partial(division_of, ask, disclosure_id),
        make=make,
        media_type=share_card.MEDIA_TYPE,
        packed=True,
    )


async def disclosure_code(ask: Ask) -> Answer:
    """/d/{id}/code.svg: a QR code that leads to a notice, for whoever reads it on a screen that is not theirs."""
    disclosure_id, origin = ask.path["id"], ask.origin

    async def make() -> tuple[object, Turn]:
        page = await page_of(ask, disclosure_id, None)
        # In capitals it has few modules.
        return qr_svg(f"{origin}/C/{page.card.short}".upper()), Turn(page.changes_at)

    return await public_answer(
        ask,
        key=("code", disclosure_id, origin),
        division=partial(division_of, ask, disclosure_id),
        make=make,
        media_type=qr_codes.MEDIA_TYPE,
    )


async def village_card(ask: Ask) -> Answer:
    """/v/{code}/card.png: a village and its newest notices."""
    code = ask.path["code"]

    async def make() -> tuple[object, Turn]:
        page, turn = await page_of_village(ask, code)
        return await _painted(ask, _of_village(page, Words(ask.lang, ask.now))), turn

    return await public_answer(
        ask,
        key=("village card", code),
        division=partial(itself, code),
        make=make,
        media_type=share_card.MEDIA_TYPE,
        packed=True,
    )


async def _painted(ask: Ask, card: Card) -> bytes:
    """Return a card as a picture. Raises not_found where there is no Chinese font to paint it with."""
    try:
        return await painted(partial(share_card.paint, card, ask.house.settings.fonts))
    except NoChineseFont:
        raise problems.not_found() from None


def _of_disclosure(page: DisclosurePage, words: Words) -> Card:
    card = msgspec.to_builtins(page.card)
    days = []
    if card["opened_at"]:
        days.append(words.say("share.opened", day=words.long_day(card["opened_at"])))
    end = card["comes_down_at"] or card["must_stay_until"]
    if end and card["stage"] == "open":
        key = "share.until.fixed" if objection(card) else "share.until"
        days.append(words.say(key, day=words.long_day(last_day(end))))
    return Card(
        seal=words.say("share.seal.consult" if objection(card) else "share.seal"),
        place=_place(page.division.path, page.division.name, words),
        title=words.text(card["title"]),
        figures=[(words.text(f["label"]), words.yuan(f["amount"])) for f in card["figures"][:3]],
        lines=[words.say("dot").join(days)],
        foot=words.say("site"),
    )


def _of_village(page: VillagePage, words: Words) -> Card:
    opened = {
        c.disclosure_id: (c.opened_at, c.title)
        for c in (*page.open, *page.latest)
        if c.stage != "withdrawn"
    }
    newest = sorted(((at, title) for at, title in opened.values() if at), reverse=True)
    lines = [
        words.say("share.newest", title=title, day=words.day(at)) for at, title in newest[:NEWEST]
    ]
    return Card(
        seal=words.say("share.seal"),
        place=words.say("dot").join(page.division.path[-2:]),
        title=page.division.name,
        figures=(),
        lines=lines or [words.say("share.nothing")],
        foot=words.say("site"),
    )


def _place(path: tuple[str, ...], name: str, words: Words) -> str:
    return words.say("dot").join((*path[-1:], name))
