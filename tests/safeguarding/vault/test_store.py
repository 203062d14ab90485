"""A report is kept, once, sealed, with a clock that runs from its arrival."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import opening, queries, replies, sealed, store, values, words
from forum.safeguarding.vault.content import Content, Identity, Paragraph, Upload
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow, DeskKeyRow, ReportRow, VaultOutboxRow
from forum.safeguarding.vault.types import Kept
from forum.sealing.envelope import Unopenable
from tests.house.dumps import as_bytes, dump
from tests.safeguarding.conftest import Desk

FRIDAY_NIGHT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
TOLD = Content(
    (Paragraph("となりの家から、毎晩さけび声がする"), Paragraph("昨日は外に出されていた", "seen")), "3階の角"
)
CALLER = Identity(name="近所のもの", phone="090-0000-0000")
PHOTO = Upload("x.jpg", "image/jpeg", b"\xff\xd8" + b"0" * 5000)


def keep(
    policy: Policy, once: str = "t1", reporter: words.ReporterKeys | None = None, **changed: object
) -> Kept:
    prepared = sealed.prepare(TOLD, CALLER, [PHOTO], store.desk_key(), reporter=reporter)
    given: dict[str, object] = {"entrance": "neighbour", "groups": ["family"], "urgent": False, **changed}
    with writing():
        return store.put_report(prepared, policy, once=once, **given)  # type: ignore[arg-type]


def count(table: type) -> int:
    return vault_db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_report_opens_a_case_whose_clock_counts_the_weekend(intake_app: Flask, policy: Policy) -> None:
    with intake_app.app_context(), clock.turned_to(FRIDAY_NIGHT):
        kept = keep(policy)
        assert kept.received_at == FRIDAY_NIGHT
        assert kept.due_at == FRIDAY_NIGHT + timedelta(hours=48)
        urgent = keep(policy, "t2", urgent=True, groups=["facility", "family"])
        assert urgent.due_at == FRIDAY_NIGHT + timedelta(hours=24)
        assert [row.name for row in vault_db.session.scalars(select(VaultOutboxRow))] == ["ReportArrived"] * 2


def test_the_desk_opens_what_was_sent_and_nobody_else(intake_app: Flask, policy: Policy, desk: Desk) -> None:
    with intake_app.app_context():
        kept = keep(policy)
        report = queries.reports_of([kept.case_id])[0]
        assert opening.open_report(desk.ring, report) == TOLD
        assert opening.open_identity(desk.ring, report) == CALLER
        body = queries.attachment(report.id, report.files[0])
        assert body is not None
        assert opening.open_file(desk.ring, report, 0, body) == PHOTO
        with pytest.raises(Unopenable):
            opening.open_report(opening.KeyRing({}), report)


def test_the_same_form_sent_twice_is_one_report(intake_app: Flask, policy: Policy) -> None:
    with intake_app.app_context():
        first, second = keep(policy), keep(policy)
        assert first == second
        assert count(ReportRow) == count(CaseRow) == 1


def test_the_words_find_the_answer_and_never_the_report(
    intake_app: Flask, policy: Policy, desk: Desk
) -> None:
    with intake_app.app_context():
        made = words.make_words()
        keys = words.keys_of(made, values.get(values.WORDS_SALT))
        kept = keep(policy, reporter=keys)
        prepared = sealed.prepare_message_out(
            "いつごろの声ですか。", kept.report_id, keys.public, desk.key, "m1"
        )
        with writing():
            store.add_message_out(kept.report_id, prepared, staff_id=1)
            store.add_message_out(kept.report_id, prepared, staff_id=1)
        view = queries.find_report(keys.lookup)
        assert view is not None
        assert [replies.open_reply(keys, view.report_id, one) for one in view.messages] == [
            "いつごろの声ですか。"
        ]
        with pytest.raises(Unopenable):
            other = words.keys_of(words.make_words(), values.get(values.WORDS_SALT))
            replies.open_reply(other, view.report_id, view.messages[0])
        mine = queries.messages_of(kept.report_id)[0]
        assert opening.open_message(desk.ring, mine) == "いつごろの声ですか。"


def test_what_a_reporter_adds_reaches_the_desk(intake_app: Flask, policy: Policy, desk: Desk) -> None:
    with intake_app.app_context():
        kept = keep(policy)
        added = Content((Paragraph("けさは静かでした"),))
        prepared = sealed.prepare_message_in(added, [PHOTO], desk.key, "m2")
        with writing():
            store.add_message_in(kept.report_id, prepared)
        message = queries.messages_of(kept.report_id)[0]
        assert opening.open_message(desk.ring, message) == added
        body = queries.attachment(kept.report_id, 0, "m2")
        assert body is not None
        assert opening.open_message_file(desk.ring, message, 0, body) == PHOTO
        assert queries.reports_of([kept.case_id])[0].files == (0,), "the file of the report alone"


def test_the_first_opening_is_noted_once(intake_app: Flask, policy: Policy) -> None:
    with intake_app.app_context(), clock.turned_to(FRIDAY_NIGHT):
        kept = keep(policy)
        with clock.turned_to(FRIDAY_NIGHT + timedelta(hours=1)), writing():
            store.mark_read(kept.report_id)
        with clock.turned_to(FRIDAY_NIGHT + timedelta(hours=2)), writing():
            store.mark_read(kept.report_id)
        case = vault_db.session.scalars(select(CaseRow)).one()
        assert case.first_read_at == FRIDAY_NIGHT + timedelta(hours=1)
        assert case.status == "open"


def test_without_a_desk_key_nothing_is_taken(intake_app: Flask) -> None:
    with intake_app.app_context():
        with writing():
            for row in vault_db.session.scalars(select(DeskKeyRow)):
                vault_db.session.delete(row)
        with pytest.raises(Refused):
            store.desk_key()
        with pytest.raises(NotFound), writing():
            store.mark_read("nothing000")


def test_nothing_of_a_report_lies_in_the_database_in_clear(intake_app: Flask, policy: Policy) -> None:
    with intake_app.app_context():
        made = words.make_words()
        keep(policy, reporter=words.keys_of(made, values.get(values.WORDS_SALT)))
        raw = b"".join(as_bytes(cell.value) for cell in dump(vault_db))
        if vault_db.engine.dialect.name == "sqlite":
            path = Path(str(vault_db.engine.url.database))
            raw += b"".join(file.read_bytes() for file in path.parent.glob("vault.sqlite*"))
        assert b"testkey001" in raw
        for planted in ("さけび声", "3階の角", "近所のもの", "090-0000-0000", *made.spoken):
            assert planted.encode() not in raw
