"""What can happen in the demonstration's story: each act has its moment and its person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct

from server.commands.end_referral import Ended
from server.commands.rate_answer import Received
from server.commands.refer_inquiry import Handed
from server.commands.refuse_inquiry import NotTakenUp
from server.rules.inquiries import Kind
from server.rules.inquiry_handling import Classified
from server.rules.permissions import Role

# Where everything in the story comes from, as its events say.
ADDRESS = "demonstration"
# A person is found by place and role.
Who = tuple[str, Role]


class Snapshot(Struct, frozen=True):
    """A photo that is uploaded just before a posting: which picture, and when it says it was taken."""

    picture: str
    taken: datetime


class Posting(Struct, frozen=True):
    """A submission. `of` names what later acts speak of; `again` is the name of the posting it follows."""

    at: datetime
    who: Who
    of: str
    id: str
    division: str
    category: str
    content: Mapping[str, Any]
    period: str | None = None
    event_on: date | None = None
    occurrence: str | None = None
    board: Snapshot | None = None
    publish_at: datetime | None = None
    reason: str | None = None
    urgent_reason: str | None = None


class Registration(Struct, frozen=True):
    """A posting that was registered; its content is still to come, or never came."""

    at: datetime
    who: Who
    id: str
    division: str
    category: str
    content: Mapping[str, Any]
    period: str


class Verdict(Struct, frozen=True):
    """A reviewer's decision on a posting."""

    at: datetime
    who: Who
    of: str
    decision: Literal["approve", "return"] = "approve"
    reason: str | None = None


class Withdrawal(Struct, frozen=True):
    """A posting is taken down."""

    at: datetime
    who: Who
    of: str
    reason: str


class Happening(Struct, frozen=True):
    """Something happened that must be disclosed."""

    at: datetime
    who: Who
    id: str
    division: str
    category: str
    title: str
    on: date


class Lifting(Struct, frozen=True):
    """An exemption or another deadline: `who` asks, and `by` decides an hour later; None: it still waits."""

    at: datetime
    who: Who
    by: Who | None
    id: str
    division: str
    category: str
    reason: str
    period: str | None = None
    valid_to: date | None = None
    due_on: date | None = None
    refused: str | None = None


class Question(Struct, frozen=True):
    """A villager asks, without a script. `about`: the name of a posting, and `pointer` a line of it.

    `photo`: the name of a picture that comes with it; that much a script does.
    """

    at: datetime
    of: str
    id: str
    division: str
    text: str
    about: str | None = None
    pointer: str | None = None
    photo: str | None = None
    kind: Kind = "question"
    contact: str | None = None


class Look(Struct, frozen=True):
    """What came without the phone's work is let through."""

    at: datetime
    who: Who
    of: str


class Reply(Struct, frozen=True):
    """An answer to a question; `text` None: the answer that is there is approved, and `photos` are public with it."""

    at: datetime
    who: Who
    of: str
    text: str | None = None
    photos: tuple[int, ...] = ()


class PutOff(Struct, frozen=True):
    """By how many days an answer is put off, and why."""

    days: int
    reason: str


class Handled(Struct, frozen=True):
    """What the desk does with a question: takes it up as something, or not, hands it over, hears of it, puts it off."""

    at: datetime
    who: Who
    of: str
    step: Classified | NotTakenUp | Handed | Ended | PutOff


class Rated(Struct, frozen=True):
    """How whoever asked received the answer."""

    at: datetime
    of: str
    received: Received


Act = (
    Posting
    | Registration
    | Verdict
    | Withdrawal
    | Happening
    | Lifting
    | Question
    | Look
    | Reply
    | Handled
    | Rated
)
