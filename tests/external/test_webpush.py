"""Web push: sealed as RFC 8291 says, and signed as RFC 8292 says."""

from __future__ import annotations

import base64
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey

from server.external import webpush
from server.external.addresses import OutwardRules
from server.rules.deliveries import Outcome
from tests.cast import at
from tests.external.robot_server import robot_server

NOW = at("2026-10-14 08:00+08:00")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


# RFC 8291, appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER_PUBLIC = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_byte_for_byte() -> None:
    own = ec.derive_private_key(int.from_bytes(unb64(SENDER_PRIVATE), "big"), ec.SECP256R1())
    found = webpush.sealed(PLAIN, RECEIVER_PUBLIC, AUTH, own=own, salt=unb64(SALT))
    assert found == unb64(SEALED)


def test_no_two_messages_are_sealed_alike() -> None:
    assert webpush.sealed(PLAIN, RECEIVER_PUBLIC, AUTH) != webpush.sealed(
        PLAIN, RECEIVER_PUBLIC, AUTH
    )


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (RECEIVER_PUBLIC, ""),
        (RECEIVER_PUBLIC, "AAAA"),
        (RECEIVER_PUBLIC[:-4], AUTH),
        ("B" + "A" * 86, AUTH),
        ("不是密钥", AUTH),
    ],
)
def test_keys_no_browser_makes_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(webpush.BadSubscription):
        webpush.read_keys(p256dh, auth)


def test_the_sender_proves_who_he_is_to_this_service_only(tmp_path: Path) -> None:
    sender = webpush.open_sender(tmp_path / "push-key.pem", "https://gongshi.test")
    headers = sender.headers("https://push.test/send/abc?x=1", NOW, keep_for=timedelta(hours=2))
    scheme, _, rest = headers["Authorization"].partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert given["k"] == sender.public_key
    head, claims, signature = given["t"].split(".")
    assert json.loads(unb64(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(unb64(claims)) == {
        "aud": "https://push.test",
        "exp": int(NOW.timestamp()) + 12 * 3600,
        "sub": "https://gongshi.test",
    }
    raw = unb64(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(given["k"]))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert headers["TTL"] == "7200"


# RFC 8292, 2.4: a proof of 2016, and the key that made it.
VAPID_HEAD = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9"
VAPID_CLAIMS = "eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0"
VAPID_SIGNATURE = (
    "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA"
)
VAPID_KEY = (
    "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)


def test_the_example_of_the_standard_is_signed_word_for_word(tmp_path: Path) -> None:
    """A signature is another one each time: what is signed, and what checks it, are the standard's."""
    example = f"{VAPID_HEAD}.{VAPID_CLAIMS}.{VAPID_SIGNATURE}"
    taken = jwt.decode(example, key_of(VAPID_KEY), algorithms=["ES256"])
    sender = webpush.open_sender(tmp_path / "push-key.pem", taken.claims["sub"])
    made = datetime.fromtimestamp(taken.claims["exp"], UTC) - timedelta(hours=12)
    endpoint = "https://push.example.net/p/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"
    headers = sender.headers(endpoint, made, keep_for=timedelta(seconds=15))
    scheme, given, key = headers["Authorization"].split(" ")
    assert (scheme, given[-1]) == ("vapid", ",")
    token = given.removeprefix("t=").rstrip(",")
    assert token.rpartition(".")[0] == f"{VAPID_HEAD}.{VAPID_CLAIMS}"
    assert len(token.rpartition(".")[2]) == len(VAPID_SIGNATURE)
    assert jwt.decode(token, key_of(key.removeprefix("k=")), algorithms=["ES256"]).claims


def key_of(point: str) -> ECKey:
    """Return an uncompressed point as a key of the library."""
    raw = unb64(point)
    x, y = (base64.urlsafe_b64encode(half).decode().rstrip("=") for half in (raw[1:33], raw[33:]))
    return ECKey.import_key({"kty": "EC", "crv": "P-256", "x": x, "y": y})


def test_a_library_that_we_did_not_write_takes_the_proof(tmp_path: Path) -> None:
    sender = webpush.open_sender(tmp_path / "push-key.pem", "https://gongshi.test")
    headers = sender.headers("https://push.test/send/abc", NOW, keep_for=timedelta(hours=2))
    scheme, given, key = headers["Authorization"].replace(",", "").split(" ")
    assert (scheme, given[:2], key[:2]) == ("vapid", "t=", "k=")
    token = jwt.decode(given[2:], key_of(key[2:]), algorithms=["ES256"])
    jwt.JWTClaimsRegistry(
        now=int(NOW.timestamp()),
        aud={"essential": True, "value": "https://push.test"},
        exp={"essential": True},
        sub={"essential": True, "value": "https://gongshi.test"},
    ).validate(token.claims)
    assert token.claims["exp"] - NOW.timestamp() <= 24 * 3600, "more is refused (RFC 8292)"
    other = webpush.open_sender(tmp_path / "other.pem", "https://gongshi.test")
    with pytest.raises(BadSignatureError):
        jwt.decode(given[2:], key_of(other.public_key), algorithms=["ES256"])


def test_the_key_is_made_once_however_many_start_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "push-key.pem"
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: webpush.open_sender(path, "x").public_key, range(16)))
    assert len(keys) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["push-key.pem"]


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (201, {}, Outcome(None)),
        (410, {}, Outcome("device_gone", 410, final=True)),
        (404, {}, Outcome("device_gone", 404, final=True)),
        (429, {}, Outcome("too_often", 429)),
        (429, {"Retry-After": "900"}, Outcome("too_often", 429, wait=timedelta(minutes=15))),
        (413, {}, Outcome("too_large", 413, final=True)),
        (403, {}, Outcome("http_status", 403, final=True)),
        (500, {}, Outcome("http_status", 500)),
        (
            503,
            {"Retry-After": "Wed, 14 Oct 2026 00:02:00 GMT"},
            Outcome("http_status", 503, wait=timedelta(minutes=2)),
        ),
    ],
)
async def test_what_a_push_service_answers(
    tmp_path: Path, status: int, said: dict[str, str], expected: Outcome
) -> None:
    sender = webpush.open_sender(tmp_path / "key.pem", "https://gongshi.test")
    with robot_server() as service:
        service.reply = lambda got: (status, b"", said)
        outcome = await webpush.push(
            sender,
            webpush.Device(f"{service.address}/push/1", RECEIVER_PUBLIC, AUTH),
            {"title": "红河村", "body": "还剩 1 天"},
            keep_for=timedelta(hours=1),
            rules=OutwardRules(networks=(ip_network("127.0.0.0/8"),)),
            now=NOW,
        )
        assert outcome == expected
        assert "红河村".encode() not in service.got[0].body
        assert service.got[0].headers["content-encoding"] == "aes128gcm"
