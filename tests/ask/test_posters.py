"""Papers for walls and pockets: the right address, confirmed numbers, nothing blank."""

import io
import re

import pytest
import segno
from flask import Flask
from pypdf import PdfReader

from forum.ask import posters
from forum.ask.posters import PLACES, Facts, cards, poster
from forum.language.furigana import has_kanji
from tests.pages import BASE, Visitor

FACTS = Facts("みなと市", "https://madoguchi.example/", (("110", "警察"), ("189", "相談")), False)


def text_of(pdf: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s", "", page.extract_text())


def modules(pdf: bytes) -> int:
    """How many squares were drawn beside grounds and frames."""
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    contents = page.get_contents()
    assert contents is not None
    return len(re.findall(rb"\bre f\*?", contents.get_data()))


@pytest.mark.parametrize("place", PLACES)
def test_a_poster_says_where_to_write_and_whom_to_call(place: str) -> None:
    text = text_of(poster(PLACES[place], FACTS))
    for words in (*PLACES[place].heading, *PLACES[place].lines, FACTS.url, "110", "189", "みなと市"):
        assert re.sub(r"\s", "", words) in text
    assert "見本" not in text and "〓" not in text


def test_the_code_holds_the_address_and_every_square_of_it() -> None:
    dark = sum(sum(row) for row in segno.make(FACTS.url, error="m", micro=False).matrix)
    grounds = 2  # the band, and the white under the code
    assert modules(poster(PLACES["stations"], FACTS)) == dark + grounds
    assert modules(cards(PLACES["stations"], FACTS)) == 10 * (dark + 1)


def test_a_sheet_has_ten_cards() -> None:
    text = text_of(cards(PLACES["clinics"], FACTS))
    assert text.count("子どものことで、心配なとき") == 10 and text.count("https://madoguchi.example/") == 10


def test_what_hangs_in_a_school_can_be_read_by_those_who_read_kana() -> None:
    place = PLACES["schools"]
    assert not any(
        has_kanji(line) for line in (*place.heading, *place.lines, *place.card, place.scan, place.danger)
    )


def test_a_letter_that_the_font_lacks_is_seen_and_named() -> None:
    text = text_of(poster(PLACES["stations"], Facts("𠮷市", FACTS.url, FACTS.numbers, False)))
    assert "〓市" in text and "U+20BB7" in text


def test_a_demonstration_marks_its_papers() -> None:
    assert "見本" in text_of(cards(PLACES["schools"], Facts("市", FACTS.url, (), True)))


def test_the_forum_hands_them_out_with_the_citys_own_numbers(app: Flask) -> None:
    reader = Visitor(app)
    links = [link for link in reader.get("/worried-about-a-child").links() if link.endswith(".pdf")]
    assert len(links) == len(PLACES) * len(posters.SHAPES)
    for link in links:
        response = reader.client.get(link, base_url=BASE)
        assert response.mimetype == "application/pdf"
        assert response.headers["Cache-Control"] == "public, no-cache"
        text = text_of(response.get_data())
        assert "110" in text and "119" in text and "189" in text
        assert ("https://localhost:8001/child/" in text) == ("schools" in link)
        assert "562-8996" not in text, "an unconfirmed number must not hang on a wall"
        assert ("けいさつ" in text) == (link.endswith("schools-poster.pdf"))


def test_there_are_no_other_papers(app: Flask) -> None:
    for name in ("schools-flag.pdf", "moon-poster.pdf", "poster.pdf", "schools-poster"):
        Visitor(app).get(f"/worried-about-a-child/{name}", 404)
