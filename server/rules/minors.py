"""Names of minors where a category forbids them: the guardian stands in their place, or the surname alone.

未成年人保护法 art. 72 and 个人信息保护法 art. 28: what concerns a child under fourteen is sensitive; Zhejiang's rules on social
assistance (art. 55) leave minors off the list by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from server.rules import pointers
from server.rules.findings import CheckContext, Content, Found
from server.rules.plain_text import plain
from server.rules.privacy import mask_name
from server.rules.values import Text

ADULT = 18

_TELLS = re.compile(r"未成年|孤儿|弃婴|弃儿|事实无人抚养|留守儿童|困境儿童")
_AGE = re.compile(r"(?<![0-9])([0-9]{1,2})(?:周)?岁")
# A clause about somebody's children is not about the person who is named.
_SOMEBODY_ELSE = re.compile(
    r"子女|儿子|女儿|孩子|孙|弟|妹|其子|其女|监护人|抚养人|收养|寄养|名未成年"
)
_CLAUSES = re.compile(r"[，,。；;、！!？?\n（）()\[\]【】 ]+")
_NAME = re.compile(r"^[^（(\[【，,；; ]+")


def minors(content: Content, context: CheckContext) -> Iterable[Found]:
    """Each row that names a person of whom it says that they are a minor; the surname alone is on offer.

    params: `rows` the list, `name` the field with the name, `told_by` the fields that say who is a minor: true, an age
    in years, or words (未成年, 孤儿, 12岁).
    """
    params = context.params
    for at, row in pointers.find(content, params["rows"] + "/*"):
        name = pointers.get(row, "/" + params["name"])
        if not isinstance(name, str) or is_masked(name):
            continue
        if any(_tells(pointers.get(row, "/" + field)) for field in params["told_by"]):
            yield Found(
                f"{at}/{params['name']}",
                Text(
                    "这里像是写了未成年人的姓名。这一类公示不写未成年人的名字，请写监护人，或只留姓。",
                    "This seems to be a minor's name. Minors are not named in this notice:"
                    " name the guardian, or leave the surname only.",
                ),
                kind="minor",
                offer=surname_only(name),
            )


def surname_only(name: str) -> str:
    """Return 张* for 张小三（12岁）: nothing but the surname."""
    found = _NAME.match(name.strip())
    return mask_name(found.group() if found else name.strip(), "surname")


def is_masked(name: str) -> bool:
    """Say whether a name is hidden already: 张*, 李某."""
    return bool(re.search(r"[*＊某×]", name))


def says_minor(text: str) -> bool:
    """Say whether a text tells that the person it is about is a minor, and not that they have children."""
    here = plain(text, numerals=False).text
    for clause in _CLAUSES.split(here):
        if _SOMEBODY_ELSE.search(clause):
            continue
        if _TELLS.search(clause) or any(int(n) < ADULT for n in _AGE.findall(clause)):
            return True
    return False


def _tells(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value < ADULT
    return isinstance(value, str) and says_minor(value)
