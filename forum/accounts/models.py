"""Tables of staff. Private to this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, event
from sqlalchemy.orm import Mapped, mapped_column

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


_SAID = "the record is append-only"
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
_THERE = "WHEN EXISTS (SELECT 1 FROM account_audit WHERE number = NEW.number)"
_FUNCTION = "CREATE OR REPLACE FUNCTION account_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
_ROW = "ON account_audit FOR EACH ROW EXECUTE FUNCTION account_audit_refuse()"
_ALL = "ON account_audit FOR EACH STATEMENT EXECUTE FUNCTION account_audit_refuse()"
_SQLITE = (
    f"CREATE TRIGGER account_audit_no_update BEFORE UPDATE ON account_audit {_REFUSE}",
    f"CREATE TRIGGER account_audit_no_delete BEFORE DELETE ON account_audit {_REFUSE}",
    # INSERT OR REPLACE removes a line without asking the trigger above.
    f"CREATE TRIGGER account_audit_no_replace BEFORE INSERT ON account_audit {_THERE} {_REFUSE}",
)
_POSTGRESQL = (
    f"{_FUNCTION} $$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$",
    f"CREATE TRIGGER account_audit_no_change BEFORE UPDATE OR DELETE {_ROW}",
    f"CREATE TRIGGER account_audit_no_truncate BEFORE TRUNCATE {_ALL}",
)


def append_only_ddl(dialect: str) -> tuple[str, ...]:
    """Statements after which the database refuses to change, remove or replace a line of the record.

    `dialect`: "sqlite" or "postgresql". A revision runs them after the table is made.
    """
    return {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[dialect]


def free_ddl(dialect: str) -> tuple[str, ...]:
    """Statements that take the guard away again: for the way down of a revision, and for emptying a test."""
    if dialect == "sqlite":
        names = ("no_update", "no_delete", "no_replace")
        return tuple(f"DROP TRIGGER IF EXISTS account_audit_{name}" for name in names)
    return ("DROP FUNCTION IF EXISTS account_audit_refuse() CASCADE",)


@event.listens_for(AuditRow.__table__, "after_create")
def _guard(target: Any, connection: Any, **given: Any) -> None:
    for statement in append_only_ddl(connection.dialect.name):
        connection.exec_driver_sql(statement)
