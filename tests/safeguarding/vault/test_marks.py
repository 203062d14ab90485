"""What a reporter sorts and marks afterwards is joined to the report, and answers read as words."""

from forum.safeguarding.vault.content import UNKNOWN, Content, Paragraph
from forum.safeguarding.vault.marks import is_marking, marked
from forum.safeguarding.vault.questions import in_words

REPORT = Content((Paragraph("毎晩さけび声"), Paragraph("廊下で話したとき「転んだ」と言った")), "3階の角")


def marking(*paragraphs: Paragraph, clue_telling: bool = False) -> Content:
    return Content(paragraphs, clue_telling=clue_telling, answers={"marks": "report"})


def test_a_later_mark_hides_the_paragraph_of_the_report() -> None:
    later = marking(
        Paragraph("毎晩さけび声", "heard"),
        Paragraph("廊下で話したとき「転んだ」と言った", "said", "子ども", telling=True),
    )
    joined = marked(REPORT, [later])
    assert joined.paragraphs == later.paragraphs
    assert joined.clue == "3階の角" and not joined.clue_telling


def test_a_mark_is_never_taken_away_by_a_later_message() -> None:
    first = marking(Paragraph("毎晩さけび声", "heard", telling=True), clue_telling=True)
    second = marking(Paragraph("毎晩さけび声"))
    joined = marked(REPORT, [first, second])
    assert joined.paragraphs[0] == Paragraph("毎晩さけび声", "heard", telling=True)
    assert joined.clue_telling


def test_an_ordinary_addition_changes_nothing_of_the_report() -> None:
    addition = Content((Paragraph("毎晩さけび声", "supposed", telling=True),))
    assert not is_marking(addition)
    assert marked(REPORT, [addition]) == REPORT


def test_answers_read_as_words_and_unknown_is_an_answer() -> None:
    told = {"how_often": "daily", "family_knows": UNKNOWN, "since": "春ごろ", "marks": "report"}
    assert in_words(told) == (
        ("どのくらい", "毎日のように"),
        ("家の人は、この連絡のことを知っていますか", "わからない"),
        ("いつごろから", "春ごろ"),
    )
