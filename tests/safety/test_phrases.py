"""The rules are data that people edit; what they write must mean what they think."""

import time
from pathlib import Path

import pytest

from forum.safety.phrases import Place, Rule, RuleBook, Text
from forum.safety.signs import national_rules, read_signs

HEAD = """
themes = ["danger_now", "dv"]
[words]
"相手" = ["夫", "旦那さん"]
"""


def book(tmp_path: Path, rules: str) -> RuleBook:
    path = tmp_path / "rules.toml"
    path.write_text(HEAD + rules, encoding="utf-8")
    return RuleBook.load(path)


def rule(tmp_path: Path, fields: str) -> Rule:
    return book(tmp_path, f'[[rule]]\nid = "r"\ntheme = "dv"\n{fields}').rules[0]


def find(found_by: Rule, text: str) -> Place | None:
    return found_by.find(Text.read(text))


def test_a_phrase_meets_every_form_of_its_words(tmp_path: Path) -> None:
    struck = rule(tmp_path, 'says = ["<相手>…殴られる"]')
    for text in (
        "夫に殴られる",
        "旦那さんにきのう殴られました",
        "夫から、顔を、なぐられてしまって",
        "だんなに殴られ",
    ):
        assert find(struck, text), text
    for text in (
        "夫を殴る",
        "殴られる夫",
        "夫がいます。妹が殴られました",
        "夫に殴られてはいません",
        "夫に殴られたことはない",
    ):
        assert not find(struck, text), text


def test_the_room_in_a_phrase_is_bounded(tmp_path: Path) -> None:
    struck = rule(tmp_path, 'says = ["<相手>…殴られる"]')
    assert not find(struck, "夫は朝早く起きて弁当を作り掃除をして犬の散歩に行って新聞を読んで友達に殴られる")


def test_conditions_of_a_rule(tmp_path: Path) -> None:
    guarded = rule(
        tmp_path,
        'says = ["暴れる"]\nbeside = ["<相手>"]\ntogether = ["怖い"]\n'
        'unless = ["ドラマ"]\nnever = ["夢"]\nunwritten = ["(笑)"]',
    )
    assert find(guarded, "夫が暴れます。怖いです")
    assert not find(guarded, "夫が暴れます")
    assert not find(guarded, "犬が暴れます。夫が怖いです")
    assert not find(guarded, "ドラマで夫が暴れました。怖いです")
    assert not find(guarded, "夫が暴れました。怖い夢でした")
    assert not find(guarded, "夫が暴れます（笑）。怖いです")
    assert find(guarded, "ドラマを見ました。夫が暴れます。怖いです")


def test_letters_count_as_typed(tmp_path: Path) -> None:
    written = rule(tmp_path, 'written = ["タヒ"]')
    assert find(written, "もうﾀﾋにたい") == Place(2, 4, 0)


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        ('[[rule]]\nid = "a"\ntheme = "dv"\nsays = ["殴る"]\nlevel = 3', "unknown field level"),
        ('[[rule]]\nid = "a"\ntheme = "weather"\nsays = ["雨"]', "known theme"),
        ('[[rule]]\nid = "a"\ntheme = "dv"', "says nothing"),
        ('[[rule]]\nid = "a"\ntheme = "dv"\nsays = ["<家族>が殴る"]', "家族"),
        ('[[rule]]\nid = "a"\ntheme = "dv"\nsays = ["です"]', "without a word"),
        ('[[rule]]\nid = "a"\ntheme = "dv"\nsays = ["殴る"]\n' * 2, "same id"),
    ],
)
def test_a_faulty_rule_is_named(tmp_path: Path, rules: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        book(tmp_path, rules)


def test_themes_keep_the_order_of_the_file(tmp_path: Path) -> None:
    rules = book(
        tmp_path,
        '[[rule]]\nid = "a"\ntheme = "dv"\nsays = ["殴る"]\n'
        '[[rule]]\nid = "b"\ntheme = "danger_now"\nsays = ["包丁"]',
    )
    assert [theme.id for theme in read_signs("殴る。包丁", rules=rules).themes] == ["danger_now", "dv"]


def test_every_theme_has_a_rule() -> None:
    rules = national_rules()
    assert {rule.theme for rule in rules.rules} == set(rules.themes)


@pytest.mark.parametrize(
    "piece", ["夫", "死", "夫が殴", "死にたい", "今 夫に", "隣の子 ", "飲んだ", "。", "あ", "ー", "0", "😀"]
)
def test_no_text_holds_a_worker(piece: str) -> None:
    text = (piece * 2000)[:2000]
    begun = time.process_time()
    read_signs(text)
    assert time.process_time() - begun < 3
