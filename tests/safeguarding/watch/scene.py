"""A desk under watch: people with addresses, a mail server of its own, a worker whose hours can be turned."""

from __future__ import annotations

import email
import email.policy
import itertools
import socket
from datetime import datetime, timedelta
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.clock import TOKYO
from forum.outbox.relay import Relay
from forum.outbox.worker import Worker
from forum.safeguarding import policy as policies
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow, ReportRow, VaultOutboxRow
from forum.safeguarding.watch import service, setting, worker
from forum.safeguarding.watch.channels import Mail, MailSettings
from forum.safeguarding.watch.setting import Setting
from forum.safeguarding.watch.types import Person, Shift

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=TOKYO)
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
GROUPS = frozenset({"family", "facility", "school"})
ANNE = Person(1, "当番あんね", "anne@desk.example", GROUPS)
BEN = Person(2, "副べん", "ben@desk.example", GROUPS)
DAISUKE = Person(4, "係長だいすけ", "daisuke@desk.example", GROUPS, supervisor=True)
SECRET = "となりの部屋から毎晩さけび声"


class MailRoom:
    """A real mail server on loopback that can be switched off and on."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.letters: list[tuple[str, str, str]] = []  # to, subject, body
        self.refuses: set[str] = set()
        self.controller: Controller | None = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        letter = email.message_from_bytes(content, policy=email.policy.default)
        body = letter.get_body()
        assert body is not None
        self.letters.append(
            (envelope.rcpt_tos[0], str(letter["Subject"]), body.get_content().replace("\r\n", "\n"))
        )
        return "250 OK"

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    def to(self, person: Person) -> list[str]:
        """What one person was sent."""
        return [body for address, _, body in self.letters if address == person.mail]

    def channel(self) -> Mail:
        return Mail(MailSettings("127.0.0.1", self.port, "desk@desk.example", "", "", "none"))


class Scene:
    """The desk's app, its worker, and a clock that stands where the story is."""

    def __init__(self, app: Flask, room: MailRoom | None, folder: Path, people: tuple[Person, ...]) -> None:
        self.app = app
        self.room = room
        self.people = people
        self.at = TUESDAY
        self.counter = 0.0  # the machine's own seconds
        self.tickets = itertools.count()
        given = Setting(
            people=lambda: self.people,
            channels=(room.channel(),) if room else (),
            desk_url="https://desk.example/",
            seconds=lambda: self.counter,
        )
        setting.install(app, given)
        self.folder = folder
        self.worker = self.fresh_worker()

    def fresh_worker(self) -> Worker:
        """A worker process that has just been started."""
        relay = Relay(vault_db, VaultOutboxRow, worker.handlers(), 8)
        return Worker(relay, worker.chores(), self.folder / "beat")

    def roster(self, *ranks: tuple[Person, int], days: int = 30) -> None:
        with self.app.app_context(), writing():
            for person, rank in ranks:
                for day in range(0, days, 7):
                    starts = TUESDAY - DAY + day * DAY
                    for group in GROUPS:
                        service.add_shift(Shift(person.id, group, starts, starts + 7 * DAY, rank), by=4)

    def passes(self, span: timedelta, step: timedelta = 5 * MINUTE, *, working: bool = True) -> None:
        """Time goes on, and the worker with it, unless it is dead."""
        end = self.at + span
        while self.at < end:
            move = min(step, end - self.at)
            self.at += move
            self.counter += move.total_seconds()
            if working:
                self.works()

    def works(self) -> None:
        """The worker does what is due at this moment."""
        with self.app.app_context(), clock.turned_to(self.at):
            for _ in range(4):  # a handler may promise the next event
                self.worker.step()
            vault_db.session.remove()

    def report(self, *, urgent: bool = False, groups: tuple[str, ...] = ("family",)) -> str:
        """Somebody tells of a child; returns the case."""
        with self.app.app_context(), clock.turned_to(self.at):
            told = Content((Paragraph(SECRET),), "3階")
            prepared = sealed.prepare(told, None, [], store.desk_key(), reporter=None)
            with writing():
                kept = store.put_report(
                    prepared,
                    policies.current(),
                    entrance="neighbour",
                    groups=groups,
                    urgent=urgent,
                    once=f"t{next(self.tickets)}",
                )
            return kept.case_id

    def opens(self, case_id: str, by: Person = ANNE) -> None:
        """A worker opens the report at the desk."""
        with self.app.app_context(), clock.turned_to(self.at), writing():
            report_id = vault_db.session.scalar(
                select(ReportRow.public_id).join(CaseRow).where(CaseRow.public_id == case_id)
            )
            assert report_id is not None
            store.mark_read(report_id)
            service.handled(case_id, by.id)

    def ends(self, case_id: str, kind: str = "seen") -> None:
        with self.app.app_context(), clock.turned_to(self.at), writing():
            case = vault_db.session.scalars(select(CaseRow).where(CaseRow.public_id == case_id)).one()
            case.clock_end, case.clock_ended_at = kind, self.at
