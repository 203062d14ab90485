"""Nothing goes between the machines any more, one way or the other: a person hears of it and sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from forum import clock
from forum.outbox.worker import Worker
from forum.safeguarding import cli
from forum.safeguarding.exchange import service
from forum.safeguarding.exchange.rules import NOT_FETCHED, NOTHING_COMES, silences
from forum.safeguarding.triage.people import everybody
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.watch import queries, setting
from tests.pages import Visitor
from tests.safeguarding.conftest import build_doors, furnish
from tests.safeguarding.desk import enter, hire
from tests.safeguarding.exchange.test_exchange import SATURDAY
from tests.safeguarding.watch.scene import MailRoom

MINUTE = timedelta(minutes=1)
SILENT = (NOTHING_COMES, NOT_FETCHED)
NOT_ARRIVING = "こちらからのファイルを、もう一方の機械が受け取っていません"
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

    def letterbox_reads(self, minutes: int) -> int:
        """The letterbox fetches what the desk wrote."""
        with self.letterbox.app_context(), clock.turned_to(SATURDAY + minutes * MINUTE):
            policy = self.letterbox.extensions["policy"]
            taken = service.read_files("letterbox", self.folder, policy)
            vault_db.session.remove()
        return taken

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
        return [kind for kind in found if kind in SILENT]

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
        with app.app_context(), clock.turned_to(SATURDAY):
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


def keep_in_touch(pair: Pair, minutes: int) -> None:
    """A round of both machines, with the files carried both ways."""
    pair.works(minutes)
    assert pair.letterbox_reads(minutes) > 0
    pair.letterbox_writes(minutes)


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
    pair.letterbox_reads(limit(pair) + 5)
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


def test_answers_that_nobody_fetches_are_told_at_the_desk_while_reports_still_come(pair: Pair) -> None:
    keep_in_touch(pair, 0)
    assert pair.works(1) == []
    for minute in (5, limit(pair)):  # the letterbox's files still come; the desk's lie where they are
        pair.letterbox_writes(minute)
        assert pair.works(minute) == []
    before = len(pair.told())
    late = limit(pair) + 2
    pair.letterbox_writes(late)
    assert pair.works(late) == [NOT_FETCHED]
    pair.works(late + 1)
    assert len(pair.told()) == before + 1, "a letter goes out"
    with clock.turned_to(SATURDAY + (late + 1) * MINUTE):
        page = enter(Visitor(pair.desk), pair.leader).get("/watch/alarms")
        assert NOT_ARRIVING in page.text
    assert pair.letterbox_reads(late + 2) > 0
    pair.letterbox_writes(late + 2)
    assert pair.works(late + 3) == []


def test_one_who_was_only_just_trusted_has_time_to_fetch(pair: Pair) -> None:
    pair.letterbox_writes(1)
    assert pair.works(1) == [], "no file of the desk was ever read, and none could be"
    pair.letterbox_writes(limit(pair) + 2)
    assert pair.works(limit(pair) + 2) == [NOT_FETCHED]


def test_while_nothing_comes_nobody_knows_what_is_fetched(pair: Pair) -> None:
    keep_in_touch(pair, 0)
    pair.works(1)
    assert pair.works(limit(pair) + 5) == [NOTHING_COMES]


@pytest.mark.parametrize(
    ("heard", "fetched", "sends", "found"),
    [
        (1, 1, True, {NOTHING_COMES: False, NOT_FETCHED: False}),
        (1, 16, True, {NOTHING_COMES: False, NOT_FETCHED: True}),
        (1, None, True, {NOTHING_COMES: False, NOT_FETCHED: True}),
        (1, 16, False, {NOTHING_COMES: False}),
        (16, 16, True, {NOTHING_COMES: True}),
        (None, None, True, {NOTHING_COMES: True}),
    ],
)
def test_which_way_is_broken(
    heard: int | None, fetched: int | None, sends: bool, found: dict[str, bool]
) -> None:
    def ago(minutes: int | None) -> datetime | None:
        return None if minutes is None else SATURDAY - minutes * MINUTE

    assert silences(ago(heard), ago(fetched), SATURDAY, 15 * MINUTE, sends=sends) == found
