"""What is said of exemptions and other deadlines beside a verdict: who decided, in which post, when and why; no name."""

from __future__ import annotations

from datetime import datetime

from server.rules.exemptions import Exemption, Moved
from server.rules.periods import day_label, local_date
from server.rules.permissions import ROLES, Role
from server.rules.values import Text

_SOMEBODY = Text("乡镇或县里", "the township or the county")


def post_of(place: str, role: Role, post: str | None) -> Text:
    """Return in which post somebody decides, as the public reads it: the place, then the post or else the role."""
    said = Text(post, post) if post else ROLES[role]
    return Text(f"{place}{said.zh}", f"{said.en}, {place}")


def exempted(exemption: Exemption) -> Text:
    """A duty that was lifted before it fell due."""
    by = _decided(exemption)
    end = _ended(exemption)
    return Text(f"免公开：{by.zh}{end.zh}", f"Exempt: {by.en}{end.en}")


def moved(found: Moved) -> Text:
    """A day that was moved before it had come."""
    each = found.exemption
    assert each.due_on is not None
    rule, day, by, end = (
        day_label(found.rule_due.due_on),
        day_label(each.due_on),
        _decided(each),
        _ended(each),
    )
    return Text(
        f"期限改到{day.zh}，按规定是{rule.zh}：{by.zh}{end.zh}",
        f"Deadline moved to {day.en}, by the rule it is {rule.en}: {by.en}{end.en}",
    )


def afterwards(exemption: Exemption, days: int) -> Text:
    """What was decided when it was overdue already: `days` missing or late then."""
    by, end = _decided(exemption), _ended(exemption)
    if exemption.due_on is None:
        return Text(
            f"过期 {days} 天以后才批准免公开，过期的仍算过期：{by.zh}{end.zh}",
            f"Exempted {days} day{'' if days == 1 else 's'} after it was due, which does not undo that: {by.en}{end.en}",
        )
    day = day_label(exemption.due_on)
    return Text(
        f"过期 {days} 天以后才批准改到{day.zh}，过期的仍算过期：{by.zh}{end.zh}",
        f"Given until {day.en}, {days} day{'' if days == 1 else 's'} after it was due, which does not undo that: "
        f"{by.en}{end.en}",
    )


def _decided(exemption: Exemption) -> Text:
    when = _day(exemption.decided_at)
    by = exemption.post if exemption.post.zh else _SOMEBODY
    return Text(
        f"{when.zh}{by.zh}批准，理由是“{exemption.reason}”",
        f"approved on {when.en} by {by.en}, because “{exemption.reason}”",
    )


def _ended(exemption: Exemption) -> Text:
    if exemption.ended_at is None:
        return Text("", "")
    when = _day(exemption.ended_at)
    return Text(
        f"；{when.zh}提前结束，理由是“{exemption.ended_reason}”",
        f"; ended early on {when.en}, because “{exemption.ended_reason}”",
    )


def _day(moment: datetime | None) -> Text:
    assert moment is not None, "only what is decided is said beside a verdict"
    return day_label(local_date(moment))
