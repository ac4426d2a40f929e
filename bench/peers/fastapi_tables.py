"""SQLAlchemy's view of the same tables that the Django peer filled (a copy of its file)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSON, list[str]: JSON, list[Any]: JSON}  # noqa: RUF012


class Village(Base):
    __tablename__ = "drf_village"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    path: Mapped[list[str]]
    total: Mapped[int]
    year: Mapped[dict[str, Any]]
    inquiries: Mapped[list[Any]]
    inquiries_total: Mapped[int]
    points: Mapped[list[Any]]
    beside: Mapped[dict[str, Any]]
    changes_at: Mapped[datetime | None]
    latest: Mapped[list[Disclosure]] = relationship(
        back_populates="village", order_by="Disclosure.opened_at.desc()"
    )
    missing: Mapped[list[Missing]] = relationship(order_by="Missing.id")
    boards: Mapped[list[Board]] = relationship(order_by="Board.id")


class Category(Base):
    __tablename__ = "drf_category"
    key: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    icon: Mapped[str]
    publisher: Mapped[str]
    wording: Mapped[str]


class Disclosure(Base):
    __tablename__ = "drf_disclosure"
    id: Mapped[str] = mapped_column(primary_key=True)
    short: Mapped[str]
    village_id: Mapped[str] = mapped_column(ForeignKey("drf_village.code"))
    category_id: Mapped[str] = mapped_column(ForeignKey("drf_category.key"))
    title: Mapped[str]
    period: Mapped[str]
    period_zh: Mapped[str]
    period_en: Mapped[str]
    stage: Mapped[str]
    opened_at: Mapped[datetime | None]
    first_opened_at: Mapped[datetime | None]
    must_stay_until: Mapped[datetime | None]
    comes_down_at: Mapped[datetime | None]
    hides_at: Mapped[datetime | None]
    days_left: Mapped[int | None]
    verdict: Mapped[str | None]
    late_days: Mapped[int]
    edition: Mapped[int]
    corrected: Mapped[int]
    photo: Mapped[str | None]
    sheet: Mapped[dict[str, Any]]
    rest: Mapped[dict[str, Any]]
    village: Mapped[Village] = relationship(back_populates="latest")
    category: Mapped[Category] = relationship()
    figures: Mapped[list[Figure]] = relationship(order_by="Figure.id")
    rows: Mapped[list[Row]] = relationship(order_by="Row.id")


class Figure(Base):
    __tablename__ = "drf_figure"
    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("drf_disclosure.id"))
    label_zh: Mapped[str]
    label_en: Mapped[str]
    amount: Mapped[int]


class Missing(Base):
    __tablename__ = "drf_missing"
    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[str] = mapped_column(ForeignKey("drf_village.code"))
    category_id: Mapped[str]
    title: Mapped[str]
    period: Mapped[str]
    due_on: Mapped[date]
    days_late: Mapped[int]
    rule_zh: Mapped[str]
    rule_en: Mapped[str]
    note: Mapped[dict[str, str] | None] = mapped_column(JSON)
    decided: Mapped[list[Any]]


class Board(Base):
    __tablename__ = "drf_board"
    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[str] = mapped_column(ForeignKey("drf_village.code"))
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("drf_disclosure.id"))
    sha256: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    received_at: Mapped[datetime]
    disclosure: Mapped[Disclosure] = relationship()


class Row(Base):
    __tablename__ = "drf_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("drf_disclosure.id"))
    section: Mapped[int]
    line: Mapped[str]
    sign: Mapped[str]
    label: Mapped[str]
    amount: Mapped[int | None]
    level: Mapped[str]
    pointer: Mapped[str]
    previous: Mapped[int | None]
    last_year: Mapped[int | None]
    tell: Mapped[bool]
    entries: Mapped[list[Entry]] = relationship(order_by="Entry.id")


class Entry(Base):
    __tablename__ = "drf_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("drf_row.id"))
    date: Mapped[date]
    voucher: Mapped[str]
    summary: Mapped[str]
    party: Mapped[str | None]
    amount: Mapped[int]
    handler: Mapped[str | None]
    witness: Mapped[str | None]
    approver: Mapped[str | None]
    photos: Mapped[list[str]]


class Post(Base):
    __tablename__ = "drf_post"
    id: Mapped[str] = mapped_column(primary_key=True)
    village: Mapped[str]
    category: Mapped[str]
    period: Mapped[str]
    composed_at: Mapped[datetime]
    received_at: Mapped[datetime]
    lines: Mapped[list[PostLine]] = relationship()
    photos: Mapped[list[PostPhoto]] = relationship()


class PostLine(Base):
    __tablename__ = "drf_postline"
    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(ForeignKey("drf_post.id"))
    group: Mapped[str]
    item: Mapped[str]
    label: Mapped[str]
    amount: Mapped[int]


class PostPhoto(Base):
    __tablename__ = "drf_postphoto"
    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(ForeignKey("drf_post.id"))
    sha256: Mapped[str]
    role: Mapped[str]
