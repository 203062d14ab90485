"""Who and where a family is, in many ways of saying it: hidden; an ordinary worry stays as it was typed."""

from collections import Counter

import pytest

from forum.privacy.masking import mask
from tests.privacy.sentences import lines, told

# What a rule for the language can promise of sentences that it was not written for.
RECALL, PRECISION, RECALL_OF_A_KIND = 0.95, 0.90, 0.85
RECALL_UNSEEN = 0.90


def measured(name: str) -> tuple[Counter[str], Counter[str], list[str], int, int]:
    """Details by kind, hidden ones by kind, what was missed, characters hidden and those hidden rightly."""
    all_of, hidden_of, missed, hidden, rightly = Counter[str](), Counter[str](), [], 0, 0
    for sentence in told(name):
        places = {at for span in mask(sentence.text).spans for at in range(span.start, span.end)}
        labelled = {at for _, start, end in sentence.details for at in range(start, end)}
        hidden += len(places)
        rightly += len(places & labelled)
        for kind, start, end in sentence.details:
            all_of[kind] += 1
            if places.issuperset(range(start, end)):
                hidden_of[kind] += 1
            else:
                missed.append(f"{sentence.text[start:end]} in {sentence.text}")
    return all_of, hidden_of, missed, hidden, rightly


@pytest.mark.parametrize(("name", "recall"), [("told", RECALL), ("told_held_out", RECALL_UNSEEN)])
def test_what_tells_who_a_family_is_gets_hidden(name: str, recall: float) -> None:
    all_of, hidden_of, missed, hidden, rightly = measured(name)
    assert hidden_of.total() / all_of.total() >= recall, missed
    assert rightly / hidden >= PRECISION
    weak = {
        kind for kind, count in all_of.items() if count >= 10 and hidden_of[kind] / count < RECALL_OF_A_KIND
    }
    assert not weak, missed


@pytest.mark.parametrize("name", ["harmless", "harmless_held_out"])
def test_ordinary_sentences_stay_as_they_are(name: str) -> None:
    touched = [f"{line}: {mask(line).text}" for line in lines(name) if mask(line).spans]
    assert len(touched) <= len(lines(name)) // 100, touched


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("田中さんにあやまりたい", "（名前）さんにあやまりたい"),
        ("担任の山岸先生", "担任の（名前）先生"),
        ("佐伯翔太（6年1組）が犯人です", "（名前）（6年1組）が犯人です"),
        ("うちの美羽が熱です。美羽は2歳", "うちの（名前）が熱です。（名前）は2歳"),
        ("黒柳徹子さんの本と野口英世の伝記", "黒柳徹子さんの本と野口英世の伝記"),
        ("鬼さん、ぞうさん、保健師さん、お隣さん", "鬼さん、ぞうさん、保健師さん、お隣さん"),
    ],
)
def test_what_readers_see_instead(text: str, shown: str) -> None:
    assert mask(text).text == shown


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("みどり保育園に通っています", ["みどり保育園"]),
        ("うちの園、ことり保育園は行事が多い", ["ことり保育園"]),
        ("みどり保育園の口コミを教えてください", []),
        ("みどり保育園に見学の電話をしました", []),
        ("みどり保育園の前の道で転びました", []),
        ("かかりつけは大原小児科です", ["大原小児科"]),
        ("大原小児科はおすすめですよ", []),
        ("大原小児科に電話したら開いていました", []),
        ("夫は共栄建設に勤めています", ["共栄建設"]),
        ("共栄建設の家はあたたかいですか", []),
        (
            "どこがいいですか。みどり保育園はどうですか。上の子はみどり保育園に通っています",
            ["みどり保育園"] * 2,
        ),
        ("電車中も授業中も夜中も泣きます。小学校の2年生、中学校の1年", []),
    ],
)
def test_an_institution_is_hidden_where_the_family_belongs_there(text: str, hidden: list[str]) -> None:
    assert [span.original for span in mask(text).spans] == hidden


def test_names_schools_and_links_are_the_writers_choice() -> None:
    masked = mask("みどり保育園の山岸先生に090-1234-5678、車は滋賀 500 さ 12-34")
    assert {span.kind: span.forced for span in masked.spans} == {
        "school_name": False,
        "person_name": False,
        "phone": True,
        "plate": True,
    }
