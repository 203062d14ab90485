"""Everything runs and everything goes wrong for a minute; then no word of a report lies where it must not.

    python -m tests.faults.wall_load [--seconds 60]

Forum, letterbox and desk with both workers as processes, real mail on loopback. People report, some break
off in the middle of a photo, texts go through the hatch, a desk worker opens and searches, parents write in
the forum; meanwhile the vault is locked or half away and forms come broken. Every report holds planted
words. They are then looked for in every log, temp file, database, index file, mail and 5xx page. A phrase
that a parent wrote in public is looked for by the same search, which must find it. Prints one JSON object.
"""

import argparse
import email
import json
import os
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from config import ROOT, Door
from tests import dom
from tests.faults.disk_search import search
from tests.faults.kill9 import drain
from tests.faults.wall_people import Colleague, Town, break_off, broken, refer, repeat, report, worry

REPORTERS, PARENTS = 8, 2
LOCKED_SECONDS = 11  # a writer waits ten seconds for the lock
BETWEEN_FAULTS = 4.0
GIVEN_BACK = ("textarea", "pre", "input")  # where an error page gives back what its own request held


@contextmanager
def locked(vault: Path) -> Iterator[None]:
    """Somebody holds the write lock and does not let go."""
    with closing(sqlite3.connect(vault, timeout=15, isolation_level=None)) as connection:
        connection.execute("begin immediate")
        yield
        connection.execute("rollback")


@contextmanager
def half_away(vault: Path) -> Iterator[None]:
    """A table is missing: what nobody foresaw."""
    with closing(sqlite3.connect(vault, timeout=15, isolation_level=None)) as connection:
        connection.execute("pragma legacy_alter_table = on")  # else what refers to it would be renamed too
        connection.execute("alter table report rename to report_away")
        yield
        connection.execute("alter table report_away rename to report")


def make_trouble(town: Town) -> None:
    """The vault goes half away again and again, and is locked for longer than anybody waits."""
    while time.monotonic() + BETWEEN_FAULTS < town.until:
        time.sleep(BETWEEN_FAULTS / 2)
        with half_away(town.vault):
            time.sleep(BETWEEN_FAULTS / 2)
        town.counted["half_away"] += 1
        turn = town.counted["half_away"] % 3 == 1
        if turn and time.monotonic() + LOCKED_SECONDS + BETWEEN_FAULTS < town.until:
            with locked(town.vault):
                time.sleep(LOCKED_SECONDS)
            town.counted["locked"] += 1


def own_words_only(body: str, sent: str, phrases: list[str]) -> bool:
    """True if a page of an error says no planted word, but in the place where it gives back what was sent."""
    here = [one for one in phrases if one in body]
    root, _ = dom.parse(body)
    kept = " ".join(
        f"{element.text()} {element.attributes.get('value', '')}"
        for name in GIVEN_BACK
        for element in root.all(name)
    )
    return all(one in sent and body.count(one) == kept.count(one) for one in here)


def judge(town: Town) -> dict[str, Any]:
    """Look for every planted word everywhere."""
    private = town.private.phrases + [
        sign.join(one.split()) for one in town.words for sign in (" ", "、", "")
    ]
    mails = town.base / "mails"
    mails.mkdir()
    for number, raw in enumerate(town.letters.raw):
        (mails / str(number)).write_bytes(raw)
        read = email.message_from_bytes(raw).get_payload(decode=True)
        assert isinstance(read, bytes)
        (mails / f"{number}-read").write_bytes(read)
    found = search([town.base], private)
    control = search([town.folder], town.public.phrases)
    with closing(sqlite3.connect(town.doors[Door.FORUM].database)) as forum:
        threads = forum.execute("select count(*) from thread where visibility = 'public'").fetchone()[0]
        left = forum.execute("select count(*) from referral").fetchone()[0]
    return {
        "planted": len(town.private.phrases),
        "words": len(town.words),
        "files": sum(1 for path in town.base.rglob("*") if path.is_file()),
        "log_bytes": sum(path.stat().st_size for path in town.base.glob("*.log")),
        "mails": len(town.letters.raw),
        "pages_5xx": len(town.pages),
        "pages_5xx_giving_back": sum(any(one in body for one in private) for body, _ in town.pages),
        "pages_5xx_with_words_of_others": sum(
            not own_words_only(body, sent, private) for body, sent in town.pages
        ),
        "found": sum(len(set(one)) for one in found.values()),
        "in_files": sorted(found),
        "control_planted": len(town.public.phrases),
        "control_found": len({one for there in control.values() for one in there}),
        "control_in_logs": sum(name.endswith(".log") for name in search([town.base], town.public.phrases)),
        "indexed": town.forum.extensions["search"].count(),
        "public_threads": threads,
        "referrals_waiting": left,
        "core_files": [path.name for path in ROOT.glob("core*") if path.is_file()],
    }


def run(seconds: float = 60) -> dict[str, Any]:
    """The whole minute in a folder of its own; returns the figures."""
    with tempfile.TemporaryDirectory(prefix="kosodate-wall-") as temporary:
        town = Town(Path(temporary), seconds)
        try:
            link = town.open()
            acts: list[Callable[[Town], None]] = [
                *[report] * REPORTERS,
                *[worry] * PARENTS,
                break_off,
                broken,
            ]
            acts += [Colleague(town, link).work, refer]
            town.until = time.monotonic() + seconds
            threads = [threading.Thread(target=repeat, args=(town, act)) for act in acts]
            threads.append(threading.Thread(target=make_trouble, args=(town,)))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            forum = town.doors[Door.FORUM]
            drained = drain(forum.database)  # the desk's notices are sent together, minutes later
        finally:
            town.close()
        counted, odd = dict(sorted(town.counted.items())), dict(sorted(town.unexpected.items()))
        return {"seconds": seconds, "drained": drained, **counted, "broke_off": odd, **judge(town)}


def good(figures: dict[str, Any]) -> bool:
    """True if nothing was found, and everything that should have happened did."""
    clean = not (figures["found"] or figures["pages_5xx_with_words_of_others"] or figures["core_files"])
    clean = clean and not figures["control_in_logs"]
    able = figures["control_found"] == figures["control_planted"] > 0
    happened = all(
        figures.get(one)
        for one in (
            "reports",
            "referrals",
            "aborted_uploads",
            "opened",
            "searched",
            "mails",
            "pages_5xx",
            "worries",
        )
    )
    index = figures["indexed"] == figures["public_threads"]
    return clean and able and happened and index and bool(figures["drained"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    figures = run(options.seconds)
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(0 if good(figures) else 1)


if __name__ == "__main__":
    os.umask(0o077)
    main()
