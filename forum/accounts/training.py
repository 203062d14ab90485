"""Training people of a demonstration, and links that sign them in once.

Nothing of this exists in production: the command refuses, the pages are not there, a session of a training
person is none. The links are for whoever started the demonstration: they work on that very machine only.
"""

import ipaddress
from datetime import timedelta
from urllib.parse import urlsplit

import pyotp
from sqlalchemy import delete, select

from config import Mode, Settings
from forum import clock
from forum.accounts import signing
from forum.accounts.locks import lock, unlock
from forum.accounts.models import AccountRow, TrainingLinkRow
from forum.accounts.types import Opened, Role
from forum.credentials import codes
from forum.db import db, writing
from forum.errors import NotFound, Refused
from forum.web.forms import settings

PEOPLE = {
    Role.MODERATOR: "練習 よむ",
    Role.EDITOR: "練習 あむ",
    Role.CITY_OFFICER: "練習 こたえる",
    Role.LEAD: "練習 まとめる",
    Role.ADMIN: "練習 ととのえる",
}
LINK = timedelta(hours=12)


def on_loopback(host: str) -> bool:
    """True for the name or address of the very machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check(given: Settings) -> None:
    """Raises Refused: not_in_production, not_on_loopback (other machines are served)."""
    if given.mode is Mode.PRODUCTION:
        raise Refused("not_in_production")
    if not on_loopback(urlsplit(given.forum_url).hostname or ""):
        raise Refused("not_on_loopback")


def links(given: Settings) -> dict[Role, str]:
    """One link's secret for each role; earlier links are over. Opens a transaction. Refused like `check`."""
    check(given)
    made = {}
    with writing():
        db.session.execute(delete(TrainingLinkRow))
        for role in PEOPLE:
            made[role] = _link(_person(role))
    return made


def _person(role: Role) -> int:
    login = f"training-{role.value.replace('_', '-')}"
    row = db.session.scalar(select(AccountRow).where(AccountRow.login == login))
    if row is None:
        row = AccountRow(login=login, training=True, made_at=clock.now(), roles="", name="", code_box=b"")
        db.session.add(row)
    row.name, row.roles, row.ended_at = PEOPLE[role], role.value, None
    row.code_box = lock(codes.new_secret(), settings().secret_key)
    db.session.flush()
    return row.id


def _link(staff_id: int) -> str:
    token, now = codes.new_token(), clock.now()
    db.session.add(
        TrainingLinkRow(tag=codes.tag_of(token), staff_id=staff_id, made_at=now, expires_at=now + LINK)
    )
    return token


def name_of(token: str) -> str:
    """As whom a link signs in. Raises NotFound for one that is used, old or invented."""
    return db.session.get_one(AccountRow, _found(token).staff_id).name


def _found(token: str) -> TrainingLinkRow:
    row = db.session.get(TrainingLinkRow, codes.tag_of(token))
    if row is None or row.expires_at < clock.now():
        raise NotFound
    return row


def use(token: str, device: str) -> Opened:
    """Sign in with a link, once; opens a transaction of its own. Raises NotFound."""
    with writing():
        row = _found(token)
        opened = Opened(codes.new_token(), row.staff_id)
        db.session.delete(row)
        signing.open_session(opened, device)
    return opened


def code_of(staff_id: int) -> str:
    """The code that a training person's authenticator would show now: they have none in their hands.

    A code counts once, so just after one was used the next one is shown, which is accepted early.
    """
    row = db.session.get_one(AccountRow, staff_id)
    if not row.training or settings().mode is Mode.PRODUCTION:
        raise NotFound
    secret = unlock(row.code_box, settings().secret_key)
    step = max(int(clock.now().timestamp()) // codes.STEP_SECONDS, row.code_step + 1)
    return pyotp.TOTP(secret, interval=codes.STEP_SECONDS).at(step * codes.STEP_SECONDS)
