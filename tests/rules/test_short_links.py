"""Short links: signs that nobody mistakes, and what a sheet of paper is told about itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.rules.disclosure_pages import EditionLine
from server.rules.short_links import (
    LAST_EDITION,
    SIGNS,
    Paper,
    ShortLink,
    content_signs,
    grouped,
    notice_signs,
    paper_mark,
    read,
    read_paper,
    sheet_signs,
)
from tests.cast import at

DISCLOSURE = "01990000-0000-7000-8000-000000000001"
LOOK_ALIKE = ("0ODQ", "1IL", "8B", "6G", "5S", "UV", "2Z")
FIRST = EditionLine(1, at("2026-10-09 09:00+08:00"), None, "approved", "sha256:" + "1" * 64)
SECOND = EditionLine(
    2, at("2026-10-12 09:00+08:00"), "水电费写错", "approved", "sha256:" + "2" * 64
)


def paper_of(line: EditionLine) -> Paper:
    return Paper(line.number, content_signs(line.content_hash))


def test_no_two_signs_look_alike() -> None:
    assert len(set(SIGNS)) == len(SIGNS)
    for group in LOOK_ALIKE:
        assert len(set(group) & set(SIGNS)) <= 1, group


@given(st.uuids(), st.integers(1, LAST_EDITION), st.binary(min_size=32, max_size=32))
def test_a_sheet_says_which_it_is(disclosure: object, edition: int, content: bytes) -> None:
    digest = f"sha256:{content.hex()}"
    notice = notice_signs(str(disclosure))
    signs = sheet_signs(notice, edition, digest)
    assert len(signs) == 12
    assert read(signs.lower()) == ShortLink(notice, Paper(edition, content_signs(digest)))
    assert read(notice) == ShortLink(notice, None)
    link = read(signs)
    assert link is not None
    assert read_paper(str(link.paper)) == link.paper


def test_signs_are_what_they_were() -> None:
    """They are printed: a change of the way they are made would be seen here."""
    assert notice_signs(DISCLOSURE) == "8Y9F8N2"
    assert notice_signs(DISCLOSURE, 1) != notice_signs(DISCLOSURE)
    assert content_signs("sha256:" + "1" * 64) == "5R6"


def test_an_edition_beyond_the_last_has_the_notice_s_signs() -> None:
    assert sheet_signs("7K3M9PX", LAST_EDITION + 1, "") == "7K3M9PX"
    assert grouped("7K3M9PX") == "7K3M9PX"
    assert grouped("7K3M9PX2AK4P") == "7K3M9PX 2A K4P"


@pytest.mark.parametrize(
    "typed", ["", "7K3M9Q", "7K3M9QO", "7K3M9PX2AK4", "7K3M9PX2AK4P9", "７K3M9QX", "公示栏公示栏公"]
)
def test_what_is_no_short_link(typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize(
    "text", [None, "", "2", "2-", "-K4P", "2-K4PP", "2-k4p", "²-K4P", "1000-K4P", "2-K4O"]
)
def test_what_names_no_paper(text: str | None) -> None:
    assert read_paper(text) is None


def test_the_sheet_that_stands() -> None:
    mark = paper_mark(paper_of(SECOND), [SECOND, FIRST], 2)
    assert (mark.kind, mark.edition) == ("same", 2)


def test_a_sheet_that_was_replaced_is_told_when_and_why() -> None:
    mark = paper_mark(paper_of(FIRST), [SECOND, FIRST], 2)
    assert (mark.kind, mark.newest, mark.reason) == ("superseded", 2, "水电费写错")
    assert mark.replaced_at == SECOND.opened_at
    assert mark.comparable
    third = replace(SECOND, number=3, opened_at=at("2026-10-20 09:00+08:00"), reason="又改")
    mark = paper_mark(paper_of(FIRST), [third, SECOND, FIRST], 3)
    assert (mark.replaced_at, mark.reason) == (SECOND.opened_at, "又改"), (
        "when it was no longer right"
    )


def test_what_was_taken_down_cannot_be_compared() -> None:
    gone = replace(FIRST, state="withdrawn", reason="重名")
    assert not paper_mark(paper_of(gone), [SECOND, gone], 2).comparable
    mark = paper_mark(paper_of(gone), [gone], 1)
    assert (mark.kind, mark.reason) == ("withdrawn", "重名")
    later = replace(SECOND, state="withdrawn", reason="重名")
    mark = paper_mark(paper_of(later), [later, FIRST], 1)
    assert mark.kind == "withdrawn", "the edition before it stands again"


@pytest.mark.parametrize(
    "paper",
    [
        Paper(3, content_signs(SECOND.content_hash)),
        Paper(1, content_signs(SECOND.content_hash)),
        Paper(0, "222"),
    ],
)
def test_a_sheet_that_never_was(paper: Paper) -> None:
    assert paper_mark(paper, [SECOND, FIRST], 2).kind == "different"
