"""WebAuthn: the only home of the library that checks what a passkey signed.

Bytes travel as base64url text without padding. Whatever is wrong with an answer is one NotVerified: which part of it
was wrong helps nobody but an attacker, and is kept for the event.

The library is loaded with the first passkey: it brings a tenth of the memory that a whole server needs without it.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from server.rules.passkeys import CHALLENGE_BYTES, Site

T = TypeVar("T")

# EdDSA, ES256, RS256 by their numbers in COSE (RFC 9053): what phones and computers have.
ALGORITHMS = (-8, -7, -257)


class NotVerified(ValueError):
    """The answer of a passkey did not stand: another challenge, origin, site or key, or it cannot be read."""


class Made(Struct, frozen=True):
    """What a browser says about a passkey it has just made."""

    credential_id: str
    client_data: str
    attestation: str


class Signed(Struct, frozen=True):
    """What a browser says after a passkey has signed a challenge."""

    credential_id: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str | None


class PublicHalf(Struct, frozen=True):
    """A passkey as it is stored."""

    credential_id: str
    public_key: str
    sign_count: int


def new_challenge() -> str:
    """Return random bytes to be signed."""
    return _text(secrets.token_bytes(CHALLENGE_BYTES))


def handle_of(account_id: str) -> str:
    """Return the user handle that stands for an account in a passkey: its id, which says nothing about a person."""
    return _text(account_id.encode())


def check_made(made: Made, *, challenge: str, site: Site) -> PublicHalf:
    """Return the public half of a new passkey; raise NotVerified.

    Attestation is not asked for: which maker a phone has is nobody's business here.
    """

    def check() -> PublicHalf:
        from webauthn import verify_registration_response
        from webauthn.helpers.cose import COSEAlgorithmIdentifier
        from webauthn.helpers.structs import (
            AuthenticatorAttestationResponse,
            RegistrationCredential,
        )

        raw = _bytes(made.credential_id)
        found = verify_registration_response(
            credential=RegistrationCredential(
                id=_text(raw),
                raw_id=raw,
                response=AuthenticatorAttestationResponse(
                    client_data_json=_bytes(made.client_data),
                    attestation_object=_bytes(made.attestation),
                ),
            ),
            expected_challenge=_bytes(challenge),
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(each) for each in ALGORITHMS],
        )
        if found.credential_id != raw:
            raise NotVerified("the id is not the one that was attested")
        return PublicHalf(
            _text(found.credential_id),
            _text(found.credential_public_key),
            found.sign_count,
        )

    return _verified(check)


def check_signed(signed: Signed, *, challenge: str, site: Site, public_key: str) -> int:
    """Return the sign counter that came with a signature that stands; raise NotVerified.

    The counter is not compared with anything here: `rules.passkeys.went_back` judges it, and the caller
    records when it did.
    """

    def check() -> int:
        from webauthn import verify_authentication_response
        from webauthn.helpers import parse_authenticator_data
        from webauthn.helpers.structs import (
            AuthenticationCredential,
            AuthenticatorAssertionResponse,
        )

        raw = _bytes(signed.credential_id)
        data = _bytes(signed.authenticator_data)
        found = verify_authentication_response(
            credential=AuthenticationCredential(
                id=_text(raw),
                raw_id=raw,
                response=AuthenticatorAssertionResponse(
                    client_data_json=_bytes(signed.client_data),
                    authenticator_data=data,
                    signature=_bytes(signed.signature),
                    user_handle=None,
                ),
            ),
            expected_challenge=_bytes(challenge),
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=_bytes(public_key),
            # One below what came: the library always agrees with the counter, the rule decides.
            credential_current_sign_count=parse_authenticator_data(data).sign_count - 1,
        )
        return found.new_sign_count

    return _verified(check)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(f"{text}===")


def _verified(check: Callable[[], T]) -> T:
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return check()
    except NotVerified:
        raise
    except (WebAuthnException, ValueError, TypeError, KeyError, IndexError) as error:
        raise NotVerified(type(error).__name__) from error
