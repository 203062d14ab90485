"""The table of services; private to this room."""

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.db import db


class ServiceRow(db.Model):
    """A service under its HSDS names; ages in months. `position` is its place in the pack."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("minimum_age <= maximum_age", name="ages"),  # holds too where one is not known
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    alternate_name: Mapped[str]
    category: Mapped[str] = mapped_column(index=True)
    description: Mapped[str]
    eligibility_description: Mapped[str]
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    status: Mapped[str]
    schedules: Mapped[str]
    opening_hours: Mapped[str]
    fees_description: Mapped[str]
    application_process: Mapped[str]
    url: Mapped[str]
    phones: Mapped[list[str]] = mapped_column(JSON)
    address: Mapped[str]
    district: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    source_url: Mapped[str]
    assured_date: Mapped[str]
    verified: Mapped[bool]
