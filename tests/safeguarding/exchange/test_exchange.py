"""Letterbox and desk on two machines: nothing but files goes between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from forum import clock
from forum.safeguarding.exchange import service
from forum.safeguarding.exchange.bundle import BadBundle
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import opening, queries, replies, sealed, store, values, words
from forum.safeguarding.vault.content import Content, Identity, Paragraph, Upload
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow, DeskKeyRow, ReportRow
from forum.sealing.envelope import DeskKey
from tests.safeguarding.conftest import DESK, build_doors, furnish

SATURDAY = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
TOLD = Content((Paragraph("上の階から、夜中に大きな音と泣き声"),), "みなと町の3階")
PHOTO = Upload("a.jpg", "image/jpeg", b"\xff\xd8" + b"1" * 900)


class Machine:
    """One machine of the two."""

    def __init__(self, app: Flask, side: str, folder: Path) -> None:
        self.app, self.side, self.folder = app, side, folder

    @contextmanager
    def on(self) -> Iterator[None]:
        with self.app.app_context():
            yield
            vault_db.session.remove()

    @property
    def policy(self) -> Policy:
        chosen = self.app.extensions["policy"]
        assert isinstance(chosen, Policy)
        return chosen

    def write(self) -> int:
        with self.on():
            return service.write_files(self.side, self.folder)

    def read(self) -> int:
        with self.on():
            return service.read_files(self.side, self.folder, self.policy)

    def count(self, table: type) -> int:
        with self.on():
            return vault_db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture(scope="module")
def _apps(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Flask]:
    letterbox = build_doors(tmp_path_factory.mktemp("outside"))[0]
    return letterbox, build_doors(tmp_path_factory.mktemp("inside"))[1]


@pytest.fixture
def machines(_apps: tuple[Flask, Flask], tmp_path: Path) -> tuple[Machine, Machine]:
    """They trust each other; the letterbox has no desk key until one arrives by file."""
    for app in _apps:
        furnish(app)
    letterbox, desk = Machine(_apps[0], "letterbox", tmp_path), Machine(_apps[1], "desk", tmp_path)
    with letterbox.on(), writing():
        vault_db.session.execute(delete(DeskKeyRow))
    keys = []
    for machine in (letterbox, desk):
        with machine.on():
            keys.append(service.own_key())
    for machine, key in ((letterbox, keys[1]), (desk, keys[0])):
        with machine.on(), writing():
            service.trust(key)
    return letterbox, desk


def report(letterbox: Machine, once: str = "t1") -> tuple[words.ReporterKeys, str]:
    with letterbox.on():
        keys = words.keys_of(words.make_words(), values.get(values.WORDS_SALT))
        prepared = sealed.prepare(TOLD, Identity(name="となり"), [PHOTO], store.desk_key(), reporter=keys)
        with writing():
            kept = store.put_report(
                prepared, letterbox.policy, entrance="neighbour", groups=["family"], urgent=True, once=once
            )
        return keys, kept.report_id


def test_a_report_goes_over_and_an_answer_comes_back(machines: tuple[Machine, Machine]) -> None:
    letterbox, desk = machines
    desk.write()
    letterbox.read()
    with clock.turned_to(SATURDAY):
        keys, report_id = report(letterbox)
    letterbox.write()
    with clock.turned_to(SATURDAY + timedelta(hours=3)):
        assert desk.read() == 1
        with desk.on():
            case = vault_db.session.scalars(select(CaseRow)).one()
            assert case.clock_started_at == SATURDAY, "the clock runs from the arrival, not from the fetching"
            assert case.due_at == SATURDAY + timedelta(hours=24)
            found = queries.sealed_report(report_id)
            assert found is not None
            assert opening.open_report(DESK.ring, found) == TOLD
            body = queries.attachment(report_id, 0)
            assert body is not None and opening.open_file(DESK.ring, found, 0, body) == PHOTO
            answer = sealed.prepare_message_out("読みました。", report_id, keys.public, DESK.key, "a1")
            with writing():
                store.mark_read(report_id)
                store.add_message_out(report_id, answer, staff_id=1)
    desk.write()
    letterbox.read()
    with letterbox.on():
        view = queries.find_report(keys.lookup)
        assert view is not None and view.read_at == SATURDAY + timedelta(hours=3)
        assert [replies.open_reply(keys, report_id, one) for one in view.messages] == ["読みました。"]


def test_files_lost_doubled_and_out_of_order_change_nothing(machines: tuple[Machine, Machine]) -> None:
    letterbox, desk = machines
    desk.write()
    letterbox.read()
    report(letterbox, "t1")
    letterbox.write()
    lost = next(letterbox.folder.glob("letterbox-*.kosodate"))
    copy = lost.read_bytes()
    lost.unlink()
    report(letterbox, "t2")
    assert letterbox.write() == 2, "what was not acknowledged goes again"
    desk.read()
    lost.write_bytes(copy)
    desk.read()
    lost.write_bytes(copy)
    desk.read()
    assert desk.count(ReportRow) == desk.count(CaseRow) == 2
    desk.write()
    letterbox.read()
    assert letterbox.write() == 0, "all is acknowledged"


def test_a_file_of_somebody_else_is_not_even_looked_at(machines: tuple[Machine, Machine]) -> None:
    letterbox, desk = machines
    desk.write()
    letterbox.read()
    report(letterbox)
    letterbox.write()
    file = next(letterbox.folder.glob("letterbox-*.kosodate"))
    whole = file.read_bytes()
    for damaged in (b"", whole[:-1], whole[:80] + b"x" + whole[81:]):
        file.write_bytes(damaged)
        with pytest.raises(BadBundle):
            desk.read()
    assert desk.count(ReportRow) == 0
    file.write_bytes(whole)
    assert desk.read() == 1


def test_a_silent_other_side_is_known(machines: tuple[Machine, Machine]) -> None:
    letterbox, desk = machines
    with desk.on():
        assert service.heard_at() is None
    with clock.turned_to(SATURDAY):
        letterbox.write()
        desk.read()
    with desk.on():
        assert service.heard_at() == SATURDAY


def test_no_word_of_a_report_stands_in_the_files(machines: tuple[Machine, Machine]) -> None:
    letterbox, desk = machines
    desk.write()
    letterbox.read()
    report(letterbox)
    letterbox.write()
    raw = b"".join(file.read_bytes() for file in letterbox.folder.iterdir())
    assert "泣き声".encode() not in raw and b"\\u6ce3" not in raw and "みなと町".encode() not in raw
    assert DeskKey(DESK.key.id, DESK.key.public).id.encode() in raw


def test_a_machine_that_trusts_nobody_reads_nothing(machines: tuple[Machine, Machine]) -> None:
    letterbox, desk = machines
    letterbox.write()
    furnish(desk.app)
    with pytest.raises(BadBundle):
        desk.read()
