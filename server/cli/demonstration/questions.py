"""What villagers ask in the demonstration: a question in every state that the desk knows, in the village whose people a visitor becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from server.cli.demonstration.acts import (
    Act,
    Handled,
    Look,
    Posting,
    PutOff,
    Question,
    Rated,
    Reply,
    Verdict,
    Who,
)
from server.cli.demonstration.fates import ACCOUNT
from server.cli.demonstration.moments import Moments, office_hours
from server.cli.demonstration.people import OWN_VILLAGE, TOWNSHIP
from server.commands.rate_answer import Received
from server.commands.refer_inquiry import Handed
from server.commands.refuse_inquiry import NotTakenUp
from server.rules.inquiries import Kind
from server.rules.inquiry_handling import Classified
from server.rules.periods import local_date
from server.rules.values import uuid7_at

ITEM = "management_office"
FIRST_ID = "2024-01-01T00:00:00+00:00"
ANSWERED = "这一季的办公、水电费里有哪些？为什么每个季度都有？（演示问题，内容是虚构的）"
ANSWER = (
    "主要是村部的电费、电话费和打印纸，每个季度都要交。点开这一行能看到每一笔，"
    "单据在村部，工作日都可以来查。（演示答复，内容是虚构的）"
)
COMPLAINT = "村里的垃圾房一个星期没人清，路上都是味道。（演示问题，内容是虚构的）"
NOT_OURS = "法院判给我的赔偿款，村里什么时候给？（演示问题，内容是虚构的）"
NOT_OURS_WHY = "这件事法院已经判了，要由法院执行，村里和乡镇不能代办。（演示答复，内容是虚构的）"
AREA = "耕地补贴的面积和确权证上的不一样，按哪一个算？（演示问题，内容是虚构的）"
AREA_NOTE = "请核对这个村的补贴面积和确权面积，写明按哪一年的数。"
ROAD = "去年修的三组道路什么时候决算，为什么还没公开？（演示问题，内容是虚构的）"
ROAD_LATER = "工程审计还没出结果，审计组说下周给。"
WATER = "自来水费为什么比去年高？（演示问题，内容是虚构的）"
WATER_ANSWER = "今年按水表收费，去年是按人口收的。（演示答复，内容是虚构的）"
WATER_NOT = "没说每方水多少钱，也没说谁定的价。"
REPORT = "有人把发给困难户的米面拿回自己家。（演示举报，内容是虚构的）"
REPORT_NOTE = "请核对米面的发放签字和入户照片。"
CONTACT = "可以让村卫生室转告我"
GLASS = "村部门口的公开栏玻璃裂了，上面的字看不清，什么时候换？照片是我今天早上拍的。（演示问题，内容是虚构的）"
GLASS_ANSWER = "谢谢提醒。玻璃量过尺寸，已经订了，下周五以前换好；换好之前，收支表在村部门厅也贴了一份。（演示答复，内容是虚构的）"
PHOTO = "board-cracked"
WAITING = "二组巷口的路灯晚上不亮，什么时候修？（演示问题，内容是虚构的）"


def questions(when: Moments, acts: Sequence[Act]) -> Iterator[Act]:
    """Yield the questions and what came of them."""
    random = Random("questions")
    editor: Who = (TOWNSHIP, "editor")
    accountant: Who = (OWN_VILLAGE, "accountant")

    def at(days_ago: int) -> datetime:
        return office_hours(local_date(when.now) - timedelta(days=days_ago), random)

    asked = at(9)
    account = _account_read(acts, asked)
    if account is not None:
        line = next(i for i, e in enumerate(account.content["expense"]) if e["item"] == ITEM)
        yield _question("questions/1", asked, ANSWERED, account.of, f"/expense/{line}")
        yield Look(at(8), editor, "questions/1")
        yield Reply(at(7), accountant, "questions/1", ANSWER)
        yield Reply(at(6), editor, "questions/1")
        yield Rated(at(5), "questions/1", Received("satisfied", "看明白了，谢谢。"))
    asked = at(12)
    yield _question("questions/3", asked, GLASS, photo=PHOTO)
    yield Look(at(11), editor, "questions/3")
    yield Reply(at(10), accountant, "questions/3", GLASS_ANSWER)
    yield Reply(at(9), editor, "questions/3", photos=(1,))
    asked = at(1)
    yield _question("questions/2", asked, WAITING)
    yield Look(asked + timedelta(minutes=25), editor, "questions/2")
    yield from _handled(when, at, editor, accountant)


def _handled(
    when: Moments, at: Callable[[int], datetime], editor: Who, accountant: Who
) -> Iterator[Act]:
    """Yield what the desk has taken up, refused, referred, put off, and has to answer once more."""

    def let_in(
        of: str, days_ago: int, text: str, kind: Kind = "question", contact: str | None = None
    ) -> Iterator[Act]:
        asked = at(days_ago)
        yield _question(of, asked, text, kind=kind, contact=contact)
        yield Look(asked + timedelta(minutes=20), editor, of)

    def before_the_answer(days_ago: int) -> date:
        asked_on = local_date(when.now) - timedelta(days=days_ago)
        return when.book.calendar.add_workdays(asked_on, 4).date

    yield from let_in("questions/9", 2, COMPLAINT, "complaint")
    yield Handled(at(1), editor, "questions/9", Classified("complaint", "services"))

    yield from let_in("questions/4", 5, NOT_OURS)
    yield Handled(at(4), editor, "questions/4", NotTakenUp("by_law", NOT_OURS_WHY))

    yield from let_in("questions/5", 3, AREA)
    yield Handled(at(2), editor, "questions/5", Classified("question", "relief"))
    area = Handed(_id("questions/5"), "department", before_the_answer(3), AREA_NOTE, "县农经站")
    yield Handled(at(1), editor, "questions/5", area)

    yield from let_in("questions/6", 4, ROAD)
    yield Handled(at(3), editor, "questions/6", Classified("question", "projects"))
    yield Handled(at(2), editor, "questions/6", PutOff(5, ROAD_LATER))

    yield from let_in("questions/7", 13, WATER)
    yield Reply(at(11), accountant, "questions/7", WATER_ANSWER)
    yield Reply(at(10), editor, "questions/7")
    yield Rated(at(1), "questions/7", Received("not", WATER_NOT))

    yield from let_in("questions/8", 3, REPORT, "report", CONTACT)
    yield Handled(at(2), editor, "questions/8", Classified("report", "relief", "village"))
    food = Handed(_id("questions/8"), "supervisor", before_the_answer(3), REPORT_NOTE)
    yield Handled(at(1), editor, "questions/8", food)


def _id(of: str) -> str:
    """Return the id of a question's referral, the same one each time."""
    return uuid7_at(datetime.fromisoformat(FIRST_ID), Random(f"{of}/referral").randbytes(10))


def _question(
    of: str,
    at: datetime,
    text: str,
    about: str | None = None,
    pointer: str | None = None,
    photo: str | None = None,
    kind: Kind = "question",
    contact: str | None = None,
) -> Question:
    known = uuid7_at(at, Random(of).randbytes(10))
    return Question(at, of, known, OWN_VILLAGE, text, about, pointer, photo, kind, contact)


def _account_read(acts: Sequence[Act], at: datetime) -> Posting | None:
    """Return the newest account of the village that villagers could read at a moment."""
    approved = {
        a.of for a in acts if isinstance(a, Verdict) and a.decision == "approve" and a.at < at
    }
    found = [
        a
        for a in acts
        if isinstance(a, Posting)
        and (a.division, a.category) == (OWN_VILLAGE, ACCOUNT)
        and a.of in approved
    ]
    return max(found, key=lambda posting: posting.at, default=None)
