"""Compliance: was it on time, and what else is there to see; findings for people, never a score.

`judge` knows only what was known at `as_of`, so any past day can be judged again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct, field

from server.rules import commitments, exemption_words, exposure, gate, gists, sayings, urgency
from server.rules.commitments import Commitment
from server.rules.coverage import Coverage, covered_until
from server.rules.disclosures import EditionHead, first_publication, judged_at, known_at, was_opened
from server.rules.exemptions import Exemption, lifted_at
from server.rules.obligations import Obligation
from server.rules.periods import day_start, local_date
from server.rules.reviewing import only_turn
from server.rules.values import Text
from server.rules.workdays import WorkdayCalendar

CellState = Literal["not_yet", "open", "due_soon", "on_time", "late", "missing", "exempt"]
FindingKind = Literal[
    "displayed_short",
    "ended_early",
    "unreviewed",
    "reviewed_after",
    "objected",
    "no_board_photo",
    "content",
    "empty",
    "overridden",
    "corrected",
    "withdrawn",
    "provisional",
    "in_review",
    "scheduled",
    "returned",
    "committed",
    "commitment_lapsed",
    "exempted",
    "deadline_moved",
    "exempted_after",
    "deadline_after",
]

# A late posting is a fact and no task; these ask somebody to look.
_FOR_A_PERSON: frozenset[FindingKind] = frozenset(
    {
        "displayed_short",
        "unreviewed",
        "reviewed_after",
        "objected",
        "no_board_photo",
        "content",
        "empty",
        "overridden",
        "withdrawn",
    }
)


class Finding(Struct, frozen=True):
    """A separate fact for people to judge; `numbers` are the ones its sentence names.

    `allowed`: the schedule allows it, so that nobody need look.
    """

    kind: FindingKind
    text: Text
    numbers: dict[str, Any] = field(default_factory=dict)
    allowed: bool = False


class Cell(Struct, frozen=True):
    """The verdict on one obligation.

    `late_days`: calendar days late or, while missing, days missing so far; otherwise None.
    `edition_id` is the first publication, which decides; `opened_on` the day villagers could read it.
    `relieved`: it is missing, and nobody waits for it any more or not yet. `coverage`: of what is decided.
    """

    obligation: Obligation
    state: CellState
    late_days: int | None
    findings: list[Finding]
    disclosure_id: str | None
    edition_id: str | None
    judged_at: datetime | None
    opened_on: date | None
    relieved: bool = False
    coverage: Coverage | None = None


class Summary(Struct, frozen=True):
    """One calculation for the sentence, the filters and the totals.

    owed = on_time + late + missing + due_soon + open + not_yet; exempt is in no denominator.
    """

    owed: int
    on_time: int
    late: int
    missing: int
    due_soon: int
    open: int
    not_yet: int
    exempt: int
    needs_person: int

    @property
    def finished(self) -> int:
        """How many are decided: on time, late or missing."""
        return self.on_time + self.late + self.missing

    @property
    def on_time_permille(self) -> int | None:
        """On time per thousand finished, rounded down so that 1000 means every one; None: none finished."""
        return self.on_time * 1000 // self.finished if self.finished else None


def judge(
    obligation: Obligation,
    editions: Sequence[EditionHead],
    board_photo_times: Sequence[datetime],
    as_of: datetime,
    calendar: WorkdayCalendar,
    registered: Sequence[Commitment] = (),
) -> Cell:
    """Return the verdict on an obligation as of a moment.

    `editions` are all those of its disclosure, `board_photo_times` when its board photos reached us,
    `registered` its commitments. The first publication decides on time or late; corrections and
    withdrawals after it are findings, and so is a registration without content: due dates keep running.
    """
    known = [k for e in editions if (k := known_at(e, as_of)) is not None]
    first = first_publication(known, as_of)
    moment = judged_at(first, obligation.schedule) if first else None
    state, days = _state(obligation, first, moment, as_of, calendar)
    findings = [*_registered(registered, as_of), *_on_the_way(known, as_of)]
    if first is not None and state != "exempt":
        findings = [
            *_display(obligation, known, as_of, calendar),
            *_review(obligation, known, first, as_of, calendar),
            *_board(obligation, known, board_photo_times, as_of),
            *_content(known, as_of),
            *findings,
        ]
    findings += _decided(obligation, state)
    if obligation.due.provisional:
        findings.append(Finding("provisional", sayings.provisional(obligation.due.due_on)))
    return Cell(
        obligation=obligation,
        state=state,
        late_days=days,
        findings=findings,
        disclosure_id=known[0].disclosure_id if known else None,
        edition_id=first.id if first else None,
        judged_at=moment,
        opened_on=local_date(first.opens_at) if first and first.opens_at else None,
        relieved=state == "missing" and obligation.relieved(as_of),
        coverage=covered_until(obligation.schedule.display, known, as_of, calendar)
        if state in ("on_time", "late", "missing")
        else None,
    )


def _state(
    obligation: Obligation,
    first: EditionHead | None,
    moment: datetime | None,
    as_of: datetime,
    calendar: WorkdayCalendar,
) -> tuple[CellState, int | None]:
    due = obligation.due
    if obligation.exempt is not None and not _stood(first, obligation.exempt):
        return "exempt", None
    if moment is not None:
        if moment < due.due_before:
            return "on_time", None
        return "late", (local_date(moment) - due.due_on).days
    if as_of >= due.due_before:
        # Nobody has been missing it since the day on which it was lifted, if afterwards.
        until = lifted_at(obligation.afterwards) or as_of
        return "missing", (local_date(until) - due.due_on).days
    if as_of < day_start(due.opens_on):
        return "not_yet", None
    warned_from = calendar.add_workdays(due.due_on, -1).date
    return ("due_soon" if local_date(as_of) >= warned_from else "open"), None


def _stood(first: EditionHead | None, exempt: Exemption) -> bool:
    """Say whether it was on show, and so judged, when it was decided that it need not be."""
    opened, decided = first.opens_at if first else None, exempt.decided_at
    return opened is not None and decided is not None and opened <= decided


def _decided(obligation: Obligation, state: CellState) -> Iterable[Finding]:
    """Say what was decided for this village: in time, or when it was overdue already."""
    if obligation.exempt is not None and state == "exempt":
        yield Finding("exempted", exemption_words.exempted(obligation.exempt))
    if (moved := obligation.moved) is not None and state != "exempt":
        numbers = {"rule_due_on": moved.rule_due.due_on.isoformat()}
        yield Finding("deadline_moved", exemption_words.moved(moved), numbers)
    for each in obligation.afterwards if state in ("late", "missing") else ():
        assert each.decided_at is not None
        days = (local_date(each.decided_at) - obligation.due.due_on).days
        kind: FindingKind = "exempted_after" if each.due_on is None else "deadline_after"
        yield Finding(kind, exemption_words.afterwards(each, days), {"days": days})


def _registered(registered: Sequence[Commitment], as_of: datetime) -> Iterable[Finding]:
    if waiting := commitments.pending(registered, as_of):
        first = waiting[0]
        yield Finding(
            "committed",
            sayings.committed(first.received_at, first.lapses_at),
            {"waiting": len(waiting), "hours": first.hours},
        )
    if gone := commitments.lapsed(registered, as_of):
        newest = gone[-1]
        yield Finding(
            "commitment_lapsed",
            sayings.commitment_lapsed(newest.received_at, newest.hours, len(gone)),
            {"lapsed": len(gone), "hours": newest.hours},
        )


def _on_the_way(known: Sequence[EditionHead], as_of: datetime) -> Iterable[Finding]:
    newest = max(known, key=lambda e: (e.received_at, e.id), default=None)
    if newest is None:
        return
    if newest.state == "in_review":
        # A signature that came later was not known: then whoever waited is not known either.
        if newest.turn is not None and newest.turn.since <= as_of:
            turn = newest.turn
            numbers = {"by": turn.by, "given": turn.given, "needed": turn.needed}
            yield Finding("in_review", sayings.waiting_for(turn), numbers)
        else:
            yield Finding("in_review", sayings.in_review(newest.received_at))
    elif newest.state == "returned":
        yield Finding("returned", sayings.returned(newest.decided_at or newest.received_at))
    elif newest.state == "approved" and newest.opens_at and newest.opens_at > as_of:
        yield Finding("scheduled", sayings.scheduled(newest.opens_at))


def _display(
    obligation: Obligation, known: Sequence[EditionHead], as_of: datetime, calendar: WorkdayCalendar
) -> Iterable[Finding]:
    display = obligation.schedule.display
    runs = exposure.runs(known, as_of)
    if display.min_days is None:
        return
    lasted = [
        (run, exposure.days_of(run, display, as_of, calendar), display.min_days) for run in runs
    ]
    for run, days, needed in lasted:
        if run.down_at is not None and days < needed:
            yield Finding(
                "ended_early",
                sayings.ended_early(run.opened_at, run.down_at, days, needed, display.unit),
                {"displayed": days, "required": needed, "unit": display.unit},
            )
    # Made good when a later run lasted; not yet to be said while one is still up.
    if all(run.down_at is not None and days < needed for run, days, needed in lasted):
        best = max(days for _, days, _ in lasted)
        yield Finding(
            "displayed_short",
            sayings.displayed_short(best, display.min_days, display.unit),
            {"displayed": best, "required": display.min_days, "unit": display.unit},
        )


def _review(
    obligation: Obligation,
    known: Sequence[EditionHead],
    first: EditionHead,
    as_of: datetime,
    calendar: WorkdayCalendar,
) -> Iterable[Finding]:
    schedule = obligation.schedule
    if not schedule.review_required:
        return
    if after := urgency.after_review(known, schedule.urgent, calendar, as_of):
        yield _reviewed_later(obligation, after, known, as_of)
        return
    if first.decided_at is None or first.decided_by in (None, first.submitted_by):
        yield Finding("unreviewed", sayings.unreviewed())
    elif first.opens_at is not None and first.decided_at > first.opens_at:
        yield Finding("reviewed_after", sayings.reviewed_after(first.opens_at, first.decided_at))


_AFTER: dict[urgency.State, FindingKind] = {
    "waiting": "unreviewed",
    "overdue": "unreviewed",
    "withdrawn": "unreviewed",
    "objected": "objected",
    "reviewed": "reviewed_after",
    "late": "reviewed_after",
}


def _reviewed_later(
    obligation: Obligation,
    after: urgency.AfterReview,
    known: Sequence[EditionHead],
    as_of: datetime,
) -> Finding:
    """Return what is to be said of a publication that came before its review, and whose turn it is."""
    numbers: dict[str, Any] = {
        "due_on": after.due_on.isoformat(),
        "days_late": after.days_late,
    }
    text = urgency.words(after)
    if after.state in ("waiting", "overdue"):
        first = next(e for e in known if e.urgent_reason is not None)
        turn = first.turn or only_turn(obligation.schedule.review, first.received_at)
        # A signature that came later was not known then.
        if turn is not None and turn.since <= as_of:
            numbers |= {"by": turn.by, "given": turn.given, "needed": turn.needed}
            said = urgency.waits_for(turn)
            text = Text(text.zh + said.zh, text.en + said.en)
    return Finding(
        _AFTER[after.state], text, numbers, allowed=after.state in ("waiting", "reviewed")
    )


def _board(
    obligation: Obligation, known: Sequence[EditionHead], times: Sequence[datetime], as_of: datetime
) -> Iterable[Finding]:
    if not obligation.schedule.board_photo_required:
        return
    # A photo sent with the accounts comes before their approval: the period's end is early enough.
    earliest = day_start(obligation.due.opens_on)
    last = exposure.runs(known, as_of)[-1].down_at or as_of
    inside = [t for t in times if earliest <= t <= min(last, as_of)]
    if not inside:
        seen = sum(t <= as_of for t in times)
        yield Finding(
            "no_board_photo", sayings.no_board_photo(seen), {"photos": 0, "outside": seen}
        )


def _content(known: Sequence[EditionHead], as_of: datetime) -> Iterable[Finding]:
    opened = sorted((e for e in known if was_opened(e, as_of)), key=exposure.by_opening)
    newest = opened[-1]
    if gists.is_empty(newest.gist):
        yield Finding("empty", sayings.empty())
    overridden = len(gate.asked_in(newest.findings))
    if count := len(newest.findings) - overridden:
        yield Finding("content", sayings.content(count), {"count": count})
    if overridden:
        yield Finding("overridden", sayings.overridden(overridden), {"count": overridden})
    if len(opened) > 1:
        times = len(opened) - 1
        yield Finding("corrected", sayings.corrected(times), {"times": times})
    if newest.state == "withdrawn" and newest.withdrawn_at is not None:
        yield Finding("withdrawn", sayings.withdrawn(newest.withdrawn_at, newest.withdrawn_reason))


def needs_person(cell: Cell) -> bool:
    """Say whether somebody should look: it is missing, or a finding asks for it."""
    if cell.state == "exempt":
        return False
    return (cell.state == "missing" and not cell.relieved) or any(
        f.kind in _FOR_A_PERSON and not f.allowed for f in cell.findings
    )


def summary(cells: Iterable[Cell]) -> Summary:
    """Return the counts over cells."""
    cells = list(cells)
    count = Counter(c.state for c in cells)
    return Summary(
        owed=len(cells) - count["exempt"],
        on_time=count["on_time"],
        late=count["late"],
        missing=count["missing"],
        due_soon=count["due_soon"],
        open=count["open"],
        not_yet=count["not_yet"],
        exempt=count["exempt"],
        needs_person=sum(map(needs_person, cells)),
    )
