"""Workers, their keys, invitations, sessions, and what the officers keep."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.credentials.columns import FailureColumns, LinkColumns, SessionColumns, StaffColumns
from forum.safeguarding.vault.db import VaultModel
from forum.storage import UtcDateTime


class StaffRow(StaffColumns, VaultModel):
    """Somebody of the desk. `private_box` is locked with a key that only their password gives."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("role IN ('worker', 'supervisor', 'officer', 'auditor')", name="known_role"),
    )
    role: Mapped[str] = mapped_column(String(12))
    groups: Mapped[str] = mapped_column(String(60), default="")
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    private_box: Mapped[bytes] = mapped_column(LargeBinary)
    training: Mapped[bool] = mapped_column(default=False)


class KeyCopyRow(VaultModel):
    """A key of the desk, sealed to a worker's own key."""

    __tablename__ = "staff_key_copy"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class RecoveryKeyRow(VaultModel):
    """The officers' key: its private half lies in no row but locked, once for each pair of officers."""

    __tablename__ = "staff_recovery_key"
    id: Mapped[str] = mapped_column(String(10), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OfficerPairRow(VaultModel):
    """The private half of the officers' key, locked with the passphrases of two of them together."""

    __tablename__ = "staff_officer_pair"
    recovery_id: Mapped[str] = mapped_column(ForeignKey("staff_recovery_key.id"), primary_key=True)
    pair: Mapped[str] = mapped_column(String(5), primary_key=True)  # "1+2", "1+3", "2+3"
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class RecoveryCopyRow(VaultModel):
    """A key of the desk, sealed to the officers' key."""

    __tablename__ = "staff_recovery_copy"
    recovery_id: Mapped[str] = mapped_column(ForeignKey("staff_recovery_key.id"), primary_key=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class RecoveryCodeRow(VaultModel):
    """A code that stands in for the authenticator once."""

    __tablename__ = "staff_recovery_code"
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)


class InvitationRow(LinkColumns, VaultModel):
    """A link that makes one member of staff. `keys_box`: the desk's keys, locked with the link's secret."""

    __tablename__ = "staff_invitation"
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(12))
    groups: Mapped[str] = mapped_column(String(60))
    mail: Mapped[str] = mapped_column(String(120), default="")
    keys_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    training: Mapped[bool] = mapped_column(default=False)


class SessionRow(SessionColumns, VaultModel):
    """Somebody signed in on one browser. `private_box`: their private key, locked with the cookie's key."""

    __tablename__ = "staff_session"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    private_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    new_code_box: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)


class FailureRow(FailureColumns, VaultModel):
    """Failures at the desk's door."""

    __tablename__ = "staff_failure"


class TrainingLinkRow(LinkColumns, VaultModel):
    """A link that signs one training person in, once. Exists in demonstrations only."""

    __tablename__ = "staff_training_link"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    private_box: Mapped[bytes] = mapped_column(LargeBinary)
