"""The index may be missing, old, torn or half built: pages answer, and a rebuild makes it whole."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from forum.errors import Refused
from forum.language import tokens
from forum.language.concepts import Thesaurus
from forum.search.engines.whoosh_engine import WhooshEngine
from forum.search.service import SearchIndex, terms_of
from forum.search.types import Document, DocumentTerms, Question
from tests.search.conftest import DOCUMENTS
from tests.search.writer_process import row


def folder_of(path: Path) -> Path:
    return path / (path / "CURRENT").read_text()


def test_without_an_index_there_are_no_hits_and_no_errors(tmp_path: Path, thesaurus: Thesaurus) -> None:
    index = SearchIndex(tmp_path / "nowhere" / "index", thesaurus=thesaurus)
    assert not index.ready()
    assert index.find("夜泣き") == [] and index.similar("夜泣き", "つらい") == []
    assert (index.count(), index.generation()) == (0, "")
    index.put(DOCUMENTS[:1])
    index.drop(["night"])
    index.purge()
    assert not index.ready()


def test_progress_is_told_and_ends_with_the_whole(tmp_path: Path, thesaurus: Thesaurus) -> None:
    told: list[int] = []
    index = SearchIndex(tmp_path / "index", thesaurus=thesaurus)
    index.rebuild((Document(str(n), "題", "本文") for n in range(120)), told.append)
    assert told == [50, 100, 120]
    assert index.count() == 120


def test_a_rebuild_changes_over_and_leaves_one_folder(index: SearchIndex, tmp_path: Path) -> None:
    before = index.generation()
    index.rebuild(DOCUMENTS[:3])
    assert index.generation() != before
    assert index.count() == 3
    assert len(list((tmp_path / "index").glob("index-*"))) == 1
    assert not list((tmp_path / "index").glob("building-*"))


def test_another_thesaurus_or_analyser_asks_for_a_rebuild(
    index: SearchIndex, tmp_path: Path, thesaurus: Thesaurus, monkeypatch: pytest.MonkeyPatch
) -> None:
    smaller = Thesaurus(list(thesaurus.groups.values())[:5])
    other = SearchIndex(tmp_path / "index", thesaurus=smaller)
    assert index.ready() and not other.ready()
    assert other.find("夜泣き") == []
    other.rebuild(DOCUMENTS)
    assert other.ready() and not index.ready()
    monkeypatch.setattr("forum.search.service.analyser_stamp", lambda: "another")
    assert not SearchIndex(tmp_path / "index", thesaurus=smaller).ready()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh forgets to close
@pytest.mark.parametrize("torn", [b"", b"\x00" * 5000, None])
@pytest.mark.parametrize("kind", ["*.seg", "_MAIN_*.toc", "stamp.json", "CURRENT"])
def test_torn_files_are_noticed_and_mended(
    index: SearchIndex, tmp_path: Path, thesaurus: Thesaurus, kind: str, torn: bytes | None
) -> None:
    home = tmp_path / "index"
    files = [home / "CURRENT"] if kind == "CURRENT" else list(folder_of(home).glob(kind))
    assert files
    for path in files:
        path.unlink()
        if torn is not None:
            path.write_bytes(torn)
    reader = SearchIndex(home, thesaurus=thesaurus)
    assert reader.find("夜泣き") == []
    writer = SearchIndex(home, thesaurus=thesaurus)
    assert not writer.ready()
    writer.put(DOCUMENTS[:1])
    writer.rebuild(DOCUMENTS)
    assert writer.ready() and reader.ready()
    assert reader.find("夜泣き")[0].id == "night"


def test_a_reader_that_raised_once_is_opened_anew(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    from forum.search.engines.whoosh_scoring import Postings

    assert index.find("夜泣き")
    whole = Postings.search
    calls: list[int] = []

    def once(self: Postings, question: Question, limit: int) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("ReaderClosed")
        return whole(self, question, limit)

    monkeypatch.setattr(Postings, "search", once)
    assert index.find("夜泣き")[0].id == "night"
    assert len(calls) == 2 and index.ready()


def test_what_changes_during_a_rebuild_is_in_the_new_index(
    index: SearchIndex, tmp_path: Path, thesaurus: Thesaurus
) -> None:
    worker = SearchIndex(tmp_path / "index", thesaurus=thesaurus)
    reading, changed = threading.Event(), threading.Event()

    def documents() -> Iterator[Document]:
        yield from DOCUMENTS[:5]
        reading.set()
        assert changed.wait(30)
        yield from DOCUMENTS[5:]

    rebuild = threading.Thread(target=index.rebuild, args=(documents(),))
    rebuild.start()
    assert reading.wait(30)
    worker.put([Document("late", "盆栽", "松の盆栽")])
    worker.drop(["night"])
    assert [hit.id for hit in worker.find("盆栽")] == ["late"]  # the old index goes on
    with pytest.raises(Refused, match="rebuild_running"):
        worker.rebuild(DOCUMENTS)
    changed.set()
    rebuild.join()
    assert [hit.id for hit in worker.find("盆栽")] == ["late"]
    assert "night" not in {hit.id for hit in worker.find("夜泣き")}
    assert worker.count() == len(DOCUMENTS)


def test_a_rebuild_that_fails_leaves_the_old_index(index: SearchIndex, tmp_path: Path) -> None:
    def failing() -> Iterator[Document]:
        yield DOCUMENTS[0]
        raise OSError("database gone")

    before = index.generation()
    with pytest.raises(OSError, match="database gone"):
        index.rebuild(failing())
    assert index.generation() == before and index.find("保育園に落ちた")
    assert not list((tmp_path / "index").glob("building-*"))


def test_a_rebuild_killed_in_the_middle_leaves_the_old_index(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index", "stamp")
    engine.rebuild([row(n) for n in range(20)], None)
    before = engine.generation()
    code = (
        "import sys, time; from pathlib import Path; "
        "from forum.search.engines.whoosh_engine import WhooshEngine; "
        "from tests.search.writer_process import row; "
        "slow = (print(n, flush=True) or time.sleep(0.02) or row(n) for n in range(10_000)); "
        "WhooshEngine(Path(sys.argv[1]), 'stamp').rebuild(slow, None)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "index")],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout
    for _ in range(5):
        child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert engine.generation() == before and engine.count() == 20
    assert list((tmp_path / "index").glob("building-*"))
    engine.purge()
    assert not list((tmp_path / "index").glob("building-*"))
    engine.rebuild([row(n) for n in range(30)], None)
    assert engine.count() == 30


def test_stored_terms_spare_the_analysis(
    tmp_path: Path, thesaurus: Thesaurus, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = [DocumentTerms.from_json(terms_of(doc, thesaurus).to_json()) for doc in DOCUMENTS]
    kept = [Document(d.id, d.title, d.body, d.replies, t) for d, t in zip(DOCUMENTS, terms, strict=True)]
    assert [terms_of(doc, thesaurus) for doc in kept] == terms
    with monkeypatch.context() as patched:
        patched.setattr(tokens, "analyse", None)  # would raise if called
        index = SearchIndex(tmp_path / "index", thesaurus=thesaurus)
        index.rebuild(kept)
    assert index.find("夜泣き")[0].id == "night"


def test_terms_of_another_thesaurus_are_made_anew(thesaurus: Thesaurus) -> None:
    doc = DOCUMENTS[0]
    old = terms_of(doc, Thesaurus([]))
    assert old.concepts == ()
    again = terms_of(Document(doc.id, doc.title, doc.body, doc.replies, old), thesaurus)
    assert "夜泣き" in again.concepts and again.thesaurus == thesaurus.stamp


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"title": 1}', "null"])
def test_spoilt_stored_terms_are_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        DocumentTerms.from_json(text)


def test_an_unknown_engine_is_refused(tmp_path: Path, thesaurus: Thesaurus) -> None:
    with pytest.raises(KeyError):
        SearchIndex(tmp_path, engine="oracle", thesaurus=thesaurus)
