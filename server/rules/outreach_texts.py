"""Ready texts that tell people of a notice: a text message, a script for the loudspeaker, a letter, words for a chat group.

They are made of the public page alone and say nothing that it does not show; of its tables they say nothing at all, so
that no name of a roster is in them. A link is never cut: where there is too little room, other words go first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from server.rules.message_lengths import Length, length_of
from server.rules.speaking import said_aloud, said_digits
from server.rules.values import Lang

# A script is read slowly, villagers far from the loudspeaker listen: so many characters, or words, a minute.
PACE: Final[dict[Lang, int]] = {"zh": 180, "en": 110}
SENTENCES_IN_CHAT: Final = 2


class Notice(Struct, frozen=True, kw_only=True):
    """What of a public notice is told. `first`, `last`: the days on which it hangs, as far as they are fixed.

    `consulting`: objections are open. `sentences`: as its page computes them. `link`: its address; `phone`: an office's, or ''.
    """

    publisher: str
    title: str
    consulting: bool
    sentences: tuple[str, ...]
    first: date | None
    last: date | None
    link: str
    phone: str


class Message(Struct, frozen=True):
    """A text message that fits so many parts, how long it is, and what was left out of it for lack of room."""

    text: str
    length: Length
    complete: bool


class Script(Struct, frozen=True):
    """What is read over the loudspeaker, paragraph by paragraph; it says everything twice. `seconds`: about how long."""

    paragraphs: tuple[str, ...]
    seconds: int


class Letter(Struct, frozen=True):
    """A letter to households; beside it stands a code that leads to `link`."""

    greeting: str
    paragraphs: tuple[str, ...]
    ways_lead: str
    ways: tuple[str, ...]
    signed: str


class Texts(Struct, frozen=True):
    """The four texts of a notice; `messages`: of one part and of two, or one where both would be the same."""

    messages: tuple[Message, ...]
    script: Script
    letter: Letter
    chat: str


def texts_of(notice: Notice, lang: Lang) -> Texts:
    """Return the ready texts of a notice in a language."""
    return Texts(
        messages=messages(notice, lang),
        script=script(notice, lang),
        letter=letter(notice, lang),
        chat=chat(notice, lang),
    )


# ---------------------------------------------------------------- text messages


def messages(notice: Notice, lang: Lang) -> tuple[Message, ...]:
    """Return the text messages of one part and of two; where no words fit beside the link, of as many as it takes."""
    found: list[Message] = []
    for parts in (1, 2):
        made = _message(notice, lang, parts)
        if not found or made.text != found[-1].text:
            found.append(made)
    return tuple(found)


def _message(notice: Notice, lang: Lang, parts: int) -> Message:
    """Return what fits: the link and what it is about always, then dates, telephone and sentences as there is room."""
    short = [_clause(each, lang) for each in notice.sentences]
    dates, phone = _dates_short(notice, lang), _phone_short(notice, lang)
    taken: list[int] = []
    optional: list[tuple[int, str]] = [(1000, dates), (1001, phone), *enumerate(short)]
    wanted = [(place, words) for place, words in optional if words]
    words_at = dict(wanted)
    head = _head_that_fits(notice, lang, parts)
    for place, _ in wanted:
        tried = sorted([*taken, place])
        if _fits(_joined(head, [words_at[p] for p in tried], notice.link, lang), parts):
            taken = tried
    text = _joined(head, [words_at[p] for p in taken], notice.link, lang)
    return Message(text, length_of(text), head == _head(notice, lang) and len(taken) == len(wanted))


def _head_that_fits(notice: Notice, lang: Lang, parts: int) -> str:
    head = _head(notice, lang)
    cut = head
    while len(cut) > 1 and not _fits(_joined(cut, [], notice.link, lang), parts):
        cut = cut.rstrip("…")[:-1].rstrip() + "…"
    return cut if len(cut) > 1 else ""


def _joined(head: str, words: Sequence[str], link: str, lang: Lang) -> str:
    """Return the message: the link stands last and apart, so that a telephone takes nothing else for a part of it."""
    stop = "。" if lang == "zh" else ". "
    said = stop.join([each for each in (head, *words) if each])
    if not said:
        return link
    end = "" if said.endswith("…") else stop.strip()
    return f"{said}{end} {link}"


def _fits(text: str, parts: int) -> bool:
    return length_of(text).parts <= parts


def _head(notice: Notice, lang: Lang) -> str:
    if lang == "zh":
        return f"{notice.publisher}{_verb(notice)}：{notice.title}"
    return f"{notice.publisher}: {notice.title}"


def _verb(notice: Notice) -> str:
    return "公示" if notice.consulting else "公开"


def _clause(sentence: str, lang: Lang) -> str:
    """Return what a sentence begins with, without its comparisons: '收入47,912.41元'."""
    if lang == "zh":
        return sentence.rstrip("。").partition("，")[0].replace(" ", "")
    return sentence.rstrip(".").partition(": ")[0]


def _dates_short(notice: Notice, lang: Lang) -> str:
    first, last = notice.first, notice.last
    if lang == "zh":
        if last is None:
            return ""
        return f"{_day_zh(first)}至{_day_zh(last)}" if first else f"到{_day_zh(last)}"
    if last is None:
        return ""
    return f"{first} to {last}" if first else f"until {last}"


def _phone_short(notice: Notice, lang: Lang) -> str:
    if not notice.phone:
        return ""
    return f"电话{notice.phone}" if lang == "zh" else f"Tel. {notice.phone}"


def _day_zh(day: date) -> str:
    return f"{day.month}月{day.day}日"


# ---------------------------------------------------------------- the loudspeaker


def script(notice: Notice, lang: Lang) -> Script:
    """Return what is read aloud: amounts and telephone as they are said, everything twice, and where to look."""
    body = _said_zh(notice) if lang == "zh" else _said_en(notice)
    if lang == "zh":
        paragraphs = (
            "各位村民，现在播送公开的消息。",
            *body,
            "再说一遍。",
            *body,
            "播送完了，谢谢大家。",
        )
    else:
        paragraphs = (
            "Good day to all villagers. Here is a public notice.",
            *body,
            "Once more.",
            *body,
            "That was all. Thank you.",
        )
    return Script(paragraphs, _seconds(paragraphs, lang))


def _said_zh(notice: Notice) -> list[str]:
    said = [f"{notice.publisher}{_verb(notice)}了：{notice.title}。"]
    said += [said_aloud(each, "zh") for each in notice.sentences]
    if not notice.sentences:
        said.append("具体内容，请看公开栏。")
    if notice.last is not None:
        begun = f"从{_day_zh(notice.first)}" if notice.first else ""
        said.append(f"{begun}{'，' if begun else ''}到{_day_zh(notice.last)}为止。")
    said.append("在哪里看：村里的公开栏。有手机的，扫公开栏上的二维码就能看。")
    if notice.phone:
        ask = "有不同意见的" if notice.consulting else "有不清楚的"
        said.append(f"{ask}，请打电话：{said_digits(notice.phone, 'zh')}。")
    return said


def _said_en(notice: Notice) -> list[str]:
    said = [f"{notice.publisher} has published: {notice.title}."]
    said += [said_aloud(each, "en") for each in notice.sentences]
    if not notice.sentences:
        said.append("Please read the details on the notice board.")
    if notice.last is not None:
        begun = f"from {notice.first} " if notice.first else ""
        said.append(f"It hangs {begun}until {notice.last}.")
    said.append(
        "Where to look: on the village's notice board, or scan the code there with a phone."
    )
    if notice.phone:
        ask = "To object" if notice.consulting else "With questions"
        said.append(f"{ask}, please call {said_digits(notice.phone, 'en')}.")
    return said


def _seconds(paragraphs: Sequence[str], lang: Lang) -> int:
    """Return about how many seconds a slow reader needs, with a breath after each paragraph."""
    whole = " ".join(paragraphs)
    count = sum(c.isalnum() for c in whole) if lang == "zh" else len(whole.split())
    return -(-count * 60 // PACE[lang]) + len(paragraphs)


# ---------------------------------------------------------------- paper and chat


def letter(notice: Notice, lang: Lang) -> Letter:
    """Return a letter to the households of a village."""
    return _letter_zh(notice) if lang == "zh" else _letter_en(notice)


def _letter_zh(notice: Notice) -> Letter:
    when = f"{_whole_day(notice.first)}起" if notice.first else "现在"
    until = f"，到{_whole_day(notice.last)}为止" if notice.last else ""
    opening = f"{when}，{notice.publisher}{_verb(notice)}《{notice.title}》{until}。"
    told = "".join(notice.sentences)
    paragraphs = [opening]
    paragraphs.append(
        f"主要情况：{told}" if told else "具体内容请看公开栏，或者用手机扫旁边的二维码。"
    )
    ask = "对内容有不同意见" if notice.consulting else "对内容有疑问"
    if notice.phone:
        paragraphs.append(f"{ask}的，请打电话 {notice.phone}，也可以在手机上打开后点“提问”。")
    else:
        paragraphs.append(f"{ask}的，可以在手机上打开后点“提问”，写下来就行，不用注册。")
    return Letter(
        greeting="各位村民：",
        paragraphs=tuple(paragraphs),
        ways_lead="全部内容这样看：",
        ways=(
            "看村里的公开栏；",
            "用手机扫旁边的二维码；",
            f"在手机浏览器里输入 {notice.link}",
        ),
        signed=notice.publisher,
    )


def _letter_en(notice: Notice) -> Letter:
    begun = f" on {notice.first}" if notice.first else ""
    until = f" It hangs until {notice.last}." if notice.last else ""
    told = " ".join(notice.sentences)
    ask = "object" if notice.consulting else "ask something about it"
    call = f", or call {notice.phone}" if notice.phone else ""
    return Letter(
        greeting="To all villagers,",
        paragraphs=(
            f"{notice.publisher} published “{notice.title}”{begun}.{until}",
            told or "Please read the details on the board, or scan the code beside.",
            f"To {ask}, open it on a phone and tap “Ask”{call}.",
        ),
        ways_lead="Where to read all of it:",
        ways=(
            "on the village's notice board;",
            "on a phone: scan the code beside;",
            f"in a phone's browser: {notice.link}",
        ),
        signed=notice.publisher,
    )


def chat(notice: Notice, lang: Lang) -> str:
    """Return words for a chat group, a line each; the link stands on a line of its own."""
    lines = [f"【{_head(notice, lang)}】" if lang == "zh" else _head(notice, lang)]
    lines += notice.sentences[:SENTENCES_IN_CHAT]
    if dates := _dates_short(notice, lang):
        lines.append(f"公开时间：{dates}" if lang == "zh" else f"On show: {dates}")
    if notice.phone:
        lines.append(_phone_short(notice, lang))
    lines.append("点开看全部：" if lang == "zh" else "Read all of it:")
    lines.append(notice.link)
    return "\n".join(lines)


def _whole_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
