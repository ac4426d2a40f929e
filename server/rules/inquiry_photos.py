"""Photos that come with a question: with which kinds, how many, and how long they wait for the question that names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from server.rules.inquiries import Kind
from server.rules.values import Text

MOST_PHOTOS = 3
WAITS = timedelta(minutes=30)
"""How long a photo waits for its question: the phone sends one right after the other."""
FORGOTTEN_AFTER = timedelta(minutes=15)
"""How long after its time a photo is deleted: longer than a request can take that read the clock before."""


class InquiryPhoto(Struct, frozen=True):
    """A photo of a question. `id` names its files; `position` counts from 1; `shown`: the public may see it too.

    Kept are our own copies without metadata; `sha256` is that of the file the phone sent, which is kept nowhere.
    """

    id: str
    inquiry_id: str
    sha256: str
    width: int
    height: int
    position: int
    shown: bool


class InquiryPhotoView(Struct, frozen=True):
    """A photo by the number under which it is asked for, and its size in pixels."""

    photo: int
    width: int
    height: int


def proof_subject(inquiry_id: str, sha256: str) -> str:
    """Return what the work for a photo is done for: this photo with this question, and nothing else."""
    return f"{inquiry_id}/{sha256}"


def refused_photos(kind: Kind, hashes: Sequence[str]) -> Text | None:
    """Return why a question cannot have these photos, with both numbers; None when it can."""
    if kind == "topic" and hashes:
        return Text(
            f"点题不附照片，现在附了 {len(hashes)} 张，请去掉照片，或改选别的",
            f"a topic request has no photos and {len(hashes)} came; leave them out, or choose another kind",
        )
    if len(hashes) > MOST_PHOTOS:
        return Text(
            f"最多附 {MOST_PHOTOS} 张照片，现在是 {len(hashes)} 张，请去掉几张",
            f"there may be {MOST_PHOTOS} photos and {len(hashes)} came; leave some out",
        )
    if len(set(hashes)) < len(hashes):
        twice = len(hashes) - len(set(hashes))
        return Text(
            f"附了 {len(hashes)} 张照片，其中 {twice} 张是重复的，请去掉",
            f"{len(hashes)} photos came and {twice} of them came twice; leave those out",
        )
    return None


def views_of(
    photos: Sequence[InquiryPhoto], *, shown: bool = False
) -> tuple[InquiryPhotoView, ...]:
    """Return the photos as they are listed, in their order; `shown`: those alone that the public may see."""
    return tuple(
        InquiryPhotoView(each.position, each.width, each.height)
        for each in photos
        if each.shown or not shown
    )
