"""What was opened is let go with the last session that used it."""

import threading

from forum.safeguarding.lookup.memory import Holder, Shelf
from forum.safeguarding.lookup.types import Name, Part, Summary

TANAKA, SUZUKI = (1, "session001"), (2, "session002")


def filled(shelf: Shelf) -> None:
    name = Name("渡邉", "渡辺", ("わたなべ",))
    shelf.index.put(Summary("case000001", 1, (Part("report:x", names=(name,)),)))


def test_it_goes_with_the_last_one() -> None:
    alive: set[Holder] = {TANAKA, SUZUKI}
    shelf = Shelf(alive.__contains__)
    shelf.hold(TANAKA)
    shelf.hold(SUZUKI)
    filled(shelf)
    alive.remove(TANAKA)
    shelf.sweep()
    assert shelf.holders == {SUZUKI} and len(shelf.index) == 1
    alive.clear()
    shelf.sweep()
    assert not shelf.holders and len(shelf.index) == 0
    assert shelf.index.find("渡辺")[0] == {}


def test_a_timer_asks_without_anybody_coming() -> None:
    over = threading.Event()
    shelf = Shelf(lambda session: not over.is_set(), every=0.01)
    shelf.hold(TANAKA)
    filled(shelf)
    threading.Event().wait(0.05)
    assert len(shelf.index) == 1
    over.set()
    for _ in range(200):
        if not len(shelf.index):
            break
        threading.Event().wait(0.01)
    assert len(shelf.index) == 0 and not shelf.holders


def test_who_cannot_ask_lets_go() -> None:
    def broken(session: Holder) -> bool:
        raise OSError("no database")

    shelf = Shelf(broken, every=0.01)
    filled(shelf)
    shelf.hold(TANAKA)
    for _ in range(200):
        if not shelf.holders:
            break
        threading.Event().wait(0.01)
    assert not shelf.holders and len(shelf.index) == 0
