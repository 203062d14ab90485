"""The same index in PostgreSQL: what one machine writes all machines find, with the same answers."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from forum.errors import Refused
from forum.language.concepts import Thesaurus
from forum.search.service import SearchIndex
from forum.search.types import Document
from tests.search.conftest import DOCUMENTS

URL = os.environ.get("TEST_DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not URL.startswith("postgresql"), reason="needs a PostgreSQL server")
QUESTIONS = ("夜泣き", "保育園に落ちた", "病児保育", "ねない", "バスで泣かれる", "ことばがおそい", "金魚")


@pytest.fixture
def database() -> Iterator[Engine]:
    engine = create_engine(URL)
    with engine.begin() as connection:
        connection.execute(text("drop schema if exists search cascade"))
    yield engine
    with engine.begin() as connection:
        connection.execute(text("drop schema if exists search cascade"))
    engine.dispose()


@pytest.fixture
def shared(database: Engine, thesaurus: Thesaurus, tmp_path: Path) -> SearchIndex:
    return SearchIndex(tmp_path, "postgres", thesaurus, database=database)


def ids(index: SearchIndex, query: str) -> list[str]:
    return [hit.id for hit in index.find(query, limit=200)]


def test_without_an_index_there_are_no_hits_and_no_errors(shared: SearchIndex) -> None:
    shared.put(DOCUMENTS[:1])
    shared.drop(["night"])
    shared.purge()
    assert (shared.ready(), shared.count(), shared.generation()) == (False, 0, "")
    assert shared.find("夜泣き") == []


def test_answers_are_those_of_the_files(shared: SearchIndex, index: SearchIndex) -> None:
    shared.rebuild(DOCUMENTS)
    many = [Document(f"t{n}", "盆栽", f"松の盆栽{n}、夜泣きの木") for n in range(60)]
    for either in (shared, index):
        for doc in many:
            either.put([doc])
        either.put([Document("t5", "題", "金魚の飼い方")])
        either.drop(["t7", "night"])
    for question in (*QUESTIONS, "盆栽"):
        assert [(h.id, h.score, h.words, h.concepts) for h in shared.find(question, limit=200)] == [
            (h.id, h.score, h.words, h.concepts) for h in index.find(question, limit=200)
        ], question
    assert shared.count() == index.count() == len(DOCUMENTS) + 58


def test_shelves_answer_and_forget_like_small_segments(
    shared: SearchIndex, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.search.engines.postgres_writing.SHELF", 4)
    monkeypatch.setattr("forum.search.engines.postgres_writing.BATCH", 6)
    shared.rebuild(DOCUMENTS)
    for question in QUESTIONS:
        assert ids(shared, question) == ids(index, question), question
    for either in (shared, index):
        either.drop(["night", "food"])
        either.purge()
    for question in QUESTIONS:
        assert ids(shared, question) == ids(index, question), question


def test_after_a_purge_the_tables_hold_nothing_of_it(shared: SearchIndex, database: Engine) -> None:
    shared.rebuild(DOCUMENTS)
    before = _postings(database)
    shared.put([Document("secret", "ひみつ", "珍獣ツチノコの飼育")])
    shared.drop(["secret"])
    shared.purge()
    assert _postings(database) == before
    assert shared.find("ツチノコ") == []


def _postings(database: Engine) -> list[tuple[int, int]]:
    """Sizes of all segments that hold documents."""
    with database.begin() as connection:
        number = connection.execute(text("select id from search.postings_index")).scalar_one()
        dead = connection.execute(text(f"select count(*) from search.dead_{number}")).scalar_one()
        sizes = connection.execute(text(f"select size from search.segment_{number} order by id")).scalars()
        return [(dead, size) for size in sizes]


def test_another_machine_sees_each_change_at_once(
    shared: SearchIndex, database: Engine, thesaurus: Thesaurus, tmp_path: Path
) -> None:
    shared.rebuild(DOCUMENTS)
    other = SearchIndex(tmp_path / "elsewhere", "postgres", thesaurus, database=database)
    assert ids(other, "盆踊り") == []
    shared.put([Document("dance", "夏", "盆踊りに行きました。")])
    assert ids(other, "盆踊り") == ["dance"] and other.generation() == shared.generation()
    shared.drop(["dance"])
    assert ids(other, "盆踊り") == []


def test_what_changes_during_a_rebuild_is_in_the_new_index(shared: SearchIndex) -> None:
    shared.rebuild(DOCUMENTS)

    def slowly() -> Iterator[Document]:
        shared.put([Document("during", "夏", "盆踊りに行きました。")])
        shared.drop(["night"])
        yield from DOCUMENTS

    shared.rebuild(slowly())
    assert ids(shared, "盆踊り") == ["during"]
    assert "night" not in ids(shared, "夜泣き")
    assert shared.count() == len(DOCUMENTS)


def test_a_rebuild_that_broke_off_leaves_the_old_index(shared: SearchIndex) -> None:
    shared.rebuild(DOCUMENTS)

    def broken() -> Iterator[Document]:
        yield DOCUMENTS[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        shared.rebuild(broken())
    assert "nursery" in ids(shared, "保育園に落ちた")
    shared.rebuild(DOCUMENTS)
    assert shared.count() == len(DOCUMENTS)


def test_two_rebuilds_at_once_are_refused(shared: SearchIndex) -> None:
    def nested() -> Iterator[Document]:
        with pytest.raises(Refused, match="rebuild_running"):
            shared.rebuild([])
        yield from DOCUMENTS

    shared.rebuild(nested())
    assert shared.count() == len(DOCUMENTS)


def test_four_writers_and_readers_lose_nothing(
    shared: SearchIndex, database: Engine, thesaurus: Thesaurus, tmp_path: Path
) -> None:
    shared.rebuild(DOCUMENTS)
    faults: list[Exception] = []

    def write(part: int) -> None:
        mine = SearchIndex(tmp_path / str(part), "postgres", thesaurus, database=database)
        try:
            for n in range(15):
                mine.put([Document(f"w{part}-{n}", "盆栽", f"松の盆栽{n}")])
                assert "nursery" in ids(mine, "保育園に落ちた")
        except Exception as fault:  # noqa: BLE001 told to the test's own thread
            faults.append(fault)

    writers = [threading.Thread(target=write, args=(part,)) for part in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert len(ids(shared, "盆栽")) == 60


def test_a_writer_that_waits_too_long_is_told(
    shared: SearchIndex, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from forum.search.engines import postgres_tables

    shared.rebuild(DOCUMENTS)
    monkeypatch.setattr(postgres_tables, "WRITER_TIMEOUT", 0.05)
    with database.connect() as other:
        other.execute(text("select pg_advisory_xact_lock(:n)"), {"n": postgres_tables.WRITER})
        with pytest.raises(Refused, match="search_busy"):
            shared.drop(["night"])
    assert "night" in ids(shared, "夜泣き")
