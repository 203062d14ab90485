"""A paper that can be read, with page numbers and every letter accounted for."""

import io
from datetime import date

from pypdf import PdfReader

from forum.safeguarding.paper.drawing import draw
from forum.safeguarding.paper.types import Block, Composed
from tests.safeguarding.paper.conftest import pages, words

FOOT = "市の担当　case000001　令和8年11月23日（2026年）　印刷：田中"


def paper(*blocks: Block) -> bytes:
    return draw(Composed("受付票", "受付票", FOOT, blocks))


def test_every_page_says_who_printed_it_and_how_many_there_are() -> None:
    raw = paper(
        Block("経過", "table", tuple((f"{n}日", "電話をした" * 30) for n in range(40)), ("日", "内容"))
    )
    found = pages(raw)
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert f"{number}/{len(found)}" in page
        assert "印刷：田中" in page
    assert "39日" in found[-1]


def test_a_letter_that_cannot_be_printed_is_marked_and_listed() -> None:
    said = words(paper(Block("子ども", "facts", (("名前", "花子\U0002f9f4\U0001f600"),))))
    assert "花子" in said and "〓" in said
    assert "印刷できなかった字" in said and "U+1F600" in said
    assert "印刷できなかった字" not in words(paper(Block("子ども", "facts", (("名前", "花子"),))))


def test_old_letters_are_printed() -> None:
    said = words(paper(Block("名前", "words", (("髙橋 渡邊 渡邉 山﨑 齋藤 德田",),))))
    assert "〓" not in said and "印刷できなかった" not in said


def test_what_looks_like_mark_up_is_printed_as_it_stands() -> None:
    said = words(paper(Block("話", "words", (("<b>太字</b> & <para> \n\n次の行",),))))
    assert "<b>太字</b>&<para>" in said and "次の行" in said


def test_a_very_long_text_runs_over_pages() -> None:
    text = "泣き声がして、" * 1500 + "おわり"
    found = pages(paper(Block("内容", "facts", (("内容", text),)), Block("話", "words", ((text,),))))
    assert len(found) > 3
    assert sum(page.count("おわり") for page in found) == 2


def test_the_file_tells_no_time_and_no_secret_title() -> None:
    reader = PdfReader(io.BytesIO(paper()))
    assert reader.metadata is not None
    assert reader.metadata.title == "受付票"
    made = str(reader.metadata.get("/CreationDate", ""))
    assert str(date.today().year) not in made or made.startswith("D:2000")  # noqa: DTZ011
    assert paper() == paper()
