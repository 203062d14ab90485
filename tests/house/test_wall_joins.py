"""Both databases in one hand: nothing in them says which text of the forum is which case of the desk.

A busy half hour, two hundred times as fast as life: parents write, some texts are handed through the
hatch, other people report directly, the desk opens some. Then both databases are laid side by side, whole.
"""

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from werkzeug.serving import make_server

from forum import clock, wiring
from forum.db import db, writing
from forum.outbox.models import OutboxRow
from forum.outbox.relay import Relay
from forum.referrals import courier, service
from forum.referrals.models import ReferralRow
from forum.safeguarding.vault import opening, queries
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, ReportRow, VaultOutboxRow
from forum.safeguarding.watch import worker as watch
from forum.sealing.content import Content, Paragraph
from tests.conftest import build_app, make_settings
from tests.house.dumps import Cell, common, dump, places, second_of
from tests.pages import Visitor
from tests.safeguarding.conftest import DESK, build_doors, furnish
from tests.safeguarding.desk import sign_in

BASE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
FASTER = 200
WRITERS, TEXTS_EACH, HANDED_EVERY = 3, 8, 2
DIRECT = 6
PAUSE = 0.5  # seconds until a parent's next text
SPREAD = timedelta(minutes=30)
# Both sides hold the public key that boxes are sealed to; it is the same for all of them.
SAME_FOR_ALL = {"desk_public_key.id", "desk_public_key.public_key"}


# Tables with times that speak of no text.
TIMED = {"service", "desk_public_key"}


class FastClock:
    """Time that runs faster, for every thread."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.ahead = timedelta()

    def get(self) -> datetime:
        """What a turned clock would say."""
        return BASE + timedelta(seconds=(time.monotonic() - self.began) * FASTER) + self.ahead


@dataclass
class Busy:
    """One busy half hour, and what is left of it."""

    forum: Flask
    intake: Flask
    desk: Flask
    colleague: Visitor
    clock: FastClock
    writers: int = WRITERS
    handed: dict[str, str] = field(default_factory=dict)  # a word of the text: its thread
    secrets: list[bytes] = field(default_factory=list)  # what went over the hatch
    arrived: dict[str, datetime] = field(default_factory=dict)  # when the box of each thread arrived
    forum_cells: list[Cell] = field(default_factory=list)
    vault_cells: list[Cell] = field(default_factory=list)

    def write(self, writer: int) -> None:
        """A parent writes, and hands over some of the texts."""
        time.sleep(writer * PAUSE / self.writers)
        for number in range(writer, self.writers * TEXTS_EACH, self.writers):
            nonce = f"zq{number:04d}x"
            person = Visitor(self.forum)
            person.get("/ask")
            answer = person.submit(
                "text", text=f"夜泣きがつづいて、もう限界です。合図は{nonce}です。", follow=False, status=303
            )
            thread_id = urlsplit(answer.response.headers["Location"]).path.rsplit("/", 1)[-1]
            if number % HANDED_EVERY == 0:
                self.hand_over(nonce, thread_id)
            time.sleep(PAUSE)

    def hand_over(self, nonce: str, thread_id: str) -> None:
        with self.forum.app_context():
            text = Content((Paragraph(f"もう限界です。{nonce}"),))
            sealed = service.seal_referral(text, kind="writer", urgent=False)
            with writing():
                service.refer(sealed)
            delivery = db.session.scalars(
                select(ReferralRow.delivery).where(ReferralRow.box == sealed.box.to_bytes())
            ).one()
            key, body = sealed.box.wrapped_key, sealed.box.body
            self.secrets += [delivery.encode(), key[:32], key[-32:], body[-64:], body[40:104]]
            db.session.remove()
        self.handed[nonce] = thread_id

    def report(self, number: int) -> None:
        """Somebody tells the letterbox directly; the desk opens every other one."""
        person = Visitor(self.intake)
        person.get("/")
        person.submit("text", text=f"上の階の泣き声が気になります。{number}回目です", clue="角の部屋")
        if number % 2:
            with self.desk.app_context():
                newest = vault_db.session.scalars(
                    select(CaseRow.public_id).order_by(CaseRow.id.desc())
                ).first()
                vault_db.session.remove()
            assert newest is not None
            self.colleague.get(f"/cases/{newest}/reports")
            self.colleague.submit("ひらく")

    def at_work(self, step: Callable[[], None], until: threading.Event) -> None:
        """One worker, round after round, as its process does it."""
        while not until.is_set():
            step()
            time.sleep(0.005)

    def courier_round(self) -> None:
        with self.forum.app_context():
            wiring.relay(self.forum.extensions["settings"]).run_once()
            db.session.remove()

    def watch_round(self) -> None:
        with self.desk.app_context():
            Relay(vault_db, VaultOutboxRow, watch.handlers(), 8).run_once()
            vault_db.session.remove()

    def waiting(self) -> int:
        with self.forum.app_context():
            left = sum(
                db.session.scalar(select(func.count()).select_from(one)) or 0
                for one in (OutboxRow, ReferralRow)
            )
            db.session.remove()
        return left

    def run(self) -> None:
        over = threading.Event()
        with self.forum.app_context():
            courier.fetch_key(self.forum.extensions["settings"])
            db.session.remove()
        with ThreadPoolExecutor(self.writers + 3) as pool:
            steps = (self.courier_round, self.watch_round)
            working = [pool.submit(self.at_work, step, over) for step in steps]
            tasks = [pool.submit(self.write, writer) for writer in range(self.writers)]
            tasks.append(pool.submit(lambda: [self.report(number) for number in range(DIRECT)]))
            try:
                for task in tasks:
                    task.result()
            finally:
                over.set()
                for task in working:
                    task.result()
        for _ in range(200):
            if not self.waiting():
                break
            self.clock.ahead += timedelta(seconds=20)
            self.courier_round()
        self.watch_round()
        with self.forum.app_context():
            courier.deliver_all(self.forum.extensions["settings"])  # as every minute
            db.session.remove()
        self.arrived = self._arrivals()
        self.forum_cells = self._dump(self.forum, db)
        self.vault_cells = self._dump(self.desk, vault_db)

    def _dump(self, app: Flask, handle: SQLAlchemy) -> list[Cell]:
        with app.app_context():
            found = dump(handle)
            handle.session.remove()
        return found

    def _arrivals(self) -> dict[str, datetime]:
        """Only the desk's key can tell which is which."""
        by_nonce = {}
        with self.desk.app_context():
            for case_id, at in vault_db.session.execute(
                select(CaseRow.public_id, ReportRow.received_at)
                .join(ReportRow, ReportRow.case_id == CaseRow.id)
                .where(ReportRow.entrance == "forum")
            ).all():
                report = queries.reports_of([case_id])[0]
                by_nonce[opening.open_report(DESK.ring, report).text().partition("。")[2]] = at
            vault_db.session.remove()
        return {self.handed[nonce]: at for nonce, at in by_nonce.items()}

    @property
    def texts(self) -> set[object]:
        """The public ids of all threads."""
        return {
            cell.value for cell in self.forum_cells if (cell.table, cell.column) == ("thread", "public_id")
        }

    def guessed(self) -> int:
        """Somebody with both databases takes for each box the text nearest to some usual delay before it.

        They try all delays; returns how often they are right with the best one.
        """
        rows: dict[int, dict[str, Any]] = {}
        for cell in self.forum_cells:
            if cell.table == "thread":
                rows.setdefault(cell.row, {})[cell.column] = cell.value
        written = {row["public_id"]: second_of(row["created_at"]) or BASE for row in rows.values()}

        def right(delay: timedelta) -> int:
            guesses = {
                one: min(written, key=lambda text: abs(written[text] - (at - delay)))
                for one, at in self.arrived.items()
            }
            return sum(one == guess for one, guess in guesses.items())

        return max(right(timedelta(seconds=seconds)) for seconds in range(0, 2000, 10))


@pytest.fixture(scope="module")
def wing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Flask, str]]:
    intake, desk = build_doors(tmp_path_factory.mktemp("wall-vault"))
    server = make_server("127.0.0.1", 0, intake, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield intake, desk, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def half_hour(
    wing: tuple[Flask, Flask, str], folder: Path, spread: timedelta, writers: int = WRITERS
) -> Busy:
    intake, desk, url = wing
    furnish(intake)
    forum = build_app(make_settings(folder, hatch_url=url, hatch_spread=spread))
    with clock.turned_to(BASE):
        colleague = sign_in(Visitor(desk))
    with pytest.MonkeyPatch.context() as patched:
        fast = FastClock()
        patched.setattr(clock, "_turned", fast)
        busy = Busy(forum, intake, desk, colleague, fast, writers)
        busy.run()
    return busy


@pytest.fixture(scope="module")
def busy(wing: tuple[Flask, Flask, str], tmp_path_factory: pytest.TempPathFactory) -> Busy:
    return half_hour(wing, tmp_path_factory.mktemp("wall-forum"), SPREAD)


def test_everything_arrived_and_the_forum_keeps_the_day(busy: Busy) -> None:
    handed = WRITERS * TEXTS_EACH // HANDED_EVERY
    assert len(busy.arrived) == len(busy.handed) == handed
    left = {
        (cell.table, cell.column): cell.value for cell in busy.forum_cells if cell.table.startswith("refer")
    }
    assert {table for table, _ in left} == {"referral_day"}, "of the box itself nothing is left"
    assert left["referral_day", "number"] == handed
    assert second_of(left["referral_day", "day"]) is None
    assert len(str(left["referral_day", "day"])) == len("2026-11-24")
    assert not [cell for cell in busy.forum_cells if cell.table == "outbox"]


def joins(forum: list[Cell], vault: list[Cell]) -> set[tuple[str, str, str]]:
    """What both have and only some rows have: (kind, column here, column there)."""
    return {one for one in places(common(forum, vault)) if one[1] not in SAME_FOR_ALL}


def test_no_value_of_one_stands_in_the_other(busy: Busy) -> None:
    assert len(busy.forum_cells) > 500 and len(busy.vault_cells) > 500
    assert joins(busy.forum_cells, busy.vault_cells) == set()


def test_no_time_says_whose_text_it_was(busy: Busy) -> None:
    assert busy.guessed() < len(busy.handed) // 2
    handed = set(busy.handed.values())
    for table in {cell.table for cell in busy.forum_cells if second_of(cell.value) is not None} - TIMED:
        told = {cell.value for cell in busy.forum_cells if cell.table == table and cell.value in busy.texts}
        assert told - handed, f"{table} tells a second of what left, and of nothing else"


def test_without_the_pause_of_chance_the_times_would_say_it(
    wing: tuple[Flask, Flask, str], tmp_path: Path
) -> None:
    at_once = half_hour(wing, tmp_path, timedelta(), writers=1)
    assert len(at_once.arrived) == TEXTS_EACH // HANDED_EVERY
    assert at_once.guessed() == TEXTS_EACH // HANDED_EVERY


def test_no_byte_of_a_box_is_left_in_the_forums_files(busy: Busy) -> None:
    file = Path(busy.forum.extensions["settings"].database_url.removeprefix("sqlite:///"))
    files = [*file.parent.rglob("*")]
    raw = {one.name: one.read_bytes() for one in files if one.is_file()}
    assert {"forum.sqlite", "forum.sqlite-wal"} <= set(raw) and len(busy.secrets) == 5 * len(busy.handed)
    assert [(name, one) for name, text in raw.items() for one in busy.secrets if one in text] == []
    assert any(b"zq0001x" in text for text in raw.values()), "the search finds what is there"


def test_all_boxes_of_texts_have_one_size(busy: Busy) -> None:
    sizes = set()
    with busy.forum.app_context():
        for length in (1, 200, busy.forum.extensions["settings"].text_max):
            content = Content((Paragraph("限" * length),))
            sizes.add(len(service.seal_referral(content, kind="writer", urgent=False).box.to_bytes()))
        db.session.remove()
    assert len(sizes) == 1


PLANTED: dict[str, Callable[[str, bytes], tuple[Any, Any]]] = {
    "an id": lambda here, there: (here, here),
    "a hash of it": lambda here, there: (here, hashlib.sha256(here.encode()).hexdigest()),
    "another hash, as bytes": lambda here, there: (
        here,
        hashlib.blake2b(here.encode(), digest_size=32).digest(),
    ),
    "a piece of a box": lambda here, there: (there[40:90], there),
    "a box in base64": lambda here, there: (base64.b64encode(there[:60]).decode(), there),
    "the size of a box": lambda here, there: (bytes(len(there)), bytes(range(256)) + bytes(len(there) - 256)),
    "a sentence": lambda here, there: ("きのうから夜の合図はこの言葉。", "写し 夜の合図はこの言葉です"),
    "a number": lambda here, there: (123_456, 123_456),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_value_is_found(busy: Busy, what: str) -> None:
    box = next(cell.value for cell in busy.vault_cells if (cell.table, cell.column) == ("report", "body"))
    here, there = PLANTED[what]("k3v9q0tx7w", bytes(box))
    forum = [*busy.forum_cells, Cell("thread", "planted", 0, here)]
    vault = [*busy.vault_cells, Cell("report", "planted", 0, there)]
    assert {left for _, left, _ in joins(forum, vault)} == {"thread.planted"}


@pytest.mark.parametrize(
    "told", ["2026-11-24 01:02:03.9", datetime(2026, 11, 24, 1, 2, 3, 5, UTC), 1795482123, 1795482123987]
)
def test_a_second_is_known_in_any_form(told: object) -> None:
    assert second_of(told) == datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
    assert second_of("2026-11-24") is None and second_of(60) is None
