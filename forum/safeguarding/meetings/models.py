"""Tables of meetings. Private to this room. In clear: ids, which case was before which meeting."""

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel


class BoxColumns:
    """A box sealed to the desk."""

    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class MeetingRow(BoxColumns, VaultModel):
    """A meeting that was held. Never changed: corrections stand beside it."""

    __tablename__ = "meeting"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    once: Mapped[str] = mapped_column(String(64), unique=True)


class MeetingCorrectionRow(BoxColumns, VaultModel):
    """A later version of a meeting's record, whole. `number` counts from 1."""

    __tablename__ = "meeting_correction"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    once: Mapped[str] = mapped_column(String(64), unique=True)


class MeetingCaseRow(VaultModel):
    """That a case was before a meeting."""

    __tablename__ = "meeting_case"
    __table_args__ = (UniqueConstraint("meeting_id", "case_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)


class DecisionRow(BoxColumns, VaultModel):
    """What was decided on a case. A later one takes the place of an earlier one and leaves it standing."""

    __tablename__ = "case_decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), default=None)


class CellChangeRow(BoxColumns, VaultModel):
    """A cell of a year's table that a supervisor changed. `number` counts the changes of one table."""

    __tablename__ = "statistics_change"
    __table_args__ = (UniqueConstraint("year", "table_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    table_id: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    once: Mapped[str] = mapped_column(String(64), unique=True)
