"""Signing in and out, and the fresh code for what is specially protected."""

from dataclasses import dataclass
from datetime import datetime

from flask import request
from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from forum import clock, ids
from forum.accounts import audit
from forum.accounts.locks import unlock
from forum.accounts.models import AccountRow, FailureRow, RecoveryCodeRow, SessionRow
from forum.accounts.types import Actor, Opened
from forum.credentials import codes, delays, passwords, sessions
from forum.db import db, writing
from forum.errors import NotFound, Refused
from forum.web.forms import settings


@dataclass(frozen=True)
class Tags:
    """Under what tries are counted: one account from one source, and the source alone."""

    account: bytes
    source: bytes


def failure_tags(what: str) -> Tags:
    """The tags for this account (or thing) and the present request's source; no address is kept."""
    secret, day, source = settings().secret_key, clock.today(), request.remote_addr or ""
    return Tags(delays.tag(secret, day, "account", what, source), delays.tag(secret, day, "source", source))


def device() -> str:
    """The browser and system of this request, in two words."""
    return sessions.device(request.user_agent.string)


def reserve(tags: Tags, staff_id: int | None = None) -> None:
    """Count one try before it is looked at, in a transaction of its own.

    So whoever sends a hundred guesses at once gets no more looked at than one after another. Raises
    Refused("wait", seconds=...). `succeeded` takes the count back.
    """
    now = clock.now()
    with writing():
        db.session.execute(delete(FailureRow).where(FailureRow.last_at < now - delays.FORGOTTEN))
        account, source = _failures(tags.account, now), _failures(tags.source, now)
        until = max(
            delays.next_try_at(account.number, account.last_at),
            delays.next_try_at(source.number, source.last_at, delays.FREE_FOR_SOURCE),
        )
        if until > now:
            raise Refused("wait", seconds=int((until - now).total_seconds()) + 1)
        for row in (account, source):
            row.number, row.last_at = row.number + 1, now
        if account.number == delays.FREE + 1 and staff_id is not None:  # not slips any more
            audit.record("sign_in_slowed", str(staff_id), by=Actor())


def _failures(tag: bytes, now: datetime) -> FailureRow:
    row = db.session.get(FailureRow, tag, with_for_update=True)
    if row is None:
        row = FailureRow(tag=tag, number=0, last_at=now)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:  # on a server, somebody else at this source was faster
            row = db.session.get_one(FailureRow, tag, with_for_update=True)
    return row


def succeeded(tags: Tags) -> None:
    """It was the right person, inside the open transaction. Others at the same source stay counted."""
    db.session.execute(delete(FailureRow).where(FailureRow.tag == tags.account))
    source = db.session.get(FailureRow, tags.source)
    if source is not None:
        source.number = max(0, source.number - 1)


def sign_in(login: str, password: str, code: str, tags: Tags, device: str) -> Opened:
    """Open a fresh session with password and one-time code (or recovery code).

    One answer for every fault, after the same time: Refused("sign_in"). Refused("wait", seconds=...), "busy".
    """
    row = db.session.scalar(
        select(AccountRow).where(AccountRow.login == login, AccountRow.ended_at.is_(None))
    )
    staff_id, stored = (row.id, row.password or passwords.NOBODY) if row else (None, passwords.NOBODY)
    reserve(tags, staff_id)
    right = passwords.fits(password, stored)
    if staff_id is None or not right:
        raise Refused("sign_in")
    opened = Opened(codes.new_token(), staff_id)
    with writing():
        try:
            take_code(staff_id, code)
        except Refused:  # nobody outside learns which of the three was wrong
            raise Refused("sign_in") from None
        open_session(opened, device)
        succeeded(tags)
    return opened


def open_session(opened: Opened, device: str) -> None:
    """Store a session, inside the open transaction. Raises Refused("sign_in") for whoever left meanwhile."""
    now = clock.now()
    person = db.session.get_one(AccountRow, opened.staff_id)
    if person.ended_at is not None:
        raise Refused("sign_in")
    db.session.execute(
        delete(SessionRow).where(
            or_(SessionRow.seen_at <= now - sessions.IDLE, SessionRow.started_at <= now - sessions.ABSOLUTE)
        )
    )
    db.session.add(
        SessionRow(
            tag=codes.tag_of(opened.token),
            public_id=ids.new_public_id(),
            device=device,
            staff_id=opened.staff_id,
            started_at=now,
            seen_at=now,
            code_at=now,
        )
    )
    audit.record("sign_in", str(person.id), by=Actor(person.id, person.name))


def take_code(staff_id: int, code: str) -> None:
    """Use up a one-time code or a recovery code, inside the open transaction. Raises Refused("code")."""
    row = db.session.get_one(AccountRow, staff_id, with_for_update=True)
    step = codes.step_of(unlock(row.code_box, settings().secret_key), code, row.code_step, clock.now())
    if step is not None:
        row.code_step = step
        return
    spare = db.session.get(RecoveryCodeRow, codes.recovery_tag(staff_id, code))
    if spare is None:
        raise Refused("code")
    db.session.delete(spare)
    audit.record("use_recovery_code", str(staff_id), by=Actor(staff_id, row.name))


def step_up(token: str, staff_id: int, code: str, tags: Tags) -> None:
    """Take a fresh code for what is specially protected. Raises Refused: code, wait, sign_in."""
    reserve(tags, staff_id)
    with writing():
        session = db.session.get(SessionRow, codes.tag_of(token))
        if session is None:
            raise Refused("sign_in")
        take_code(staff_id, code)
        session.code_at = clock.now()
        succeeded(tags)


def end_session(token: str) -> None:
    """Forget a session by the cookie's secret, inside the open transaction."""
    db.session.execute(delete(SessionRow).where(SessionRow.tag == codes.tag_of(token)))


def end_one(staff_id: int, session_id: str) -> None:
    """End one of a person's sessions, inside the open transaction. Raises NotFound."""
    row = db.session.scalar(
        select(SessionRow).where(SessionRow.public_id == session_id, SessionRow.staff_id == staff_id)
    )
    if row is None:
        raise NotFound
    db.session.delete(row)


def end_all(staff_id: int, *, but: str = "") -> None:
    """End all sessions of a person, but the one whose cookie's secret is given; in the open transaction."""
    query = delete(SessionRow).where(SessionRow.staff_id == staff_id)
    db.session.execute(query.where(SessionRow.tag != codes.tag_of(but)) if but else query)
