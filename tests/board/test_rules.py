"""What may be done on the board, told in words, times and tags alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.board import rules
from forum.errors import Refused


def refusal(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.RaisesExc(Refused, check=lambda no: no.code == code)


def test_a_text_of_four_characters_is_too_short_and_of_five_is_not() -> None:
    with refusal("too_short"):
        rules.check_text("つらい。", 5, 2000)
    assert rules.check_text("  とても辛い \n", 5, 2000) == "とても辛い"


def test_spaces_are_no_text() -> None:
    with refusal("too_short"):
        rules.check_text("　 \n\t     ", 5, 2000)


def test_a_text_over_the_limit_says_limit_and_length() -> None:
    with pytest.raises(Refused) as caught:
        rules.check_text("あ" * 2001, 5, 2000)
    assert (caught.value.code, caught.value.facts) == ("too_long", {"limit": 2000, "length": 2001})


def test_a_title_is_one_line_of_sixty_characters_and_may_be_empty() -> None:
    assert rules.check_title(" 夜泣き\nが続く ", 60) == "夜泣き が続く"
    assert rules.check_title("", 60) == ""
    with refusal("title_too_long"):
        rules.check_title("夜" * 61, 60)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("8か月の子の夜泣きがつらいです。毎晩3回起きます。", "8か月の子の夜泣きがつらいです"),
        ("助けて。夜泣きで眠れません。", "助けて。夜泣きで眠れません"),
        ("離乳食を食べない\n\nもう2週間です", "離乳食を食べない"),
        ("どこに聞けばいいですか？明日までです", "どこに聞けばいいですか？"),
        (
            "上の子が下の子を叩くようになってしまって、何度言ってもやめてくれなくて、わたしも限界です",
            "上の子が下の子を叩くようになってしまって、何度言ってもやめて"[:20] + "…",
        ),
        ("つらい", "つらい"),
        ("。。。", "困っていること"),
    ],
)
def test_a_title_is_proposed_from_the_first_sentence(text: str, title: str) -> None:
    proposed = rules.propose_title(text)
    if title.endswith("…"):
        assert proposed.endswith("…") and proposed.startswith(title[:-1]), proposed
    else:
        assert proposed == title


@given(st.text(max_size=300))
def test_a_proposed_title_is_one_short_line_that_is_never_empty(text: str) -> None:
    title = rules.propose_title(text)
    assert 0 < len(title) <= rules.TITLE_PROPOSED_MAX
    assert len(title.splitlines()) == 1


def test_a_long_sentence_is_cut_at_a_comma() -> None:
    text = "保育園に入れなかったので来月から仕事に戻れるかどうか、だれに聞いたらよいのかまったく分かりません"
    assert rules.propose_title(text) == "保育園に入れなかったので来月から仕事に戻れるかどうか…"


def test_a_list_does_not_say_the_title_twice() -> None:
    assert rules.extract("夜泣きがつらい", "夜泣きがつらい。毎晩\n3回です。") == "毎晩 3回です。"
    assert rules.extract("保育園に入れるかどうか…", "保育園に入れるかどうか、分からない") == "分からない"
    assert rules.extract("ねむい", "夜泣きで眠れません") == "夜泣きで眠れません"
    assert rules.extract("ねむい", "あ" * 300) == "あ" * 99 + "…"
    assert rules.extract("", "") == ""


def test_sensitive_boards_list_by_the_day_in_japan() -> None:
    late = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)  # half past midnight on the 23rd in Japan
    assert rules.listed_at(late, sensitive=False) == late
    coarse = rules.listed_at(late, sensitive=True)
    assert coarse == datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    later = datetime(2026, 11, 23, 14, 59, 59, tzinfo=UTC)
    assert rules.listed_at(later, sensitive=True) == coarse


def test_only_the_right_tag_proves_a_text() -> None:
    rules.check_own("ab12", "ab12")
    for stored, given_tag in (("ab12", "ab13"), ("ab12", None), (None, "ab12"), (None, None)):
        with refusal("not_yours"):
            rules.check_own(stored, given_tag)


def test_nobody_cheers_for_themselves_and_anybody_for_the_city() -> None:
    with refusal("own_text"):
        rules.check_not_own("ab12", "ab12")
    rules.check_not_own("ab12", "cd34")
    rules.check_not_own(None, "cd34")


@pytest.mark.parametrize("visibility", ["held", "hidden", "withdrawn"])
def test_nothing_is_added_to_a_thread_that_is_not_public(visibility: str) -> None:
    with refusal("thread_gone"):
        rules.check_open(visibility)


@pytest.mark.parametrize(
    ("waits", "usual"),
    [
        ([10, 20, 30, 40], None),  # too few to say anything
        ([10, 20, 30, 40, 50], 30),
        ([10, 20, 30, None, None], 30),
        ([10, 20, None, None, None], None),  # most were not answered: no time would be honest
        ([50, 10, None, 40, 20, 30], 30),
    ],
)
def test_the_usual_wait_counts_those_who_still_wait(waits: list[float | None], usual: float | None) -> None:
    assert rules.median_wait(waits, 5) == usual
