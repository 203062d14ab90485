"""When it cannot be stored the page says so and keeps every word; when it was stored nothing is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text

from forum.safeguarding.intake import sending
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import store
from forum.safeguarding.vault.db import vault_db
from tests.pages import BASE, OURS, Page, Visitor, form_fields
from tests.safeguarding.conftest import build_doors, furnish
from tests.safeguarding.intake.conftest import Inside
from tests.safeguarding.intake.people import LINE, sends, words_on

NOT_HERE = "届いていません。機械の都合で"


@pytest.fixture
def file_of(intake_app: Flask) -> Path:
    with intake_app.app_context():
        if vault_db.engine.dialect.name != "sqlite":
            pytest.skip("a file to lock")
        return Path(str(vault_db.engine.url.database))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def impatient(intake_app: Flask) -> Iterator[None]:
    """Wait a moment for a lock instead of ten seconds."""

    def hurry(connection: object, *args: object) -> None:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")  # type: ignore[attr-defined]

    with intake_app.app_context():
        engine = vault_db.engine
    event.listen(engine, "engine_connect", hurry)
    yield
    event.remove(engine, "engine_connect", hurry)


@pytest.mark.usefixtures("impatient")
def test_a_locked_store_says_that_it_did_not_arrive_and_one_more_press_sends_it(
    neighbour: Visitor, inside: Inside, file_of: Path
) -> None:
    neighbour.get("/")
    with locked(file_of):
        page = neighbour.submit("text", status=503, text=LINE, clue="3階の角", name="となりの者")
    assert NOT_HERE in page.text and page.heading != "届きました"
    assert LINE in page.html and "3階の角" in page.html and "となりの者" in page.html
    assert "110" in page.text
    assert inside.reports() == []
    assert neighbour.submit("text").heading == "届きました"
    assert len(inside.reports()) == 1


@pytest.mark.usefixtures("impatient")
def test_an_addition_that_cannot_be_stored_says_so_and_stays(
    neighbour: Visitor, inside: Inside, file_of: Path
) -> None:
    sends(neighbour)
    neighbour.submit("words", button=("step", "skip"))
    with locked(file_of):
        page = neighbour.submit("child_age", status=503, text="昨日は静かでした", child_age="3歳")
    assert NOT_HERE in page.text and "昨日は静かでした" in page.html and "3歳" in page.html
    neighbour.submit("child_age")
    assert [one.text() for one in inside.added(inside.reports()[0].id)] == ["昨日は静かでした"]
    with locked(file_of):
        page = neighbour.submit("質問への答え", status=503, text="もう一つ")
    assert NOT_HERE in page.text and "もう一つ" in page.html


def test_a_full_disk_says_that_it_did_not_arrive(tmp_path: Path) -> None:
    app, _ = build_doors(tmp_path)
    furnish(app)
    with app.app_context():
        if vault_db.engine.dialect.name != "sqlite":
            pytest.skip("a file to fill")

        def full(connection: object, *args: object) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()  # type: ignore[attr-defined]
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

        event.listen(vault_db.engine, "engine_connect", full)
    person = Visitor(app)
    person.get("/")
    for number in range(60):  # a few still fit into the last pages
        person.get("/")
        assert person.page is not None
        fields = {**form_fields(person.page.form("text")), "text": f"{LINE} {number}"}
        page = Page(person.client.post("/", base_url=BASE, data=fields, headers=OURS), "/")
        if page.status != 200:
            break
    assert page.status == 503
    assert NOT_HERE in page.text and f"{LINE} {number}" in page.html
    with app.app_context():
        stored = vault_db.session.execute(text("select count(*) from report")).scalar()
    assert stored == number, "those that were acknowledged are there, the last one is not"


def test_an_answer_that_got_lost_on_the_way_can_be_asked_for_again(
    intake_app: Flask, neighbour: Visitor, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine dies between storing and showing the words: the same form shows the same words."""
    from forum.safeguarding.intake import receipt

    neighbour.get("/")
    before = neighbour.page

    def dies(*args: object) -> str:
        raise SystemError("dies")

    with monkeypatch.context() as patched:
        patched.setattr(receipt, "page", dies)
        with pytest.raises(SystemError):
            neighbour.submit("text", text=LINE)
    assert len(inside.reports()) == 1
    neighbour.page = before
    assert neighbour.submit("text", text=LINE).heading == "届きました"
    assert len(inside.reports()) == 1
    words = words_on(neighbour)
    neighbour.get("/back")
    assert neighbour.submit("words", words=" ".join(words)).heading == "いまの ようす"


def test_a_crash_between_sealing_and_storing_leaves_nothing_and_says_nothing_arrived(
    neighbour: Visitor, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    neighbour.get("/")
    before = neighbour.page

    def dies(*args: object, **kwargs: object) -> None:
        raise SystemError("dies")

    with monkeypatch.context() as patched:
        patched.setattr(store, "put_report", dies)
        with pytest.raises(SystemError):
            neighbour.submit("text", text=LINE)
    assert inside.reports() == []
    neighbour.page = before
    assert neighbour.submit("text", text=LINE).heading == "届きました"


def test_two_presses_at_the_same_moment_are_one_report(
    intake_app: Flask, policy: Policy, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import IntegrityError

    from forum.safeguarding.vault.content import Content, Paragraph

    letter = sending.Letter(Content((Paragraph(LINE),)), "neighbour", ("family",))
    usual, calls = store.put_report, []

    def slower(*args: object, **kwargs: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise IntegrityError("insert", {}, Exception("somebody was faster"))
        return usual(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "put_report", slower)
    with intake_app.app_context():
        first, second = sending.send(letter, b"s" * 16), sending.send(letter, b"s" * 16)
    assert first.kept == second.kept and first.words == second.words
    assert len(calls) == 3 and len(inside.reports()) == 1
