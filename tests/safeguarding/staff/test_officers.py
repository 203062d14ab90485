"""Setting the desk up, starting again by two of three officers, changing officers: by command and page."""

import re
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, select

from forum import clock
from forum.safeguarding.policy import Policy
from forum.safeguarding.staff import officers
from forum.safeguarding.staff.models import OfficerPairRow, RecoveryCopyRow, StaffRow
from forum.safeguarding.vault import audit, sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import DeskKeyRow
from forum.safeguarding.vault.opening import KeyRing, open_report
from forum.safeguarding.vault.queries import reports_of
from tests.pages import Visitor
from tests.safeguarding.desk import sign_in
from tests.safeguarding.staff.test_keys import every_value
from tests.safeguarding.staff.test_people import join

Browser = Callable[[], Visitor]
ONE, TWO, THREE = "ひとりめの ながい文", "ふたりめの ながい文", "さんにんめの ながい文"
PHRASES = {"1": ONE, "2": TWO, "3": THREE}


def run(app: Flask, *command: str, typed: tuple[str, ...] = ()) -> Result:
    """A command at the machine, with what is typed at its questions."""
    return app.test_cli_runner().invoke(args=list(command), input="".join(f"{line}\n" for line in typed))


def set_up(app: Flask) -> str:
    """A desk without any key gets one from three officers; the link of the first who leads."""
    with app.app_context():
        with writing():
            vault_db.session.execute(delete(DeskKeyRow))
        vault_db.session.remove()
    done = run(app, "desk", "init", typed=(ONE, ONE, TWO, TWO, THREE, THREE))
    assert done.exit_code == 0, done.output
    for phrase in PHRASES.values():
        assert phrase not in done.output, "nothing that is typed is printed"
    return re.findall(r"first who leads: \S*(/join/[\w-]+)", done.output)[0]


def report(policy: Policy, told: str) -> str:
    """A report lies in the vault, sealed to the desk's present key; the id of its case."""
    prepared = sealed.prepare(Content((Paragraph(told),)), None, (), store.desk_key(), reporter=None)
    with writing():
        kept = store.put_report(
            prepared, policy, entrance="neighbour", groups=["family"], urgent=False, once=told
        )
    return kept.case_id


def read(keys: dict[str, bytes], case_id: str) -> str:
    vault_db.session.rollback()
    return open_report(KeyRing(keys), reports_of([case_id])[0]).text()


def test_three_officers_set_the_desk_up_and_the_first_who_leads_comes_in(
    desk_app: Flask, browser: Browser
) -> None:
    first = browser()
    join(first, set_up(desk_app))
    with desk_app.app_context():
        row = vault_db.session.scalars(select(StaffRow)).one()
        assert row.role == "supervisor"
        assert [line.verb for line in audit.lines()] == ["join", "desk_init"]
        key = vault_db.session.scalars(select(DeskKeyRow)).one()
        assert not key.training
        phrases = [phrase.encode() for phrase in PHRASES.values()]
        assert not [v for v in every_value() if any(phrase in v for phrase in phrases)]
    again = run(desk_app, "desk", "init", typed=(ONE, ONE, TWO, TWO, THREE, THREE))
    assert again.exit_code == 1 and "has its key already" in again.output


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ((ONE, ONE, ONE, ONE, THREE, THREE), "of their own"),
        ((ONE, ONE, TWO, TWO, "短い", "短い"), "12 characters"),
    ],
)
def test_weak_or_same_passphrases_make_no_key(desk_app: Flask, typed: tuple[str, ...], words: str) -> None:
    with desk_app.app_context(), writing():
        vault_db.session.execute(delete(DeskKeyRow))
    done = run(desk_app, "desk", "init", typed=typed)
    assert done.exit_code == 1 and words in done.output
    with desk_app.app_context():
        assert vault_db.session.scalars(select(DeskKeyRow)).all() == []
        assert vault_db.session.scalars(select(OfficerPairRow)).all() == []


@pytest.mark.parametrize("pair", officers.PAIRS)
def test_any_two_of_three_open_and_nobody_opens_alone(at_desk: Flask, policy: Policy, pair: str) -> None:
    set_up(at_desk)
    case_id = report(policy, "となりから さけび声がする")
    first, second = (PHRASES[number] for number in pair.split("+"))
    assert read(officers.recovered(pair, first, second), case_id) == "となりから さけび声がする"
    for typed in (
        (first, first),
        (second, second),
        (first, ""),
        (second, first),
        (first, "ちがう文を いれた"),
    ):
        with pytest.raises(Exception, match="wrong_passphrases"):
            officers.recovered(pair, *typed)


def test_after_all_workers_left_two_officers_start_the_desk_again_by_command(
    desk_app: Flask, browser: Browser, policy: Policy
) -> None:
    set_up(desk_app)
    with desk_app.app_context():
        case_id = report(policy, "毎晩 泣き声がする")
        vault_db.session.remove()
    wrong = run(desk_app, "desk", "recover", "1+3", typed=(ONE, TWO))
    assert wrong.exit_code == 1 and "/join/" not in wrong.output
    done = run(desk_app, "desk", "recover", "1+3", typed=(ONE, THREE))
    assert done.exit_code == 0, done.output
    join(browser(), re.findall(r"/join/[\w-]+", done.output)[0])
    with desk_app.app_context():
        assert "recover" in [line.verb for line in audit.lines()], "everybody can see that it was done"
        row = vault_db.session.scalars(select(StaffRow)).one()
        from forum.credentials import passwords
        from forum.safeguarding.staff import desk_keys
        from forum.safeguarding.staff.locks import unlock

        private = unlock(row.private_box, passwords.key_of(row.salt, "はじめての ひみつ"))
        assert read(dict(desk_keys.ring_of(row.id, private).keys), case_id) == "毎晩 泣き声がする"


def test_after_all_workers_left_an_officer_signs_in_and_two_start_the_desk_again(
    desk_app: Flask, browser: Browser
) -> None:
    """A Sunday: the only one who led is in hospital. Two officers sit down at the desk."""
    set_up(desk_app)
    officer = sign_in(browser(), "officer")
    assert officer.get("/recover").heading.startswith("鍵を預かる二人で")
    page = officer.submit("pair", status=422, pair="1+2", first=TWO, second=ONE, name="代わりの 責任者")
    assert "合言葉が ちがいます" in page.text and ONE not in page.html and "代わりの 責任者" in page.html
    page = officer.submit("pair", pair="1+2", first=ONE, second=TWO, name="代わりの 責任者")
    link = re.findall(r"https://localhost(/join/[\w-]+)", page.html)[0]
    page, _ = join(browser(), link)
    assert "代わりの 責任者 さん、これで入れます" in page.text


def test_passphrases_cannot_be_tried_out_at_the_page(desk_app: Flask, browser: Browser) -> None:
    set_up(desk_app)
    officer = sign_in(browser(), "officer")
    with clock.turned_to(clock.now()):
        officer.get("/recover")
        for _ in range(3):
            officer.submit("pair", status=422, pair="1+2", first=ONE, second="ためしの 合言葉", name="x")
        officer.submit("pair", status=429, pair="1+2", first=ONE, second=TWO, name="x")


def test_an_officer_is_replaced_and_the_old_passphrase_opens_nothing(at_desk: Flask, policy: Policy) -> None:
    set_up(at_desk)
    case_id = report(policy, "窓から 声がする")
    new = "よにんめの ながい文"
    done = run(at_desk, "desk", "officers", "1+2", typed=(ONE, TWO, ONE, ONE, TWO, TWO, new, new))
    assert done.exit_code == 0, done.output
    assert read(officers.recovered("2+3", TWO, new), case_id) == "窓から 声がする"
    with pytest.raises(Exception, match="wrong_passphrases"):
        officers.recovered("2+3", TWO, THREE)
    assert len(vault_db.session.scalars(select(OfficerPairRow)).all()) == 3
    assert len(vault_db.session.scalars(select(RecoveryCopyRow)).all()) == 1
    assert "change_officers" in [line.verb for line in audit.lines()]
