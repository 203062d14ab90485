"""The table of the lookup: one sealed summary for a case. Private to this room."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel


class SummaryRow(VaultModel):
    """What the search holds of a case, sealed to the desk. It can be made again from what the case holds."""

    __tablename__ = "case_summary"
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, autoincrement=False)
    version: Mapped[int]  # the case's, when this was made
    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
