"""Texts near in meaning move up; what is dropped leaves no vector; the table is made anew when asked for."""

from pathlib import Path

import numpy as np
import pytest

from forum.language.concepts import Thesaurus
from forum.language.vectors import Vectors
from forum.search.service import SearchIndex
from forum.search.types import Document
from forum.search.vectors import DocumentVectors

TABLE = Path(__file__).parents[1] / "language" / "data" / "words.vectors"
DOCS = (
    Document("sleep", "公園のあとで", "夜泣きで寝る時間がない", ("授乳をやめた",)),
    Document("work", "公園のあとで", "仕事と保育園のこと", ("復職の話",)),
    Document("bike", "公園のあとで", "自転車に乗る練習", ("学校まで",)),
)


@pytest.fixture(scope="module")
def words() -> Vectors:
    table = Vectors.load(TABLE)
    assert table
    return table


@pytest.fixture
def index(tmp_path: Path, thesaurus: Thesaurus, words: Vectors) -> SearchIndex:
    index = SearchIndex(tmp_path / "index", thesaurus=thesaurus, vectors=words)
    index.rebuild(DOCS)
    return index


def near(folder: Path, words: Vectors, word: str) -> dict[str, float]:
    asked = words.of([(word, 1.0)])
    assert asked is not None
    names = [doc.id for doc in DOCS] + ["fresh"]
    values = DocumentVectors(folder / "index", words).nearness(asked, names)
    return {name: float(value) for name, value in zip(names, values, strict=True) if not np.isnan(value)}


def test_every_document_has_its_place(index: SearchIndex, tmp_path: Path, words: Vectors) -> None:
    found = near(tmp_path, words, "幼稚園")
    assert max(found, key=found.__getitem__) == "work"
    assert found.keys() == {"sleep", "work", "bike"}


def test_the_nearest_of_equals_comes_first(index: SearchIndex) -> None:
    assert index.find("公園 幼稚園 仕事")[0].id == "work"
    assert [hit.id for hit in index.find("公園")] != []


def test_an_exact_match_stays_first(tmp_path: Path, thesaurus: Thesaurus, words: Vectors) -> None:
    index = SearchIndex(tmp_path / "index", thesaurus=thesaurus, vectors=words)
    index.rebuild([Document("exact", "熱", "自転車 学校 仕事 熱"), Document("near", "発熱", "発熱 発熱")])
    assert index.find("熱")[0].id == "exact"


def test_what_is_put_is_there_and_what_is_dropped_is_erased(
    index: SearchIndex, tmp_path: Path, words: Vectors
) -> None:
    index.put([Document("fresh", "相談", "断乳と授乳")])
    assert "fresh" in near(tmp_path, words, "授乳")
    before = (tmp_path / "index" / "vectors.rows").stat().st_size
    index.drop(["sleep", "fresh"])
    assert near(tmp_path, words, "授乳").keys() == {"work", "bike"}
    data = np.fromfile(tmp_path / "index" / "vectors.rows", dtype=np.uint8).reshape(-1, 144)
    assert data.size == before and int((~data.any(axis=1)).sum()) == 2


def test_a_reader_sees_the_change_of_another(index: SearchIndex, tmp_path: Path, words: Vectors) -> None:
    reader = DocumentVectors(tmp_path / "index", words)
    asked = words.of([("仕事", 1.0)])
    assert asked is not None and np.isnan(reader.nearness(asked, ["fresh"])).all()
    index.put([Document("fresh", "復職", "仕事")])
    assert reader.nearness(asked, ["fresh"])[0] > 0.5
    index.put([Document("fresh", "自転車", "自転車")])
    assert reader.nearness(asked, ["fresh"])[0] < 0.5


def test_a_rebuild_keeps_what_happens_meanwhile(index: SearchIndex, tmp_path: Path, words: Vectors) -> None:
    def documents() -> list[Document]:
        index.put([Document("fresh", "断乳", "授乳")])
        index.drop(["bike"])
        return list(DOCS)

    index.rebuild(doc for make in [documents] for doc in make())
    assert near(tmp_path, words, "授乳").keys() == {"sleep", "work", "fresh"}


def test_other_word_vectors_ask_for_a_rebuild(index: SearchIndex, tmp_path: Path, words: Vectors) -> None:
    other = Vectors(words._keys, words._rows, words._weights, words._table, "another")
    changed = DocumentVectors(tmp_path / "index", other)
    assert index.ready() and not changed.ready()
    (tmp_path / "index" / "vectors.rows").unlink()
    assert not index.ready()
    assert index.find("公園")
    index.rebuild(DOCS)
    assert index.ready()


def test_half_a_row_left_by_a_kill_does_no_harm(index: SearchIndex, tmp_path: Path, words: Vectors) -> None:
    with (tmp_path / "index" / "vectors.rows").open("ab") as file:
        file.write(b"\1" * 50)
    assert len(near(tmp_path, words, "仕事")) == 3
    index.put([Document("fresh", "復職", "仕事")])
    assert len(near(tmp_path, words, "仕事")) == 4


def test_what_the_thesaurus_does_not_know_is_left_to_the_words(tmp_path: Path, words: Vectors) -> None:
    docs = [
        Document(f"d{n}", "", body) for n, body in enumerate(("夜泣きと寝不足", "夜泣きと離乳食", "保育園"))
    ]
    orders = []
    for vectors in (words, None):
        index = SearchIndex(tmp_path / str(bool(vectors)), thesaurus=Thesaurus([]), vectors=vectors)
        index.rebuild(docs)
        orders.append([(hit.id, hit.score) for hit in index.find("夜泣き 寝不足")])
    assert orders[0] == orders[1] and orders[0]
