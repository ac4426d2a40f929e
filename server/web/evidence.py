"""Evidence packs over HTTP: one zip of a place and a span, or of one notice."""

from __future__ import annotations

from datetime import date

from server import problems
from server.problems import Say
from server.queries.evidence_pack import PackScope, evidence_pack, notice_scope, span_scope
from server.web.asking import Answer, Ask
from server.web.compliance import LONGEST_SPAN
from server.web.csv_files import attachment
from server.web.evidence_files import pack_file
from server.web.wire import DivisionCode, In

ZIP = "application/zip"


class PackQuery(In):
    """A division, the days between which the periods end, both included, and whether contents come whole."""

    division: DivisionCode
    first: date
    last: date
    whole: bool = False


class NoticePackQuery(In):
    """Whether contents come whole, with what the public pages hold back of them."""

    whole: bool = False


async def get_pack(ask: Ask) -> Answer:
    """Everything that was published in a place in a span, with what it takes to check it elsewhere."""
    asked: PackQuery = ask.query
    ask.must("take_evidence", asked.division)
    refuse_span(asked.first, asked.last)
    scope = await span_scope(ask.db, division=asked.division, first=asked.first, last=asked.last)
    return await _packed(ask, scope, f"{asked.division}-{asked.first}-{asked.last}", asked.whole)


async def get_notice_pack(ask: Ask) -> Answer:
    """The same of one notice."""
    scope = await notice_scope(ask.db, disclosure_id=ask.path["id"])
    ask.must("take_evidence", scope.place.code)
    asked: NoticePackQuery = ask.query
    return await _packed(ask, scope, ask.path["id"], asked.whole)


def refuse_span(first: date, last: date) -> None:
    """Refuse a span that ends before it begins, or lasts for more than three years."""
    if first > last:
        raise problems.parameter_not_valid(
            "first", Say("开始日期晚于结束日期", "the span ends before it begins")
        )
    if last - first > LONGEST_SPAN:
        raise problems.parameter_not_valid("first", Say("最多三年", "three years at most"))


async def _packed(ask: Ask, scope: PackScope, name: str, whole: bool) -> Answer:
    house = ask.house
    documents = evidence_pack(
        ask.db,
        book=house.book,
        blobs=house.blobs,
        signer=house.signer,
        scope=scope,
        now=ask.now,
        origin=ask.origin,
        whole=whole,
    )
    made = await pack_file(
        documents, signer=house.signer, now=ask.now, dist=house.settings.pwa_dist
    )
    return Answer(made, media_type=ZIP, headers=attachment(f"evidence-{name}.zip"))
