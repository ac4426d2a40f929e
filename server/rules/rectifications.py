"""Rectification: what a village is to put right, until when, with which proof; closed by the township, or by the county.

An order is open until the village sends its proof, then it waits for whoever gave it, who closes it or sends it back with
a new day. What the township cannot settle goes up to the county and stays there. Nothing is closed without proof.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server.rules.canonical import content_hash
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal, scope_prefix
from server.rules.values import Fen, Text

State = Literal["open", "proved", "closed"]
Level = Literal["township", "county"]
Kind = Literal["proof", "return", "escalation", "closure"]
Way = Literal["prove", "return", "escalate", "close"]

STATES: dict[State, Text] = {
    "open": Text("等村里整改", "waits for the village"),
    "proved": Text("已报整改，等验收", "proof sent, waits to be accepted"),
    "closed": Text("已办结", "closed"),
}
LEVELS: dict[Level, Text] = {
    "township": Text("乡镇督办", "with the township"),
    "county": Text("县里督办", "with the county"),
}
STEPS: dict[Kind, Text] = {
    "proof": Text("村里报整改情况", "The village sent its proof"),
    "return": Text("没有通过，退回再改", "Not accepted: sent back"),
    "escalation": Text("上报县里", "Taken up to the county"),
    "closure": Text("验收办结", "Accepted and closed"),
}
MOST_WORDS = 1000
MOST_PHOTOS = 9
COUNTY_DIGITS = 6


class Step(Struct, frozen=True, kw_only=True):
    """Something that happened to an order, in words. `disclosure_id`: the notice whose new edition is the proof.

    `due_on`: the new day of a return; `recovered`: of a closure, what came back, in fen.
    """

    id: str
    rectification_id: str
    kind: Kind
    words: str
    photos: tuple[str, ...] = ()
    disclosure_id: str | None = None
    measure: str | None = None
    measure_name: Text | None = None
    due_on: date | None = None
    recovered: Fen | None = None
    by: str
    by_name: str
    at: datetime

    def said(self) -> str:
        """Return the hash of what was said: the same id with another one is refused."""
        return content_hash(
            {
                "order": self.rectification_id,
                "kind": self.kind,
                "words": self.words,
                "photos": list(self.photos),
                "disclosure": self.disclosure_id,
                "measure": self.measure,
                "due_on": self.due_on.isoformat() if self.due_on else None,
                "recovered": self.recovered,
            }
        )


class Rectification(Struct, frozen=True, kw_only=True):
    """An order to a village. `inspection_id`: the drawn item where it was found; `due_on`: the last day, as it now stands."""

    id: str
    division: str
    inspection_id: str | None
    disclosure_id: str | None
    finding: str
    demand: str
    measure: str
    measure_name: Text
    due_on: date
    ordered_by: str
    ordered_by_name: str
    ordered_at: datetime
    state: State = "open"
    level: Level = "township"
    proved_at: datetime | None = None
    closed_at: datetime | None = None
    recovered: Fen = 0
    revision: int = 1

    def said(self) -> str:
        """Return the hash of what was ordered: the same id with another one is refused."""
        return content_hash(
            {
                "division": self.division,
                "inspection": self.inspection_id,
                "disclosure": self.disclosure_id,
                "finding": self.finding,
                "demand": self.demand,
                "measure": self.measure,
                "due_on": self.due_on.isoformat(),
            }
        )

    def days_late(self, now: datetime) -> int:
        """Return how many days the proof is, or was, over the last day: of one sent back, until a new one comes."""
        until = now if self.state == "open" else (self.proved_at or now)
        return max(0, (local_date(until) - self.due_on).days)

    def overdue(self, now: datetime) -> bool:
        """Say whether the village still owes proof after its last day."""
        return self.state == "open" and self.days_late(now) > 0


def may_read(actor: Actor, order: Rectification) -> bool:
    """Say whether somebody may read an order."""
    return refusal(actor, "see_rectifications", order.division) is None


def failure(order: Rectification, way: Way) -> Text | None:
    """Return why an order is not in a state for something; None when it is."""
    if order.state == "closed":
        return Text(
            "这张整改单已经办结，不能再改", "This order is closed: nothing more is done with it"
        )
    if way in ("close", "return") and order.state == "open":
        return Text(
            "村里还没有报整改情况，没有证明不能办结，也不用退回。可以等，或者上报县里",
            "The village has sent no proof yet: there is nothing to close or to send back. Wait, or take it up to the county",
        )
    if way == "prove" and order.state == "proved":
        return Text(
            "上次报的整改情况还在等验收，请等结果；要补充，请联系乡镇退回",
            "The last proof still waits to be accepted. Wait for it; to add something, ask the township to send it back",
        )
    if way == "escalate" and order.level == "county":
        return Text("这张整改单已经在县里", "This order is with the county already")
    return None


def refused(actor: Actor, order: Rectification, way: Way) -> Text | None:
    """Return why somebody may not do something with an order; None when they may.

    What went up to the county is closed or sent back by somebody of the county.
    """
    if way == "prove":
        return refusal(actor, "prove_rectification", order.division)
    if way == "escalate":
        return refusal(actor, "order_rectification", order.division)
    if why := refusal(actor, "close_rectification", order.division):
        return why
    if order.level == "county" and len(scope_prefix(actor.division)) > COUNTY_DIGITS:
        return Text(
            "这张整改单已经上报县里，由县里的监管员验收",
            "This order went up to the county: its auditor accepts or returns the proof",
        )
    return None


def ways(actor: Actor, order: Rectification) -> tuple[Way, ...]:
    """Return what somebody may do with an order as it now stands."""
    every: tuple[Way, ...] = ("prove", "return", "escalate", "close")
    return tuple(
        way for way in every if failure(order, way) is None and refused(actor, order, way) is None
    )
