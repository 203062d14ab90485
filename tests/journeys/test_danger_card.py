"""A dangerous tip gets the official word beside it, in the same answer, and stays where it is."""

from collections.abc import Callable

from flask import Flask

from forum.safety.cards import all_cards
from tests.journeys.test_despair import writes
from tests.journeys.test_held import thread_of
from tests.pages import Visitor


def test_a_card_stands_beside_a_dangerous_tip_in_the_same_answer(
    app: Flask, visitor: Callable[[], Visitor]
) -> None:
    asker, helper = visitor(), visitor()
    thread = thread_of(writes(asker, "8か月の子が、便秘気味です。").url)
    helper.get(f"/threads/{thread}/reply")
    page = helper.submit("body", body="うちは6か月のとき、はちみつを少しあげたら出ましたよ。")
    (card,) = page.root.all("div", class_="danger-card")
    known = {one.title: one for one in all_cards()}
    shown = next(one for title, one in known.items() if title in card.text())
    assert shown.source_name in card.text() and "確認" in card.text()
    assert "はちみつを少しあげたら" in page.text, "the text stays; a card is no verdict"
