"""What people at the letterbox do in many stories."""

from flask import Flask

from forum.safeguarding.vault import queries, sealed, store
from forum.safeguarding.vault.db import writing
from forum.sealing.envelope import DeskKey
from tests.pages import Page, Visitor

LINE = "となりの家から、毎晩さけび声がする"


def words_on(person: Visitor) -> list[str]:
    """The words that the present page shows."""
    assert person.page is not None
    (shown,) = person.page.root.all("ol", class_="words")
    return [item.text() for item in shown.all("li")]


def sends(person: Visitor, text: str = LINE, **fields: object) -> list[str]:
    """Send a letter; the words on its receipt."""
    person.get("/")
    person.submit("text", text=text, **fields)
    return words_on(person)


def goes_on(person: Visitor) -> Page:
    """From the receipt to the page of what may be added, without typing the words."""
    return person.submit("words", button=("step", "skip"))


def comes_back(app: Flask, words: str) -> Visitor:
    """The same person, days later, with another browser."""
    person = Visitor(app)
    person.get("/back")
    person.submit("words", words=words)
    return person


def desk_answers(app: Flask, report_id: str, text: str, desk: DeskKey, once: str = "answer-1") -> None:
    """Somebody at the desk writes to the reporter."""
    with app.app_context():
        key = queries.reporter_key(report_id)
        assert key is not None
        prepared = sealed.prepare_message_out(text, report_id, key, desk, once)
        with writing():
            store.add_message_out(report_id, prepared, 1)


def desk_reads(app: Flask, report_id: str) -> None:
    """Somebody at the desk opens the report."""
    with app.app_context(), writing():
        store.mark_read(report_id)
