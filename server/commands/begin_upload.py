"""Begin an upload: what is to come is noted, so that its bytes may come in any number of pieces."""

from __future__ import annotations

from server import problems
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.uploads import MOST_UNFINISHED
from server.storage.uploads import TooMany, Upload, UploadFolder


async def begin_upload(
    uploads: UploadFolder, wanted: Upload, *, actor: Actor, max_bytes: int
) -> Upload:
    """Return the upload that was begun, or the unfinished one of the same photo: a lost answer begins nothing twice.

    Raises: not_allowed, photo_not_image for no bytes at all, photo_too_large, too_many_uploads.
    """
    if why := refusal(actor, "store_photo", wanted.division):
        raise problems.not_allowed(why)
    if wanted.length == 0:
        raise problems.photo_not_image()
    if wanted.length > max_bytes:
        raise problems.photo_too_large(limit=max_bytes, size=wanted.length)
    try:
        return await uploads.begin(wanted, most=MOST_UNFINISHED)
    except TooMany as many:
        raise problems.too_many_uploads(
            limit=MOST_UNFINISHED, count=many.count, first_expires=local_date(many.first_expires)
        ) from None
