"""Changing the desk's key: begun, interrupted anywhere, begun again, and nothing is lost or left behind."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from forum import clock
from forum.safeguarding.policy import Policy
from forum.safeguarding.staff import officers, rotation
from forum.safeguarding.staff.models import InvitationRow, KeyCopyRow, RecoveryCopyRow, SessionRow
from forum.safeguarding.vault import audit, sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import DeskKeyRow, MessageRow, ReportRow
from forum.safeguarding.vault.opening import KeyRing, open_message, open_report
from forum.safeguarding.vault.queries import messages_of, reports_of
from tests.pages import Visitor
from tests.safeguarding.conftest import DESK
from tests.safeguarding.desk import sign_in
from tests.safeguarding.staff.test_officers import ONE, THREE, TWO, report, run, set_up
from tests.safeguarding.staff.test_people import invite

Browser = Callable[[], Visitor]
_numbers = count(1)


def fill(policy: Policy, reports: int) -> list[str]:
    """Reports, each with an addition of its reporter; the ids of their cases."""
    cases = []
    for _ in range(reports):
        number = next(_numbers)
        case_id = report(policy, f"はなし{number}")
        told = sealed.prepare_message_in(
            Content((Paragraph(f"つづき{number}"),)), (), store.desk_key(), f"m{number}"
        )
        with writing():
            store.add_message_in(reports_of([case_id])[0].id, told)
        cases.append(case_id)
    return cases


def all_open(ring: KeyRing, cases: Sequence[str]) -> bool:
    """True if every report and addition opens with these keys."""
    vault_db.session.rollback()
    for one in reports_of(cases):
        assert open_report(ring, one).text().startswith("はなし")
        for message in messages_of(one.id):
            added = open_message(ring, message)
            assert isinstance(added, Content) and added.text().startswith("つづき")
    return len(reports_of(cases)) == len(cases)


def ring_of_officers() -> KeyRing:
    return KeyRing(officers.recovered("1+2", ONE, TWO))


def key_ids(*, valid: bool = True) -> list[str]:
    vault_db.session.rollback()
    query = select(DeskKeyRow.id).order_by(DeskKeyRow.made_at)
    return list(vault_db.session.scalars(query.where(DeskKeyRow.retired_at.is_(None)) if valid else query))


def test_every_table_with_a_data_key_is_found_whatever_room_it_is_of() -> None:
    names = {table.name for table in rotation.sealed_tables()}
    assert {"report", "message", "case_child", "case_entry", "screening", "meeting", "case_codes"} <= names
    for table in vault_db.metadata.sorted_tables:
        points = any(key.column.table.name == "desk_key" for key in table.foreign_keys)
        copies = {"staff_key_copy", "staff_recovery_copy"}
        assert not points or table.name in names | copies, f"{table.name} would keep the old key"


def test_two_officers_change_the_key_and_everything_opens_with_the_new_one_alone(
    at_desk: Flask, policy: Policy
) -> None:
    set_up(at_desk)
    cases = fill(policy, 3)
    old = key_ids()[0]
    done = run(at_desk, "desk", "rotate", "2+3", typed=(TWO, THREE))
    assert done.exit_code == 0, done.output
    assert "0 left" in done.output and "Done: 6 data keys" in done.output
    (new,) = key_ids()
    assert new != old and store.desk_key().id == new
    ring = ring_of_officers()
    assert all_open(KeyRing({new: ring.keys[new]}), cases)
    assert {"begin_key_change", "finish_key_change"} <= {line.verb for line in audit.lines()}


def test_killed_in_the_middle_it_goes_on_where_it_stopped(
    at_desk: Flask, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(at_desk)
    cases = fill(policy, 5)
    monkeypatch.setattr(rotation, "BATCH", 2)
    with writing():
        assert rotation.begin()
    ring = ring_of_officers()
    assert rotation.step(ring) == 2
    assert rotation.progress().left == 8
    assert all_open(ring, cases), "half changed, all opens"
    late = fill(policy, 1)  # arrives during the change, sealed to the new key
    with writing():
        assert not rotation.begin(), "no second change before the first is finished"
    done = run(at_desk, "desk", "rotate", "1+2", typed=(ONE, TWO))
    assert done.exit_code == 0 and "Going on" in done.output, done.output
    assert "Done: 8 data keys" in done.output
    (new,) = key_ids()
    assert all_open(KeyRing({new: ring.keys[new]}), [*cases, *late])


def test_a_batch_that_dies_changes_nothing(
    at_desk: Flask, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(at_desk)
    cases = fill(policy, 3)
    with writing():
        rotation.begin()
    ring = ring_of_officers()
    real, calls = vault_db.session.execute, count()

    def dies(statement: object, *args: object, **kwargs: object) -> object:
        if getattr(statement, "is_update", False) and next(calls) == 2:
            raise OSError("the power is gone")
        return real(statement, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(vault_db.session, "execute", dies)
    with pytest.raises(OSError, match="power"):
        rotation.step(ring)
    monkeypatch.undo()
    assert rotation.progress().left == 6 and all_open(ring, cases)


def test_the_old_key_is_not_retired_while_anything_needs_it(at_desk: Flask, policy: Policy) -> None:
    set_up(at_desk)
    fill(policy, 2)
    old = key_ids()[0]
    with writing():
        rotation.begin()
    new = key_ids()[1]
    only_new = KeyRing({new: ring_of_officers().keys[new]})
    assert rotation.step(only_new) == 0
    assert key_ids() == [old, new], "a ring without the old key can neither wrap nor retire"


def test_a_damaged_box_does_not_stop_the_rest(
    at_desk: Flask, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(at_desk)
    cases = fill(policy, 4)
    monkeypatch.setattr(rotation, "BATCH", 2)
    damaged = vault_db.session.scalars(select(ReportRow.id).order_by(ReportRow.id).limit(2)).all()
    with writing():
        vault_db.session.execute(
            update(ReportRow).where(ReportRow.id.in_(damaged)).values(wrapped_key=b"\0" * 80)
        )
        rotation.begin()
    ring, steps = ring_of_officers(), 0
    while rotation.step(ring):
        steps += 1
    assert steps >= 3 and len(key_ids()) == 1
    new = key_ids()[0]
    moved = vault_db.session.scalar(select(func.count()).where(ReportRow.key_id == new))
    assert moved == 2 and vault_db.session.scalar(select(func.count()).where(MessageRow.key_id == new)) == 4
    assert all_open(KeyRing({new: ring.keys[new]}), cases[2:])


def test_who_leads_changes_it_on_the_page_and_everybody_signed_in_goes_on(
    desk_app: Flask, browser: Browser, policy: Policy
) -> None:
    with desk_app.app_context():
        cases = fill(policy, 3)
        vault_db.session.remove()
    chief, worker = sign_in(browser(), "supervisor"), sign_in(browser())
    link = invite(chief)
    chief.get("/people")
    page = chief.submit("鍵を変える")
    assert "途中です" not in page.text
    with desk_app.app_context():
        (new,) = key_ids()
        assert new != DESK.key.id
        box = vault_db.session.scalars(
            select(KeyCopyRow.box)
            .join(SessionRow, SessionRow.staff_id == KeyCopyRow.staff_id)
            .where(KeyCopyRow.key_id == new)
        ).all()
        assert len(box) == 2, "the worker who was signed in has the new key without doing anything"
        assert vault_db.session.scalars(select(InvitationRow)).all() == [], "old links hold the old key only"
        assert not [one for one in reports_of(cases) if one.key_id != new]
    browser().get(link, status=404)
    worker.get("/account")


def test_a_change_that_is_half_done_is_said_and_can_be_gone_on_with(
    desk_app: Flask, browser: Browser, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from forum.safeguarding.staff import people_views

    with desk_app.app_context():
        fill(policy, 3)
        vault_db.session.remove()
    monkeypatch.setattr(rotation, "BATCH", 1)
    monkeypatch.setattr(people_views, "PATIENCE", 0.0)
    chief = sign_in(browser(), "supervisor")
    chief.get("/people")
    page = chief.submit("鍵を変える")
    assert "あと6件" in page.text
    monkeypatch.setattr(people_views, "PATIENCE", 60.0)
    assert "途中です" not in chief.submit("つづける").text


def test_a_retired_key_is_forgotten_when_nothing_can_be_on_its_way_any_more(
    at_desk: Flask, policy: Policy
) -> None:
    set_up(at_desk)
    fill(policy, 2)
    old = key_ids()[0]
    run(at_desk, "desk", "rotate", "1+2", typed=(ONE, TWO))
    with writing():
        assert rotation.forget_retired() == 0
    assert old in ring_of_officers().keys
    with clock.turned_to(clock.now() + rotation.ON_ITS_WAY + timedelta(hours=1)):
        run(at_desk, "desk", "rotate", "1+2", typed=(ONE, TWO))
    ring = ring_of_officers()
    assert old not in ring.keys and len(ring.keys) == 2
    assert old in key_ids(valid=False), "that it was there stays written"
    held = vault_db.session.scalars(select(RecoveryCopyRow).where(RecoveryCopyRow.key_id == old)).all()
    assert held == []
