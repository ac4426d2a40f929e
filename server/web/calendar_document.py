"""Due days as an iCalendar document (RFC 5545): all-day events that a phone's calendar subscribes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from server.rules.due_dates import DueDate, DueDates
from server.web.page_words import Words

MEDIA_TYPE = "text/calendar"
_MOST_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar(found: DueDates, words: Words, origin: str) -> str:
    """Return the calendar: lines end with CRLF and hold at most 75 octets."""
    name = words.say("calendar.name", name=found.place.name)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongshilan//Gongshilan//ZH",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        *(line for item in found.items for line in _event(item, words, origin)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(item: DueDate, words: Words, origin: str) -> Iterator[str]:
    about = [item.title, item.rule, *(each.pick(words.lang) for each in item.decided)]
    if item.provisional:
        about.append(words.say("calendar.provisional"))
    key = "calendar.due.provisional" if item.provisional else "calendar.due"
    key = "calendar.due.lifted" if item.lifted else key
    yield "BEGIN:VEVENT"
    # No address in it: the site may move, and the day is the same.
    yield f"UID:{item.division}-{item.category}-{item.period}@gongshilan"
    # In a calendar without a METHOD, DTSTAMP is when the entry was last revised (RFC 5545 3.8.7.2).
    yield f"DTSTAMP:{_moment(item.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(item.changed_at)}"
    yield f"SEQUENCE:{item.sequence}"
    yield f"DTSTART;VALUE=DATE:{_day(item.due_on)}"
    yield f"DTEND;VALUE=DATE:{_day(item.due_on + timedelta(days=1))}"
    yield f"SUMMARY:{_text(words.say(key, village=item.village, title=item.title))}"
    yield f"DESCRIPTION:{_text(chr(10).join(about))}"
    yield f"CATEGORIES:{_text(item.category_name)}"
    yield f"LOCATION:{_text(item.village)}"
    yield f"URL:{origin}/v/{item.division}"
    yield "TRANSP:TRANSPARENT"
    yield f"STATUS:{_status(item)}"
    yield "END:VEVENT"


def _status(item: DueDate) -> str:
    if item.lifted:
        return "CANCELLED"
    return "TENTATIVE" if item.provisional else "CONFIRMED"


def _text(value: str) -> str:
    """Return a text as a value of type TEXT (RFC 5545 3.3.11)."""
    plain = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written)
    return plain


def _folded(line: str) -> str:
    """Return a line folded at 75 octets; no character is cut in two."""
    if len(line.encode()) <= _MOST_OCTETS:
        return line
    parts, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _MOST_OCTETS:
            parts.append("")
            size = 1  # the blank that a continued line begins with
        parts[-1] += char
        size += octets
    return "\r\n ".join(parts)


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
