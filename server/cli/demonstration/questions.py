"""What villagers ask in the demonstration: one question is answered and public, so is one with a photo, and one waits for its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from server.cli.demonstration.acts import Act, Look, Posting, Question, Reply, Verdict, Who
from server.cli.demonstration.fates import ACCOUNT
from server.cli.demonstration.moments import Moments, office_hours
from server.cli.demonstration.people import OWN_VILLAGE, TOWNSHIP
from server.rules.periods import local_date
from server.rules.values import uuid7_at

ITEM = "management_office"
ANSWERED = "这一季的办公、水电费里有哪些？为什么每个季度都有？（演示问题，内容是虚构的）"
ANSWER = (
    "主要是村部的电费、电话费和打印纸，每个季度都要交。点开这一行能看到每一笔，"
    "单据在村部，工作日都可以来查。（演示答复，内容是虚构的）"
)
GLASS = "村部门口的公开栏玻璃裂了，上面的字看不清，什么时候换？照片是我今天早上拍的。（演示问题，内容是虚构的）"
GLASS_ANSWER = "谢谢提醒。玻璃量过尺寸，已经订了，下周五以前换好；换好之前，收支表在村部门厅也贴了一份。（演示答复，内容是虚构的）"
PHOTO = "board-cracked"
WAITING = "二组巷口的路灯晚上不亮，什么时候修？（演示问题，内容是虚构的）"


def questions(when: Moments, acts: Sequence[Act]) -> Iterator[Act]:
    """Yield the questions and what came of them, in the village whose people a visitor becomes."""
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
    asked = at(12)
    yield _question("questions/3", asked, GLASS, photo=PHOTO)
    yield Look(at(11), editor, "questions/3")
    yield Reply(at(10), accountant, "questions/3", GLASS_ANSWER)
    yield Reply(at(5), editor, "questions/3", photos=(1,))
    asked = at(1)
    yield _question("questions/2", asked, WAITING)
    yield Look(asked + timedelta(minutes=25), editor, "questions/2")


def _question(
    of: str,
    at: datetime,
    text: str,
    about: str | None = None,
    pointer: str | None = None,
    photo: str | None = None,
) -> Question:
    key = uuid7_at(at, Random(of).randbytes(10))
    return Question(at, of, key, OWN_VILLAGE, text, about, pointer, photo)


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
