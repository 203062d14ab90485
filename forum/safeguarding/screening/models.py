"""Tables of screening. Private to this room. Nothing of what was answered or decided stands in clear."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel


class BoxColumns:
    """A box sealed to the desk; its place is case:<case>:<table>:<row>."""

    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class AssessmentRow(BoxColumns, VaultModel):
    """One sheet as filled in: its answers, and the sheet as it read that day. Never changed, only added."""

    __tablename__ = "assessment"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)


class ScreeningRow(BoxColumns, VaultModel):
    """One decision of screening. A later one takes the place of an earlier one and leaves it standing."""

    __tablename__ = "screening"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)


class CaseCodesRow(BoxColumns, VaultModel):
    """The small summary of a case, so that registers and statistics need not open whole cases."""

    __tablename__ = "case_codes"
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
