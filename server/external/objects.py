"""Blobs in an S3-compatible store, by settings. The only home of obstore."""

from __future__ import annotations

from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store


class ObjectBlobs:
    """Blobs in a bucket, below a prefix. A put returns when the store has acknowledged it."""

    def __init__(self, store: S3Store) -> None:
        self._store = store

    @classmethod
    def open(
        cls, address: str, *, endpoint: str, region: str, key: str, secret: str
    ) -> ObjectBlobs:
        """Return the blobs at 's3://bucket/prefix'; nothing is sent yet."""
        parts = urlsplit(address)
        return cls(
            S3Store(
                parts.netloc,
                prefix=parts.path.strip("/") or None,
                endpoint=endpoint or None,
                region=region or None,
                access_key_id=key or None,
                secret_access_key=secret or None,
                virtual_hosted_style_request=False,
                client_options={"allow_http": endpoint.startswith("http://")},
            )
        )

    async def put(self, key: str, data: bytes) -> None:
        """Keep bytes; a key that is there already is left as it is."""
        try:
            await obstore.put_async(self._store, key, data, mode="create")
        except AlreadyExistsError:
            return

    async def get(self, key: str) -> bytes:
        """Return the bytes; raises FileNotFoundError."""
        found = await obstore.get_async(self._store, key)
        return bytes(await found.bytes_async())

    async def exists(self, key: str) -> bool:
        """Say whether a key is kept."""
        try:
            await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return False
        return True

    async def delete(self, key: str) -> None:
        """Forget a key."""
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return

    async def is_writable(self) -> bool:
        """Say whether the bucket answers a small write."""
        try:
            await obstore.put_async(self._store, "probe", b"")
        except (BaseError, OSError):
            return False
        return True
