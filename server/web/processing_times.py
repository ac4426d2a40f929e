"""How long things took, over HTTP: JSON, and CSV for a spreadsheet; and why a list was paid late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

import msgspec

from server import problems
from server.commands.explain_delay import explain_delay
from server.problems import Say
from server.queries.processing_times import ProcessingTimes, processing_times
from server.rules.periods import local_date
from server.rules.places import name_in
from server.rules.values import Text
from server.web.asking import Answer, Ask
from server.web.csv_files import csv_file
from server.web.etag import revision_tag
from server.web.wire import DivisionCode, In, Out

LONGEST_SPAN = timedelta(days=366 * 3)


class TimesQuery(In):
    """An area (by default one's own) and a span of days, both included (by default this year so far)."""

    division: DivisionCode | None = None
    first: date | None = None
    last: date | None = None


class DelayBody(In):
    """Why a list was paid late; a null cause takes it back."""

    cause: Literal["by_progress", "special"] | None
    words: Annotated[str, msgspec.Meta(max_length=200)] = ""


class Delay(Out):
    """What a list says of its delay now."""

    list_id: str
    cause: str | None
    words: str | None
    revision: int


async def get_times(ask: Ask) -> ProcessingTimes:
    """Answer how long payments, reviews and answers took."""
    asked: TimesQuery = ask.query
    division = asked.division or ask.me.division
    ask.must("see_processing_times", division)
    last = asked.last or local_date(ask.now)
    first = asked.first or date(last.year, 1, 1)
    if first > last:
        raise problems.parameter_not_valid(
            "first",
            Say(
                f"开始日期 {first} 晚于结束日期 {last}",
                f"the span begins on {first}, after its end on {last}",
            ),
        )
    if last - first > LONGEST_SPAN:
        raise problems.parameter_not_valid(
            "first",
            Say(
                f"最多三年，现在是 {(last - first).days} 天",
                f"three years at most; these are {(last - first).days} days",
            ),
        )
    return await processing_times(
        ask.db, book=ask.house.book, division=division, first=first, last=last
    )


async def get_times_csv(ask: Ask) -> Answer:
    """The same as a CSV file: the bands of each step, then the slow payments one by one."""
    found = await get_times(ask)
    lang = ask.lang
    rows: list[list[object]] = []

    def say(zh: str, en: str) -> str:
        return Text(zh, en).pick(lang)

    rows.append(
        [
            name_in(found.division_name, lang),
            say(f"{found.first} 至 {found.last}", f"{found.first} to {found.last}"),
        ]
    )
    rows.append(
        [
            say("环节", "step"),
            say("用时", "took"),
            say("件数", "count"),
            "%",
            say("其中注明原因", "of these explained"),
        ]
    )
    for step in found.steps:
        for band in step.bands:
            share = "—" if band.share is None else f"{band.share // 100}.{band.share % 100:02d}"
            rows.append(
                [step.words.pick(lang), band.words.pick(lang), band.count, share, band.excused]
            )
        rows.append(
            [
                step.words.pick(lang),
                say("合计", "together"),
                step.counted,
                "" if step.counted == 0 else "100.00",
                "",
            ]
        )
    rows.append([])
    rows.append(
        [
            say("村", "village"),
            say("补贴", "payment"),
            say("公示期满次日", "free from"),
            say("发放日", "paid on"),
            say("天数", "days"),
            say("原因", "cause"),
        ]
    )
    for each in found.slow:
        cause = each.cause_words.pick(lang) if each.cause_words else ""
        rows.append(
            [
                name_in(each.division_name, lang),
                each.purpose,
                each.free_on,
                each.paid_on,
                each.days,
                f"{cause} {each.words or ''}".strip(),
            ]
        )
    return csv_file(rows, f"times-{found.division}-{found.first}-{found.last}.csv")


async def put_delay(ask: Ask) -> Answer:
    """Say why a list was paid late."""
    body: DelayBody = ask.body
    kept = await explain_delay(
        ask.tx,
        actor=ask.me,
        list_id=ask.path["id"],
        cause=body.cause,
        words=body.words,
        revision=ask.expected_revision(),
        now=ask.now,
        address=ask.address,
    )
    view = Delay(
        list_id=kept.id, cause=kept.delay_cause, words=kept.delay_words, revision=kept.revision
    )
    return Answer(view, headers={"ETag": revision_tag(kept.revision)})
