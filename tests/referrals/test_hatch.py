"""A text leaves the forum sealed, arrives once, and the forum remembers the day alone."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.serving import make_server

from config import Mode, Settings
from forum import clock, storage
from forum.db import db, writing
from forum.errors import Refused
from forum.outbox.models import OutboxRow
from forum.outbox.service import content_version
from forum.referrals import courier, service
from forum.referrals.models import ReferralDayRow, ReferralRow
from forum.sealing.content import Content, Paragraph
from forum.web.forms import settings
from tests.conftest import make_settings, work
from tests.safeguarding.conftest import DESK, build_doors, furnish

TEXT = "もう だめです。におの浜9丁目9-9の アパート、090-1234-0000 です"
NIGHT = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def _letterbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    intake, _ = build_doors(tmp_path_factory.mktemp("hatch"))
    server = make_server("127.0.0.1", 0, intake, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield intake, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def letterbox(_letterbox: tuple[Flask, str]) -> Flask:
    furnish(_letterbox[0])
    return _letterbox[0]


@pytest.fixture
def city(app: Flask, _letterbox: tuple[Flask, str]) -> Iterator[Settings]:
    """The forum, told where the letterbox is."""
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, hatch_url=_letterbox[1])
    yield app.extensions["settings"]
    app.extensions["settings"] = before


def refer(text: str = TEXT) -> None:
    sealed = service.seal_referral(Content((Paragraph(text),)), kind="writer", urgent=True)
    with writing():
        service.refer(sealed)


def arrived(letterbox: Flask) -> list[tuple[str, bool, str]]:
    from forum.safeguarding.vault import opening, queries
    from forum.safeguarding.vault.db import vault_db
    from forum.safeguarding.vault.models import CaseRow

    with letterbox.app_context():
        cases = list(vault_db.session.scalars(select(CaseRow)))
        reports = queries.reports_of([case.public_id for case in cases])
        found = [opening.open_report(DESK.ring, one).text() for one in reports]
        told = [(text, case.urgent, case.groups) for text, case in zip(found, cases, strict=True)]
        vault_db.session.remove()
    return told


def test_a_text_arrives_whole_and_is_forgotten_here(app: Flask, letterbox: Flask, city: Settings) -> None:
    with app.app_context(), clock.turned_to(NIGHT):
        assert not service.available()
        courier.fetch_key(city)
        assert service.available()
        version = content_version()
        refer()
        assert content_version() == version, "nobody can see from outside that something was sent"
        work(app)
        db.session.rollback()  # what was read before the worker came is seen anew
        assert db.session.scalar(select(func.count()).select_from(ReferralRow)) == 0
        assert db.session.scalar(select(func.count()).select_from(OutboxRow)) == 0
        kept = db.session.scalars(select(ReferralDayRow)).one()
        assert (kept.day.isoformat(), kept.kind, kept.number) == ("2026-11-22", "writer", 1)
        db.session.remove()
    assert arrived(letterbox) == [(TEXT, True, "family")]


def test_delivered_twice_it_is_there_once(app: Flask, letterbox: Flask, city: Settings) -> None:
    with app.app_context():
        courier.fetch_key(city)
        refer()
        row = db.session.scalars(select(ReferralRow)).one()
        again = {name: getattr(row, name) for name in ("delivery", "kind", "box", "urgent")}
        courier.deliver_all(city)
        with writing():
            db.session.add(ReferralRow(**again))  # as if killed between the acceptance and the forgetting
        courier.deliver_all(city)
        assert db.session.scalar(select(func.count()).select_from(ReferralRow)) == 0
        db.session.remove()
    assert len(arrived(letterbox)) == 1


def test_while_the_letterbox_is_away_the_box_waits(app: Flask, letterbox: Flask, city: Settings) -> None:
    with app.app_context():
        courier.fetch_key(city)
        app.extensions["settings"] = replace(city, hatch_url="http://127.0.0.1:9/")
        refer()
        work(app)
        with pytest.raises(courier.NotAccepted):
            courier.deliver_all(settings())
        app.extensions["settings"] = city
        courier.deliver_all(city)
        db.session.remove()
    assert len(arrived(letterbox)) == 1


def test_without_the_shared_secret_there_is_no_hatch(app: Flask, letterbox: Flask, city: Settings) -> None:
    with app.app_context(), pytest.raises(courier.NotAccepted, match="404"):
        courier.fetch_key(replace(city, hatch_token="another-secret-another-secret-123"))
    client = letterbox.test_client()
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}):
        assert client.get("/hatch", headers=headers).status_code == 404
        assert client.post("/hatch", headers=headers, json={}).status_code == 404


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"delivery": 1, "box": "", "urgent": true}', b'{"delivery": "x"}', b"\xff"]
)
def test_what_is_no_box_is_refused(letterbox: Flask, body: bytes) -> None:
    token = make_settings(Path(letterbox.instance_path)).hatch_token
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    assert letterbox.test_client().post("/hatch", headers=headers, data=body).status_code == 400
    assert arrived(letterbox) == []


def test_a_training_key_is_never_sealed_to_in_production(
    app: Flask, letterbox: Flask, city: Settings
) -> None:
    with app.app_context():
        with pytest.raises(courier.NotAccepted, match="training"):
            courier.fetch_key(replace(city, mode=Mode.PRODUCTION))
        assert not service.available()
        with pytest.raises(Refused):
            refer()


def test_after_delivery_no_byte_of_the_box_stays_in_the_forum(
    app: Flask, letterbox: Flask, city: Settings
) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("looks into the files of SQLite")
        courier.fetch_key(city)
        refer()
        row = db.session.scalars(select(ReferralRow)).one()
        box, delivery = row.box, row.delivery
        file = Path(db.engine.url.database or "")
        db.session.remove()
        storage.forget_erased(db)
        assert box[-64:] in raw(file), "the search can find it while it is there"
        work(app)
        db.session.remove()
        storage.forget_erased(db)
        assert box[-64:] not in raw(file)
        assert delivery.encode() not in raw(file)
        assert "におの浜9丁目".encode() not in raw(file)


def raw(file: Path) -> bytes:
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
