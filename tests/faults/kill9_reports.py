"""kill -9 of letterbox and vault worker at random moments while people report: nothing is lost or doubled.

    python -m tests.faults.kill9_reports --reports 300 --kills 100 [--seed 1]

A report counts as acknowledged when its receipt with the words was seen. Each acknowledged one must be in
the vault once, open with the desk's key, and be found by its words. Prints one JSON object.
"""

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from nacl.public import PrivateKey

from forum.safeguarding.vault import contexts
from forum.safeguarding.vault.content import Content
from forum.safeguarding.vault.opening import KeyRing
from forum.safeguarding.vault.words import keys_of, read_words
from forum.sealing.envelope import Box
from tests import dom
from tests.faults.client import Browser
from tests.faults.kill9 import Killer, drain, nonce
from tests.faults.server import Instance

PEOPLE = 6
KEY_ID = "trialkey01"


def give_key(database: Path) -> PrivateKey:
    """The desk's public half into the vault; the private half stays with the trial."""
    private = PrivateKey.generate()
    connection = sqlite3.connect(database)
    connection.execute(
        "insert into desk_key (id, public_key, training, made_at) values (?, ?, 1, '2026-01-01 00:00:00')",
        (KEY_ID, bytes(private.public_key)),
    )
    connection.commit()
    connection.close()
    return private


def report(instance: Instance, number: int) -> tuple[str, int]:
    """Send one line; returns the words of the receipt and how often it had to be sent again."""
    browser = Browser(instance.port)
    action, fields = browser.form("/", "text")
    time.sleep(1.05)  # people read before they send; the time trap expects it
    sent = {**fields, "text": f"夜になると泣き声がします。{nonce(number)}", "clue": "3階の角", "step": "send"}
    status, body, _ = browser.until_answered("POST", action, sent)
    root, _faults = dom.parse(body)
    words = [
        item.text().strip()
        for shown in root.all("ol")
        if "words" in shown.attributes.get("class", "")
        for item in shown.all("li")
    ]
    if status != 200 or not words:
        raise AssertionError(f"not acknowledged: {status} {root.text()[:200]}")
    return " ".join(words), browser.resent


def report_all(instance: Instance, first: int, reports: int) -> tuple[dict[int, str], int]:
    """Let people report; returns the words by number, and how many requests were sent again."""

    def person(start: int) -> list[tuple[int, str, int]]:
        return [
            (number, *report(instance, number)) for number in range(first + start, first + reports, PEOPLE)
        ]

    with ThreadPoolExecutor(PEOPLE) as pool:
        done = [one for found in pool.map(person, range(min(PEOPLE, reports))) for one in found]
    return {number: words for number, words, _ in done}, sum(resent for _, _, resent in done)


def judge(database: Path, private: PrivateKey, acknowledged: dict[int, str]) -> dict[str, Any]:
    """Open everything that is stored, and look for everything that was acknowledged."""
    connection = sqlite3.connect(database)
    salt = connection.execute("select value from vault_setting where name = 'words-salt'").fetchone()[0]
    rows = connection.execute(
        "select public_id, entrance, key_id, wrapped_key, body, lookup, case_id from report"
    ).fetchall()
    cases = connection.execute('select count(*) from "case"').fetchone()[0]
    intact = connection.execute("pragma integrity_check").fetchone()[0]
    connection.close()
    ring = KeyRing({KEY_ID: bytes(private)})
    by_lookup: dict[bytes, str] = {}
    texts: list[str] = []
    for public_id, entrance, key_id, wrapped, body, lookup, _case in rows:
        opened = ring.open(Box(key_id, wrapped, body), contexts.body(public_id, entrance))
        texts.append(Content.from_bytes(opened).text())
        by_lookup[lookup] = texts[-1]
    lost = doubled = wrong_words = 0
    for number, spoken in acknowledged.items():
        found = sum(nonce(number) in text for text in texts)
        lost += found == 0
        doubled += found > 1
        words = read_words(spoken)
        assert words is not None
        wrong_words += nonce(number) not in by_lookup.get(keys_of(words, salt).lookup, "")
    return {
        "acknowledged": len(acknowledged),
        "stored": len(rows),
        "cases": cases,
        "lost": lost,
        "doubled": doubled,
        "words_that_find_nothing": wrong_words,
        "integrity": intact,
    }


def run(reports: int, kills: int, seed: int) -> dict[str, Any]:
    """The whole trial in a folder of its own; returns the figures."""
    with tempfile.TemporaryDirectory(prefix="kosodate-kill-") as temporary:
        instance = Instance(Path(temporary) / "instance", door="intake")
        try:
            return _trial(instance, reports, kills, seed)
        finally:
            instance.stop()


def _trial(instance: Instance, reports: int, kills: int, seed: int) -> dict[str, Any]:
    instance.folder.mkdir()
    instance.flask("setup")
    private = give_key(instance.database)
    instance.start("web")
    instance.start("worker")
    instance.wait_until_up()
    done = threading.Event()
    killer = Killer(instance, kills, random.Random(seed), done)  # noqa: S311
    started = time.monotonic()
    killer.start()
    acknowledged, resent = report_all(instance, 0, reports)
    while killer.is_alive() and sum(killer.killed.values()) < kills:
        more, again = report_all(instance, len(acknowledged), PEOPLE)
        acknowledged.update(more)
        resent += again
    done.set()
    killer.join(60)
    if instance.children["worker"].poll() is not None:
        instance.start("worker")
    return {
        "kills": sum(killer.killed.values()),
        "killed": killer.killed,
        "inside_a_write": sum(killer.inside.values()),
        "inside": killer.inside,
        "sent_again": resent,
        "drained": drain(instance.database, table="vault_outbox"),
        "seconds": round(time.monotonic() - started, 1),
        **judge(instance.database, private, acknowledged),
    }


def good(figures: dict[str, Any]) -> bool:
    """True if nothing acknowledged is lost or doubled, and its words find it."""
    clean = not (figures["lost"] or figures["doubled"] or figures["words_that_find_nothing"])
    whole = figures["integrity"] == "ok" and figures["stored"] == figures["cases"]
    return clean and whole and bool(figures["drained"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    figures = run(options.reports, options.kills, options.seed)
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(0 if good(figures) else 1)


if __name__ == "__main__":
    main()
