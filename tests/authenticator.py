"""A phone's authenticator in thirty lines, so that what it says can be bent: counter, origin, site, challenge."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

from tests.cast import PASSWORD, Hall, Person

HERE = "http://localhost"
API = "/api/v1"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass(slots=True)
class Authenticator:
    """One key pair for one site, with a counter."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    raw_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    counter: int = 0
    user_handle: str | None = None

    def make(
        self, asked: dict[str, Any], *, origin: str = HERE, rp_id: str = "localhost"
    ) -> dict[str, Any]:
        """Return what a browser sends after making this passkey."""
        self.user_handle = asked["user_id"]
        public = self.key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: public.x.to_bytes(32, "big"),
            -3: public.y.to_bytes(32, "big"),
        }
        attested = bytes(16) + len(self.raw_id).to_bytes(2, "big") + self.raw_id + cbor2.dumps(cose)
        data = self._data(rp_id, PRESENT | VERIFIED | ATTESTED) + attested
        statement = {"fmt": "none", "attStmt": {}, "authData": data}
        return {
            "challenge_id": asked["challenge_id"],
            "credential_id": bytes_to_base64url(self.raw_id),
            "client_data": self._client("webauthn.create", asked["challenge"], origin)[0],
            "attestation": bytes_to_base64url(cbor2.dumps(statement)),
            "transports": ["internal"],
            "name": "张三的手机",
        }

    def sign(
        self, asked: dict[str, Any], *, origin: str = HERE, rp_id: str = "localhost", step: int = 1
    ) -> dict[str, Any]:
        """Return what a browser sends after this passkey has signed; `step` moves the counter."""
        self.counter += step
        data = self._data(rp_id, PRESENT | VERIFIED)
        client, digest = self._client("webauthn.get", asked["challenge"], origin)
        return {
            "challenge_id": asked["challenge_id"],
            "credential_id": bytes_to_base64url(self.raw_id),
            "client_data": client,
            "authenticator_data": bytes_to_base64url(data),
            "signature": bytes_to_base64url(
                self.key.sign(data + digest, ec.ECDSA(hashes.SHA256()))
            ),
            "user_handle": self.user_handle,
            "device": "手机",
        }

    def _data(self, rp_id: str, flags: int) -> bytes:
        return (
            hashlib.sha256(rp_id.encode()).digest()
            + bytes([flags])
            + self.counter.to_bytes(4, "big")
        )

    def _client(self, kind: str, challenge: str, origin: str) -> tuple[str, bytes]:
        said = json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
        return bytes_to_base64url(said), hashlib.sha256(said).digest()


def at_home(hall: Hall, address: str = "192.0.2.7") -> httpx.AsyncClient:
    """Return a browser at http://localhost, where passkeys work without https."""
    transport = httpx.ASGITransport(app=hall.app, client=(address, 40000))
    return httpx.AsyncClient(transport=transport, base_url=HERE, headers={"Origin": HERE})


async def signed_in_at_home(hall: Hall, person: Person) -> httpx.AsyncClient:
    """Return such a browser with somebody of the cast signed in."""
    client = at_home(hall)
    body = {"login": person.login, "password": PASSWORD, "device": "手机"}
    assert (await client.post(f"{API}/sessions", json=body)).status_code == 201
    return client


async def registered(client: httpx.AsyncClient, passkey: Authenticator) -> dict[str, Any]:
    """Register a passkey for whoever is signed in and return it as the list shows it."""
    asked = (await client.post(f"{API}/me/passkeys/challenge")).json()
    answer = await client.post(f"{API}/me/passkeys", json=passkey.make(asked))
    assert answer.status_code == 201, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


async def asked_to_sign(client: httpx.AsyncClient) -> dict[str, Any]:
    """Ask for a challenge to sign in with."""
    answer = await client.post(f"{API}/passkeys/challenge")
    assert answer.status_code == 201, answer.text
    asked: dict[str, Any] = answer.json()
    return asked
