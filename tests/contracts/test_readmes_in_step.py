"""README.md and README.zh-CN.md say the same: same headings, tables, commands, pictures, in the same order."""

from __future__ import annotations

import re

from tests.contracts.repository import text

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CELL = re.compile(r"(?<!\\)\|")


def outline(readme: str) -> list[str]:
    """Return the shape of a README: what any translation of it shares."""
    shape = []
    body = text(readme)
    for fenced in FENCE.findall(body):
        # Commands are the same in both; a comment beside one is translated.
        shape += [
            re.sub(r"\s+#.*", "", line) for line in fenced.splitlines() if not line.startswith("#")
        ]
    for line in FENCE.sub("", body).splitlines():
        if heading := re.match(r"#+ ", line):
            shape.append(f"heading {heading[0].strip()}")
        elif line.startswith("|"):
            shape.append(f"table row of {len(CELL.findall(line)) - 1}")
        shape += [f"picture {name}" for name in re.findall(r"!\[[^\]]*\]\(([^)\s]+)", line)]
    return [
        line.replace(".zh-CN.", ".").replace("-zh.", ".").replace("-en.", ".") for line in shape
    ]


def test_readmes_in_step() -> None:
    assert outline("README.md") == outline("README.zh-CN.md"), (
        "the two READMEs differ in shape: what one tells, the other tells at the same place"
    )


def test_readmes_point_at_each_other() -> None:
    assert "README.zh-CN.md" in text("README.md")
    assert "README.md" in text("README.zh-CN.md")
