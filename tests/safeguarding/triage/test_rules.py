"""Who must still look, and what an answer might give away."""

import pytest

from forum.safeguarding.triage import rules
from forum.safeguarding.triage.answers import LONGEST, answers, watched
from forum.safeguarding.triage.words import SECOND_LOOK, STATE_SIGNS
from forum.safeguarding.watch.types import Level

ANNE, BEN, CARL, GONE = 1, 2, 3, 9
HERE = frozenset({ANNE, BEN, CARL})


@pytest.mark.parametrize(
    ("reports", "able", "expected", "next_eyes"),
    [
        ([], HERE, "", set()),
        ([set()], HERE, "nobody", {ANNE, BEN, CARL}),
        ([{ANNE}], HERE, "one_more", {BEN, CARL}),
        ([{ANNE, BEN}], HERE, "", set()),
        ([{ANNE, GONE}], HERE, "one_more", {BEN, CARL}),
        ([{ANNE, BEN}, set()], HERE, "nobody", {ANNE, BEN, CARL}),
        ([{ANNE, BEN}, {ANNE}], HERE, "one_more", {BEN, CARL}),
        ([{ANNE}], {ANNE}, "nobody_else", set()),
        ([set()], set(), "nobody_else", set()),
        ([{ANNE, GONE}], {BEN}, "nobody_else", {BEN}),
    ],
)
def test_two_who_still_may_see_it_opened_every_urgent_report(
    reports: list[set[int]], able: set[int], expected: str, next_eyes: set[int]
) -> None:
    opened = [frozenset(one) for one in reports]
    found = rules.second_look(opened, frozenset(able))
    assert found == expected
    assert not found or SECOND_LOOK[found]
    assert rules.still_to_open(opened, frozenset(able)) == next_eyes


def test_one_more_reader_never_makes_more_people_wanted() -> None:
    order = {"nobody": 2, "nobody_else": 2, "one_more": 1, "": 0}
    for able in range(4):
        here = frozenset(range(able))
        steps = [order[rules.second_look([frozenset(range(one))], here)] for one in range(4)]
        assert steps == sorted(steps, reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "訪問しました。お子さんは元気でした。",
        "きのう、無事を確認しました",
        "お母さんは困っていたようです",
        "児童相談所に引きつぎました",
        "必ず助けます。絶対にだれにも言いません。",
        "通告ありがとうございます",
        "会えま\nした",
        "確認 しました",
    ],
)
def test_words_that_tell_too_much_are_shown_before_they_go(text: str) -> None:
    assert rules.doubts(text, watched())


def test_a_doubt_names_the_words_and_the_reason() -> None:
    (doubt,) = rules.doubts("きのう会えました。", watched())
    assert doubt.found == ("会えました",)
    assert "結果" in doubt.why


def test_questions_and_thanks_go_without_a_warning() -> None:
    assert not rules.doubts("ありがとうございます。何曜日が多いですか。車の音はしますか。", watched())


@pytest.mark.parametrize("one", answers(), ids=lambda one: one.id)
def test_no_template_needs_a_second_thought(one: object) -> None:
    (template,) = (answer for answer in answers() if answer is one)
    assert not rules.doubts(template.text, watched())
    assert len(template.text) < LONGEST / 4


def test_templates_have_names_of_their_own() -> None:
    assert len({one.id for one in answers()}) == len(answers()) == len({one.label for one in answers()})


def test_a_template_never_takes_away_what_was_typed() -> None:
    assert rules.filled("", "ひな形") == "ひな形"
    assert rules.filled("書いた文", "ひな形") == "書いた文\nひな形"
    assert rules.filled("書いた文\nひな形", "ひな形") == "書いた文\nひな形"


def test_every_state_of_the_clock_has_a_shape_of_its_own() -> None:
    assert set(STATE_SIGNS) == set(Level.__args__)  # type: ignore[attr-defined]
    assert len(set(STATE_SIGNS.values())) == len(STATE_SIGNS)
