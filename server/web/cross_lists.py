"""Lists side by side over HTTP: what somebody should look at, and what was said of it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from server.commands.judge_cross_list import Judged, judge_cross_list
from server.queries.cross_lists import CrossLists, cross_lists
from server.web.asking import Answer, Ask
from server.web.wire import DivisionCode, Id, In, Sha256


class CrossListsQuery(In):
    """A township or a village."""

    division: DivisionCode


class CrossJudgementBody(In):
    """What is said of a finding (its key): fine, and why; or ordered to be put right, and by which order."""

    finding: Sha256
    division: DivisionCode
    decision: Literal["fine", "ordered"]
    words: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    rectification_id: Id | None = None


async def get_cross_lists(ask: Ask) -> CrossLists:
    """What lists say beside each other, for people to judge."""
    asked: CrossListsQuery = ask.query
    ask.must("see_matrix", asked.division)
    return await cross_lists(
        ask.db, book=ask.house.book, division=asked.division, now=ask.now, lang=ask.lang
    )


async def post_cross_judgement(ask: Ask) -> Answer:
    """Say what is to be thought of a finding."""
    body: CrossJudgementBody = ask.body
    await judge_cross_list(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        judged=Judged(
            body.finding, body.division, body.decision, body.words, body.rectification_id
        ),
    )
    return Answer(None)
