"""Schedules: when a category is due and how long it stays up, as data, with provinces' policies laid over it.

The number of days is never in the code. category.json carries a schedule; a policy overrides some of
its numbers below a division between two dates; the rule in force at the period's end judges it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from msgspec import Struct

from server.rules.documents import Fields, expected
from server.rules.due_rules import After as After
from server.rules.due_rules import DayOfMonth as DayOfMonth
from server.rules.due_rules import DaysAfter as DaysAfter
from server.rules.due_rules import Display as Display
from server.rules.due_rules import DueRule as DueRule
from server.rules.due_rules import FixedDate as FixedDate
from server.rules.due_rules import Retention as Retention
from server.rules.due_rules import Until as Until
from server.rules.due_rules import parse_display
from server.rules.due_rules import parse_due as parse_due
from server.rules.due_rules import parse_retention as parse_retention
from server.rules.grades import USUAL as USUAL_GRADES
from server.rules.grades import GradeRule, parse_grades
from server.rules.inquiry_rules import InquiryRules, SaidRules, parse_inquiry_rules, rules_among
from server.rules.inspection_rules import SaidInspectionRules, parse_inspection_rules
from server.rules.legal_basis import LegalBasis, parse_legal_basis
from server.rules.owners import BY_VILLAGES, Owner, owner_of, parse_owners
from server.rules.periods import CADENCES
from server.rules.periods import Cadence as Cadence
from server.rules.reminders import ReminderRule, parse_reminders, rule_among
from server.rules.reviewing import ReviewRule, UrgentRule, parse_review, parse_urgent
from server.rules.values import Text

COMMITMENT_HOURS = 72
LEAST_COMMITMENT_HOURS = 24
"""At least a day, because a kept public page looks again at midnight: it never misses a lapse."""
TOPIC_SIGNATURES = 20


REPLY = DaysAfter(5, "working")
"""The term to answer a villager where no policy sets one."""


class Schedule(Struct, frozen=True):
    """The rule a period is judged by. `grace_hours`: how long a review may take without making it late.
    `commitment_hours`: how long content may take to follow its registration and still count from then.
    `urgent`: whether, and for how long, a review may follow the publication; None: never.
    `in_use`: whether anybody owes it here, and may post it; what is up stays up. `owed_by`: whether villages owe it, or
    their groups, or both.

    `source` says where the rule comes from; `version` names the schedule and every policy in it.
    """

    cadence: Cadence
    due: DueRule
    display: Display
    grace_hours: int
    board_photo_required: bool
    review_required: bool
    review: ReviewRule
    source: Text
    policy_id: str | None
    version: str
    commitment_hours: int
    urgent: UrgentRule | None
    in_use: bool
    owed_by: tuple[Owner, ...] = BY_VILLAGES

    def is_owed_by(self, division: str) -> bool:
        """Say whether a place of this code owes it, and may post it: a village or a village group."""
        return self.in_use and owner_of(division) in self.owed_by


class Policy(Struct, frozen=True):
    """A province's or county's own numbers, in force from `valid_from` to `valid_to`, both included.

    `division_prefix`: leading digits of the codes it holds for; '' is the whole country. `overrides`:
    parts of a schedule by selector: '*', 'cadence:event' (every category of that cadence), or a
    category's key; later selectors in this order win. `reply`: the term to answer a villager.
    `topic_signatures`: how many who sign together make a topic compulsory. `reminders`: when those who owe are reminded. `common_day`: the day of the month on which all publish.
    `inquiries`: what the desk goes by. `grades`: from which share on time a township's quarter is called what.
    `inspections`: how what is found on the spot is put right.
    """

    id: str
    division_prefix: str
    valid_from: date
    valid_to: date | None
    title: Text
    legal_basis: list[LegalBasis]
    overrides: dict[str, dict[str, Any]]
    reply: DaysAfter | None = None
    reminders: ReminderRule | None = None
    common_day: int | None = None
    topic_signatures: int | None = None
    inquiries: SaidRules | None = None
    grades: GradeRule | None = None
    inspections: SaidInspectionRules | None = None

    @property
    def names_term(self) -> bool:
        """Say whether it names how long what is over can be read."""
        return any("retention" in part.get("display", {}) for part in self.overrides.values())

    def concerns(self, division: str) -> bool:
        """Say whether the policy is about a division, whenever."""
        return division.startswith(self.division_prefix)

    def holds(self, division: str, on: date) -> bool:
        """Say whether the policy is in force for a division on a day."""
        return (
            division.startswith(self.division_prefix)
            and self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
        )


class Scheduled(Protocol):
    """What a schedule is looked up for: a category."""

    @property
    def key(self) -> str: ...
    @property
    def schedule_doc(self) -> Mapping[str, Any]: ...


def parse_schedule(doc: object, field: str = "schedule") -> Schedule:
    """Read the schedule of a category.json. Raises BadDocument with the pointer of the wrong field."""
    f = Fields(doc, field)
    schedule = Schedule(
        cadence=f.choice("cadence", CADENCES),
        due=parse_due(f.part("due")),
        display=parse_display(f.part("display")),
        grace_hours=f.whole("grace_hours", 0, 24 * 60),
        board_photo_required=f.flag("board_photo_required"),
        review_required=f.flag("review_required"),
        review=parse_review(f.part("review")) if f.has("review") else ReviewRule(),
        urgent=parse_urgent(f.part("urgent")) if f.has("urgent") else None,
        source=f.sentence("source"),
        policy_id=f.text("policy_id", None),
        version=f.text("version", "1") or "1",
        commitment_hours=f.whole("commitment_hours", LEAST_COMMITMENT_HOURS, 24 * 30)
        if f.has("commitment_hours")
        else COMMITMENT_HOURS,
        in_use=f.flag("in_use") if f.has("in_use") else True,
        owed_by=parse_owners(f),
    )
    f.finish()
    return schedule


_OVERRIDABLE = frozenset(
    {
        "cadence",
        "due",
        "display",
        "grace_hours",
        "commitment_hours",
        "board_photo_required",
        "review_required",
        "review",
        "urgent",
        "source",
        "in_use",
        "owed_by",
    }
)


def parse_policy(doc: object, field: str = "policy") -> Policy:
    """Read a policy's document. Raises BadDocument with the pointer of the wrong field."""
    f = Fields(doc, field)
    prefix = f.text("division_prefix", "") or ""
    if len(prefix) not in (0, 2, 4, 6, 9, 12) or not (prefix == "" or prefix.isdecimal()):
        raise f.wrong(
            "division_prefix",
            expected(" 0、2、4、6、9 或 12 位数字", "0, 2, 4, 6, 9 or 12 digits", prefix),
        )
    valid_from, valid_to = f.day("valid_from"), f.day_or_null("valid_to")
    if valid_to is not None and valid_to < valid_from:
        raise f.wrong(
            "valid_to",
            Text(
                f"{valid_to} 早于 valid_from {valid_from}",
                f"{valid_to} lies before valid_from {valid_from}",
            ),
        )
    reply = f.part_or_null("reply")
    reminders = f.part_or_null("reminders")
    inquiries = f.part_or_null("inquiries")
    grades = f.part_or_null("grades")
    inspections = f.part_or_null("inspections")
    policy = Policy(
        id=f.name("id"),
        division_prefix=prefix,
        valid_from=valid_from,
        valid_to=valid_to,
        title=f.sentence("title"),
        legal_basis=[parse_legal_basis(item) for item in f.parts("legal_basis")],
        overrides=_overrides(f.part("overrides")),
        reply=_reply(reply) if reply else None,
        reminders=parse_reminders(reminders) if reminders else None,
        common_day=f.whole("common_day", 1, 31) if f.has("common_day") else None,
        topic_signatures=f.whole("topic_signatures", 1, 100_000)
        if f.has("topic_signatures")
        else None,
        inquiries=parse_inquiry_rules(inquiries) if inquiries else None,
        grades=parse_grades(grades) if grades else None,
        inspections=parse_inspection_rules(inspections) if inspections else None,
    )
    f.finish()
    return policy


def _reply(f: Fields) -> DaysAfter:
    rule = DaysAfter(f.whole("days", 1, 366), f.choice("unit", ("calendar", "working")))
    f.finish()
    return rule


def _overrides(f: Fields) -> dict[str, dict[str, Any]]:
    cadences = {f"cadence:{cadence}" for cadence in CADENCES}
    overrides: dict[str, dict[str, Any]] = {}
    for selector in f.names():
        part = f.part(selector)
        if selector != "*" and not selector.isidentifier() and selector not in cadences:
            raise f.wrong(
                selector,
                Text(
                    "应为 '*'、'cadence:…' 或类别代码",
                    "expected '*', 'cadence:…' or a category's key",
                ),
            )
        for name in part.names():
            if name not in _OVERRIDABLE:
                known = ", ".join(sorted(_OVERRIDABLE))
                raise part.wrong(
                    name,
                    Text(
                        f"地方规定不能改这一项；能改的是 {known}",
                        f"a policy cannot set this; it can set {known}",
                    ),
                )
        _check_parts(part)
        overrides[selector] = dict(part.doc)
    return overrides


def _check_parts(part: Fields) -> None:
    """Look at every value that a policy sets, where it stands: laid over a schedule it must still be one."""
    if part.has("due"):
        parse_due(part.part("due"))
    if part.has("review"):
        parse_review(part.part("review"))
    if part.has("urgent"):
        parse_urgent(part.part("urgent"))
    for flag in ("in_use", "review_required", "board_photo_required"):
        if flag in part.doc:
            part.flag(flag)
    parse_owners(part)
    if "cadence" in part.doc:
        part.choice("cadence", CADENCES)
    if "grace_hours" in part.doc:
        part.whole("grace_hours", 0, 24 * 60)
    if "commitment_hours" in part.doc:
        part.whole("commitment_hours", LEAST_COMMITMENT_HOURS, 24 * 30)
    if "source" in part.doc:
        part.sentence("source")
    if "display" in part.doc:
        _check_display(part.part("display"))


def _check_display(f: Fields) -> None:
    """Look at the parts of a display that a policy sets; what it leaves out is the category's."""
    whole = {
        "min_days": 1,
        "unit": "calendar",
        "counts_first_day": False,
        "until": "superseded",
        "after": "archived",
    }
    parse_display(Fields({**whole, **f.doc}, f.pointer))


def schedule_for(
    category: Scheduled, policies: Iterable[Policy], division: str, on: date
) -> Schedule:
    """Return the schedule in force for a category in a division on a day.

    `on` is the day of the event or the last day of the period, never today. Policies are laid over
    each other from the shortest prefix to the longest, and from older to newer. A policy's `due`
    replaces the rule whole; `display` is merged key by key.
    """
    doc = dict(category.schedule_doc)
    applied: list[Policy] = []
    for policy in holding(policies, division, on):
        if merged := _laid_over(doc, policy, category.key):
            doc = merged
            applied.append(policy)
    if applied:
        doc["policy_id"] = applied[-1].id
        marks = [f"{p.id}@{p.valid_from.isoformat()}" for p in applied]
        doc["version"] = "+".join([str(doc.get("version", "1")), *marks])
    return parse_schedule(doc, f"{category.key}/schedule")


def holding(policies: Iterable[Policy], division: str, on: date) -> list[Policy]:
    """Return the policies in force, from the shortest prefix to the longest, and from older to newer."""
    return sorted(
        (p for p in policies if p.holds(division, on)),
        key=lambda p: (len(p.division_prefix), p.valid_from, p.id),
    )


def reminder_rule_for(policies: Iterable[Policy], division: str, on: date) -> ReminderRule:
    """Return when those who owe in a division are reminded: the most particular policy's word, or the usual."""
    return rule_among([p.reminders for p in holding(policies, division, on)])


def reply_rule_for(policies: Iterable[Policy], division: str, on: date) -> DaysAfter:
    """Return within how many days villagers of a division are answered: the most particular policy's word, or the usual."""
    rules = [p.reply for p in holding(policies, division, on) if p.reply is not None]
    return rules[-1] if rules else REPLY


def inquiry_rules_for(policies: Iterable[Policy], division: str, on: date) -> InquiryRules:
    """Return what the desk of a division goes by: the most particular policy's words, or the usual."""
    return rules_among(p.inquiries for p in holding(policies, division, on))


def grade_rule_for(policies: Iterable[Policy], division: str, on: date) -> GradeRule:
    """Return from which share on time a division's quarter is called what: the most particular policy's word, or the usual."""
    rules = [p.grades for p in holding(policies, division, on) if p.grades is not None]
    return rules[-1] if rules else USUAL_GRADES


def topic_signatures_for(policies: Iterable[Policy], division: str, on: date) -> int:
    """Return how many signatures make a topic compulsory in a division.

    Laws name a share of the villagers; a policy for the village's own code says how many that is there.
    """
    counts = [p.topic_signatures for p in holding(policies, division, on)]
    return next((count for count in reversed(counts) if count is not None), TOPIC_SIGNATURES)


def common_day_for(policies: Iterable[Policy], division: str, on: date) -> int | None:
    """Return the day of the month on which everybody in a division publishes; None where none was agreed."""
    days = [p.common_day for p in holding(policies, division, on) if p.common_day is not None]
    return days[-1] if days else None


def next_common_day(day_of_month: int, today: date) -> date:
    """Return the next common disclosure day, today included; the 31st is a shorter month's last day."""
    year, month = today.year, today.month
    found = date(year, month, min(day_of_month, monthrange(year, month)[1]))
    if found >= today:
        return found
    year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(day_of_month, monthrange(year, month)[1]))


def _laid_over(doc: dict[str, Any], policy: Policy, category: str) -> dict[str, Any] | None:
    own = policy.overrides.get(category, {})
    everywhere = policy.overrides.get("*", {})
    cadence = own.get("cadence", everywhere.get("cadence", doc.get("cadence")))
    parts = [p for p in (everywhere, policy.overrides.get(f"cadence:{cadence}", {}), own) if p]
    if not parts:
        return None
    merged = dict(doc)
    # Numbers that a policy sets are the policy's: its name stands under them unless it says more.
    if any(_says_when(part) for part in parts):
        merged["source"] = policy.title.as_dict()
    for part in parts:
        display = {**merged.get("display", {}), **part.get("display", {})}
        merged = {**merged, **part, "display": display}
    return merged


def _says_when(part: Mapping[str, Any]) -> bool:
    """Say whether a part of a policy is about when something is shown, and not only about whether, or about afterwards."""
    shown = part.get("display", {}).keys() - {"retention"}
    return bool(part.keys() - {"in_use", "owed_by", "display"} or shown)
