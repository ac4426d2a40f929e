"""FastAPI and SQLAlchemy async: response models, eager loading, a session for each request.

BENCH_DATABASE names the SQLite file; it is as durable as ours (WAL, synchronous FULL).
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import joinedload, selectinload

from bench.peers import fastapi_tables as tables

engine = create_async_engine(f"sqlite+aiosqlite:///{os.environ['BENCH_DATABASE']}")
new_session = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()


@event.listens_for(engine.sync_engine, "connect")
def durable(connection: Any, _: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


async def session_of() -> Any:
    async with new_session() as session:
        yield session


Session = Annotated[AsyncSession, Depends(session_of)]


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


Moment = Annotated[dt.datetime, AfterValidator(_utc)]


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Words(Out):
    zh: str
    en: str


class Figure(Out):
    label: Words
    amount: int


class Card(Out):
    disclosure_id: str
    short: str
    title: str
    category: str
    category_name: Words
    icon: str
    publisher: str
    wording: str
    period: str
    period_label: Words
    stage: str
    opened_at: Moment | None
    first_opened_at: Moment | None
    must_stay_until: Moment | None
    comes_down_at: Moment | None
    hides_at: Moment | None
    days_left: int | None
    verdict: str | None
    late_days: int
    edition: int
    corrected: int
    figures: list[Figure]
    photo: str | None


class Missing(Out):
    category: str
    title: str
    period: str
    due_on: dt.date
    days_late: int
    rule: Words
    note: Words | None
    decided: list[Words]


class Board(Out):
    sha256: str
    width: int
    height: int
    received_at: Moment
    disclosure_id: str
    title: str


class Place(Out):
    code: str
    name: str
    level: str
    path: list[str]


class Village(Out):
    division: Place
    as_of: Moment
    open: list[Card]
    missing: list[Missing]
    latest: list[Card]
    total: int
    boards: list[Board]
    year: dict[str, Any]
    inquiries: list[Any]
    inquiries_total: int
    points: list[Any]
    site_notices: list[Any]
    lifted: list[Any]
    phones: list[Any]
    visits: list[Any]
    groups: list[Any]
    changes_at: Moment | None
    demo: bool


class Entry(Out):
    date: dt.date
    voucher: str
    summary: str
    party: str | None
    amount: int
    handler: str | None
    witness: str | None
    approver: str | None
    photos: list[str]


class Row(Out):
    id: str
    sign: str
    label: str
    amount: int | None
    level: str
    pointer: str
    previous: int | None
    last_year: int | None
    entries: list[Entry]
    tell: bool


class PostLine(Out):
    group: str
    item: str
    label: str
    amount: int


class PostPhoto(Out):
    sha256: str
    role: str


class PostIn(BaseModel):
    id: str
    village: str
    category: str
    period: str
    composed_at: AwareDatetime
    lines: list[PostLine]
    photos: list[PostPhoto]


class PostOut(Out):
    id: str
    village: str
    category: str
    period: str
    composed_at: Moment
    received_at: Moment
    lines: list[PostLine]
    photos: list[PostPhoto]


def _words(thing: Any, name: str) -> Words:
    return Words(zh=getattr(thing, f"{name}_zh"), en=getattr(thing, f"{name}_en"))


def _card(each: tables.Disclosure) -> Card:
    same = {name: getattr(each, name) for name in Card.model_fields if hasattr(each, name)}
    same |= {
        "disclosure_id": each.id,
        "category": each.category_id,
        "category_name": _words(each.category, "name"),
        "icon": each.category.icon,
        "publisher": each.category.publisher,
        "wording": each.category.wording,
        "period_label": _words(each, "period"),
        "figures": [Figure(label=_words(f, "label"), amount=f.amount) for f in each.figures],
    }
    return Card(**same)


def _row(each: tables.Row) -> Row:
    same = {name: getattr(each, name) for name in Row.model_fields if name not in ("id", "entries")}
    return Row(id=each.line, entries=[Entry.model_validate(e) for e in each.entries], **same)


@app.get("/villages/{code}")
async def village(code: str, session: Session) -> Village:
    found = await session.scalar(
        select(tables.Village)
        .where(tables.Village.code == code)
        .options(
            selectinload(tables.Village.latest).options(
                joinedload(tables.Disclosure.category), selectinload(tables.Disclosure.figures)
            ),
            selectinload(tables.Village.missing),
            selectinload(tables.Village.boards).joinedload(tables.Board.disclosure),
        )
    )
    if found is None:
        raise HTTPException(404)
    latest = [_card(each) for each in found.latest]
    return Village(
        division=Place.model_validate(found),
        as_of=dt.datetime.now(dt.UTC),
        open=[card for card in latest if card.stage == "open"],
        missing=[
            Missing(
                category=m.category_id, title=m.title, period=m.period, due_on=m.due_on,
                days_late=m.days_late, rule=_words(m, "rule"), note=m.note, decided=m.decided,
            )
            for m in found.missing
        ],
        latest=latest,
        total=found.total,
        boards=[
            Board(
                sha256=b.sha256, width=b.width, height=b.height, received_at=b.received_at,
                disclosure_id=b.disclosure_id, title=b.disclosure.title,
            )
            for b in found.boards
        ],
        year=found.year,
        inquiries=found.inquiries,
        inquiries_total=found.inquiries_total,
        points=found.points,
        **found.beside,
        changes_at=found.changes_at,
        demo=False,
    )  # fmt: skip


@app.get("/disclosures/{disclosure_id}")
async def disclosure(disclosure_id: str, session: Session) -> dict[str, Any]:
    found = await session.scalar(
        select(tables.Disclosure)
        .where(tables.Disclosure.id == disclosure_id)
        .options(
            joinedload(tables.Disclosure.category),
            joinedload(tables.Disclosure.village),
            selectinload(tables.Disclosure.figures),
            selectinload(tables.Disclosure.rows).selectinload(tables.Row.entries),
        )
    )
    if found is None:
        raise HTTPException(404)
    sections = []
    for number, section in enumerate(found.sheet["sections"]):
        rows = [_row(row) for row in found.rows if row.section == number]
        sections.append({**section, "rows": rows} if rows else section)
    return {
        "card": _card(found),
        "division": Place.model_validate(found.village),
        **found.rest,
        "sheet": {**found.sheet, "sections": sections},
    }


@app.post("/posts", status_code=201)
async def post(body: PostIn, session: Session) -> PostOut:
    given = body.model_dump(exclude={"lines", "photos"})
    made = tables.Post(**given, received_at=dt.datetime.now(dt.UTC))
    made.lines = [tables.PostLine(**line.model_dump()) for line in body.lines]
    made.photos = [tables.PostPhoto(**photo.model_dump()) for photo in body.photos]
    session.add(made)
    await session.commit()
    return PostOut.model_validate(made)
