"""A worker in a process of its own, killed by the system: no notice is lost, and somebody sees it."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from config import ROOT
from forum import clock
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import VaultOutboxRow
from forum.safeguarding.watch import queries, service
from forum.safeguarding.watch.models import NoticeRow
from forum.safeguarding.watch.types import Shift
from tests.safeguarding.conftest import build_doors, furnish
from tests.safeguarding.watch.scene import ANNE, DAISUKE, DAY, GROUPS, MailRoom, Scene

KILLS = 4


@pytest.fixture
def scene(tmp_path: Path, room: MailRoom) -> Scene:
    _, app = build_doors(tmp_path)
    furnish(app)
    made = Scene(app, room, tmp_path, (ANNE, DAISUKE))
    made.at = clock.now()
    with app.app_context(), writing():
        for group in GROUPS:
            service.add_shift(Shift(ANNE.id, group, made.at - DAY, made.at + 5 * DAY, 0), by=4)
    return made


@pytest.fixture
def start(scene: Scene, room: MailRoom, tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Worker processes; what still runs at the end is ended."""
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for process in running:
        process.kill()
        process.wait()


def worker_process(
    folder: Path, port: int, running: list[subprocess.Popen[bytes]]
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.safeguarding.watch.worker_process", str(folder), str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    running.append(process)
    return process


def last_look(scene: Scene) -> datetime | None:
    with scene.app.app_context():
        return queries.last_look()


def wait(until: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.slow
def test_killed_again_and_again_while_reports_come(
    scene: Scene, room: MailRoom, start: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    rng = random.Random(5)
    for _ in range(KILLS):
        began = clock.now()
        process = worker_process(tmp_path, room.port, start)
        wait(lambda since=began: (last_look(scene) or since) > since)
        for _ in range(3):
            scene.at = clock.now()
            scene.report()
            time.sleep(rng.random() * 0.5)
        process.kill()
        process.wait()
    worker_process(tmp_path, room.port, start)

    def all_told() -> bool:
        with scene.app.app_context(), writing():
            told = vault_db.session.execute(select(NoticeRow.alarm_id, NoticeRow.sent_at)).all()
            # Letters are joined for two minutes; nobody waits for that here.
            vault_db.session.execute(update(VaultOutboxRow).values(due_at=clock.now()))
        return len({alarm for alarm, sent in told if sent is not None}) == KILLS * 3

    wait(all_told)
    assert room.to(ANNE)


def test_a_killed_worker_is_seen_by_the_web_process(
    scene: Scene, room: MailRoom, start: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    process = worker_process(tmp_path, room.port, start)
    wait(lambda: last_look(scene) is not None)
    with scene.app.app_context():
        assert queries.present_signs() == ()
    process.kill()
    process.wait()
    with scene.app.app_context(), clock.turned_to(clock.now() + timedelta(minutes=4)):
        assert [sign.kind for sign in queries.present_signs()] == ["worker"]
        answer = scene.app.test_client().get("/watch/heartbeat", base_url="https://localhost")
        assert answer.status_code == 503
