"""Columns of the tables with which a wing signs its people in. Each wing has its own tables of them."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.storage import UtcDateTime


class StaffColumns:
    """Somebody who signs in. The row stays when they leave, so that records keep their name.

    How the password is known again is the wing's own matter: by `passwords.hashed`, or by a box that opens.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    mail: Mapped[str] = mapped_column(String(120), default="")
    code_box: Mapped[bytes] = mapped_column(LargeBinary)  # the authenticator's secret, locked with the door's
    code_step: Mapped[int] = mapped_column(default=0)  # the last step that was used: no code counts twice
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class SessionColumns:
    """Somebody signed in on one browser. `tag` is of the cookie's secret, which is not stored."""

    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    device: Mapped[str] = mapped_column(String(40), default="")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    code_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class FailureColumns:
    """How often somebody failed: by a keyed tag of account and source that changes every day."""

    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    number: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkColumns:
    """A link that works once. `tag` is of the link's secret, which is not stored."""

    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
