"""Threads come, change and go; whoever reads the index sees it, and what is gone is gone."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from forum.errors import Refused
from forum.language.concepts import Thesaurus
from forum.search.engines.folders import _locked
from forum.search.service import SearchIndex
from forum.search.types import Document


def found(index: SearchIndex, query: str) -> list[str]:
    return [hit.id for hit in index.find(query)]


def files_with(folder: Path, *words: str) -> list[str]:
    return [
        f"{path.name}: {word}"
        for path in folder.rglob("*")
        if path.is_file()
        for word in words
        if word.encode() in path.read_bytes()
    ]


def test_a_new_document_is_found_and_an_old_one_is_replaced(index: SearchIndex) -> None:
    count = index.count()
    index.put([Document("new", "ベランダ菜園", "ミニトマトの苗を植えました。")])
    assert found(index, "ミニトマト") == ["new"]
    assert index.count() == count + 1
    index.put([Document("new", "ベランダ菜園", "朝顔の種をまきました。")])
    assert found(index, "ミニトマト") == []
    assert found(index, "朝顔") == ["new"]
    assert index.count() == count + 1


def test_what_is_dropped_is_not_found(index: SearchIndex) -> None:
    assert "night" in found(index, "夜泣き")
    index.drop(["night", "unknown"])
    assert "night" not in found(index, "夜泣き")
    index.drop([])
    index.put([])


def test_another_reader_sees_each_change(index: SearchIndex, tmp_path: Path, thesaurus: Thesaurus) -> None:
    other = SearchIndex(tmp_path / "index", thesaurus=thesaurus)
    before = other.generation()
    assert found(other, "盆踊り") == []
    index.put([Document("dance", "夏", "盆踊りに行きました。")])
    assert other.generation() == index.generation() != before
    assert found(other, "盆踊り") == ["dance"]
    index.drop(["dance"])
    assert found(other, "盆踊り") == []


def test_after_a_purge_the_files_hold_nothing_of_it(index: SearchIndex, tmp_path: Path) -> None:
    secret = Document("secret", "ひみつの題名", "珍獣ツチノコの飼育", ("返事にもツチノコ",))
    index.put([secret])
    index.put([Document("other", "金魚", "金魚の飼育")])
    assert files_with(tmp_path, "ツチノコ")  # the probe can see words in these files
    index.drop(["secret"])
    index.purge()
    assert files_with(tmp_path, "ツチノコ", "珍獣", "ひみつ", "secret") == []
    assert found(index, "金魚") == ["other"]
    assert "night" in found(index, "夜泣き")


def test_the_former_text_of_an_edited_post_is_purged_too(index: SearchIndex, tmp_path: Path) -> None:
    index.put([Document("edit", "題", "電話は珍獣センターへ")])
    index.put([Document("edit", "題", "盆踊りのことだけ残しました")])
    index.purge()
    assert files_with(tmp_path, "珍獣") == []
    assert found(index, "盆踊り") == ["edit"]


def test_dropping_the_last_document_erases_it(tmp_path: Path, thesaurus: Thesaurus) -> None:
    index = SearchIndex(tmp_path / "index", thesaurus=thesaurus)
    index.rebuild([Document("only", "題", "珍獣")])
    index.drop(["only"])
    index.purge()
    assert files_with(tmp_path, "珍獣", "only") == []
    assert index.ready() and index.count() == 0
    index.put([Document("next", "題", "金魚")])
    assert found(index, "金魚") == ["next"]


def test_no_text_is_stored(index: SearchIndex, tmp_path: Path) -> None:
    index.put([Document("x", "題", "珍獣が裏庭で鳴いていました")])
    assert files_with(tmp_path, "裏庭で", "珍獣が") == []


def test_a_writer_that_waits_too_long_is_told(
    index: SearchIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.search.engines.whoosh_engine.WRITER_TIMEOUT", 0.05)
    with _locked(tmp_path / "index" / "lock", 0) as held, pytest.raises(Refused, match="search_busy"):
        assert held
        index.drop(["night"])
    assert "night" in found(index, "夜泣き")


def test_readers_and_a_writer_in_threads(index: SearchIndex) -> None:
    faults: list[Exception] = []

    def read() -> None:
        try:
            for _ in range(25):
                assert "nursery" in found(index, "保育園に落ちた")
        except Exception as fault:  # noqa: BLE001 told to the test's own thread
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(12):
        index.put([Document(f"t{number}", "盆栽", f"松の盆栽{number}")])
    for reader in readers:
        reader.join()
    assert faults == []
    assert len(found(index, "盆栽")) == 12


def test_four_processes_write_and_nothing_is_lost(tmp_path: Path) -> None:
    from forum.search.engines.whoosh_engine import WhooshEngine

    engine = WhooshEngine(tmp_path / "index", "stamp")
    engine.rebuild([], None)
    code = (
        "import sys; from pathlib import Path; "
        "from forum.search.engines.whoosh_engine import WhooshEngine; "
        "from tests.search.writer_process import row; "
        "engine = WhooshEngine(Path(sys.argv[1]), 'stamp'); "
        "[engine.put([row(int(sys.argv[2]) + n)]) for n in range(10)]"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "index"), str(part * 100)],
            cwd=Path(__file__).parents[2],
        )
        for part in range(4)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    assert engine.count() == 40
