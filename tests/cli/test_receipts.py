"""`gongshilan receipt verify`: what a receipt proves, and every file that proves nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.external.signing import new_signer
from server.rules.receipts import Receipt, text_of
from tests.cast import at

SIGNER = new_signer("gongshi.example.cn")
KEY = str(SIGNER.verifier)
SHA = "0f" * 32
REGISTERED = Receipt(
    kind="commitment",
    id="019a1190-3680-7000-8000-000000000001",
    division="640425103200",
    category="finance_quarterly",
    period="2026Q3",
    content_hash=f"sha256:{SHA}",
    photos=(SHA, "ab" * 32),
    received_at=at("2026-10-15 23:59:59+08:00"),
    lapses_at=at("2026-10-18 23:59:59+08:00"),
    due_on=at("2026-10-15 12:00+08:00").date(),
)
SENT = Receipt(
    kind="submission",
    id=REGISTERED.id,
    division=REGISTERED.division,
    category=REGISTERED.category,
    period=REGISTERED.period,
    content_hash=REGISTERED.content_hash,
    committed_at=REGISTERED.received_at,
    received_at=at("2026-10-17 08:00+08:00"),
    due_on=REGISTERED.due_on,
)
LATE = Receipt(
    kind="submission",
    id=REGISTERED.id,
    division=REGISTERED.division,
    category=REGISTERED.category,
    period=REGISTERED.period,
    content_hash=REGISTERED.content_hash,
    received_at=at("2026-10-18 08:00+08:00"),
    due_on=REGISTERED.due_on,
)


def run(tmp_path: Path, content: str, args: Sequence[str] = ("--key", KEY)) -> Result:
    file = tmp_path / "receipt"
    file.write_text(content, "utf-8")
    return CliRunner().invoke(main, ["receipt", "verify", str(file), *args])


@pytest.mark.parametrize(
    ("receipt", "zh", "en"),
    [
        (
            REGISTERED,
            [
                "在 2026年10月15日 23:59:59（北京时间） 收到了登记",
                "2 张照片",
                "期限是2026年10月15日：没有超过",
            ],
            [
                "received the registration on 15 October 2026, 23:59:59",
                "2 photos",
                "it was in time",
            ],
        ),
        (
            SENT,
            ["收到了内容和全部照片", "所以按登记的时间算", "没有超过"],
            ["received content and all photos", "so that moment counts", "it was in time"],
        ),
        (LATE, ["超过了 3 天"], ["it was 3 days late"]),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_receipt_says_what_it_proves(
    tmp_path: Path, receipt: Receipt, zh: list[str], en: list[str], wrapped: bool
) -> None:
    note = SIGNER.sign(text_of(receipt))
    done = run(tmp_path, json.dumps({"id": receipt.id, "signed": note}) if wrapped else note)
    assert done.exit_code == 0, done.output
    for part in ["签名有效，签名者：gongshi.example.cn", *zh, *en, f"sha256:{SHA}"]:
        assert part in done.output
    assert "不证明内容属实" in done.output
    assert "proves neither that the content is true" in done.output


NOTE = SIGNER.sign(text_of(REGISTERED))


@pytest.mark.parametrize(
    ("about", "content"),
    [
        ("an hour earlier", NOTE.replace("T15:59", "T14:59")),
        ("another content", NOTE.replace("content sha256:0f", "content sha256:1f")),
        ("a photo less", NOTE.replace(f"photo {SHA}\n", "")),
        ("cut off", NOTE[: len(NOTE) // 2]),
        ("a web page", "<html><body>请登录 WiFi</body></html>"),
        ("an answer without a receipt", '{"id": "x"}'),
        ("half an answer", '{"signed": "'),
        ("signed, but no receipt", SIGNER.sign("I owe you one pig\n")),
        ("signed, lines in another order", SIGNER.sign("gongshilan-receipt/v1\nid x\nkind y\n")),
        ("signed by somebody else", new_signer("gongshi.example.cn").sign(text_of(REGISTERED))),
    ],
)
def test_what_proves_nothing_is_refused(tmp_path: Path, about: str, content: str) -> None:
    done = run(tmp_path, content)
    assert done.exit_code != 0, about
    assert "签名有效" not in done.output
    assert "Traceback" not in done.output


def test_without_a_key_it_asks_for_one_and_makes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "none" / "receipt.key"
    monkeypatch.setenv("GONGSHILAN_RECEIPT_KEY", str(path))
    done = run(tmp_path, NOTE, args=())
    assert done.exit_code != 0
    assert "--key" in done.output
    assert not path.parent.exists()


def test_a_key_that_is_none(tmp_path: Path) -> None:
    done = run(tmp_path, NOTE, args=("--key", KEY[:-2]))
    assert done.exit_code != 0
    assert "密钥不能用" in done.output
