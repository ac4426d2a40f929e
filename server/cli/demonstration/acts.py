"""What can happen in the demonstration's story: each act has its moment and its person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A photo that is uploaded just before a posting: which picture, and when it says it was taken."""

    picture: str
    taken: datetime


@dataclass(frozen=True, slots=True)
class Posting:
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


@dataclass(frozen=True, slots=True)
class Registration:
    """A posting that was registered; its content is still to come, or never came."""

    at: datetime
    who: Who
    id: str
    division: str
    category: str
    content: Mapping[str, Any]
    period: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reviewer's decision on a posting."""

    at: datetime
    who: Who
    of: str
    decision: Literal["approve", "return"] = "approve"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A posting is taken down."""

    at: datetime
    who: Who
    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something happened that must be disclosed."""

    at: datetime
    who: Who
    id: str
    division: str
    category: str
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Lifting:
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


@dataclass(frozen=True, slots=True)
class Question:
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


@dataclass(frozen=True, slots=True)
class Look:
    """What came without the phone's work is let through."""

    at: datetime
    who: Who
    of: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a question; `text` None: the answer that is there is approved, and `photos` are public with it."""

    at: datetime
    who: Who
    of: str
    text: str | None = None
    photos: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PutOff:
    """By how many days an answer is put off, and why."""

    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Handled:
    """What the desk does with a question: takes it up as something, or not, hands it over, hears of it, puts it off."""

    at: datetime
    who: Who
    of: str
    step: Classified | NotTakenUp | Handed | Ended | PutOff


@dataclass(frozen=True, slots=True)
class Rated:
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
