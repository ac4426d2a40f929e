"""Words that tell of an illness, a disability, an addiction or a sentence: no business of the neighbours.

A relief notice exists so that neighbours can object to who was granted what; why somebody needs help is not on it
(社会救助暂行办法 art. 61; 重庆市城乡居民最低生活保障条例 art. 18). The list is short on purpose: an institution
(残疾人联合会), a named allowance (重度残疾人护理补贴) and words that only look alike (精神文明) pass. A category adds words
and phrases of its own. pwa/src/core/sensitive_words.ts has the same lists; schemas/vectors holds both to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from server.rules import pointers
from server.rules.findings import CheckContext, Content, Found
from server.rules.plain_text import Plain, plain
from server.rules.values import Text

WORDS = tuple(
    "癌 肿瘤 白血病 尿毒症 艾滋 HIV AIDS 乙肝 丙肝 肝硬化 结核 梅毒 传染病 糖尿病 高血压 心脏病 脑梗 脑溢血 脑瘫 尘肺 肾衰 "  # noqa: SIM905
    "癫痫 羊癫疯 痴呆 瘫痪 偏瘫 截瘫 植物人 透析 化疗 放疗 患有 因病致贫 因病返贫 因残致贫 "
    "精神病 精神分裂 精神障碍 精神疾病 精神失常 抑郁症 躁郁症 "
    "精神残疾 智力残疾 肢体残疾 视力残疾 听力残疾 言语残疾 语言残疾 多重残疾 残疾证 智障 弱智 聋哑 失明 截肢 "
    "吸毒 戒毒 服刑 刑满 劳改 家暴 未婚先孕".split()
)
# Where a word stands and tells nothing of anybody.
HARMLESS = tuple(
    "残疾人联合会 残疾人两项补贴 残疾人护理补贴 残疾人生活补贴 重度残疾人护理补贴 困难残疾人生活补贴 残疾人就业保障金 "  # noqa: SIM905
    "精神文明 肿瘤医院 传染病防治 传染病医院 文化疗 绿化疗 开放疗 戒毒宣传 禁毒 防癌抗癌 抗癌协会".split()
)
# 残疾二级, 二级残疾, 肢体二级, 残疾等级：2级, 重度残疾
_GRADE = re.compile(
    r"残疾(?:证|等级|程度|为|[:：(（])*[一二三四1-4壹贰叁肆]级[)）]?"
    r"|[一二三四1-4壹贰叁肆]级(?:肢体|视力|听力|言语|智力|精神|多重)?残疾"
    r"|(?:肢体|视力|听力|言语|智力|精神|多重)[一二三四1-4壹贰叁肆]级"
    r"|(?:重度|中度|轻度)(?:肢体|视力|听力|言语|智力|精神|多重)?残疾"
)
_CLAUSE_ENDS = "，,。；;、！!？?\n（）()[]【】 "
_JOINTS = "，,、；; "
_GONE = "口"


def sensitive_words(content: Content, context: CheckContext) -> Iterable[Found]:
    """Text that seems to tell of an illness, a disability or the like; the text without that clause is on offer.

    params: `paths` where to look (every text when absent), `except` where not to, `words` more words,
    `allowed` more phrases that say nothing of anybody.
    """
    params = context.params
    spared = {at for p in params.get("except", ()) for at, _ in pointers.find(content, p)}
    for at, text in _texts(content, params.get("paths")):
        if at in spared:
            continue
        places = told(text, params.get("words", ()), params.get("allowed", ()))
        if places:
            yield Found(
                at,
                Text(
                    "这里像是写了病情、残疾等级一类的个人情况，与救助金额无关的不要公开。",
                    "This seems to tell of an illness, a disability or the like."
                    " What has nothing to do with the relief must not be published.",
                ),
                kind="words",
                offer=without_clauses(text, places),
            )


def _texts(content: Content, paths: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    if paths is None:
        yield from pointers.texts(content)
        return
    for pattern in paths:
        for at, value in pointers.find(content, pattern):
            yield from pointers.texts(value, at)


def told(
    text: str, words: Iterable[str] = (), allowed: Iterable[str] = ()
) -> list[tuple[int, int]]:
    """Return where a text says something that is nobody's business, in the order of the text."""
    seen = _squeezed(plain(text, numerals=False))
    here = seen.text
    for phrase in sorted([*HARMLESS, *allowed], key=len, reverse=True):
        here = here.replace(phrase, _GONE * len(phrase))
    upper = here.upper()
    found = [m.span() for m in _GRADE.finditer(here)]
    for said, pattern in _patterns((*WORDS, *words)):
        # A roster has tens of thousands of texts, and hardly one has a word: most are done with this look.
        if said in upper:
            found += [m.span() for m in pattern.finditer(upper)]
    return sorted({seen.span(start, end) for start, end in found})


@lru_cache(maxsize=64)
def _patterns(words: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each word in capitals with what finds it: ASCII words only by themselves."""
    found = []
    for word in words:
        pattern = re.escape(word.upper())
        if word.isascii():
            pattern = rf"(?<![A-Z0-9]){pattern}(?![A-Z0-9])"
        found.append((word.upper(), re.compile(pattern)))
    return tuple(found)


def without_clauses(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return a text without the clauses in which these places stand; "" when nothing stays."""
    for first, last in sorted({_clause(text, place) for place in places}, reverse=True):
        opened, closed = text[:first][-1:], text[last:][:1]
        # Brackets with nothing in them go too; of two signs around a gap one stays.
        if opened + closed in ("（）", "()", "[]", "【】"):
            first, last = first - 1, last + 1
        elif closed in _JOINTS:
            last += len(closed)
        elif opened in _JOINTS:
            first -= len(opened)
        text = text[:first] + text[last:]
    return text.strip(_JOINTS + "。\n")


def _clause(text: str, place: tuple[int, int]) -> tuple[int, int]:
    first, last = place
    while first > 0 and text[first - 1] not in _CLAUSE_ENDS:
        first -= 1
    while last < len(text) and text[last] not in _CLAUSE_ENDS:
        last += 1
    return first, last


def _squeezed(seen: Plain) -> Plain:
    """Return the plain text without its spaces: 残 疾 二 级 says the same."""
    kept = [(sign, at) for sign, at in zip(seen.text, seen.origin, strict=True) if sign != " "]
    return Plain("".join(s for s, _ in kept), tuple(at for _, at in kept), seen.length)
