"""The sentences of compliance findings, in both languages, each with the numbers it is about."""

from __future__ import annotations

from datetime import date, datetime

from server.rules.periods import SHANGHAI, day_label, local_date
from server.rules.reviewing import WORDS, Turn
from server.rules.values import Text
from server.rules.workdays import DayUnit


def _days(n: int, unit: DayUnit) -> str:
    return f"{n} 个工作日" if unit == "working" else f"{n} 天"


def _en_days(n: int, unit: DayUnit) -> str:
    kind = "working " if unit == "working" else ""
    return f"{n} {kind}day{'' if n == 1 else 's'}"


def _on(moment: datetime) -> Text:
    return day_label(local_date(moment))


def displayed_short(displayed: int, required: int, unit: DayUnit) -> Text:
    """Displayed k of n days; nothing since then made it good."""
    return Text(
        f"展示 {_days(displayed, unit)}，规定 {_days(required, unit)}，须重新公布",
        f"Displayed {displayed} of {_en_days(required, unit)}; must be published again",
    )


def ended_early(
    opened_at: datetime, down_at: datetime, displayed: int, required: int, unit: DayUnit
) -> Text:
    """One stretch on show ended before its minimum."""
    start, end = _on(opened_at), _on(down_at)
    return Text(
        f"{start.zh}起的公开于{end.zh}提前结束：展示 {_days(displayed, unit)}，规定 {_days(required, unit)}",
        f"Shown from {start.en}, taken down early on {end.en}: "
        f"{displayed} of {_en_days(required, unit)}",
    )


def unreviewed() -> Text:
    """Published although nobody else reviewed it."""
    return Text(
        "未经他人审议即公开，规定公开前须审议",
        "Published without anybody else's review; a review before publication is required",
    )


def reviewed_after(opened_at: datetime, decided_at: datetime) -> Text:
    """Reviewed only after it was on show."""
    opened, decided = _on(opened_at), _on(decided_at)
    return Text(
        f"{opened.zh}公开，{decided.zh}才审议，规定先审议后公开",
        f"Published on {opened.en} and reviewed on {decided.en}; the review must come first",
    )


def no_board_photo(outside: int) -> Text:
    """No photo of the board reached us inside the window."""
    if outside:
        return Text(
            f"公开期内没有公开栏照片（另有 {outside} 张不在公开期内）",
            f"No photo of the board inside the window ({outside} outside it)",
        )
    return Text("没有公开栏照片，规定须有", "No photo of the board, although one is required")


def content(count: int) -> Text:
    """Checks of the content found something that was let through."""
    noun = "finding" if count == 1 else "findings"
    return Text(f"内容核对有 {count} 处提示", f"Content checks: {count} {noun}")


def overridden(count: int) -> Text:
    """Something that looks personal was published because two people said so."""
    noun = "place" if count == 1 else "places"
    return Text(
        f"有 {count} 处像是个人信息，经报送人说明、审议人核准后公开",
        f"{count} {noun} that look personal were published on the sender's reason and the reviewer's word",
    )


def corrected(times: int) -> Text:
    """Corrected after publication."""
    noun = "time" if times == 1 else "times"
    return Text(f"公开后更正 {times} 次", f"Corrected {times} {noun} after publication")


def withdrawn(at: datetime, reason: str | None) -> Text:
    """Taken down, with the published reason."""
    day = _on(at)
    because = (reason or "").strip()
    return Text(
        f"{day.zh}撤回" + (f"：{because}" if because else ""),
        f"Withdrawn on {day.en}" + (f": {because}" if because else ""),
    )


def provisional(due_on: date) -> Text:
    """The due day depends on a holiday notice that is not loaded."""
    day = day_label(due_on)
    return Text(
        f"截止日{day.zh}为暂定，以国务院当年放假通知为准",
        f"The due day, {day.en}, is provisional until that year's holiday notice is loaded",
    )


def waiting_for(turn: Turn) -> Text:
    """Waits for somebody's signature: who, how many of how many, since when."""
    day, who = _on(turn.since), WORDS[turn.by]
    return Text(
        f"等{who.zh}（已签 {turn.given}/{turn.needed}），{day.zh}起",
        f"Waits for {who.en} ({turn.given} of {turn.needed} signed), since {day.en}",
    )


def in_review(received_at: datetime) -> Text:
    """Received, and waiting for the reviewer."""
    day = _on(received_at)
    return Text(f"{day.zh}已报送，待审议", f"Received on {day.en}, waiting for review")


def returned(decided_at: datetime) -> Text:
    """Sent back by the reviewer and not sent again."""
    day = _on(decided_at)
    return Text(f"{day.zh}审议退回，尚未重新报送", f"Returned on {day.en} and not sent again yet")


def scheduled(opens_at: datetime) -> Text:
    """Approved, and set to open later."""
    day = _on(opens_at)
    return Text(f"已审议通过，定于{day.zh}公开", f"Approved, set to open on {day.en}")


def empty() -> Text:
    """Published, but nothing is in it."""
    return Text(
        "公开的是一张空表：没有一行内容，金额都是 0；不算有内容的公开",
        "An empty sheet was published: no line says anything and every amount is 0; it does not count as content",
    )


def committed(received_at: datetime, lapses_at: datetime) -> Text:
    """Registered, and its content may still come."""
    day, until, clock = _on(received_at), _on(lapses_at), f"{lapses_at.astimezone(SHANGHAI):%H:%M}"
    return Text(
        f"{day.zh}已登记，内容还没有送到；{until.zh} {clock} 前送到的，按登记时间算",
        f"Registered on {day.en}, waiting for its content; it counts from then if that comes before "
        f"{until.en}, {clock}",
    )


def commitment_lapsed(received_at: datetime, hours: int, times: int = 1) -> Text:
    """Registered, and nothing followed in time."""
    day = _on(received_at)
    zh = f"{day.zh}登记过，内容没有在 {hours} 小时内送到"
    en = f"Registered on {day.en}, content did not follow within {hours} hours"
    if times == 1:
        return Text(zh, en)
    return Text(f"{zh}（共登记 {times} 次）", f"{en} (registered {times} times)")
