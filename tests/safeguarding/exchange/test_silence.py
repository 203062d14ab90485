"""Nothing comes from the other machine any more: a person hears of it and sees it, until it speaks again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from forum import clock
from forum.outbox.worker import Worker
from forum.safeguarding import cli
from forum.safeguarding.exchange import service
from forum.safeguarding.triage.people import everybody
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.watch import queries, setting
from tests.pages import Visitor
from tests.safeguarding.conftest import build_doors, furnish
from tests.safeguarding.desk import enter, hire
from tests.safeguarding.exchange.test_exchange import SATURDAY
from tests.safeguarding.watch.scene import MailRoom

MINUTE = timedelta(minutes=1)
WORDS = "もう一方の機械からのファイルが、届いていません"


@dataclass
class Pair:
    """The desk's machine with its worker, the letterbox's machine, the folder between them."""

    desk: Flask
    letterbox: Flask
    folder: Path
    worker: Worker
    room: MailRoom
    leader: str

    def letterbox_writes(self, minutes: int) -> None:
        with self.letterbox.app_context(), clock.turned_to(SATURDAY + minutes * MINUTE):
            service.write_files("letterbox", self.folder)
            vault_db.session.remove()

    def works(self, minutes: int) -> list[str]:
        """The desk's worker at that minute; the kinds of the alarms that run then."""
        with self.desk.app_context(), clock.turned_to(SATURDAY + minutes * MINUTE):
            for _ in range(4):
                self.worker.step()
            found = [alarm.kind for alarm in queries.open_alarms()]
            vault_db.session.remove()
        return [kind for kind in found if kind == "exchange"]

    def told(self) -> list[str]:
        return [body for to, _, body in self.room.letters if to == f"{self.leader}@desk.example"]


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    folder = tmp_path / "between"
    folder.mkdir()
    letterbox = build_doors(tmp_path / "outside")[0]
    desk = build_doors(tmp_path / "inside", exchange_in=folder, exchange_out=folder)[1]
    furnish(letterbox)
    furnish(desk)
    keys = {}
    for app in (letterbox, desk):
        with app.app_context():
            keys[app] = service.own_key()
            vault_db.session.remove()
    for app, other in ((letterbox, desk), (desk, letterbox)):
        with app.app_context():
            with writing():
                service.trust(keys[other])
            vault_db.session.remove()
    started: list[Worker] = []
    monkeypatch.setattr(cli.Worker, "run", lambda worker: started.append(worker))
    done = desk.test_cli_runner().invoke(args=["worker"])
    assert done.exit_code == 0, done.output
    room = MailRoom()
    room.open()
    setting.install(desk, setting.Setting(people=everybody, channels=(room.channel(),)))
    yield Pair(desk, letterbox, folder, started[0], room, hire(desk, "supervisor"))
    room.close()


def limit(pair: Pair) -> int:
    given: Settings = pair.desk.extensions["settings"]
    return int(given.exchange_silence.total_seconds() // 60)


def test_silence_is_told_to_whoever_leads_and_stands_on_the_page_until_it_ends(pair: Pair) -> None:
    pair.letterbox_writes(0)
    assert pair.works(1) == []
    assert pair.works(limit(pair)) == []
    before = len(pair.told())
    assert pair.works(limit(pair) + 2) == ["exchange"]
    pair.works(limit(pair) + 3)
    assert len(pair.told()) == before + 1
    with clock.turned_to(SATURDAY + (limit(pair) + 4) * MINUTE):
        leader = enter(Visitor(pair.desk), pair.leader)
        assert WORDS in leader.get("/watch/alarms").text
    pair.letterbox_writes(limit(pair) + 5)
    assert pair.works(limit(pair) + 6) == []


def test_a_machine_that_was_never_heard_is_silent_from_the_first_round(pair: Pair) -> None:
    assert pair.works(0) == ["exchange"]


def test_a_file_that_cannot_be_read_does_not_hide_the_silence(pair: Pair) -> None:
    pair.letterbox_writes(0)
    pair.works(1)
    (pair.folder / "letterbox-1.kosodate").write_bytes(b"nobody signed this")
    pair.letterbox_writes(limit(pair) + 1)
    assert pair.works(limit(pair) + 3) == ["exchange"], "what stands behind it was not read either"
