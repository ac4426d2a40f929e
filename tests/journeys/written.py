"""How much is on record: what a refusal must leave exactly as it was."""

from __future__ import annotations

from tests.cast import Hall

TABLES = (
    "disclosure",
    "edition",
    "edition_photo",
    "review",
    "photo",
    "commitment",
    "photo_sending",
    "occurrence",
    "exemption",
    "site_notice",
    "office_phone",
    "event",
    "inquiry",
    "inquiry_contact",
    "inquiry_answer",
    "inquiry_signature",
    "inquiry_photo",
    "rating",
    "matter",
    "matter_link",
    "spent_proof",
    "query_point",
    "query_point_key",
    "query_point_heartbeat",
    "query_point_day",
)


async def written(hall: Hall) -> dict[str, int]:
    """Return the number of rows of every table that a phone can write to, and of the editions' revisions."""
    counts = {t: (await hall.rows(f"SELECT COUNT(*) AS n FROM {t}"))[0]["n"] for t in TABLES}
    revisions = await hall.rows("SELECT COALESCE(SUM(revision), 0) AS n FROM edition")
    return counts | {"revisions": int(revisions[0]["n"])}
