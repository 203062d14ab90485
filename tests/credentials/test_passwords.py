"""Passwords: long enough for their letters, not the first guesses, the same in full and half width."""

import threading

import pytest

from forum.credentials import passwords
from forum.errors import Refused


@pytest.mark.parametrize(
    "good",
    [
        "correct horse battery",
        "きのう みた ゆめ",
        "毎朝六時に犬と歩く",
        "ねこがすき77ひきいる",
        "x9!kQ2#mW5$z",
    ],
)
def test_a_sentence_or_a_long_mixture_is_taken(good: str) -> None:
    passwords.check_new(good, "tanaka")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("x9!kQ2#mW5$", "length"),
        ("ねこがすきです", "length"),
        ("あ" * 201, "length"),
        ("aaaaaaaaaaaaaaab", "common"),
        ("いいいいいいいいいいい", "common"),
        ("MyPassword2026!", "common"),
        ("ＰＡＳＳＷＯＲＤ九九九九九九", "common"),
        ("わたしのぱすわーど", "common"),
        ("tanaka loves cats", "name"),
        ("ＴＡＮＡＫＡ loves cats", "name"),
    ],
)
def test_what_is_guessed_first_is_refused_with_the_reason(bad: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        passwords.check_new(bad, "tanaka")
    assert refused.value.facts["why"] == why


def test_a_password_is_known_again_and_no_other() -> None:
    stored = passwords.hashed("きのう みた ゆめ１２")
    assert passwords.fits("きのう みた ゆめ１２", stored)
    assert passwords.fits("きのう みた ゆめ12", stored), "typed on another keyboard, full width or half"
    assert not passwords.fits("きのう みた ゆめ13", stored)
    assert not passwords.fits("あ" * 100_000, stored)
    assert not passwords.fits("きのう みた ゆめ12", passwords.NOBODY)
    assert "ゆめ" not in stored and stored.startswith("$argon2id$")


def test_a_key_belongs_to_its_passwords_in_their_order() -> None:
    salt = passwords.new_salt()
    key = passwords.key_of(salt, "ひとつめの合言葉", "ふたつめの合言葉")
    assert key == passwords.key_of(salt, "ひとつめの合言葉", "ふたつめの合言葉")
    assert len(key) == passwords.KEY_BYTES
    others = {
        passwords.key_of(salt, "ふたつめの合言葉", "ひとつめの合言葉"),
        passwords.key_of(salt, "ひとつめの合言葉ふ", "たつめの合言葉"),
        passwords.key_of(passwords.new_salt(), "ひとつめの合言葉", "ふたつめの合言葉"),
    }
    assert len(others) == 3 and key not in others


def test_however_many_knock_only_two_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work, most, lock = 0, 0, threading.Lock()
    both_in = threading.Event()

    def slow(*_: object) -> bytes:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
            if at_work == passwords.AT_ONCE:
                both_in.set()
        both_in.wait(5)
        with lock:
            at_work -= 1
        return bytes(32)

    monkeypatch.setattr(passwords.argon2id, "kdf", slow)
    threads = [threading.Thread(target=passwords.key_of, args=(bytes(16), str(n))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == passwords.AT_ONCE


def test_whoever_finds_no_room_is_told_and_not_kept_waiting_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    taken = [passwords._room.acquire() for _ in range(passwords.AT_ONCE)]
    try:
        with pytest.raises(Refused, match="busy"):
            passwords.key_of(bytes(16), "だれか")
    finally:
        for _ in taken:
            passwords._room.release()
