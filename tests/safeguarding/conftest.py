"""The wing's two doors on one fresh vault, a desk key with its private half, and people at the doors."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from nacl.public import PrivateKey
from sqlalchemy import delete

from config import Door
from forum import clock
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import DeskKey
from tests.conftest import MINATO, make_settings
from tests.pages import Visitor


@dataclass(frozen=True)
class Desk:
    """The desk's key, both halves."""

    key: DeskKey
    private: bytes

    @property
    def ring(self) -> KeyRing:
        return KeyRing({self.key.id: self.private})


_PRIVATE = PrivateKey.generate()
DESK = Desk(DeskKey("testkey001", bytes(_PRIVATE.public_key)), bytes(_PRIVATE))


def build_doors(folder: Path, **changed: object) -> tuple[Flask, Flask]:
    """Both doors of the wing on one vault, with its tables and values."""
    from forum.safeguarding import tables
    from forum.safeguarding.intake import create_intake_app
    from forum.safeguarding.triage import create_triage_app
    from forum.safeguarding.vault.db import vault_db, writing

    assert tables.ALL
    intake = create_intake_app(make_settings(folder, Door.INTAKE, **changed))
    triage = create_triage_app(make_settings(folder, Door.TRIAGE, **changed))
    with intake.app_context():
        with writing():
            vault_db.drop_all()
            vault_db.create_all()
        vault_db.session.remove()
    return intake, triage


def furnish(app: Flask) -> None:
    """Nobody has reported anything yet: rows and counters are gone, the desk has its key."""
    from forum.safeguarding.vault import values
    from forum.safeguarding.vault.db import vault_db, writing
    from forum.safeguarding.vault.models import DeskKeyRow

    with app.app_context():
        with writing():
            for table in reversed(vault_db.metadata.sorted_tables):
                vault_db.session.execute(delete(table))
            values.ensure()
            vault_db.session.add(
                DeskKeyRow(id=DESK.key.id, public_key=DESK.key.public, training=True, made_at=clock.now())
            )
        if "limits" in app.extensions:
            app.extensions["limits"].storage.reset()
        if "counters" in app.extensions:
            app.extensions["counters"].clear()
        vault_db.session.remove()


@pytest.fixture(scope="session")
def _doors(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Flask]:
    return build_doors(tmp_path_factory.mktemp("vault"))


@pytest.fixture(scope="session")
def _minato_doors(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Flask]:
    return build_doors(tmp_path_factory.mktemp("minato-vault"), city=str(MINATO))


@pytest.fixture
def doors(_doors: tuple[Flask, Flask]) -> Iterator[tuple[Flask, Flask]]:
    """Letterbox and desk of 大津市 on one empty vault."""
    furnish(_doors[0])
    yield _doors


@pytest.fixture
def minato_doors(_minato_doors: tuple[Flask, Flask]) -> Iterator[tuple[Flask, Flask]]:
    """Letterbox and desk of an invented city, whose own choices are made."""
    furnish(_minato_doors[0])
    yield _minato_doors


@pytest.fixture
def intake_app(doors: tuple[Flask, Flask]) -> Flask:
    return doors[0]


@pytest.fixture
def desk_app(doors: tuple[Flask, Flask]) -> Flask:
    return doors[1]


@pytest.fixture
def desk() -> Desk:
    """Its key, both halves: for looking into boxes without signing in."""
    return DESK


@pytest.fixture
def policy(intake_app: Flask) -> Policy:
    chosen = intake_app.extensions["policy"]
    assert isinstance(chosen, Policy)
    return chosen


@pytest.fixture
def neighbour(intake_app: Flask) -> Visitor:
    """Somebody at the letterbox with a fresh browser."""
    return Visitor(intake_app)
