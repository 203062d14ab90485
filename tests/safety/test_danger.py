"""How danger is read: spelling, denial, ways of speaking, places, and what a city may change."""

import pytest

from forum.safety.danger import Category, DangerBook, RuleChange, preview, read_danger


def level(text: str) -> int:
    return read_danger(text).level


@pytest.mark.parametrize(
    "text",
    [
        "死にたい",
        "しにたい",
        "シニタイ",
        "し に た い",
        "しにたーい",
        "タヒにたい",
        "ﾀﾋにたい",
        "4にたい",
        "死○たい",
        "死に\u200bたい",
    ],
)
def test_however_it_is_written(text: str) -> None:
    assert level(text) == 3


@pytest.mark.parametrize(
    "text",
    [
        "子どもを叩いてしまった",
        "子どもをたたいちゃった",
        "こどもをたたいてもうた",
        "子供を叩いてしもた",
        "子どもを叩いてる",
    ],
)
def test_contractions_and_dialect_are_one(text: str) -> None:
    assert Category.ADMITS_HARM in read_danger(text).categories


@pytest.mark.parametrize(
    "text",
    [
        "夜泣き三日目、死ぬほど眠い",
        "階段が急すぎて殺す気かと思った",
        "もう無理、宿題の丸つけが終わらない",
        "かわいすぎて死ぬ",
        "腰が死んでます",
        "心中お察しします",
        "首がすわらないのが心配です",
        "叩いたことは一度もありません",
        "越してきて3年です",
        "ドラマで夫が妻を殴る場面があった",
        "虐待防止の講演会に行きました",
    ],
)
def test_ordinary_days_are_full_of_frightening_words(text: str) -> None:
    assert level(text) <= 1


def test_a_denial_or_a_laugh_takes_one_level_never_all() -> None:
    assert level("死にたいわけじゃないんです") == 2
    assert level("もう消えたい(笑)") == 2
    assert level("もう消えたい") == 3


def test_who_is_hit_does_not_hit() -> None:
    hitting = read_danger("夫に殴られました")
    assert hitting.categories == (Category.DV,)
    assert Category.ADMITS_HARM not in read_danger("2歳の息子が私を叩きます").categories


def test_long_ago_weighs_less_unless_it_came_back() -> None:
    assert level("学生の頃、リスカしていました") == 1
    assert level("学生の頃のリスカがまた止まらなくなった") >= 2


def test_signs_that_weigh_more_together() -> None:
    assert level("カッとなって手が出てしまう") == 2
    assert level("生後3か月の子に、カッとなって手が出てしまう") == 3
    assert level("夫が生活費をくれない") == 2
    assert level("夫が生活費をくれない。昨日は殴られた") == 3


def test_the_place_is_that_of_the_text_as_typed() -> None:
    text = "きょうは晴れ。もう し に た いです"
    (sign, *_) = read_danger(text).found
    assert text[sign.start : sign.end] == sign.matched == "し に た い"


def test_nothing_is_read_in_nothing() -> None:
    for text in ("", "\n", "👶", "\u200b"):
        assert read_danger(text).found == ()


def test_a_city_may_switch_off_a_rule_change_its_level_and_add_words() -> None:
    text = "夫が生活費をくれない"
    assert level(text) == 2
    off = DangerBook.load((RuleChange("dv-control", enabled=False),))
    assert read_danger(text, off).found == ()
    lower = DangerBook.load((RuleChange("dv-control", level=1),))
    assert read_danger(text, lower).level == 1
    more = DangerBook.load((RuleChange("dv-control", more_says=("手紙を燃やす",)),))
    assert read_danger("夫に手紙を燃やされた", more).found == ()  # who is burnt does not burn
    assert read_danger("夫が手紙を燃やした", more).level == 2
    less = DangerBook.load((RuleChange("dv-control", more_unless=("友人の話",)),))
    assert read_danger("友人の話ですが夫が生活費をくれない", less).level == 0
    assert level(text) == 2  # the delivered rules stay as they are


@pytest.mark.parametrize(
    "change",
    [
        RuleChange("no-such-rule"),
        RuleChange("dv-control", level=4),
        RuleChange("dv-control", more_says=("<無い>",)),
    ],
)
def test_a_change_that_cannot_be_is_named(change: RuleChange) -> None:
    with pytest.raises(ValueError, match=r"no rule|level|unknown list"):
        DangerBook.load((change,))


def test_the_preview_tells_which_texts_would_be_read_otherwise() -> None:
    texts = ["公園に行きました", "夫が生活費をくれない", "もう死にたい"]
    (changed,) = preview(RuleChange("dv-control", enabled=False), texts)
    assert (changed.place, changed.before.action, changed.after.action) == (1, "queue", "publish")
    assert changed.rules_before == ("dv-control",)
    assert changed.rules_after == ()
