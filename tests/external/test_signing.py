"""Signed notes: the published examples byte for byte, every way to spoil one, and the key's file."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.external.signing import (
    KeyNotValid,
    NoteNotValid,
    key_in,
    new_signer,
    open_note,
    signer_of,
    verifier_of,
)

# From the documentation of golang.org/x/mod/sumdb/note, where the format comes from.
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6K"
    "E6RyyBwJnAM=\n"
)
ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
ENOCH = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1"
    "RvMc+QQ=\n"
)
# From c2sp.org/signed-note.
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHj"
    "G1Yu72IneyaQM=\n"
)


def test_the_published_example_is_signed_byte_for_byte() -> None:
    signer = signer_of(SECRET)
    assert str(signer.verifier) == PUBLIC
    assert signer.sign(TEXT) == f"{TEXT}\n{PETER}"
    assert "AYEKFALV" not in repr(signer)


@pytest.mark.parametrize(
    ("note", "keys", "by"),
    [
        (f"{TEXT}\n{PETER}", [PUBLIC], "PeterNeumann"),
        (f"{TEXT}\n{PETER}{ENOCH}", [ENOCH_KEY], "EnochRoot"),
        (f"{TEXT}\n{PETER}{ENOCH}", [SPEC_KEY, PUBLIC], "PeterNeumann"),
    ],
)
def test_the_published_notes_open(note: str, keys: list[str], by: str) -> None:
    text, key = open_note(note, [verifier_of(k) for k in keys])
    assert (text, key.name) == (TEXT, by)


def test_the_specification_s_own_example() -> None:
    key = verifier_of(SPEC_KEY)
    assert str(key) == SPEC_KEY
    assert open_note(SPEC_NOTE, [key]) == ("This is an example message.\n", key)


NOTE = f"{TEXT}\n{PETER}"
SPOILT = {
    "one word changed": NOTE.replace("answer", "anwser"),
    "a line more": NOTE.replace("\n\n", "\nand more\n\n"),
    "no blank line": NOTE.replace("\n\n", "\n"),
    "no newline at the end": NOTE.removesuffix("\n"),
    "a hyphen for the dash": NOTE.replace("—", "-"),
    "a carriage return": NOTE.replace("\n\n", "\r\n\n"),
    "another name": NOTE.replace("— PeterNeumann", "— Peter"),
    "half of the signature": NOTE.replace("RyyBwJnAM=", ""),
    "a signature that is no base64": NOTE.replace("x08go/", "x08go!"),
    "no signature at all": f"{TEXT}\n",
    "nothing": "",
    "only by somebody else": f"{TEXT}\n{ENOCH}",
    "seventeen signatures": f"{TEXT}\n" + ENOCH * 16 + PETER,
}


@pytest.mark.parametrize("note", SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_note_does_not_open(note: str) -> None:
    with pytest.raises(NoteNotValid):
        open_note(note, [verifier_of(PUBLIC)])


@pytest.mark.parametrize(
    "key",
    [
        "",
        PUBLIC.replace("c74f20a3", "c74f20a4"),
        PUBLIC.replace("PeterNeumann", "PeterNewmann"),
        PUBLIC[:-4],
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        SECRET,
    ],
)
def test_a_mangled_key_is_refused(key: str) -> None:
    with pytest.raises(KeyNotValid):
        verifier_of(key)


@pytest.mark.parametrize("key", ["", PUBLIC, SECRET[1:], SECRET[:-1], SECRET.replace("c7", "c8")])
def test_a_mangled_secret_is_refused(key: str) -> None:
    with pytest.raises(KeyNotValid):
        signer_of(key)


@pytest.mark.parametrize("text", ["", "\n", "no newline", "a tab\there\n", "a nul\0\n"])
def test_what_no_note_can_carry_is_not_signed(text: str) -> None:
    with pytest.raises(NoteNotValid):
        signer_of(SECRET).sign(text)


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])), st.data())
def test_what_is_signed_opens_and_one_changed_sign_does_not(line: str, data: st.DataObject) -> None:
    signer = signer_of(SECRET)
    text = f"{line}x\n"
    note = signer.sign(text)
    assert open_note(note, [signer.verifier])[0] == text
    place = data.draw(st.integers(0, len(text) - 2))
    other = "y" if note[place] != "y" else "z"
    with pytest.raises(NoteNotValid):
        open_note(note[:place] + other + note[place + 1 :], [signer.verifier])


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "receipt.key"
    made = key_in(path, "gongshi.example.cn")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made.verifier.name == "gongshi.example.cn"
    again = key_in(path, "another name")
    assert str(again.verifier) == str(made.verifier)
    assert [p.name for p in path.parent.iterdir()] == ["receipt.key"]


def test_many_first_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "receipt.key"
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: str(key_in(path, "gongshilan").verifier), range(8)))
    assert len(found) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["receipt.key"]


def test_a_key_that_everybody_may_read_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "receipt.key"
    key_in(path, "gongshilan")
    path.chmod(0o644)
    with pytest.raises(KeyNotValid, match="chmod 600"):
        key_in(path, "gongshilan")


@pytest.mark.parametrize("content", [b"", b"secret", PUBLIC.encode(), "钥匙".encode()])
def test_a_file_without_a_key_is_never_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "receipt.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyNotValid):
        key_in(path, "gongshilan")
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["", "a name", "a+b", "a\nb", "a\u3000b"])
def test_a_name_that_no_key_can_have(name: str) -> None:
    with pytest.raises(KeyNotValid):
        new_signer(name)
