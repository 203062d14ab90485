"""What the keys can and cannot do: neither database nor cookie alone opens anything."""

import copy
from base64 import urlsafe_b64decode
from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.secret import SecretBox
from sqlalchemy import LargeBinary, select

from forum.credentials import passwords
from forum.errors import Refused
from forum.safeguarding.staff import access, desk_keys, service, signing
from forum.safeguarding.staff.locks import unlock
from forum.safeguarding.staff.models import KeyCopyRow, SessionRow, StaffRow
from forum.safeguarding.staff.types import Opened
from forum.safeguarding.vault.db import vault_db, writing
from forum.sealing.envelope import Unopenable
from tests.pages import Visitor
from tests.safeguarding.conftest import DESK
from tests.safeguarding.desk import PASSWORD, hire, sign_in, staff_id

Browser = Callable[[], Visitor]
TAGS = signing.Tags(b"a" * 32, b"s" * 32)


def every_value() -> list[bytes]:
    """All bytes that stand in any row of the vault."""
    found: list[bytes] = []
    for table in vault_db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, LargeBinary):
                found.extend(v for v in vault_db.session.scalars(select(column)) if v)
    return found


def opens(key: bytes, boxes: list[bytes]) -> list[bytes]:
    """What 32 bytes open, as a locked box's key or as a private key."""
    opened = []
    for box in boxes:
        with suppress(CryptoError, ValueError):
            opened.append(SecretBox(key).decrypt(box))
        with suppress(CryptoError, ValueError):
            opened.append(SealedBox(PrivateKey(key)).decrypt(box))
    return opened


def cookie_of(visitor: Visitor) -> tuple[str, bytes]:
    """The session's secret and the key that the browser holds."""
    token, _, coded = visitor.cookies()[access.COOKIE].partition(".")
    return token, urlsafe_b64decode(coded)


def test_the_database_alone_opens_nothing(desk_app: Flask, browser: Browser) -> None:
    """A stolen backup, made while three people were signed in: no 32 bytes in it open anything else in it."""
    for role in ("worker", "supervisor", "auditor"):
        sign_in(browser(), role)
    with desk_app.app_context():
        values = every_value()
        assert len(values) > 10
        assert DESK.private not in values
        for value in values:
            for start in range(max(1, len(value) - 31)):
                if len(value[start : start + 32]) == 32:
                    assert opens(value[start : start + 32], values[:40]) == []


def test_the_cookie_alone_is_no_key_of_the_desk(desk_app: Flask, browser: Browser) -> None:
    token, key = cookie_of(sign_in(browser()))
    with desk_app.app_context():
        copies = list(vault_db.session.scalars(select(KeyCopyRow.box)))
        assert opens(key, copies) == []
        assert key != DESK.private and DESK.private not in (token.encode(), key)


def test_both_together_open_for_this_session_only(desk_app: Flask, browser: Browser) -> None:
    mine, other = sign_in(browser()), sign_in(browser())
    _, key = cookie_of(mine)
    with desk_app.app_context():
        boxes = [row.private_box for row in vault_db.session.scalars(select(SessionRow))]
        opened = opens(key, boxes)  # type: ignore[arg-type]
        assert len(opened) == 1, "the cookie opens its own row and no other"
        copies = list(vault_db.session.scalars(select(KeyCopyRow.box)))
        assert opens(opened[0], copies) == [DESK.private]
    assert cookie_of(other)[1] != key


def test_the_auditor_and_the_officer_hold_no_key(desk_app: Flask, browser: Browser) -> None:
    for role in ("auditor", "officer"):
        login = hire(desk_app, role)
        with desk_app.app_context():
            number = vault_db.session.scalars(select(StaffRow.id).where(StaffRow.login == login)).one()
            held = select(KeyCopyRow).where(KeyCopyRow.staff_id == number)
            assert vault_db.session.scalars(held).all() == []


def test_another_password_opens_the_same_and_the_old_one_nothing_any_more(at_desk: Flask) -> None:
    login = hire(at_desk)
    number = staff_id(at_desk, login)
    row = vault_db.session.get_one(StaffRow, number)
    old_private = unlock(row.private_box, passwords.key_of(row.salt, PASSWORD))
    mine = signing.new_session(number)
    with writing():
        signing.open_session(mine, old_private, "Firefox / Linux")
        signing.open_session(signing.new_session(number), old_private, "Edge / Windows")
    service.change_password(mine, PASSWORD, "あたらしい ひみつのことば", TAGS)
    row = vault_db.session.get_one(StaffRow, number)
    with pytest.raises(Unopenable):
        unlock(row.private_box, passwords.key_of(row.salt, PASSWORD))
    private = unlock(row.private_box, passwords.key_of(row.salt, "あたらしい ひみつのことば"))
    assert desk_keys.ring_of(number, private).keys == {DESK.key.id: DESK.private}
    with pytest.raises(Unopenable):
        desk_keys.ring_of(number, old_private)
    left = vault_db.session.scalars(select(SessionRow)).all()
    assert [one.device for one in left] == ["Firefox / Linux"], "signed out everywhere else"
    assert unlock(left[0].private_box or b"", mine.key) == private, "this session goes on with the new key"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("まちがった ことばを いれた", "あたらしい ひみつのことば", "sign_in"),
        (PASSWORD, "みじかい", "weak_password"),
        (PASSWORD, "password password", "weak_password"),
    ],
)
def test_a_wrong_old_or_weak_new_password_changes_nothing(
    at_desk: Flask, old: str, new: str, code: str
) -> None:
    number = staff_id(at_desk, hire(at_desk))
    before = copy.copy(vault_db.session.get_one(StaffRow, number).private_box)
    with pytest.raises(Refused, match=code):
        service.change_password(Opened("no-session", bytes(32), number), old, new, TAGS)
    vault_db.session.rollback()
    assert vault_db.session.get_one(StaffRow, number).private_box == before


def test_the_old_password_cannot_be_tried_out_at_a_screen_left_open(at_desk: Flask) -> None:
    number = staff_id(at_desk, hire(at_desk))
    for _ in range(3):
        with pytest.raises(Refused, match="sign_in"):
            service.change_password(
                Opened("t", bytes(32), number), "まちがった ことばを", "あたらしい ひみつのことば", TAGS
            )
    with pytest.raises(Refused, match="wait"):
        service.change_password(Opened("t", bytes(32), number), PASSWORD, "あたらしい ひみつのことば", TAGS)
