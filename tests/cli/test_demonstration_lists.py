"""What the demonstration's lists say beside each other: one finding of each kind for a township's officer, on any day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.cli.demonstration import notices
from server.cli.demonstration.acts import Posting
from server.cli.demonstration.cross_story import CrossStory
from server.cli.demonstration.fates import ROSTER
from server.cli.demonstration.ledger import read_village
from server.cli.demonstration.moments import Moments
from server.rules.cross_lists import Notice, cross_findings
from server.rules.rulebook import Rulebook
from tests.cast import at
from tests.rules.builders import calendar
from tests.rules.categories_on_disk import KEYS, category

BOOK = Rulebook({key: category(key) for key in KEYS}, {}, [], calendar())
VILLAGES = json.loads(Path("seeds/demo/villages.json").read_text("utf-8"))["villages"]


@pytest.mark.parametrize("now", ["2026-11-24 10:00+08:00", "2028-02-29 09:00+08:00"])
def test_a_household_on_two_lists_and_a_leader_with_relief(now: str) -> None:
    when = Moments(at(now), BOOK)
    story = CrossStory(when, {row["code"]: read_village(row, row["name"]) for row in VILLAGES})
    posted = [act for act in story.acts() if isinstance(act, Posting)]
    newest = when.quarters()[when.settled(ROSTER)]
    told = [(p.division, p.category, p.content) for p in posted]
    told += [
        (row["code"], ROSTER, notices.roster(row["code"], newest))
        for row in VILLAGES
        if row["code"] in {p.division for p in posted}
    ]
    found = cross_findings(
        [
            Notice(str(number), village, key, key, newest.end, content, BOOK.categories[key].people)
            for number, (village, key, content) in enumerate(told)
        ],
        [],
    )
    assert sorted(each.kind for each in found) == ["excluded", "staff"]
