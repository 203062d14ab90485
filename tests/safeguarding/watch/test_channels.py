"""How a notice leaves the house, and what it never says."""

from itertools import combinations
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from hypothesis import given
from hypothesis import strategies as st

from config import SettingsError
from forum.safeguarding.watch import notices, setting
from forum.safeguarding.watch.channels import Mail, MailSettings, Undelivered, read_settings
from forum.safeguarding.watch.notices import Notice
from tests.pages import SENSITIVE
from tests.safeguarding.watch.scene import ANNE, MINUTE, MailRoom, Scene

COMPLETE = {"KOSODATE_SMTP_HOST": "mail.example", "KOSODATE_SMTP_FROM": "desk@city.example"}


@given(st.dictionaries(st.sampled_from([*notices.LINES, "clock", "roster"]), st.integers(1, 900)))
def test_a_notice_says_that_something_waits_and_nothing_else(counts: dict[str, int]) -> None:
    letter = notices.letter(counts, "https://desk.example/")
    assert letter.subject == "お知らせがあります"
    assert not [word for word in (*SENSITIVE, "子ども", "児童", "家庭") if word in letter.body]
    assert letter.body.count("https://") == 1 and letter.body.endswith("https://desk.example/\n")


def test_every_kind_has_words_of_its_own() -> None:
    texts = [notices.letter({kind: 1}, "").body for kind in notices.LINES]
    assert all(one != other for one, other in combinations(texts, 2))


def test_a_password_is_handed_over_and_a_wrong_one_is_a_fault(room: MailRoom) -> None:
    room.close()

    def check(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=getattr(data, "password", b"") == b"secret word", handled=False)

    guarded = Controller(
        room,
        hostname="127.0.0.1",
        port=room.port,
        auth_require_tls=False,
        authenticator=check,
        auth_required=True,
    )
    guarded.start()
    try:
        right = MailSettings("127.0.0.1", room.port, "desk@desk.example", "desk", "secret word", "none")
        Mail(right).send(ANNE.mail, Notice("s", "b\n"))
        assert room.to(ANNE) == ["b\n"]
        wrong = MailSettings("127.0.0.1", room.port, "desk@desk.example", "desk", "other", "none")
        with pytest.raises(Undelivered) as fault:
            Mail(wrong).send(ANNE.mail, Notice("s", "b"))
        assert fault.value.everybody and fault.value.fault == "SMTPAuthenticationError"
        assert "secret" not in repr(right)
    finally:
        guarded.stop()


def test_a_server_without_tls_gets_no_mail_where_tls_is_wanted(room: MailRoom) -> None:
    careful = MailSettings("127.0.0.1", room.port, "desk@desk.example", "", "", "starttls")
    with pytest.raises(Undelivered):
        Mail(careful).send(ANNE.mail, Notice("s", "b"))
    assert room.letters == []


def test_an_address_with_a_line_break_is_one_persons_fault_alone(room: MailRoom) -> None:
    with pytest.raises(Undelivered) as fault:
        room.channel().send("anne@desk.example\nBcc: all@desk.example", Notice("s", "b"))
    assert not fault.value.everybody


def test_one_way_that_fails_never_stops_another(scene: Scene, room: MailRoom) -> None:
    other_room = MailRoom()
    other_room.open()
    try:
        first, second = room.channel(), other_room.channel()
        second.name = "second"
        given_now = scene.app.extensions["watch"]
        changed = setting.Setting(given_now.people, (first, second), seconds=given_now.seconds)
        setting.install(scene.app, changed)
        room.close()
        scene.report()
        scene.works()
        assert len(other_room.to(ANNE)) == 1
        room.open()
        scene.passes(12 * MINUTE, MINUTE)
        assert len(room.to(ANNE)) == 1 and len(other_room.to(ANNE)) == 1, "each once"
    finally:
        other_room.close()


def test_without_a_host_there_is_no_mail_and_that_is_said() -> None:
    assert read_settings({}) is None


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"KOSODATE_SMTP_FROM": ""}, "KOSODATE_SMTP_FROM"),
        ({"KOSODATE_SMTP_PORT": "smtp"}, "KOSODATE_SMTP_PORT"),
        ({"KOSODATE_SMTP_TLS": "maybe"}, "KOSODATE_SMTP_TLS"),
        ({"KOSODATE_SMTP_USER": "desk"}, "KOSODATE_SMTP_PASSWORD_FILE"),
    ],
)
def test_a_setting_that_cannot_stand_is_named(changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings({**COMPLETE, **changed})


def test_complete_settings(tmp_path: Path) -> None:
    assert read_settings(COMPLETE) == MailSettings(
        "mail.example", 587, "desk@city.example", "", "", "starttls"
    )
    (tmp_path / "word").write_text("secret\n", encoding="utf-8")
    with_user = {
        **COMPLETE,
        "KOSODATE_SMTP_USER": "desk",
        "KOSODATE_SMTP_PASSWORD_FILE": str(tmp_path / "word"),
    }
    found = read_settings(with_user)
    assert found is not None and found.password == "secret"
    with pytest.raises(SettingsError, match="KOSODATE_SMTP_TLS"):
        read_settings({**with_user, "KOSODATE_SMTP_TLS": "none"})
