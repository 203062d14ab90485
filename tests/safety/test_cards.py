"""Danger cards: advice that an authority contradicts gets a card; a warning or a question does not."""

import time
from urllib.parse import urlsplit

import pytest

from forum import clock
from forum.safety.cards import CardRule, all_cards, card, card_rules, cards_for

RULES = card_rules()
MOST_SECONDS = 0.03
OFFICIAL = (".go.jp", "www.jpeds.or.jp")


def ids(text: str) -> list[str]:
    return [one.id for one in cards_for(text)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.card.id)
def test_said_in_other_words(rule: CardRule) -> None:
    assert len(rule.positive) >= 3
    assert [text for text in rule.positive if rule.card.id not in ids(text)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.card.id)
def test_harmless_neighbours(rule: CardRule) -> None:
    assert len(rule.trap) >= 3
    assert [text for text in rule.trap if rule.card.id in ids(text)] == []


def test_there_are_twenty_and_each_has_its_source() -> None:
    cards = all_cards()
    assert len(cards) >= 20
    assert len({one.id for one in cards}) == len(cards)
    for one in cards:
        address = urlsplit(one.source_url)
        assert address.scheme == "https"
        assert address.netloc.endswith(OFFICIAL)
        assert one.source_name
        assert one.checked_on is None or one.checked_on <= clock.today()
        assert one.matched == ""
        assert not any(
            letter.isdigit() and "#" in one.text for letter in one.text
        )  # numbers come from the pack


def test_the_words_are_shown_where_they_stand() -> None:
    text = "うちは6か月から、はちみつをあげてましたよ。"
    (found,) = cards_for(text)
    assert found.id == "honey"
    assert text[found.start : found.end] == found.matched != ""
    assert card("honey").matched == ""
    with pytest.raises(KeyError):
        card("no-such-card")


def test_a_reply_does_not_wait_for_its_cards() -> None:
    reply = (
        "うちも同じでした。夜は抱っこで寝かせて、昼はベビーカーで散歩しています。無理しないでくださいね。"
        * 12
    )
    cards_for(reply)
    took = []
    for _ in range(3):
        begun = time.process_time()
        cards_for(reply)
        took.append(time.process_time() - begun)
    assert min(took) < MOST_SECONDS
