"""A disclosure's page as a workbook: its sheet, and lines that say whose it is, of when, and where it is published."""

from __future__ import annotations

from server.rules.disclosure_pages import DisclosurePage
from server.rules.sheet_workbook import Line, sheet_workbook
from server.rules.values import Lang
from server.rules.workbooks import WrittenBook
from server.web.page_words import Words


def disclosure_workbook(page: DisclosurePage, lang: Lang, address: str) -> WrittenBook:
    """Return the workbook of what a page shows; of a withdrawn notice only that it is, since when and why."""
    words = Words(lang, page.clocks.published_at)
    card = page.card
    about: list[Line] = [
        (words.say("xlsx.place"), " ".join((*page.division.path[-2:], page.division.name))),
        (words.say("xlsx.edition"), page.edition),
    ]
    if card.opened_at is not None:
        about.append((words.say("xlsx.opened"), words.day_and_time(card.opened_at)))
    if card.urgent is not None:
        about.append((words.say("xlsx.urgent"), card.urgent.text.pick(lang)))
    if page.withdrawn is not None:
        about.append((words.say("xlsx.withdrawn"), words.day_and_time(page.withdrawn.at)))
        about.append((words.say("xlsx.reason"), page.withdrawn.reason))
    about.append((words.say("xlsx.address"), address))
    about.append((words.say("xlsx.hash"), page.content_hash))
    return sheet_workbook(page.sheet, card.title, about, lang)
