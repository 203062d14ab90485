"""A whole instance as processes, with real mail, and the people who are about in it; see wall_load."""

import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config import ROOT, Door, load_settings
from forum.app import create_forum_app
from forum.db import db, writing
from forum.errors import Refused
from forum.referrals import service
from forum.sealing.content import Content, Paragraph
from tests.faults.disk_search import Person, Planted, photo
from tests.faults.server import START_SECONDS, Instance, free_port


class Letters:
    """A mail server that keeps what it is given, as it came."""

    def __init__(self) -> None:
        self.port = free_port()
        self.raw: list[bytes] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        return "250 OK"


class Town:
    """The instance, who is about in it, and what they saw."""

    def __init__(self, base: Path, seconds: float) -> None:
        self.base, self.letters = base, Letters()
        self.folder, self.scratch = base / "instance", base / "tmp"
        self.folder.mkdir()
        self.scratch.mkdir()
        self.until = time.monotonic() + seconds
        self.seconds = seconds
        self.lock = threading.Lock()
        self.private, self.public = Planted(1), Planted(2)
        self.words: list[str] = []
        self.counted: Counter[str] = Counter()
        self.pages: list[tuple[str, str]] = []  # bodies of 5xx answers with what their request had sent
        self.unexpected: Counter[str] = Counter()
        self.doors = {door: Instance(self.folder, door=door, **self._environ()) for door in Door}
        addresses = {door: f"http://127.0.0.1:{one.port}/" for door, one in self.doors.items()}
        for one in self.doors.values():
            one.environ |= {
                "KOSODATE_FORUM_URL": addresses[Door.FORUM],
                "KOSODATE_LETTERBOX_URL": addresses[Door.INTAKE],
                "KOSODATE_HATCH_URL": addresses[Door.INTAKE],
                "KOSODATE_DESK_URL": addresses[Door.TRIAGE],
            }

    def _environ(self) -> dict[str, str]:
        return {
            "TMPDIR": str(self.scratch),
            "KOSODATE_HATCH_SPREAD": "2",
            "KOSODATE_SMTP_HOST": "127.0.0.1",
            "KOSODATE_SMTP_PORT": str(self.letters.port),
            "KOSODATE_SMTP_FROM": "desk@desk.example",
            "KOSODATE_SMTP_TLS": "none",
        }

    @property
    def vault(self) -> Path:
        return self.doors[Door.INTAKE].database

    def open(self) -> str:
        """Start every process; returns the path of a sign-in link for a worker of the desk."""
        self.letters.controller.start()
        self.forum = create_forum_app(load_settings(Door.FORUM, self.doors[Door.FORUM].environ))
        for door in (Door.FORUM, Door.INTAKE):
            self.doors[door].flask("setup")
        desk = self.doors[Door.TRIAGE]
        command = [sys.executable, "-m", "flask", "--app", "wsgi:triage", "training"]
        told = subprocess.run(command, cwd=ROOT, env=desk.environ, capture_output=True, text=True, check=True)  # noqa: S603
        with closing(sqlite3.connect(self.vault)) as vault:
            vault.execute("update staff set mail = login || '@desk.example'")
            vault.commit()
        for door, name in ((Door.INTAKE, "web"), (Door.TRIAGE, "web"), (Door.FORUM, "web")):
            self.doors[door].start(name)
        for one in self.doors.values():
            one.wait_until_up()
        self.doors[Door.FORUM].start("worker")
        desk.start("worker")
        self._wait_for_key()
        return next(line for line in told.stdout.splitlines() if line.endswith("/ worker")).split()[0]

    def _wait_for_key(self) -> None:
        """Until the forum's worker has fetched the key to seal to."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with self.forum.app_context():
                there = service.available()
                db.session.remove()
            if there:
                return
            time.sleep(0.2)
        raise TimeoutError("the forum's worker fetched no key")

    def close(self) -> None:
        for one in self.doors.values():
            one.stop()
        self.letters.controller.stop()

    def plant(self) -> str:
        with self.lock:
            return self.private.phrase()

    def saw(self, status: int, body: str, sent: str) -> None:
        """Keep the pages of errors."""
        self.counted[f"status_{status // 100}xx"] += 1
        if status >= 500:
            with self.lock:
                self.pages.append((body, sent))


class Passer(Person):
    """Somebody whose every exchange is watched."""

    def __init__(self, town: Town, door: Door) -> None:
        super().__init__(town.doors[door].port)
        self.town = town

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """One exchange; errors are kept for later."""
        status, body, where = super().request(method, path, fields)
        self.town.saw(status, body, " ".join((fields or {}).values()))
        return status, body, where

    def go(self, path: str) -> None:
        """Open a page."""
        self.see(self.request("GET", path)[1])

    def send_raw(self, text: str) -> None:
        """Bytes that no browser sends; whatever comes back is looked at."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=15) as connection:
            connection.sendall(text.encode())
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        head, _, body = answer.decode(errors="replace").partition("\r\n\r\n")
        self.town.saw(int(head.split()[1]) if head else 400, body, text)

    def press_button(self, words: str) -> bool:
        """Press the button with these words; False where the page has none."""
        for form in self.root.all("form"):
            if words in form.text():
                fields = {
                    one.attributes["name"]: one.attributes.get("value", "") for one in form.all("input")
                }
                _, body, where = self.request("POST", form.attributes["action"], fields)
                self.see(body if not where else self.request("GET", where)[1])
                return True
        return False

    def press(self, contains: str, **typed: str) -> int:
        """Fill in a form of the present page and look at what comes."""
        action, fields = self.fields(contains)
        time.sleep(1.05)
        status, body, where = self.request("POST", action, {**fields, **typed})
        self.see(body if not where else self.request("GET", where)[1])
        return status


def report(town: Town) -> None:
    """Somebody reports, adds something, comes back."""
    person = Passer(town, Door.INTAKE)
    person.go("/")
    status = person.press(
        "text", text=f"夜の声。{town.plant()}です", clue=town.plant(), step="send", name=town.plant()
    )
    if status != 200:
        town.counted["reports_told_not_arrived"] += 1
        return
    town.counted["reports"] += 1
    words = [item.text().strip() for item in person.root.all("ol", class_="words")[0].all("li")]
    with town.lock:
        town.words.append(" ".join(words))
    person.press("words", step="skip")
    back = Passer(town, Door.INTAKE)
    back.go("/back")
    if back.press("words", words=" ".join(words)) == 200:
        back.press("text", text=town.plant())
        town.counted["came_back"] += 1


def break_off(town: Town) -> None:
    """Somebody's line breaks in the middle of a photo; then one of theirs arrives whole."""
    person = Passer(town, Door.INTAKE)
    person.go("/")
    if person.press("text", text=f"写真があります。{town.plant()}", clue=town.plant(), step="send") != 200:
        return
    words = [item.text().strip() for item in person.root.all("ol", class_="words")[0].all("li")]
    back = Passer(town, Door.INTAKE)
    back.go("/back")
    if back.press("words", words=" ".join(words)) == 200:
        back.send_file(photo(town.plant()), town.plant(), abort=True)
        town.counted["aborted_uploads"] += 1
        back.send_file(photo(town.plant()), town.plant())
        town.counted["uploads"] += 1


def worry(town: Town) -> None:
    """A parent writes in public: these words the search must find."""
    parent = Passer(town, Door.FORUM)
    with town.lock:
        phrase = town.public.phrase()
    parent.post_worry(f"夜泣きがつづいて眠れません。{phrase}")
    town.counted["worries"] += 1


def broken(town: Town) -> None:
    """Forms that no browser sends, each with words of a report in it."""
    for door in (Door.INTAKE, Door.TRIAGE):
        person = Passer(town, door)
        person.request("POST", "/", {"text": town.plant(), "csrf_token": "x"})
        person.request("POST", "/hatch", {"box": town.plant()})
        person.request("POST", "/search", {"words": town.plant()})
        with suppress(OSError, HTTPException):
            person.send_raw(f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{town.plant()}\r\n\r\n")
    town.counted["broken_forms"] += 1


def repeat(town: Town, act: Callable[[Town], None]) -> None:
    """Again and again until the minute is over. What a fault of ours broke off is counted, not hidden."""
    while time.monotonic() < town.until:
        try:
            act(town)
        except (OSError, HTTPException, AssertionError, IndexError) as error:
            town.unexpected[f"{act.__name__}: {type(error).__name__}"] += 1


class Colleague:
    """A worker of the desk, signed in once, who opens what comes and searches for what was told."""

    def __init__(self, town: Town, link: str) -> None:
        self.browser = Passer(town, Door.TRIAGE)
        self.browser.go(urlsplit(link).path)
        assert self.browser.press("csrf_token") == 303, "the link signs nobody in"

    def work(self, town: Town) -> None:
        """Look at the inbox, open a report, search."""
        with closing(sqlite3.connect(town.vault, timeout=15)) as vault:
            newest = vault.execute('select public_id from "case" order by random() limit 1').fetchone()
        self.browser.go("/")
        if newest is not None:
            self.browser.go(f"/cases/{newest[0]}/reports")
            town.counted["opened"] += self.browser.press_button("ひらく")
        self.browser.go("/search")
        with town.lock:
            asked = town.private.phrases[-1]
        self.browser.press("words", words=asked)
        town.counted["searched"] += 1


def refer(town: Town) -> None:
    """Hand a text through the hatch as the forum's pages do: sealed here, a box in the outbox."""
    time.sleep(0.3)
    with town.forum.app_context(), suppress(Refused):  # until the worker has fetched the key
        content = Content((Paragraph(town.plant()),), town.plant())
        sealed = service.seal_referral(content, kind="writer", urgent=bool(len(town.words) % 2))
        with writing():
            service.refer(sealed)
        db.session.remove()
        town.counted["referrals"] += 1
