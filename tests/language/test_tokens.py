"""Words are cut as parents mean them, the same for everybody at once."""

import csv
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.language import tokens
from forum.language.tokens import LONGEST_WORD, analyse, reading_grams, reading_runs, spellings, words

GOLDEN = [
    line.split("\t")
    for line in Path(__file__).with_name("golden.tsv").read_text(encoding="utf-8").splitlines()
]
WORDS = Path(tokens.__file__).parent / "data" / "words.csv"


@pytest.mark.parametrize(("text", "cut", "runs"), GOLDEN)
def test_the_golden_file(text: str, cut: str, runs: str) -> None:
    assert " ".join(words(text)) == cut
    assert " ".join(reading_runs(analyse(text))) == runs


def test_places_point_into_the_text_as_typed() -> None:
    text = "ﾎｲｸｴﾝに\u200b　行きたくないって…😢"
    for token in analyse(text):
        assert 0 <= token.start < token.end <= len(text)
    assert [text[t.start : t.end] for t in analyse(text)][:2] == ["ﾎｲｸｴﾝ", "に"]


def test_kana_and_kanji_are_one_word_and_share_readings() -> None:
    assert words("ほいくえん") == words("保育園") == words("ホイクエン")
    assert set(reading_grams("びょうじほいく")) == set(reading_grams("病児保育"))


def test_spellings_lead_back_to_the_base_form() -> None:
    assert set(spellings("保育園")) >= {"保育園", "ほいくえん", "ホイクエン"}
    assert spellings("ことばにない語") == ("ことばにない語",)


def test_greetings_say_nothing() -> None:
    assert words("こんにちは。ありがとうございます。よろしくお願いします") == []


def test_every_word_of_the_dictionary_is_cut_as_one() -> None:
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > 150
    assert len({row[0] for row in rows}) == len(rows)
    split = [
        row[0] for row in rows if row[0] not in [t.surface for t in analyse(f"うちの{row[0]}で困っています")]
    ]
    assert split == []


def test_the_dictionary_is_built_quickly() -> None:
    started = time.perf_counter()
    tokens.Tokenizer(str(WORDS), udic_enc="utf-8", mmap=True)
    assert time.perf_counter() - started < 5  # 0.2 s on a quiet machine


def test_eight_threads_get_what_one_gets() -> None:
    texts = [row[0] for row in GOLDEN] * 8
    alone = [analyse(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = [list(pool.map(analyse, texts)) for _ in range(2)]
    assert together == [alone, alone]


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_nothing_that_can_be_typed_breaks_it(text: str) -> None:
    for word in words(text):
        assert word and len(word) <= LONGEST_WORD and not any(letter.isspace() for letter in word)
        word.encode("utf-8")


@pytest.mark.parametrize("letter", ["w", "あ", "ー", "漢", "\ud800", "\x00", " ", "😢", "!", "ｶﾞ"])
def test_two_thousand_times_one_letter_is_answered_at_once(letter: str) -> None:
    started = time.perf_counter()
    words(letter * 2000)
    assert time.perf_counter() - started < 2


def test_inside_a_remembering_block_a_text_is_analysed_once_and_forgotten_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    real = tokens._analyse
    monkeypatch.setattr(tokens, "_analyse", lambda text: asked.append(text) or real(text))
    with tokens.remembering():
        assert tokens.analyse("夜泣きがつらい") == tokens.analyse("夜泣きがつらい")
    assert asked == ["夜泣きがつらい"]
    with tokens.remembering():
        tokens.analyse("夜泣きがつらい")
    tokens.analyse("夜泣きがつらい")
    assert len(asked) == 3
