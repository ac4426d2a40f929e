"""Ask: a villager's question, complaint, suggestion, report or topic, with no account and no name.

Kept are the words, what they are about and a hash of the private link. The event names no address, and the buckets
that hold back floods know addresses and devices by marks only, which nobody can turn back without the site's key.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules import gate, inquiries, proofs, throttling
from server.rules.canonical import content_hash
from server.rules.cards import public_edition
from server.rules.categories import Category
from server.rules.divisions import village_of
from server.rules.findings import Found
from server.rules.inquiries import Inquiry, Kind, Respondent
from server.rules.inquiry_lines import lines_of
from server.rules.inquiry_photos import InquiryPhoto, refused_photos
from server.rules.periods import local_date
from server.rules.privacy import public_content
from server.rules.proofs import Challenge, Mark, Proof
from server.rules.rulebook import Rulebook, period_of
from server.rules.sheets import sheet_for
from server.rules.values import Text
from server.storage import (
    disclosures,
    divisions,
    editions,
    events,
    inquiry_photos,
    spent_proofs,
    throttles,
)
from server.storage import inquiries as kept
from server.storage.database import Tx


class Asked(Struct, frozen=True, kw_only=True):
    """What came from a villager. `follow`: the secret of the private link, made by the sender, so that the same
    inquiry sent twice has the same link. `device`: the sender's own random name for this phone. `photos`: the hashes
    of what was sent ahead of it.
    """

    id: str
    division: str
    kind: Kind
    text: str
    follow: str
    disclosure_id: str | None = None
    pointer: str | None = None
    contact: str | None = None
    device: str | None = None
    proof: Proof | None = None
    photos: tuple[str, ...] = ()

    def hash(self) -> str:
        """Return the hash by which a repeated sending is known; the proof and the device may differ."""
        said: dict[str, object] = {
            "division": self.division,
            "kind": self.kind,
            "text": inquiries.written(self.text),
            "follow": inquiries.follow_hash(self.follow),
            "disclosure": self.disclosure_id,
            "pointer": self.pointer,
            "contact": (self.contact or "").strip(),
        }
        if self.photos:  # what has none has the hash that it always had
            said["photos"] = list(self.photos)
        return content_hash(said)


class About(Struct, frozen=True):
    """Who published the notice that is asked about, its category, and the line in its own words."""

    publisher: Respondent
    category: Category | None
    line: str | None


class Kept(Struct, frozen=True):
    """The inquiry as it is kept; `replayed`: it was kept before."""

    inquiry: Inquiry
    replayed: bool


async def ask_inquiry(
    tx: Tx, *, book: Rulebook, mark: Mark, now: datetime, address: str, asked: Asked
) -> Kept:
    """Keep an inquiry under the next number of its village and return it; the same one again answers what is kept.

    Without a proof of work it is accepted all the same, and somebody looks at it first. Raises: same_id_other_content,
    unknown_division, inquiry_text_not_right, not_found (no such public notice), line_unknown, content_has_errors (a
    personal number in the text), inquiry_photos_not_right, unknown_photo (not here, or its time is over),
    proof_not_valid, proof_used, too_many_attempts.
    """
    standing = await kept.get(tx, asked.id)
    if standing is not None:
        return _replayed(standing, asked)
    village = await divisions.get(tx, asked.division)
    if village is None or village.level != "village":
        raise problems.unknown_division(asked.division)
    text = inquiries.written(asked.text)
    if why := inquiries.too_short_or_long(text):
        raise problems.inquiry_text_not_right(why)
    about = await _about(tx, book, asked, now)
    contact = (asked.contact or "").strip()
    _refuse_personal(text, contact, about.category)
    photos = await _photos(tx, asked, now)
    challenge = _checked(asked, now, mark)
    await _take_turns(tx, asked, mark, now, address)
    if challenge is not None and not await spent_proofs.spend(tx, challenge, now):
        raise problems.proof_used()

    today = local_date(now)
    first = inquiries.must_be_seen_first(asked.kind, text, proved=challenge is not None)
    inquiry = Inquiry(
        id=asked.id,
        division=asked.division,
        year=today.year,
        number=await kept.next_number(tx, asked.division, today.year),
        kind=asked.kind,
        text=text,
        respondent=inquiries.respondent(asked.kind, about.publisher),
        content_hash=asked.hash(),
        proved=challenge is not None,
        state="held" if first else "waiting",
        asked_at=now,
        clock_from=now,
        disclosure_id=asked.disclosure_id,
        pointer=asked.pointer,
        line=about.line,
        follow_hash=inquiries.follow_hash(asked.follow),
    )
    if not await kept.insert(tx, inquiry):
        standing = await kept.get(tx, asked.id)
        if standing is not None:  # the same one, sent twice at once
            return _replayed(standing, asked)
        raise problems.wrong_type("/follow", Text("请换一个链接密钥", "choose another secret"))
    if contact:
        await kept.keep_contact(tx, inquiry, contact)
    if not await inquiry_photos.give_to_inquiry(tx, photos, county=inquiry.division[:6], now=now):
        raise problems.temporary_failure()
    await events.record(
        tx,
        at=now,
        actor=None,
        action="inquiry.asked",
        subject=inquiry.id,
        division=inquiry.division,
        address="",
        details={
            "number": inquiry.label,
            "kind": inquiry.kind,
            "state": inquiry.state,
            "photos": len(photos),
        },
    )
    return Kept(inquiry, replayed=False)


def _checked(asked: Asked, now: datetime, mark: Mark) -> Challenge | None:
    if asked.proof is None:
        return None
    found = proofs.checked(asked.proof, asked.id, now, mark)
    if isinstance(found, Challenge):
        return found
    raise problems.proof_not_valid(proofs.FAILURES[found])


def _replayed(standing: Inquiry, asked: Asked) -> Kept:
    if standing.content_hash != asked.hash():
        raise problems.same_id_other_content(
            asked.id, stored=standing.content_hash, received=asked.hash()
        )
    return Kept(standing, replayed=True)


async def _about(tx: Tx, book: Rulebook, asked: Asked, now: datetime) -> About:
    """Return what is asked about, as the public reads it now: nothing can be found out by asking."""
    if asked.disclosure_id is None:
        if asked.pointer is not None:
            raise problems.line_unknown(0)
        return About("village", None, None)
    notice = await disclosures.get(tx, asked.disclosure_id)
    if notice is None or village_of(notice.division) != asked.division:
        raise problems.not_found(problems.Say("这项公开", "such notice"))
    edition = public_edition(await editions.for_disclosure(tx, notice.id), book, notice, now)
    if edition is None or edition.state != "approved":
        raise problems.not_found(problems.Say("这项公开", "such notice"))
    category = book.categories[notice.category]
    line = None
    if asked.pointer is not None:
        sheet = sheet_for(
            category,
            book.papers[category.key, edition.schema_version].view,
            public_content(category, edition.content),
            "zh",
            period=period_of(notice),
            calendar=book.calendar,
        )
        lines = lines_of(sheet)
        if asked.pointer not in lines:
            raise problems.line_unknown(len(lines))
        line = lines[asked.pointer]
    return About(category.publisher, category, line)


async def _photos(tx: Tx, asked: Asked, now: datetime) -> list[InquiryPhoto]:
    """Return the photos that the question names: all of them are here, or it is refused."""
    if why := refused_photos(asked.kind, asked.photos):
        raise problems.inquiry_photos_not_right(why)
    here = await inquiry_photos.waiting(tx, asked.id, now) if asked.photos else {}
    missing = [(f"/photos/{n}", sha) for n, sha in enumerate(asked.photos) if sha not in here]
    if missing:
        raise problems.unknown_photo(missing)
    return [here[sha] for sha in asked.photos]


def _refuse_personal(text: str, contact: str, category: Category | None) -> None:
    """Refuse personal numbers in the words; where to be reached may be a telephone, and nothing worse."""
    found: list[Found] = gate.beside({"text": text}, category)
    found += [f for f in gate.beside({"contact": contact}) if f.kind != "mobile"]
    if found:
        raise problems.content_has_errors(found)


async def _take_turns(tx: Tx, asked: Asked, mark: Mark, now: datetime, address: str) -> None:
    """Count this one for its device and its address; refuse a flood."""
    buckets = throttling.ASKING.buckets(
        mark, address=address, device=asked.device, proved=asked.proof is not None
    )
    if wait := await throttles.take_each(tx, buckets, now):
        raise problems.too_many_attempts(retry_after=wait)
