"""The tables beside the segments say what Whoosh says, and are never missed."""

from pathlib import Path

import pytest
from whoosh import index as whoosh_index

from forum.language.concepts import Thesaurus
from forum.language.tokens import analyse, content_words
from forum.search.engines import tables
from forum.search.service import SearchIndex
from tests.search.conftest import DOCUMENTS


def folder_of(home: Path) -> Path:
    return home / (home / "CURRENT").read_text(encoding="ascii")


@pytest.fixture
def home(tmp_path: Path, thesaurus: Thesaurus) -> Path:
    index = SearchIndex(tmp_path / "index", thesaurus=thesaurus)
    index.rebuild(DOCUMENTS[:6])
    index.put(DOCUMENTS[6:])
    index.drop(["bus"])
    return tmp_path / "index"


def test_every_posting_of_whoosh_is_there_and_no_other(home: Path) -> None:
    reader = whoosh_index.open_dir(str(folder_of(home))).reader()
    compared = 0
    for leaf, _ in reader.leaf_readers():
        made = tables.load(folder_of(home), leaf.segment().segment_id())
        assert made is not None
        assert [one.decode() for one in made.ids] == [
            leaf.stored_fields(doc)["id"] for doc in range(leaf.doc_count_all())
        ]
        for name in tables.FIELDS:
            field, seen = made.fields[name], 0
            for term in leaf.lexicon(name):
                (at,) = (field.hashes == tables.hashes_of([term.decode()])[0]).nonzero()[0]
                span = slice(field.starts[at], field.starts[at + 1])
                matcher = leaf.postings(name, term)
                counted = {}
                while matcher.is_active():
                    counted[matcher.id()] = int(matcher.weight())
                    matcher.next()
                held = dict(zip(field.docs[span].tolist(), field.counts[span].tolist(), strict=True))
                assert {doc: n for doc, n in held.items() if not leaf.is_deleted(doc)} == counted
                seen += 1
            assert seen == field.hashes.size
            compared += seen
    assert compared > 300


@pytest.mark.parametrize("fault", ["missing", "half", "nonsense", "empty"])
def test_without_sound_tables_the_same_is_found(home: Path, thesaurus: Thesaurus, fault: str) -> None:
    whole = SearchIndex(home, thesaurus=thesaurus).find("夜泣きで眠れない")
    paths = list(folder_of(home).glob("*.tables"))
    assert len(paths) >= 2
    for path in paths:
        content = path.read_bytes()
        path.unlink()
        if fault != "missing":
            path.write_bytes(
                {"half": content[: len(content) // 2], "nonsense": b"x" * 99, "empty": b""}[fault]
            )
    index = SearchIndex(home, thesaurus=thesaurus)
    assert whole and index.find("夜泣きで眠れない") == whole
    assert index.ready()


def test_the_next_commit_makes_missing_tables_and_sweeps_old_ones(home: Path, thesaurus: Thesaurus) -> None:
    for path in folder_of(home).glob("*.tables"):
        path.unlink()
    index = SearchIndex(home, thesaurus=thesaurus)
    index.put(DOCUMENTS[:1])
    segments = {path.stem for path in folder_of(home).glob("*.seg")}
    assert {path.stem for path in folder_of(home).glob("*.tables")} == segments
    index.purge()
    assert {path.stem for path in folder_of(home).glob("*.tables")} == {
        path.stem for path in folder_of(home).glob("*.seg")
    }


def test_what_was_withdrawn_leaves_the_tables_too(home: Path, thesaurus: Thesaurus) -> None:
    index = SearchIndex(home, thesaurus=thesaurus)
    word = tables.hashes_of(content_words(analyse("泣き叫ぶ"))[-1:])[0].tobytes()

    def held() -> bool:
        return any(word in path.read_bytes() for path in folder_of(home).glob("*.tables"))

    assert held()
    index.purge()
    assert not held()
