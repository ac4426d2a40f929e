"""The telephone of an office: a number that is public because the office is, and belongs to nobody in person.

A landline with its area code, a 400 or 800 number, or a short service number. A mobile number is a person's, whoever pays for it, and is
refused like every other personal number.
"""

from __future__ import annotations

import re
from typing import Final

from server.rules.values import Text

MOST: Final = 24
_SHORT: Final = re.compile(r"1\d{2}|1[01-2]\d{3}|9\d{4}")
_LANDLINE: Final = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?(\d{7,8})(?:-(\d{1,6}))?")
_FREE: Final = re.compile(r"([48]00)-?(\d{3})-?(\d{4})")
_DASHES: Final = str.maketrans(
    {"－": "-", "—": "-", "–": "-", "转": "-", "（": "", "）": "-", "(": "", ")": "-"}
)


def written(text: str) -> str | None:
    """Return a number as it is shown: '0954-7012345', '0954-7012345-801', '400-123-4567', '12345'; None when it is none of these.

    '' stays '': the office has none.
    """
    said = re.sub(r"\s+", "", text.translate(_DASHES)).replace("--", "-").strip("-")
    if not said or _SHORT.fullmatch(said):
        return said
    if found := _FREE.fullmatch(said):
        return "-".join(found.groups())
    if found := _LANDLINE.fullmatch(said):
        return "-".join(part for part in found.groups() if part)
    return None


NOT_A_NUMBER: Final = Text(
    "要写办公电话：区号加座机（如 0954-7012345，分机用“-”接在后面）、400 电话，或 12345 这样的短号。手机号是个人的，不公开",
    "must be an office's telephone: a landline with its area code (0954-7012345, an extension after another '-'), a 400 number "
    "or a short one such as 12345. A mobile number is a person's and is not published",
)
