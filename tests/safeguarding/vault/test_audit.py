"""The record: no line can be altered, taken out, put elsewhere or cut off without being found."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from forum.safeguarding.vault import audit
from forum.safeguarding.vault.audit_models import AuditHeadRow, AuditRow
from forum.safeguarding.vault.db import vault_db, writing


@pytest.fixture
def record(desk_app: Flask) -> Iterator[None]:
    """Ten lines stand in the record."""
    with desk_app.app_context():
        for number in range(1, 11):
            with writing():
                audit.record("open_report", f"case{number}", staff_id=number % 3, staff_name="田中")
        yield
        vault_db.session.remove()


def alter() -> None:
    vault_db.session.execute(update(AuditRow).where(AuditRow.number == 4).values(staff_id=99))


def rename() -> None:
    vault_db.session.execute(update(AuditRow).where(AuditRow.number == 4).values(staff_name="鈴木"))


def take_out() -> None:
    vault_db.session.execute(delete(AuditRow).where(AuditRow.number == 4))


def close_the_gap() -> None:
    take_out()
    for number in range(5, 11):  # one after the other: a server looks at the key after each row
        vault_db.session.execute(update(AuditRow).where(AuditRow.number == number).values(number=number - 1))


def swap() -> None:
    for before, after in ((4, 100), (5, 4), (100, 5)):
        vault_db.session.execute(update(AuditRow).where(AuditRow.number == before).values(number=after))


@pytest.mark.parametrize("tamper", [alter, rename, take_out, close_the_gap, swap])
def test_whatever_is_done_to_a_line_is_found_at_that_line(record: None, tamper: Callable[[], None]) -> None:
    assert audit.verify().broken_at is None and audit.verify().count == 10
    with writing():
        tamper()
    assert audit.verify().broken_at == 4


def test_lines_cut_off_at_the_end_are_missed(record: None) -> None:
    with writing():
        vault_db.session.execute(delete(AuditRow).where(AuditRow.number > 7))
    assert audit.verify().broken_at == 8


def test_a_head_that_fits_the_shorter_record_lacks_the_seal(record: None) -> None:
    """Somebody with the database alone: they can compute every digest, but not the seal of the head."""
    with writing():
        vault_db.session.execute(delete(AuditRow).where(AuditRow.number > 7))
        last = vault_db.session.get_one(AuditRow, 7)
        vault_db.session.execute(update(AuditHeadRow).values(number=7, digest=last.digest))
    assert audit.verify().broken_at == 8


def test_a_whole_new_record_needs_the_secret_of_the_door(record: None, desk_app: Flask) -> None:
    from dataclasses import replace

    before = desk_app.extensions["settings"]
    desk_app.extensions["settings"] = replace(before, secret_key="another-secret-another-secret-12345")
    try:
        with writing():
            vault_db.session.execute(delete(AuditRow))
            vault_db.session.execute(delete(AuditHeadRow))
        with writing():
            audit.record("sign_in", "1", staff_id=1, staff_name="田中")
    finally:
        desk_app.extensions["settings"] = before
    assert audit.verify().broken_at is not None


def test_a_head_that_is_gone_is_missed(record: None) -> None:
    with writing():
        vault_db.session.execute(delete(AuditHeadRow))
    assert audit.verify().broken_at == 1


def test_an_empty_record_is_whole(desk_app: Flask) -> None:
    with desk_app.app_context():
        assert audit.verify() == audit.Verified(0, None, "")


def test_a_line_stands_with_its_change_or_not_at_all(record: None) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        audit.record("open_report", "case11", staff_id=1, staff_name="田中")
        raise ZeroDivisionError
    assert audit.verify().count == 10 and audit.verify().broken_at is None


def test_many_at_the_same_second_make_one_chain(record: None, desk_app: Flask) -> None:
    at_once = Barrier(6)

    def write(number: int) -> None:
        with desk_app.app_context():
            at_once.wait()
            for turn in range(5):
                with writing():
                    audit.record("open_report", f"c{number}-{turn}", staff_id=number, staff_name="x")
            vault_db.session.remove()

    threads = [Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    vault_db.session.rollback()
    assert audit.verify().count == 40 and audit.verify().broken_at is None


def test_no_words_of_a_case_get_into_the_record(record: None) -> None:
    for verb, subject, reason in (
        ("open_report", "さくらちゃんの事例", ""),
        ("open_report", "case1", "となりの子が泣いている"),
        ("", "case1", ""),
        ("open_report", "x" * 41, ""),
        ("open_report", "case1\n", ""),
    ):
        with pytest.raises(ValueError, match=r"codes|no words"), writing():
            audit.record(verb, subject, staff_id=1, staff_name="田中", reason=reason)
    assert audit.verify().count == 10


def test_lines_are_found_by_day_case_and_person(record: None) -> None:
    assert [line.number for line in audit.lines(subject="case4")] == [4]
    assert [line.number for line in audit.lines(staff_id=0)] == [9, 6, 3]
    assert [line.number for line in audit.lines(before=3)] == [2, 1]
    assert len(audit.lines(most=4)) == 4
    at = vault_db.session.scalar(select(AuditRow.at).where(AuditRow.number == 1))
    assert at is not None
    assert audit.lines(end=at) == () and len(audit.lines(start=at)) == 10
