"""No text of a post's length holds a worker, and nobody tries secrets as fast as they can send them."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.city.pack import load_pack
from forum.city.places import pack_path
from forum.language.spoken import word_list
from forum.visitors import gate
from forum.visitors.types import Hand
from forum.visitors.words import to_words
from tests.attacks.payloads import ALL
from tests.pages import BASE, OURS, Visitor, form_fields

LENGTH = 2000
MOST_SECONDS = 3.0  # of the processor, for masking, narrowing and both readings of signs together
FUZZ_SECONDS = 6.0  # of the clock; what is left of the examples is not tried on a slow machine
PIECES = (
    *(
        "薬",
        "薬を",
        "飲",
        "たくさん",
        "死",
        "死にたい",
        "消え",
        "殴",
        "たたく",
        "夫が",
        "子どもを",
        "ない",
        "笑",
    ),
    *(
        "3歳",
        "小1",
        "年長",
        "妹",
        "兄",
        "保育園",
        "ぜんそく",
        "去年の4月",
        "膳所",
        "転校",
        "田中さん",
        "090-",
    ),
    *(
        "。",
        "、",
        "「",
        "」",
        "\n",
        "！",
        "…",
        "って",
        "から",
        "と",
        "a",
        "@",
        "<",
        "&",
        "\u0301",
        "😀",
        "ー",
        "1",
    ),
    *("むかし、", "もし", "知り合いの", "隣の家", "はちみつ", "うつぶせ", "ゆさ", "mg", "OD"),
)
CITY = load_pack(pack_path("otsu"))
worst: list[tuple[float, str]] = []
begun: list[float] = []


@pytest.fixture(scope="module", autouse=True)
def _told_worst() -> Iterator[None]:
    """Prints the worst time of the module (pytest -s)."""
    gate.review("夜泣きで眠れません", CITY)
    yield
    if worst:
        took, text = max(worst)
        print(f"\nworst of {len(worst)} texts of {LENGTH} characters: {took:.2f} s, {text[:24]!r} ...")


def seconds(text: str) -> float:
    start = time.process_time()
    reviewed = gate.review(text, CITY)
    reviewed.public_text()
    took = time.process_time() - start
    worst.append((took, text))
    return took


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8)
    | st.lists(st.sampled_from(ALL), min_size=1, max_size=4)
    | st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=30)
)
def test_anything_of_a_posts_length_is_read_in_time(pieces: list[str]) -> None:
    begun.append(time.monotonic())
    if begun[-1] - begun[0] < FUZZ_SECONDS:
        assert seconds(("".join(pieces) * LENGTH)[:LENGTH]) < MOST_SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("piece", [*PIECES, *ALL])
def test_one_piece_again_and_again(piece: str) -> None:
    assert seconds((piece * LENGTH)[:LENGTH]) < MOST_SECONDS


def tries(person: Visitor, words: str, address: str) -> int:
    """The status after entering 合言葉 from that address; a browser that forgets its cookies each time."""
    person.get("/mine/words")
    assert person.page is not None
    fields = {**form_fields(person.page.form("words")), "words": words}
    where = {"REMOTE_ADDR": address}
    answer = person.client.post(
        "/mine/words", base_url=BASE, data=fields, headers=OURS, environ_overrides=where
    )
    return answer.status_code


def test_words_cannot_be_tried_one_after_the_other(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Twenty tries in ten minutes against 80 bits; new browsers and forged headers give no further one."""
    guesses = itertools.cycle(word_list())
    address, answers = "203.0.113.77", []
    for _ in range(25):
        guess = " ".join(itertools.islice(guesses, 11))
        answers.append(tries(Visitor(app), guess, address))
    assert answers[:20] == [422] * 20 and answers[20:] == [429] * 5
    right = " ".join(to_words(Hand(bytes(range(10)))))
    assert tries(Visitor(app), right, address) == 429, "not even the right ones, so that no answer tells"
    assert tries(Visitor(app), right, "203.0.113.78") == 303, "nobody else is kept out"
    kept = str(vars(app.extensions["limits"].storage)) + caplog.text
    assert "203.0.113" not in kept and "むかし" not in kept


def test_a_forged_header_is_no_other_address(app: Flask) -> None:
    assert replace(app.extensions["settings"]).proxies == 0
    person = Visitor(app)
    person.get("/mine/words")
    assert person.page is not None
    fields = {**form_fields(person.page.form("words")), "words": "ちがう ことば"}
    answers = [
        person.client.post(
            "/mine/words",
            base_url=BASE,
            data=fields,
            headers={**OURS, "X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"198.51.100.{number}"},
        ).status_code
        for number in range(21)
    ]
    assert answers == [422] * 20 + [429]
