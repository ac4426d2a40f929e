"""The tables of what opens an account besides a password: passkeys, their challenges, and shared phones."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index

from server.storage.models import _county, _id, _to, _uuid_or_null
from server.storage.table import Table


class Passkey(Table):
    """A passkey (WebAuthn) of an account: the public half, bytes as base64url."""

    id = _id()
    county = _county()
    account = _to("Account")
    # A credential id has up to 1,023 bytes.
    credential_id = fields.CharField(max_length=1400, unique=True)
    public_key = fields.TextField()
    # The site it was made for: a browser offers it nowhere else.
    rp_id = fields.CharField(max_length=255)
    sign_count = fields.BigIntField()
    transports = fields.CharField(max_length=100)
    name = fields.CharField(max_length=120)
    created_at = fields.BigIntField()
    last_used_at = fields.BigIntField(null=True)
    revoked_at = fields.BigIntField(null=True)
    # Counts changes of the name.
    revision = fields.IntField(db_default=1)

    class Meta:
        table = "passkey"
        indexes = (Index(fields=("account_id",), name="passkey_by_account"),)


class PasskeyChallenge(Table):
    """Random bytes that a passkey signs once, within minutes."""

    id = _id()
    county = _county()
    challenge = fields.CharField(max_length=100, unique=True)
    # Whose passkey is to be registered: null is a sign-in.
    account_id = _uuid_or_null()
    origin = fields.CharField(max_length=255)
    rp_id = fields.CharField(max_length=255)
    expires_at = fields.BigIntField()
    used_at = fields.BigIntField(null=True)

    class Meta:
        table = "passkey_challenge"
        indexes = (Index(fields=("expires_at",), name="passkey_challenge_by_end"),)


class Phone(Table):
    """A phone that several people share, each with a PIN: only its token's hash is kept."""

    id = _id()
    county = _county()
    token_hash = fields.CharField(max_length=64, unique=True)
    created_at = fields.BigIntField()

    class Meta:
        table = "phone"
