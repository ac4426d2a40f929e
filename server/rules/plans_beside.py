"""Which plan of the year stands beside an account, and what the year came to: as the public reads both at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from server.rules.cards import public_edition
from server.rules.disclosure_pages import Neighbour
from server.rules.disclosures import Disclosure, Edition, EditionHead
from server.rules.plans import PlanView, PublishedPlan, beside, periods_so_far, plan_for
from server.rules.privacy import public_content
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang
from server.rules.windows import next_turn


def category_beside(book: Rulebook, disclosure: Disclosure, edition: EditionHead) -> str | None:
    """Return the category whose plans are laid beside an account; None where there is none, or no fixed period."""
    spec = book.papers[disclosure.category, edition.schema_version].view.get("plan")
    if spec is None or not periods_so_far(period_of(disclosure)):
        return None
    category: str = spec["category"]
    return category


def public_plans(
    rows: Sequence[tuple[Disclosure, list[EditionHead]]], book: Rulebook, now: datetime
) -> tuple[tuple[Neighbour, ...], datetime | None]:
    """Return those of a village's plans that the public may read, newest first as `rows` are.

    And when time alone changes which those are, one that is planned for later among them.
    """
    shown = ((plan, public_edition(heads, book, plan, now)) for plan, heads in rows)
    turns = [next_turn(heads, book.schedule_of(plan).display, now) for plan, heads in rows]
    public = tuple((plan, e) for plan, e in shown if e is not None and e.state == "approved")
    return public, min(turns, default=None)


def year_so_far(
    rows: Mapping[str, tuple[Disclosure, list[EditionHead]]],
    book: Rulebook,
    disclosure: Disclosure,
    edition: EditionHead,
    now: datetime,
) -> dict[str, EditionHead]:
    """Return what the public may read of the year's periods up to this one, by their keys; this one as it is read."""
    wanted = {period.key for period in periods_so_far(period_of(disclosure))}
    found = {disclosure.period_key: edition}
    for other, heads in rows.values():
        if other.period_key in wanted and other.id != disclosure.id:
            standing = public_edition(heads, book, other, now)
            if standing is not None and standing.state == "approved":
                found[other.period_key] = standing
    return found


def laid(
    book: Rulebook,
    disclosure: Disclosure,
    edition: EditionHead,
    public: Sequence[Neighbour],
    year: Mapping[str, EditionHead],
    found: Mapping[str, Edition],
    lang: Lang,
) -> PlanView | None:
    """Return the year's plan beside the year so far: both as the public reads them."""
    if not public:
        return None
    category = book.categories[disclosure.category]
    view = book.papers[disclosure.category, edition.schema_version].view
    contents = {key: public_content(category, found[e.id].content) for key, e in year.items()}
    planned = book.categories[view["plan"]["category"]]
    published = [
        PublishedPlan(p.id, public_content(planned, found[e.id].content)) for p, e in public
    ]
    period = period_of(disclosure)
    plan = plan_for(view["plan"], contents[period.key], period, published)
    return beside(view, plan, period, contents, lang) if plan else None
