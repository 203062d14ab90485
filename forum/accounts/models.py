"""Tables of staff. Private to this room."""

from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from forum.append_only import guard
from forum.credentials.columns import FailureColumns, LinkColumns, SessionColumns, StaffColumns
from forum.db import Model
from forum.storage import UtcDateTime

ROLES = 60  # characters: all roles with blanks between


class AccountRow(StaffColumns, Model):
    """Somebody who works here. `password` is argon2id's own text, empty for training people."""

    __tablename__ = "account"
    roles: Mapped[str] = mapped_column(String(ROLES))
    nurse: Mapped[bool] = mapped_column(default=False)
    password: Mapped[str] = mapped_column(String(200), default="")
    training: Mapped[bool] = mapped_column(default=False)


class SessionRow(SessionColumns, Model):
    """Somebody signed in on one browser. `new_code_box`: an authenticator that is just being set up."""

    __tablename__ = "account_session"
    staff_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    new_code_box: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)


class RecoveryCodeRow(Model):
    """A code that stands in for the authenticator once."""

    __tablename__ = "account_recovery_code"
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)


class InvitationRow(LinkColumns, Model):
    """A link that makes one member of staff, or gives one (`staff_id`) a new password and authenticator."""

    __tablename__ = "account_invitation"
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    roles: Mapped[str] = mapped_column(String(ROLES))
    nurse: Mapped[bool] = mapped_column(default=False)
    mail: Mapped[str] = mapped_column(String(120), default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class FailureRow(FailureColumns, Model):
    """Failures at the sign-in page."""

    __tablename__ = "account_failure"


class TrainingLinkRow(LinkColumns, Model):
    """A link that signs one training person in, once. Exists in demonstrations only."""

    __tablename__ = "account_training_link"
    staff_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class AuditRow(Model):
    """Who did what with what, when and why. The database itself refuses to change or remove a line."""

    __tablename__ = "account_audit"
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staff_id: Mapped[int | None] = mapped_column(index=True)
    staff_name: Mapped[str] = mapped_column(String(40))
    verb: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60), index=True)
    reason: Mapped[str] = mapped_column(String(60), default="")


guard(cast(Table, AuditRow.__table__))
