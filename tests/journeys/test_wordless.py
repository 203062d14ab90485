"""One who cannot put it into words, and the counter."""

from collections.abc import Callable

from flask import Flask

from forum.ask import sorting
from tests.pages import Visitor


def pick_cards(person: Visitor, own_words: str = "") -> None:
    """Three screens of cards."""
    person.get("/sort")
    person.submit("who", who="baby")
    person.submit("what", what=["sleep", "mind"])
    person.submit("hardest", hardest="tired", wish=["listen"], own_words=own_words)


def test_cards_become_a_worry_to_post(app: Flask, parent: Visitor) -> None:
    pick_cards(parent)
    assert parent.page is not None and "0歳の赤ちゃんのことです。" in parent.page.text
    box = parent.submit("この文で相談を書く")
    assert "0歳の赤ちゃんのことです。" in box.html
    thread = parent.submit("csrf_token")
    assert thread.url.startswith("/threads/") and "休めないこと" in thread.text


def test_every_sentence_of_the_memo_was_chosen_or_typed(app: Flask, parent: Visitor) -> None:
    own = "夫は夜勤です。\nきのうは泣いてばかりでした。"
    pick_cards(parent, own)
    memo = parent.submit("窓口で見せるメモ")
    lines = [item.text() for item in memo.root.all("div", class_="memo-sheet")[0].all("li")]
    possible = {c.sentence for q in sorting.questions() for c in q.choices} | set(own.splitlines())
    assert lines and set(lines) <= possible
    assert set(own.splitlines()) <= set(lines)


def test_the_counter_opens_the_memo_once_and_sees_the_same(
    app: Flask, visitor: Callable[[], Visitor]
) -> None:
    parent, counter = visitor(), visitor()
    pick_cards(parent)
    memo = parent.submit("窓口で見せるメモ")
    code = memo.root.all("p", class_="memo-code")[0].text()
    sheet = memo.html[memo.html.index('<div class="memo-sheet">') :].split("</div>")[0]
    counter.get("/counter")
    opened = counter.submit("code", code=code.upper())
    assert opened.html[opened.html.index('<div class="memo-sheet">') :].split("</div>")[0] == sheet
    counter.get("/counter")
    again = counter.submit("code", status=422, code=code)
    assert "見つかりません" in again.text and code in again.html


def test_choosing_nothing_is_answered_kindly(app: Flask, parent: Visitor) -> None:
    parent.get("/sort")
    for name in ("who", "what"):
        parent.submit(name)
    page = parent.submit("hardest", status=422)
    assert "話をするだけ" in page.text


def test_back_keeps_what_was_chosen(app: Flask, parent: Visitor) -> None:
    parent.get("/sort")
    parent.submit("who", who="toddler")
    parent.submit("what", what=["food"])
    page = parent.submit("hardest", button=("back", "1"), hardest="worry")
    chosen = [e.attributes["value"] for e in page.root.all("input") if "checked" in e.attributes]
    assert chosen == ["food"]
    hidden = {e.attributes["value"] for e in page.root.all("input", type="hidden")}
    assert {"toddler", "worry"} <= hidden


def test_who_stops_after_a_few_words_is_offered_the_first_cards_and_keeps_the_words(
    app: Flask, parent: Visitor
) -> None:
    parent.get("/")
    parent.submit("text", text="もうむりです")
    page = parent.submit("own_words", button=("who", "baby"))
    assert "どんなこと" in page.text
    parent.submit("what", what=["sleep"])
    made = parent.submit("hardest")
    lines = [item.text() for item in made.root.all("div", class_="memo-sheet")[0].all("li")]
    assert lines == ["0歳の赤ちゃんのことです。", "眠りのことで困っています。", "もうむりです"]


def test_a_long_text_that_fits_is_not_interrupted_by_cards(app: Flask, parent: Visitor) -> None:
    fragment = parent.post("/ask/typed", {"text": "8か月の子が夜中に何度も起きて、わたしも眠れません。"})
    assert "だれのことですか" not in fragment.text
    assert "だれのことですか" in parent.post("/ask/typed", {"text": "ねむれない"}).text
