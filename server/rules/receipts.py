"""Receipts as text: what is signed about a posting that arrived, and what such a text proves, in plain words.

One fact a line, in a fixed order, so that the same facts are the same bytes:

    gongshilan-receipt/v1
    kind commitment
    id 019a1190-…
    …
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal

from msgspec import Struct

from server.rules.periods import SHANGHAI, day_label, local_date
from server.rules.values import Text

FORMAT = "gongshilan-receipt/v1"
Kind = Literal["commitment", "submission"]
_LINE = re.compile(r"(?P<name>[a-z]+) (?P<value>[\x21-\x7e]{1,100})")


class NotAReceipt(ValueError):
    """A text that is no receipt of ours; `text` says so in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text


class Receipt(Struct, frozen=True, kw_only=True):
    """What is promised. Moments are the server's, cut to milliseconds.

    A commitment names its photos and when it lapses; a submission when it was registered, if that counts.
    `planned_at`: when the village wishes it shown, which judges if it is later.
    `due_on`: the last day in time, by the rule in force when the receipt was made.
    """

    kind: Kind
    id: str
    division: str
    category: str
    period: str
    content_hash: str
    received_at: datetime
    due_on: date
    photos: Sequence[str] = ()
    committed_at: datetime | None = None
    lapses_at: datetime | None = None
    planned_at: datetime | None = None

    @property
    def judged_at(self) -> datetime:
        """The moment that decides on time or late, as far as a receipt knows."""
        arrived = self.committed_at or self.received_at
        return max(arrived, self.planned_at or arrived)


def text_of(receipt: Receipt) -> str:
    """Return the text that is signed; it ends with a newline."""
    lines = [
        FORMAT,
        f"kind {receipt.kind}",
        f"id {receipt.id}",
        f"division {receipt.division}",
        f"category {receipt.category}",
        f"period {receipt.period}",
        f"content {receipt.content_hash}",
        *(f"photo {sha256}" for sha256 in receipt.photos),
    ]
    if receipt.committed_at is not None:
        lines.append(f"committed {_stamp(receipt.committed_at)}")
    lines.append(f"received {_stamp(receipt.received_at)}")
    if receipt.lapses_at is not None:
        lines.append(f"lapses {_stamp(receipt.lapses_at)}")
    if receipt.planned_at is not None:
        lines.append(f"planned {_stamp(receipt.planned_at)}")
    lines.append(f"due {receipt.due_on.isoformat()}")
    return "\n".join(lines) + "\n"


def receipt_in(text: str) -> Receipt:
    """Return the receipt of a text whose signature was checked. Raises NotAReceipt."""
    head, *lines = text.removesuffix("\n").split("\n")
    found = [_LINE.fullmatch(line) for line in lines]
    if head != FORMAT or not all(found):
        raise NotAReceipt(Text("这不是公示栏的回执", "This is no receipt of a notice board"))
    pairs = [(line["name"], line["value"]) for line in found if line]
    values = {name: value for name, value in pairs if name != "photo"}
    try:
        receipt = Receipt(
            kind="commitment" if values["kind"] == "commitment" else "submission",
            id=values["id"],
            division=values["division"],
            category=values["category"],
            period=values["period"],
            content_hash=values["content"],
            received_at=_moment(values["received"]),
            due_on=date.fromisoformat(values["due"]),
            photos=tuple(value for name, value in pairs if name == "photo"),
            committed_at=_moment_or_none(values.get("committed")),
            lapses_at=_moment_or_none(values.get("lapses")),
            planned_at=_moment_or_none(values.get("planned")),
        )
    except (KeyError, ValueError):
        receipt = None
    # One spelling only: what reads back otherwise was not written here.
    if receipt is None or text_of(receipt) != text:
        raise NotAReceipt(Text("回执的格式不对", "The receipt's lines are not in order"))
    return receipt


def proves(receipt: Receipt) -> list[Text]:
    """Return what a receipt proves, and what it does not, in sentences for the person who holds it."""
    said = [
        Text(
            f"区划 {receipt.division}，类别 {receipt.category}，期次 {receipt.period}，编号 {receipt.id}。",
            f"Division {receipt.division}, category {receipt.category}, period {receipt.period}, "
            f"id {receipt.id}.",
        )
    ]
    said += _of_commitment(receipt) if receipt.kind == "commitment" else _of_submission(receipt)
    if receipt.planned_at is not None:
        planned = _spoken(receipt.planned_at)
        said.append(
            Text(f"村里要求 {planned.zh} 公开。", f"It was to be published on {planned.en}.")
        )
    said.append(_in_time(receipt))
    said.append(
        Text(
            f"内容的指纹是 {receipt.content_hash}：内容改动一个字，指纹就不同。回执不证明内容属实，也不证明已经公开。",
            f"The content's fingerprint is {receipt.content_hash}: one changed sign changes it. The receipt "
            "proves neither that the content is true nor that it was published.",
        )
    )
    return said


def _of_commitment(receipt: Receipt) -> list[Text]:
    at, count = _spoken(receipt.received_at), len(receipt.photos)
    said = [
        Text(
            f"服务器在 {at.zh} 收到了登记：内容和 {count} 张照片已经定下，还没有送到。",
            f"The server received the registration on {at.en}: content and {count} "
            f"photo{'' if count == 1 else 's'} were fixed, and had not arrived.",
        )
    ]
    if receipt.lapses_at is not None:
        until = _spoken(receipt.lapses_at)
        said.append(
            Text(
                f"内容和照片在 {until.zh} 前送到，就按登记的时间算；过时不算，按送到的时间算。",
                f"If content and photos arrive before {until.en}, the registration's time counts; "
                "otherwise their own arrival does.",
            )
        )
    return said


def _of_submission(receipt: Receipt) -> list[Text]:
    at = _spoken(receipt.received_at)
    said = [
        Text(
            f"服务器在 {at.zh} 收到了内容和全部照片。",
            f"The server received content and all photos on {at.en}.",
        )
    ]
    if receipt.committed_at is not None:
        first = _spoken(receipt.committed_at)
        said.append(
            Text(
                f"在此之前，{first.zh} 已经登记，内容按时跟上，所以按登记的时间算。",
                f"It had been registered on {first.en} and followed in time, so that moment counts.",
            )
        )
    return said


def _in_time(receipt: Receipt) -> Text:
    due, late = (
        day_label(receipt.due_on),
        (local_date(receipt.judged_at) - receipt.due_on).days,
    )
    if late <= 0:
        return Text(f"期限是{due.zh}：没有超过。", f"The last day was {due.en}: it was in time.")
    return Text(
        f"期限是{due.zh}：超过了 {late} 天。",
        f"The last day was {due.en}: it was {late} day{'' if late == 1 else 's'} late.",
    )


def _spoken(moment: datetime) -> Text:
    day, clock = day_label(local_date(moment)), f"{moment.astimezone(SHANGHAI):%H:%M:%S}"
    return Text(f"{day.zh} {clock}（北京时间）", f"{day.en}, {clock} (Beijing time)")


def _stamp(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else _moment(text)


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    return at
