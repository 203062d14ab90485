"""Workers, their keys, invitations, sessions, and what the officers keep."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel
from forum.storage import UtcDateTime


class StaffRow(VaultModel):
    """Somebody of the desk. The row stays when they leave, so that the record keeps their name."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("role IN ('worker', 'supervisor', 'officer', 'auditor')", name="known_role"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(12))
    groups: Mapped[str] = mapped_column(String(60), default="")
    mail: Mapped[str] = mapped_column(String(120), default="")
    password: Mapped[str] = mapped_column(String(200))
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    private_box: Mapped[bytes] = mapped_column(LargeBinary)  # locked with a key of the password
    code_box: Mapped[bytes] = mapped_column(LargeBinary)  # the authenticator's secret, locked with the door's
    code_step: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    training: Mapped[bool] = mapped_column(default=False)


class KeyCopyRow(VaultModel):
    """A key of the desk, sealed to a worker's own key."""

    __tablename__ = "staff_key_copy"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class OfficerCopyRow(VaultModel):
    """A key of the desk, locked with the passphrases of two officers together."""

    __tablename__ = "staff_officer_copy"
    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"), primary_key=True)
    pair: Mapped[str] = mapped_column(String(5), primary_key=True)  # "1+2", "1+3", "2+3"
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class RecoveryCodeRow(VaultModel):
    """A code that stands in for the authenticator once."""

    __tablename__ = "staff_recovery_code"
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)


class InvitationRow(VaultModel):
    """A link that makes one member of staff, once. The desk's keys are locked with the link's own secret."""

    __tablename__ = "staff_invitation"
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(12))
    groups: Mapped[str] = mapped_column(String(60))
    mail: Mapped[str] = mapped_column(String(120), default="")
    keys_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    training: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SessionRow(VaultModel):
    """Somebody signed in on one browser."""

    __tablename__ = "staff_session"
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    private_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    code_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class FailureRow(VaultModel):
    """How often somebody failed: by a keyed tag of account and source that changes every day."""

    __tablename__ = "staff_failure"
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    number: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TrainingLinkRow(VaultModel):
    """A link that signs one training person in, once. Exists in demonstrations only."""

    __tablename__ = "staff_training_link"
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    private_box: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
