"""What a policy says about the desk: when it says whether something is taken up, on what grounds it is not, and how long an answer may be put off.

Where no policy says anything, the terms and grounds below hold: petitions are taken up or not within five working
days, and whoever refuses says where to turn instead.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from server.rules.documents import Fields
from server.rules.values import Text
from server.rules.workdays import DayUnit


class Term(Struct, frozen=True):
    """Some calendar or working days."""

    days: int
    unit: DayUnit


class Ground(Struct, frozen=True):
    """A ground on which something is not taken up, and where its sender can turn instead."""

    key: str
    name: Text
    turn_to: Text


class InquiryRules(Struct, frozen=True):
    """`accept`: within which term it is said whether something is taken up, from the day after it came.

    `most_extension`: by how many days, in the unit of the answer's own term, an answer may be put off, once.
    """

    accept: Term
    most_extension: int
    grounds: tuple[Ground, ...]

    def ground(self, key: str) -> Ground | None:
        """Return the ground of this name, or None."""
        return next((g for g in self.grounds if g.key == key), None)


class SaidRules(Struct, frozen=True):
    """What one policy says of the three; None where it leaves one to others."""

    accept: Term | None = None
    most_extension: int | None = None
    grounds: tuple[Ground, ...] | None = None


USUAL = InquiryRules(
    accept=Term(5, "working"),
    most_extension=15,
    grounds=(
        Ground(
            "by_law",
            Text(
                "已经或者应当通过诉讼、仲裁、行政复议解决",
                "it is, or has to be, settled by a court, arbitration or administrative review",
            ),
            Text(
                "可以到人民法院、仲裁委员会或者县司法局行政复议窗口办理；不知道找哪一家，打 12348 免费问。",
                "Turn to the court, the arbitration commission or the county's review office; 12348 says for free "
                "which of them.",
            ),
        ),
        Ground(
            "elsewhere",
            Text("不归村里和乡镇管", "it is neither the village's nor the township's to decide"),
            Text(
                "可以打 12345 热线，说明事情和地点，由热线转给管这件事的部门。",
                "Call 12345 and say what and where: the line passes it to whoever decides it.",
            ),
        ),
        Ground(
            "answered_before",
            Text("同一件事已经答复过，没有新的情况", "it was answered before and nothing is new"),
            Text(
                "不同意上次的答复，可以在三十日内到县级有关部门申请复查；有了新情况，请写明后再提。",
                "Who disagrees with that answer can ask the county for a review within thirty days; with something "
                "new, ask again and say what.",
            ),
        ),
        Ground(
            "unclear",
            Text("写得不够清楚，没有办法核实", "it cannot be looked into as it is written"),
            Text(
                "请写明时间、地点、是哪一笔或者哪一件事，再提一次；也可以到乡镇便民服务中心当面说。",
                "Ask again with the time, the place and which payment or matter it is; or say it in person at the "
                "township's service hall.",
            ),
        ),
    ),
)


def parse_inquiry_rules(f: Fields) -> SaidRules:
    """Read the part `inquiries` of a policy. Raises BadDocument with the pointer of the wrong field."""
    accept = f.part_or_null("accept")
    said = SaidRules(
        accept=_term(accept) if accept else None,
        most_extension=f.whole("most_extension", 0, 366) if f.has("most_extension") else None,
        grounds=_grounds(f) if f.has("grounds") else None,
    )
    f.finish()
    return said


def _term(f: Fields) -> Term:
    term = Term(f.whole("days", 1, 366), f.choice("unit", ("calendar", "working")))
    f.finish()
    return term


def _grounds(f: Fields) -> tuple[Ground, ...]:
    found: list[Ground] = []
    for part in f.parts("grounds"):
        ground = Ground(part.name("key"), part.sentence("name"), part.sentence("turn_to"))
        part.finish()
        if any(known.key == ground.key for known in found):
            raise part.wrong(
                "key", Text(f"{ground.key!r} 写了两次", f"{ground.key!r} is there twice")
            )
        found.append(ground)
    if not found:
        raise f.wrong(
            "grounds",
            Text("至少要有一个理由，现在是 0 个", "expected one ground at least, found none"),
        )
    return tuple(found)


def rules_among(said: Iterable[SaidRules | None]) -> InquiryRules:
    """Return what holds, of policies from the most general to the most particular: each part by its last word."""
    accept, most, grounds = USUAL.accept, USUAL.most_extension, USUAL.grounds
    for each in said:
        if each is None:
            continue
        accept = each.accept or accept
        most = most if each.most_extension is None else each.most_extension
        grounds = each.grounds or grounds
    return InquiryRules(accept, most, grounds)
