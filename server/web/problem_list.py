"""docs/problems.md: the page of problems, for those who read the repository."""

from __future__ import annotations

from server.problem import PROBLEMS
from server.web.documents import explained

HEAD = """\
<!-- Made from server/problems.py by `gongshilan openapi write`. Do not edit. -->
# 错误 Problems

接口拒绝请求时返回 `application/problem+json`（RFC 9457）：`type` 指向 `/problems/{slug}`，`detail` 是给人看的一句话
（`lang=zh|en` 或 Accept-Language 选择语言），`errors[]` 用 JSON pointer 指出内容里的位置。slug 永不改变。

Refusals are problem documents (RFC 9457). `type` points to `/problems/{slug}`; `detail` is a sentence for a
person; `errors[]` names places in the content by JSON pointer. A slug never changes its meaning. Members named ‹so›
stand in the answer under that name.

| status | slug | 中文 | English |
| --- | --- | --- | --- |
"""


def problems_markdown() -> str:
    """Return the document, by status and slug."""
    rows = []
    for kind in sorted(PROBLEMS.values(), key=lambda kind: (kind.status, kind.slug)):
        said = explained(kind)
        zh = f"**{said['title']['zh']}** {said['sentence']['zh']}"
        en = f"**{said['title']['en']}.** {said['sentence']['en']}"
        rows.append(f"| {kind.status} | `{kind.slug}` | {zh} | {en} |\n")
    return HEAD + "".join(rows)
