from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.receipts import NotAReceipt, Receipt, proves, receipt_in, text_of
from tests.rules.builders import at, day, quick

hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
moments = st.integers(0, 400 * 86_400_000).map(
    lambda ms: at("2026-01-01 00:00") + timedelta(milliseconds=ms)
)


@st.composite
def made(draw: st.DrawFn) -> Receipt:
    """A receipt of either kind."""
    kind = draw(st.sampled_from(["commitment", "submission"]))
    first = kind == "commitment"
    return Receipt(
        kind="commitment" if first else "submission",
        id="019a1190-3680-7000-8000-000000000001",
        division="640425103200",
        category="finance_quarterly",
        period=draw(st.sampled_from(["2026Q3", "2026-09", "2026", "E2026-10-09-0000abcd", "L"])),
        content_hash=f"sha256:{draw(hashes)}",
        photos=tuple(draw(st.lists(hashes, max_size=3))) if first else (),
        received_at=draw(moments),
        lapses_at=draw(moments) if first else None,
        committed_at=None if first else draw(st.none() | moments),
        planned_at=draw(st.none() | moments),
        due_on=draw(st.dates(day("2026-01-01"), day("2027-12-31"))),
    )


@quick
@given(made())
def test_a_receipt_reads_back_as_what_was_written(receipt: Receipt) -> None:
    found = receipt_in(text_of(receipt))
    assert found == receipt
    assert text_of(found) == text_of(receipt)
    said = proves(found)
    assert all(s.zh and s.en for s in said)
    assert any(receipt.content_hash in s.zh and receipt.content_hash in s.en for s in said)


def test_the_text_is_one_fact_a_line() -> None:
    receipt = Receipt(
        kind="submission",
        id="x",
        division="640425103200",
        category="finance_quarterly",
        period="2026Q3",
        content_hash="sha256:0f",
        committed_at=at("2026-10-15 23:59:59"),
        received_at=at("2026-10-17 08:00"),
        due_on=day("2026-10-15"),
    )
    assert text_of(receipt) == (
        "gongshilan-receipt/v1\nkind submission\nid x\ndivision 640425103200\n"
        "category finance_quarterly\nperiod 2026Q3\ncontent sha256:0f\n"
        "committed 2026-10-15T15:59:59.000Z\nreceived 2026-10-17T00:00:00.000Z\ndue 2026-10-15\n"
    )
    assert "没有超过" in proves(receipt)[-2].zh


@pytest.mark.parametrize(
    "change",
    [
        ("gongshilan-receipt/v1", "gongshilan-receipt/v2"),
        ("kind submission", "kind promise"),
        ("due 2026-10-15\n", ""),
        ("due 2026-10-15", "due 2026-10-32"),
        ("received ", "received\t"),
        ("id x\n", "id x\nid y\n"),
        ("T00:00:00.000Z", "T00:00:00"),
        ("due 2026", "note 2026"),
    ],
)
def test_another_spelling_is_no_receipt(change: tuple[str, str]) -> None:
    text = (
        "gongshilan-receipt/v1\nkind submission\nid x\ndivision 640425103200\n"
        "category finance_quarterly\nperiod 2026Q3\ncontent sha256:0f\n"
        "received 2026-10-17T00:00:00.000Z\ndue 2026-10-15\n"
    )
    assert receipt_in(text).id == "x"
    with pytest.raises(NotAReceipt):
        receipt_in(text.replace(*change))
