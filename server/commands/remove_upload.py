"""Remove an upload that its sender no longer wants: its bytes go, and so does its address."""

from __future__ import annotations

from server import problems
from server.storage.uploads import Busy, Gone, Upload, UploadFolder


async def remove_upload(uploads: UploadFolder, upload: Upload) -> None:
    """Forget an upload and its bytes; a photo that is on record stays. Raises upload_locked."""
    try:
        if upload.finished:
            await uploads.remove(upload)
            return
        async with uploads.opened(upload) as part, part.locked():
            await uploads.remove(upload)
    except Busy:
        raise problems.upload_locked() from None
    except Gone:
        raise problems.not_found() from None
