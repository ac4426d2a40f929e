"""Ready texts: how long a message is, that its link is whole, how numbers are said, and that nothing private is in them."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from server.rules.message_lengths import Length, length_of
from server.rules.outreach_texts import Notice, messages, script, texts_of
from server.rules.speaking import said_aloud, said_amount, said_digits

LINK = "https://gongshi.example.cn/s/7K2M9PX"
NOTICE = Notice(
    publisher="红河村",
    title="2026年第三季度财务收支",
    consulting=False,
    sentences=(
        "收入 47,912.41 元，比上季度多 2,300.00 元，主要是财政补助多 2,300.00 元。",
        "支出 20,000.00 元，和上季度一样。",
    ),
    first=date(2026, 10, 8),
    last=date(2026, 10, 18),
    link=LINK,
    phone="0954-7012345",
)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", Length("gsm", 0, 1, 160)),
        ("村" * 70, Length("ucs2", 70, 1, 70)),
        ("村" * 71, Length("ucs2", 71, 2, 134)),
        ("村" * 134, Length("ucs2", 134, 2, 134)),
        ("村" * 135, Length("ucs2", 135, 3, 201)),
        ("a" * 160, Length("gsm", 160, 1, 160)),
        ("a" * 161, Length("gsm", 161, 2, 306)),
        ("a" * 306, Length("gsm", 306, 2, 306)),
        ("a" * 307, Length("gsm", 307, 3, 459)),
        # Two septets each: they are not cut in half at the end of a part, which then holds one less.
        ("€" * 80, Length("gsm", 160, 1, 160)),
        ("a" + "€" * 152, Length("gsm", 305, 2, 306)),
        ("€" * 153, Length("gsm", 306, 3, 459)),
        # One sign outside of the alphabet, and all of it is counted in units; an emoji is two.
        ("a" * 69 + "村", Length("ucs2", 70, 1, 70)),
        ("村" * 69 + "😀", Length("ucs2", 71, 2, 134)),
    ],
)
def test_a_message_is_counted_as_telephones_count(text: str, length: Length) -> None:
    assert length_of(text) == length


def test_messages_of_one_part_and_of_two_keep_the_link_whole() -> None:
    one, two = messages(NOTICE, "zh")
    assert (one.length.parts, two.length.parts) == (1, 2)
    assert one.text.endswith(f" {LINK}")
    assert two.text.endswith(f" {LINK}")
    assert one.text.startswith("红河村公开：2026年第三季度财务收支")
    assert not one.complete
    assert two.complete
    assert "收入47,912.41元" in two.text
    assert "10月8日至10月18日" in two.text
    assert "电话0954-7012345" in two.text


@pytest.mark.parametrize("long", [1, 20, 40, 80])
@pytest.mark.parametrize("title", [1, 10, 60, 200])
def test_a_link_is_never_cut_however_long_it_is(long: int, title: int) -> None:
    link = f"https://{'g' * long}.example.cn/s/7K2M9PX"
    made = messages(replace(NOTICE, link=link, title="长" * title), "zh")
    for each in made:
        assert each.text.endswith(link)
        assert each.length == length_of(each.text)
    assert made[0].length.parts == max(1, length_of(link).parts) or long == 80


def test_english_counts_septets_as_far_as_its_signs_allow() -> None:
    plain = replace(NOTICE, publisher="Honghe", title="Accounts, Q3 2026", sentences=())
    (one,) = messages(plain, "en")
    assert one.text == (
        f"Honghe: Accounts, Q3 2026. 2026-10-08 to 2026-10-18. Tel. 0954-7012345. {LINK}"
    )
    assert (one.length.alphabet, one.length.parts, one.complete) == ("gsm", 1, True)


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (4_791_241, "四万七千九百一十二元四角一分"),
        (1_200, "十二元"),
        (200_000_000, "两百万元"),
        (200_000, "两千元"),
        (2_000_000, "两万元"),
        (22_202_000, "二十二万两千零二十元"),
        (100_005, "一千元零五分"),
        (0, "零元"),
        (-230_000, "负两千三百元"),
        (1_020_030, "一万零两百元三角"),
    ],
)
def test_amounts_are_said_as_people_say_them(fen: int, said: str) -> None:
    assert said_amount(fen) == said


def test_a_sentence_and_a_telephone_are_said_aloud() -> None:
    assert said_aloud("收入 47,912.41 元，和上季度一样。", "zh") == (
        "收入四万七千九百一十二元四角一分，和上季度一样。"
    )
    assert said_aloud("Income 1,200.00 yuan: the same.", "en") == "Income 1200 yuan: the same."
    assert said_digits("0954-7012345", "zh") == "零九五四，七零幺二三四五"


def test_a_script_says_everything_twice_and_how_long_it_takes() -> None:
    made = script(NOTICE, "zh")
    body = made.paragraphs[1:-1]
    half = len(body) // 2
    assert body[half] == "再说一遍。"
    assert body[:half] == body[half + 1 :]
    said = "\n".join(made.paragraphs)
    assert "四万七千九百一十二元四角一分" in said
    assert "47,912" not in said
    assert "零九五四，七零幺二三四五" in said
    signs = sum(c.isalnum() for c in said)
    assert made.seconds == -(-signs // 3) + len(made.paragraphs)


def test_what_is_open_to_objection_says_so_in_every_text() -> None:
    made = texts_of(replace(NOTICE, consulting=True, sentences=()), "zh")
    assert all("红河村公示" in each.text for each in made.messages)
    assert any("有不同意见的，请打电话" in each for each in made.script.paragraphs)
    assert any("有不同意见" in each for each in made.letter.paragraphs)
    assert made.chat.startswith("【红河村公示：")
    assert made.chat.endswith(f"\n{LINK}")


def test_without_telephone_and_dates_nothing_is_left_open() -> None:
    made = texts_of(replace(NOTICE, phone="", first=None, last=None), "zh")
    whole = "\n".join(
        [*(m.text for m in made.messages), *made.script.paragraphs, *made.letter.paragraphs]
    )
    for left_over in ("电话", "None", "到为止", "，，", "。。"):
        assert left_over not in whole
