"""Silent query points: what is said of them once a day, to the township's people and to the groups of the place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from server.rules.listening import Listening
from server.rules.periods import SHANGHAI, day_label, local_date
from server.rules.permissions import ACTS, covers
from server.rules.reminder_words import MOST_NAMES
from server.rules.reminders import waking_hours
from server.rules.reminding import Planned, Spoken
from server.rules.rulebook import Rulebook
from server.rules.schedules import reminder_rule_for
from server.rules.values import Lang, Text

POINTS = "/app/points"


class SilentPoint(Struct, frozen=True):
    """A paired point of which nothing was heard for longer than three heartbeats; `village` is its place's name."""

    id: str
    division: str
    village: str
    name: str
    since: datetime


def silence_planned(
    silent: Sequence[SilentPoint], listening: Listening, book: Rulebook, spoken: Spoken
) -> list[Planned]:
    """Return the messages about silent points: one a day for each point and device, one a day for each group."""
    today = local_date(spoken.now)
    kind = f"silent-{today.isoformat()}"
    found = []
    for device in listening.devices:
        if device.role not in ACTS["see_query_points"]:
            continue
        for point in silent:
            if covers(device.division, point.division):
                heading, text = _to_one(point, device.lang)
                found.append(
                    Planned(
                        division=point.division,
                        subject=f"{point.id}|silent",
                        kind=kind,
                        channel="push",
                        recipient=device.id,
                        message={"title": heading, "body": text, "path": POINTS},
                        expires_at=_end_of(book, point.division, spoken.now),
                    )
                )
    for group in listening.groups:
        there = [point for point in silent if covers(group.division, point.division)]
        if there:
            found.append(
                Planned(
                    division=group.division,
                    subject=f"{group.division}|silent",
                    kind=kind,
                    channel="webhook",
                    recipient=group.id,
                    message={"text": _to_a_group(there, spoken), "path": POINTS},
                    expires_at=_end_of(book, group.division, spoken.now),
                )
            )
    return found


def _end_of(book: Rulebook, division: str, now: datetime) -> datetime:
    today = local_date(now)
    return waking_hours(reminder_rule_for(book.policies, division, today), today)[1]


def _since(point: SilentPoint) -> Text:
    day, hour = day_label(local_date(point.since)), f"{point.since.astimezone(SHANGHAI):%H:%M}"
    return Text(f"{day.zh} {hour}", f"{hour} on {day.en}")


def _to_one(point: SilentPoint, lang: Lang) -> tuple[str, str]:
    since = _since(point)
    if lang == "zh":
        heading = f"{point.village}：{point.name}没有信号"
        text = f"{since.zh}起没有收到。请到现场看看电源和网络；不再用的，请停用。"
        return heading, text
    return (
        f"{point.village}: {point.name} is silent",
        f"Nothing was heard since {since.en}. Look at its power and network, or retire it.",
    )


def _to_a_group(silent: Sequence[SilentPoint], spoken: Spoken) -> str:
    zh = spoken.lang == "zh"
    lines = []
    for point in silent[:MOST_NAMES]:
        since = _since(point)
        lines.append(
            f"{point.village} {point.name}：{since.zh}起没有收到"
            if zh
            else f"{point.village}, {point.name}: silent since {since.en}"
        )
    if (more := len(silent) - MOST_NAMES) > 0:
        lines.append(f"还有 {more} 个" if zh else f"and {more} more")
    head = (
        f"【{spoken.site}】有查询点没有信号，请看看电源和网络"
        if zh
        else f"[{spoken.site}] Query points are silent: look at power and network"
    )
    return "\n".join([head, *lines])
