"""Inspections: which lists were drawn to be looked at, and what was found on the spot.

A visit answers four questions (was it published, is it true and accurate, is it complete, was it in time), shows the
board and counts what villagers said. It is written once: what is to be put right is ordered beside it
(rules/rectifications.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server.rules.canonical import content_hash
from server.rules.values import Text

Kind = Literal["villages", "disclosures"]
Reply = Literal["yes", "no", "unclear"]
Question = Literal["published", "accurate", "complete", "timely"]

KINDS: dict[Kind, Text] = {
    "villages": Text("抽村", "villages"),
    "disclosures": Text("抽公开事项", "disclosures"),
}
QUESTIONS: dict[Question, Text] = {
    "published": Text("公开了没有", "Was it published?"),
    "accurate": Text("真不真实、准不准确", "Is it true and accurate?"),
    "complete": Text("全不全", "Is it complete?"),
    "timely": Text("及不及时", "Was it in time?"),
}
REPLIES: dict[Reply, Text] = {
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "unclear": Text("看不出来", "cannot be told"),
}
METHOD = Text(
    "种子是抽取那一刻全部公开内容的摘要（SHA-256）。每个对象的签号是“种子、换行、对象编号”的 SHA-256，按十六进制从小到大排，取前几个。"
    "抽几个按超几何分布算：假设有这个比例的对象有问题，抽到至少一个的把握不低于要求。谁都可以照着重算一遍。",
    "The seed is the SHA-256 of everything that was public at the moment of drawing. Each item's ticket is the SHA-256 of "
    "the seed, a line feed and the item's id; the smallest tickets in hexadecimal are drawn. How many follows from the "
    "hypergeometric rule: if this share of them were faulty, one at least is found as surely as asked. Anyone can draw again.",
)
MOST_ITEMS = 5000
MOST_NOTE = 1000
MOST_PHOTOS = 9
MOST_ASKED = 999
MOST_PURPOSE = 60


class Draw(Struct, frozen=True, kw_only=True):
    """A list that was drawn. `record_lines` and `seed`: the record it was drawn from, see rules/sampling.py.

    `share_permille`: the share of faulty items that is assumed; `detect_permille`: how surely one of them is found.
    """

    id: str
    division: str
    kind: Kind
    purpose: str
    first: date
    last: date
    share_permille: int
    detect_permille: int
    population: tuple[str, ...]
    size: int
    record_lines: int
    seed: str
    drawn_by: str
    drawn_by_name: str
    drawn_at: datetime

    def said(self) -> str:
        """Return the hash of what was asked for: the same id with another one is refused."""
        return content_hash(
            {
                "division": self.division,
                "kind": self.kind,
                "purpose": self.purpose,
                "first": self.first.isoformat(),
                "last": self.last.isoformat(),
                "share": self.share_permille,
                "detect": self.detect_permille,
            }
        )


class Visit(Struct, frozen=True, kw_only=True):
    """What was found on the spot. `composed_at` is the phone's word, `received_at` ours.

    `asked`, `knew`, `satisfied`: how many villagers were asked, knew of the notice, and were satisfied.
    """

    published: Reply
    accurate: Reply
    complete: Reply
    timely: Reply
    note: str
    asked: int
    knew: int
    satisfied: int
    photos: tuple[str, ...]
    composed_at: datetime
    received_at: datetime
    visited_by: str
    visited_by_name: str

    def replies(self) -> dict[Question, Reply]:
        """Return the four answers by their questions."""
        return {
            "published": self.published,
            "accurate": self.accurate,
            "complete": self.complete,
            "timely": self.timely,
        }

    @property
    def faults(self) -> tuple[Question, ...]:
        """What was answered with no."""
        return tuple(question for question, reply in self.replies().items() if reply == "no")

    def said(self) -> str:
        """Return the hash of what was found: another word on the same item is refused."""
        return content_hash(
            {
                **{str(question): reply for question, reply in self.replies().items()},
                "note": self.note,
                "counts": [self.asked, self.knew, self.satisfied],
                "photos": list(self.photos),
            }
        )


class Inspection(Struct, frozen=True, kw_only=True):
    """One drawn item: the village to be visited, the disclosure to be looked at where one was drawn, and its visit."""

    draw_id: str
    rank: int
    division: str
    item: str
    ticket: str
    visit: Visit | None = None

    @property
    def id(self) -> str:
        """What an order refers to."""
        return inspection_id(self.draw_id, self.rank)


def inspection_id(draw_id: str, rank: int) -> str:
    """Return how a drawn item is named: after its draw and its place in it."""
    return f"{draw_id}.{rank}"


def wrong_counts(asked: int, knew: int, satisfied: int) -> tuple[str, Text] | None:
    """Return which count is more than those who were asked, and why that cannot be; None when all fit."""
    for pointer, count in (("/knew", knew), ("/satisfied", satisfied)):
        if count > asked:
            return pointer, Text(
                f"问了 {asked} 个人，这里写了 {count} 个，不能比问的人多",
                f"{asked} were asked and {count} are written here; there cannot be more",
            )
    return None


def needs_note(visit: Visit) -> bool:
    """Say whether a visit must say in words what is wrong: it answered no to something and says nothing."""
    return bool(visit.faults) and not visit.note
