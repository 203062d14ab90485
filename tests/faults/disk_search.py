"""A day at the letterbox with 200 planted phrases; then everything on disk is searched for them.

    python -m tests.faults.disk_search [--open]

--open runs the same day on a scratch copy of the program whose seals do nothing: there the search must
find them, which shows that it can. Prints one JSON object.
"""

import argparse
import base64
import io
import json
import os
import random
import shutil
import socket
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image

from config import ROOT
from tests import dom
from tests.faults.client import Browser
from tests.faults.kill9 import drain
from tests.faults.kill9_reports import give_key
from tests.faults.server import Instance

PEOPLE = 25
AT_ONCE = 5
PHRASES_EACH = 8  # text, clue, name, telephone, answer, addition, caption, what the photo says about itself
BOUNDARY = "----kosodatetrial"
# In the scratch copy, what is sealed stays readable.
SEAL = """bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
            padded, context.encode(), nonce, self.secret
        )"""
NO_SEAL = "padded + bytes(16)"


class Planted:
    """Phrases that stand nowhere else in the world."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.phrases: list[str] = []

    def phrase(self) -> str:
        """Ten kana and kanji in an order that nobody writes."""
        letters = [chr(self.chance.randint(0x3042, 0x3093)) for _ in range(6)]
        letters += [chr(self.chance.randint(0x5200, 0x6F00)) for _ in range(4)]
        self.chance.shuffle(letters)
        self.phrases.append("".join(letters))
        return self.phrases[-1]

    def number(self) -> str:
        """A telephone number of nobody."""
        self.phrases.append(f"000{self.chance.randint(10_000_000, 99_999_999)}")
        return self.phrases[-1]


def spellings(phrase: str) -> Iterator[bytes]:
    """The ways in which a phrase may lie in a file."""
    plain = phrase.encode()
    yield plain
    yield phrase.encode("utf-16-le")
    with suppress(UnicodeEncodeError):
        yield phrase.encode("cp932")
    if not phrase.isascii():
        yield quote(phrase).encode()
        yield json.dumps(phrase)[1:-1].encode()
    for shift in range(3):  # the whole triples inside a longer text in base64
        coded = base64.b64encode(b"\0" * shift + plain)
        yield coded[4 * -(-shift // 3) : len(coded) - 4]


def photo(comment: str) -> bytes:
    """A JPEG of about 5 MB whose own notes hold a phrase."""
    picture = Image.frombytes("RGB", (1500, 1100), random.Random(3).randbytes(1500 * 1100 * 3))  # noqa: S311
    notes = Image.Exif()
    notes[0x010E] = comment
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=97, exif=notes.tobytes() + comment.encode())
    return file.getvalue()


def multipart(fields: dict[str, str], name: str, data: bytes) -> bytes:
    """A form with one file, as a browser sends it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="a.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return b"".join([*parts, head.encode(), data, f"\r\n--{BOUNDARY}--\r\n".encode()])


class Person(Browser):
    """Somebody at the letterbox who goes on from page to page."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.root, _ = dom.parse("")

    def see(self, body: str) -> None:
        """Look at a page."""
        self.root, _ = dom.parse(body)

    def fields(self, contains: str) -> tuple[str, dict[str, str]]:
        """Address and hidden fields of the form on the present page."""
        for form in self.root.all("form"):
            if contains in {e.attributes.get("name", "") for e in form.walk()}:
                hidden = form.all("input", type="hidden")
                return form.attributes["action"], {
                    e.attributes["name"]: e.attributes.get("value", "") for e in hidden
                }
        raise AssertionError(f"no form with {contains}: {self.root.text()[:300]}")

    def send(self, contains: str, **typed: str) -> None:
        """Fill in a form of the present page; the next page is looked at."""
        action, fields = self.fields(contains)
        time.sleep(1.05)
        status, body, _ = self.until_answered("POST", action, {**fields, **typed})
        assert status == 200, (status, body[:400])
        self.see(body)

    def send_file(self, data: bytes, caption: str, *, abort: bool = False) -> None:
        """Send a photo; or break off in the middle of it."""
        action, fields = self.fields("files")
        body = multipart({**fields, "caption": caption}, "files", data)
        head = (
            f"POST {action} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nSec-Fetch-Site: same-origin\r\n"
            f"Cookie: {'; '.join(f'{k}={v}' for k, v in self.cookies.items())}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        time.sleep(1.05)
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(head.encode() + (body[: len(body) // 2] if abort else body))
            if abort:
                return
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        assert b" 200 " in answer.split(b"\r\n", 1)[0], answer[:400]


def visit(port: int, planted: Planted, *, with_photo: str) -> list[str]:
    """One person: a report, an addition, a photo, coming back. Returns the words."""
    person = Person(port)
    _, page, _ = person.until_answered("GET", "/")
    person.see(page)
    person.send(
        "text", text=f"夜の声。{planted.phrase()}です", clue=planted.phrase(), step="send",
        name=planted.phrase(), phone=planted.number(),
    )  # fmt: skip
    words = [item.text().strip() for item in person.root.all("ol", class_="words")[0].all("li")]
    person.send("words", step="skip")
    person.send("child_age", child_age=planted.phrase(), text=planted.phrase())
    back = Person(port)
    _, page, _ = back.until_answered("GET", "/back")
    back.see(page)
    back.send("words", words=" ".join(words))
    caption, inside = planted.phrase(), planted.phrase()
    if with_photo:
        back.send_file(photo(inside), caption, abort=with_photo == "aborted")
    else:
        back.send("text", text=f"{caption}。{inside}")
    return words


def search(folders: list[Path], phrases: list[str]) -> dict[str, list[str]]:
    """Which phrases lie in which files, in any spelling."""
    found: dict[str, list[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            raw = path.read_bytes()
            for phrase in phrases:
                if any(one in raw for one in spellings(phrase) if len(one) > 8):
                    found.setdefault(path.name, []).append(phrase)
    return found


def open_copy(folder: Path) -> Path:
    """The program, with seals that do nothing."""
    for name in ("forum", "templates", "static", "migrations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.py", "wsgi.py"):
        shutil.copy(ROOT / name, folder / name)
    path = folder / "forum" / "sealing" / "envelope.py"
    text = path.read_text(encoding="utf-8")
    assert SEAL in text
    path.write_text(text.replace(SEAL, NO_SEAL), encoding="utf-8")
    return folder


def run(*, sealed: bool = True, people: int = PEOPLE, seed: int = 1) -> dict[str, Any]:
    """The whole day in a folder of its own; returns the figures."""
    with tempfile.TemporaryDirectory(prefix="kosodate-disk-") as temporary:
        base = Path(temporary)
        day, scratch = base / "day", base / "tmp"
        for folder in (day, scratch, base / "program"):
            folder.mkdir()
        root = ROOT if sealed else open_copy(base / "program")
        instance = Instance(day / "instance", door="intake", root=root, TMPDIR=str(scratch))
        try:
            return _day(instance, day, scratch, people, seed)
        finally:
            instance.stop()


def _day(instance: Instance, day: Path, scratch: Path, people: int, seed: int) -> dict[str, Any]:
    instance.folder.mkdir()
    instance.flask("setup")
    give_key(instance.database)
    instance.start("web")
    instance.start("worker")
    instance.wait_until_up()
    planted = Planted(seed)

    def come(number: int) -> list[str]:
        return visit(instance.port, planted, with_photo={1: "whole", 2: "aborted"}.get(number, ""))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        words = list(pool.map(come, range(people)))
    assert drain(instance.database, table="vault_outbox")
    with (
        closing(sqlite3.connect(instance.database)) as vault,
        closing(sqlite3.connect(day / "backup.sqlite")) as kept,
    ):
        vault.backup(kept)
        reports = kept.execute("select count(*) from report").fetchone()[0]
    phrases = planted.phrases + [sign.join(spoken) for spoken in words for sign in (" ", "", "、", '", "')]
    wal = Path(f"{instance.database}-wal")
    figures = {
        "reports": reports,
        "planted": len(planted.phrases),
        "words": len(words),
        "wal_bytes": wal.stat().st_size if wal.exists() else 0,
        "files": sum(1 for folder in (day, scratch) for path in folder.rglob("*") if path.is_file()),
        "core_files": [path.name for path in ROOT.glob("core*") if path.is_file()],
    }
    found = search([day, scratch], phrases)
    return {**figures, "found": sum(len(set(one)) for one in found.values()), "in_files": sorted(found)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--open", action="store_true", help="with seals that do nothing")
    options = parser.parse_args()
    figures = run(sealed=not options.open)
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(0 if bool(figures["found"]) == options.open else 1)


if __name__ == "__main__":
    os.umask(0o077)
    main()
