"""The four slips of the desk as they are printed: register, acceptance, refusal, satisfaction.

None of them says who asked or how to reach them: a slip lies on a desk and goes from hand to hand. The register, which
stays in the office, has the words that were written; what is handed out names the matter by its number and kind alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server.rules.handling_views import Extension, extension_of, ground_name
from server.rules.inquiries import KINDS, STATES, Inquiry, InquiryAnswer, standing_answer
from server.rules.inquiry_handling import (
    ABOUT,
    OFFICES,
    RATINGS,
    ROUNDS,
    SUBJECTS,
    Rating,
    Referral,
    Satisfaction,
)
from server.rules.inquiry_views import BODIES, ReplyDue, accept_due_of, due_of
from server.rules.periods import local_date
from server.rules.rulebook import Rulebook
from server.rules.values import Text

Kind = Literal["register", "acceptance", "refusal", "satisfaction"]

TITLES: dict[Kind, Text] = {
    "register": Text("登记单", "Register slip"),
    "acceptance": Text("受理告知单", "Notice of acceptance"),
    "refusal": Text("不予受理告知单", "Notice of refusal"),
    "satisfaction": Text("满意度回访单", "Satisfaction slip"),
}
BLANK = Text("", "")
APART = Text(
    "不写在单子上。留了的，由答复的人在系统里查看，每次查看都有记录。",
    "Not on this slip. Where one was left, whoever answers looks it up in the system, and each look is on record.",
)


class SlipRow(Struct, frozen=True):
    """One line of a slip: what it is, what is written there; `room`: lines left free for a pen."""

    label: Text
    value: Text
    room: int = 0


class Box(Struct, frozen=True):
    """Something to tick; `ticked` where it was said already."""

    label: Text
    ticked: bool


class Slip(Struct, frozen=True):
    """A slip as it is printed. `to_asker`: it is handed to whoever asked. `lead`: its sentences above the table."""

    kind: Kind
    title: Text
    number: str
    place: str
    issued_on: Text
    to_asker: bool
    lead: tuple[Text, ...]
    rows: tuple[SlipRow, ...]
    boxes: tuple[Box, ...]
    signers: tuple[Text, ...]


class SlipOf(Struct, frozen=True):
    """Everything that a slip is made of; `place`: township and village in words."""

    inquiry: Inquiry
    answers: Sequence[InquiryAnswer]
    referrals: Sequence[Referral]
    rated: Sequence[Satisfaction]
    photos: int
    place: str


def slip_refusal(kind: Kind, inquiry: Inquiry) -> Text | None:
    """Return why there is no such slip yet; None when there is."""
    missing = {
        "register": False,
        "acceptance": inquiry.accepted_at is None,
        "refusal": inquiry.refused_ground is None,
        "satisfaction": inquiry.published_at is None,
    }[kind]
    if not missing:
        return None
    title, state = TITLES[kind], STATES[inquiry.state]
    return Text(
        f"{inquiry.label} 号现在是：{state.zh}，还没有{title.zh}可打",
        f"{inquiry.label} is {state.en}: there is no {title.en.lower()} of it yet",
    )


def slip(kind: Kind, of: SlipOf, book: Rulebook, now: datetime) -> Slip:
    """Return a slip. Call it only where `slip_refusal` is None."""
    if kind == "satisfaction":
        return _satisfaction(of, now)
    make = {"register": _register, "acceptance": _acceptance, "refusal": _refusal}[kind]
    return make(of, book, now)


def _register(of: SlipOf, book: Rulebook, now: datetime) -> Slip:
    inquiry = of.inquiry
    accept, due = accept_due_of(inquiry, book, now), due_of(inquiry, book, now)
    rows = [
        SlipRow(Text("收到", "Received"), _moment(inquiry.asked_at)),
        _kind(inquiry),
        *_about(inquiry),
        SlipRow(Text("写的是", "What was written"), Text(inquiry.text, inquiry.text)),
        SlipRow(Text("附的照片", "Photos"), Text(f"{of.photos} 张", str(of.photos))),
        SlipRow(Text("联系方式", "Contact"), APART),
        SlipRow(Text("最迟告知是否受理", "Taken up or not, by"), _day(accept.on)),
        SlipRow(Text("是否受理", "Decision"), _decision(inquiry, book)),
    ]
    # What is not taken up is answered by nobody.
    if inquiry.state != "refused":
        rows += _answering(of, due)
    rows.append(SlipRow(Text("负责人意见", "Head's remarks"), BLANK, 3))
    return _slip("register", of, now, rows, signers=(Text("经办人", "Handled by"),))


def _answering(of: SlipOf, due: ReplyDue) -> list[SlipRow]:
    inquiry = of.inquiry
    rows = [
        SlipRow(Text("由谁答复", "Answered by"), BODIES[inquiry.respondent]),
        *(_handed(each) for each in of.referrals),
    ]
    if put_off := extension_of(inquiry):
        rows.append(
            SlipRow(
                Text("延长", "Put off"),
                _put_off(put_off, due),
            )
        )
    rows.append(SlipRow(Text("最迟答复", "Answer by"), _day(due.on)))
    answer = standing_answer(of.answers)
    said = Text(answer.text, answer.text) if answer else BLANK
    rows.append(SlipRow(Text("答复", "Answer"), said, 0 if answer else 4))
    return rows


def _put_off(put_off: Extension, due: ReplyDue) -> Text:
    zh, en = ("个工作日", "working days") if due.unit == "working" else ("天", "days")
    return Text(f"{put_off.days} {zh}：{put_off.reason}", f"{put_off.days} {en}: {put_off.reason}")


def _acceptance(of: SlipOf, book: Rulebook, now: datetime) -> Slip:
    inquiry = of.inquiry
    due, kind = due_of(inquiry, book, now), KINDS[inquiry.kind]
    lead = (
        Text(
            f"您在{_day(local_date(inquiry.asked_at)).zh}提出的{kind.zh}（{inquiry.label} 号）已经受理。",
            f"What you sent on {local_date(inquiry.asked_at)} ({kind.en.lower()} no. {inquiry.label}) has been taken up.",
        ),
        Text(
            f"最迟在{_day(due.on).zh}答复您。进展和答复，可以用提交时的私密链接随时查看。",
            f"It will be answered by {due.on}. How it stands can be read at any time by the private link that you got.",
        ),
    )
    rows = [_kind(inquiry), SlipRow(Text("由谁答复", "Answered by"), BODIES[inquiry.respondent])]
    standing = next((each for each in of.referrals if each.ended_at is None), None)
    if standing is not None:
        rows.append(
            SlipRow(Text("转给谁核实", "Looked into by"), Text(standing.name, standing.name))
        )
    rows.append(SlipRow(Text("受理", "Taken up"), _decision(inquiry, book)))
    return _slip("acceptance", of, now, rows, lead=lead, to_asker=True)


def _refusal(of: SlipOf, book: Rulebook, now: datetime) -> Slip:
    inquiry = of.inquiry
    ground, kind = ground_name(inquiry, book) or BLANK, KINDS[inquiry.kind]
    lead = (
        Text(
            f"您在{_day(local_date(inquiry.asked_at)).zh}提出的{kind.zh}（{inquiry.label} 号），经研究不予受理，现将理由和您可以去的地方告知如下。",
            f"What you sent on {local_date(inquiry.asked_at)} ({kind.en.lower()} no. {inquiry.label}) is not taken up. "
            "Below is why, and where you can turn.",
        ),
    )
    words, turn_to = inquiry.refused_reason or "", inquiry.turn_to or ""
    rows = [
        _kind(inquiry),
        SlipRow(Text("理由", "Ground"), ground),
        SlipRow(Text("说明", "In words"), Text(words, words)),
        SlipRow(Text("您可以去哪里", "Where to turn"), Text(turn_to, turn_to)),
        SlipRow(
            Text("告知日期", "Said on"),
            _day(local_date(inquiry.refused_at)) if inquiry.refused_at else BLANK,
        ),
    ]
    return _slip("refusal", of, now, rows, lead=lead, to_asker=True)


def _satisfaction(of: SlipOf, now: datetime) -> Slip:
    inquiry = of.inquiry
    answer = standing_answer(of.answers)
    # While a second answer is written, what there is to rate is still the first one.
    answered = inquiry.round if inquiry.state == "published" else inquiry.round - 1
    rated = next((each for each in of.rated if each.round == answered), None)
    words = (rated.words if rated else None) or ""
    published = inquiry.published_at
    rows = [
        _kind(inquiry),
        SlipRow(Text("答复", "Answer"), Text(answer.text, answer.text) if answer else BLANK),
        SlipRow(
            Text("答复日期", "Answered on"), _day(local_date(published)) if published else BLANK
        ),
        SlipRow(Text("您想说的话", "What you want to say"), Text(words, words), 0 if words else 4),
        SlipRow(Text("回访方式和时间", "How and when you were asked"), BLANK, 1),
    ]
    lead = (_asks(again=answered < ROUNDS),)
    ticked: Rating | None = rated.rating if rated else None
    boxes = tuple(Box(name, ticked == key) for key, name in RATINGS.items())
    return _slip(
        "satisfaction",
        of,
        now,
        rows,
        lead=lead,
        boxes=boxes,
        to_asker=True,
        signers=(Text("回访人", "Asked by"),),
    )


def _asks(*, again: bool) -> Text:
    zh, en = "这次答复您满意吗？请选一项。", "Are you satisfied with the answer? Tick one."
    if not again:
        return Text(zh, en)
    return Text(
        f"{zh}不满意的，会重新办理一次，再答复您。",
        f"{en} Who is not satisfied is answered once more.",
    )


def _slip(
    kind: Kind,
    of: SlipOf,
    now: datetime,
    rows: Sequence[SlipRow],
    *,
    lead: tuple[Text, ...] = (),
    boxes: tuple[Box, ...] = (),
    to_asker: bool = False,
    signers: tuple[Text, ...] = (),
) -> Slip:
    return Slip(
        kind=kind,
        title=TITLES[kind],
        number=of.inquiry.label,
        place=of.place,
        issued_on=_day(local_date(now)),
        to_asker=to_asker,
        lead=lead,
        rows=tuple(rows),
        boxes=boxes,
        signers=signers,
    )


def _kind(inquiry: Inquiry) -> SlipRow:
    return SlipRow(Text("类别", "Kind"), KINDS[inquiry.kind])


def _about(inquiry: Inquiry) -> list[SlipRow]:
    """Return what it is about, for the slip that stays in the office: whoever carries another one home is not asked about it."""
    rows = []
    if inquiry.subject:
        rows.append(SlipRow(Text("事项", "Subject"), SUBJECTS[inquiry.subject]))
    if inquiry.about:
        rows.append(SlipRow(Text("举报的是", "About"), ABOUT[inquiry.about]))
    if inquiry.line:
        rows.append(SlipRow(Text("问的是哪一行", "Line"), Text(inquiry.line, inquiry.line)))
    return rows


def _decision(inquiry: Inquiry, book: Rulebook) -> Text:
    if inquiry.accepted_at is not None:
        on, name = local_date(inquiry.accepted_at), inquiry.accepted_by_name or ""
        return Text(f"{_day(on).zh}受理，{name}", f"taken up on {on} by {name}")
    if inquiry.refused_at is not None:
        on, ground = local_date(inquiry.refused_at), ground_name(inquiry, book)
        why = ground or Text(inquiry.refused_reason or "", inquiry.refused_reason or "")
        return Text(f"{_day(on).zh}不予受理：{why.zh}", f"not taken up on {on}: {why.en}")
    return Text("还没有决定", "not decided yet")


def _handed(referral: Referral) -> SlipRow:
    office = OFFICES[referral.office]
    zh, en = referral.name, referral.name
    if referral.name == office.zh:
        en = office.en
    until = _day(referral.due_on).zh
    said = Text(f"{zh}，{until}前：{referral.note}", f"{en}, by {referral.due_on}: {referral.note}")
    if referral.report and referral.outcome == "reported":
        said = Text(f"{said.zh}\n回复：{referral.report}", f"{said.en}\nFound: {referral.report}")
    elif referral.outcome == "taken_back":
        said = Text(f"{said.zh}\n已收回", f"{said.en}\ntaken back")
    return SlipRow(Text("转办", "Referred"), said)


def _day(day: date) -> Text:
    return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def _moment(at: datetime) -> Text:
    return _day(local_date(at))
