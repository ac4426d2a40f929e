"""/v/{code}/household: what my household received, on paper's own terms: a form that any browser can send.

Every answer to the form is the same page in the same size class and is sent uncompressed, whether anything was found or
not: as many slots are written as can be shown at most, those that stay empty are thrown away, and the page is filled up to
PAGE_BYTES. So neither its length nor the work done for it tells somebody on the line whether a name is known. It is
answered to POST alone, kept nowhere, and nothing that was typed stands in an address, an event or a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec.structs import replace

from server import problems
from server.commands.ask_household import ask_household
from server.commands.say_received import say_received
from server.problems import Problem
from server.queries.division_tree import division_page
from server.queries.household_payments import has_lists, household_payments
from server.rules import households
from server.rules.household_answers import Received
from server.rules.values import Text
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.reading import HTML
from server.web.wire import In

# Without a referrer a browser would say that the form came from nowhere, and we would refuse it.
PRIVATE = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}
# What one household receives in three years; what is beyond it is counted, and looked up at the township.
MOST_SHOWN = 24
# A whole answer with the longest words fits.
PAGE_BYTES = 32_768


class HouseholdForm(In):
    """Who asks, as a browser sends it; what is too long is said by the rules, in words that repeat none of it."""

    name: Annotated[str, msgspec.Meta(max_length=400)] = ""
    tail: Annotated[str, msgspec.Meta(max_length=400)] = ""


class ReceivedForm(In):
    """What the reader of an answer says of one payment in it."""

    ticket: Annotated[str, msgspec.Meta(max_length=40 * MOST_SHOWN + 100, pattern=r"^[0-9a-f.-]+$")]
    said: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[0-9a-f-]{36}\.(yes|no)$")]


async def household_page(ask: Ask) -> Answer:
    """The form."""
    return await _page(ask, {})


async def send_form(ask: Ask) -> Answer:
    """What was found, or that nothing was; a refusal shows the form again, without the digits."""
    body: HouseholdForm = ask.body
    code = ask.path["code"]
    tail = households.plain_tail(body.tail)
    name = households.plain_name(body.name)
    if not name or len(name) > households.LONGEST_NAME or tail is None:
        return await _page(ask, {"name": body.name[:80], "wrong": _wrong(name, tail)}, status=422)
    try:
        if wait := ask.house.households.take(ask.address, ask.now):
            raise problems.household_limited(retry_after=wait)
        asked = await ask_household(
            ask.tx,
            book=ask.house.book,
            keys=ask.house.household_keys,
            mark=ask.house.signer.mark,
            now=ask.now,
            address=ask.address,
            division=code,
            name=name,
            tail=tail,
        )
    except Problem as refused:
        if refused.status != 429:
            raise
        said = {"name": body.name[:80], "refused": refused.document(ask.lang)}
        return await _page(ask, said, status=429, headers=dict(refused.headers))
    return await _answer(ask, asked.payments)


async def say_form(ask: Ask) -> Answer:
    """Keep what is said of one payment, and show the same answer again."""
    body: ReceivedForm = ask.body
    code = ask.path["code"]
    ids = households.payments_of(body.ticket, code, ask.now, ask.house.signer.mark)
    if ids is None:
        return await _page(ask, {"over": True}, status=410)
    which, _, said = body.said.rpartition(".")
    refused = None
    try:
        await say_received(
            ask.tx, now=ask.now, division=code, ids=ids, which=which, received=said == "yes"
        )
    except Problem as problem:
        if problem.status != 429:
            raise
        refused = problem
    found = await household_payments(
        ask.tx, book=ask.house.book, division=code, ids=ids, now=ask.now
    )
    return await _answer(ask, found, said=which, refused=refused)


async def _answer(
    ask: Ask, found: Sequence[Received], said: str | None = None, refused: Problem | None = None
) -> Answer:
    """Return the page of an answer: as many slots as can be shown, the empty ones filled with a likeness."""
    shown = list(found[:MOST_SHOWN])
    likeness = Received(
        id="0" * 36,
        amount=1_234_567,
        purpose="—" * 40,
        paid_on=ask.now.date(),
        category="",
        notice="0" * 36,
        noticed=True,
        said=None,
    )
    slots = [*shown, *[replace(likeness)] * (MOST_SHOWN - len(shown))]
    ids = tuple(slot.id for slot in slots)
    mark = ask.house.signer.mark
    # The ticket of all slots is made in either case; only the one of what is shown is given out.
    tickets = [
        households.ticket_for(ask.path["code"], chosen, ask.now, mark)
        for chosen in (ids[: len(shown)], ids)
    ]
    known = {key: each.name for key, each in ask.house.book.categories.items()}
    page = {
        "answered": True,
        "many": len(shown),
        "more": len(found) - len(shown),
        "total": sum(each.amount for each in shown),
        "ticket": tickets[0],
        "said": None if refused else said,
        "refused": refused and refused.document(ask.lang),
        "slots": [
            {
                "shown": number < len(shown),
                "id": slot.id,
                "amount": slot.amount,
                "purpose": slot.purpose,
                "paid_on": slot.paid_on,
                "category": known.get(slot.category, Text("—", "—")),
                "notice": slot.notice,
                "noticed": slot.noticed,
                "said": slot.said,
            }
            for number, slot in enumerate(slots)
        ],
    }
    if refused is None:
        return await _page(ask, page)
    return await _page(ask, page, status=refused.status, headers=dict(refused.headers))


async def _page(
    ask: Ask,
    said: dict[str, Any],
    *,
    status: int | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    here = (await division_page(ask.db, code=ask.path["code"])).division
    if here.level != "village":
        raise problems.not_found()
    page = {
        "division": here,
        "loaded": await has_lists(ask.db, division=here.code, now=ask.now),
        "years": households.YEARS_ASKED,
        "longest": households.LONGEST_NAME,
        "answered": False,
        "name": "",
        "wrong": None,
        "refused": None,
        "over": False,
        **said,
    }
    html = pages.render_household(page, screen_of(ask.request, ask.now))
    return Answer(
        filled(html) if ask.request.method == "POST" else html,
        status=status,
        media_type=HTML,
        # What stands between us and the reader may not compress it either: web/as_long_as_it_is.py.
        cache="no-store, no-transform",
        headers={**PRIVATE, **(headers or {})},
    )


def filled(html: str) -> bytes:
    """Return a page filled up with blanks to a whole number of PAGE_BYTES."""
    body = html.encode()
    return body + b" " * (-len(body) % PAGE_BYTES)


def _wrong(name: str, tail: str | None) -> str:
    if not name:
        return "name"
    return "tail" if tail is None else "long"
