"""Every box of the forum into which somebody types, by where its words go; a new one needs a decision."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms.fields.core import UnboundField

import forum
from forum.accounts.types import Role
from forum.city.current import current
from forum.web.forms import BaseForm
from tests.accounts.staff import sign_in
from tests.board.test_views import asks
from tests.journeys.waiting import everything_stored
from tests.moderation.shift import decides, reader, waiting, written
from tests.pages import Visitor

NUMBER = "090-0000-4321"
TEXT = f"ベビーカーをゆずってください。{NUMBER} です。"
# Words that others read: nothing of them is stored before it passed the gate.
PUBLIC = {
    "ask.WorryForm.text",
    "ask.WorryForm.title",
    "ask.ToldForm.text",
    "ask.ToldForm.title",
    "board.ReplyForm.body",
    "board.EditPostForm.body",
    "board.EditThreadForm.text",
    "board.EditThreadForm.title",
    "board.OfficerForm.body",
    "insight.AnswerForm.reason",
    "moderation.RepostForm.body",
}
# Words that nobody else reads, or that are read and forgotten: choices, codes, one's own way in.
CHOSEN = {
    "ask.WorryForm.age", "ask.ToldForm.age",  # read as a number of months
    "ask.CodeForm.code", "visitors.WordsForm.words",
}  # fmt: skip
LOCKED = {"ask.MemoForm.lines"}  # locked with a code that only the writer holds
STAFF_ONLY = {
    # What staff read about a text, or write to its writer alone.
    "moderation.AppealForm.words", "moderation.NamedForm.name", "moderation.NamedForm.place",
    "moderation.NamedForm.what", "moderation.NamedForm.why", "moderation.DecideForm.message",
    # A version to repost passes the gate when its writer posts it.
    "moderation.DecideForm.fixed", "moderation.DecideForm.words",
}  # fmt: skip


def rooms() -> Iterator[str]:
    for room in pkgutil.iter_modules(forum.__path__):
        if room.name != "safeguarding" and room.ispkg:  # the letterbox publishes nothing
            package = importlib.import_module(f"forum.{room.name}")
            names = [one.name for one in pkgutil.iter_modules(package.__path__)]
            yield from (f"forum.{room.name}.{name}" for name in names if name == "forms")


def typed_fields() -> set[str]:
    """Room, form and field of every box, whoever may see it; accounts' own people and passwords apart."""
    found = set()
    for module in rooms():
        for form in vars(importlib.import_module(module)).values():
            if not (isinstance(form, type) and issubclass(form, BaseForm)) or form.__module__ != module:
                continue
            for name in dir(form):
                unbound = getattr(form, name, None)
                if isinstance(unbound, UnboundField) and _is_typed(unbound.field_class):
                    found.add(f"{module.split('.')[1]}.{form.__name__}.{name}")
    return {one for one in found if not one.endswith(".homepage") and not one.startswith("accounts.")}


def _is_typed(kind: type[Field]) -> bool:
    typed = (StringField, TextAreaField)
    return issubclass(kind, typed) and not issubclass(kind, PasswordField) and "Hidden" not in kind.__name__


def test_every_box_is_on_one_list() -> None:
    listed = [*PUBLIC, *CHOSEN, *LOCKED, *STAFF_ONLY]
    assert typed_fields() == set(listed) and len(listed) == len(set(listed))


def worry(app: Flask, field: str) -> None:
    person = Visitor(app)
    person.get("/ask")
    person.submit("text", **({"text": "ゆずってください。"} | {field: TEXT[:30]}))
    person.submit("agreed")


def told(app: Flask, field: str) -> None:
    staff = sign_in(app, Role.CITY_OFFICER)
    staff.get("/staff/told")
    staff.submit("text", consent="y", **({"text": "ゆずってください。"} | {field: TEXT[:30]}))
    staff.submit("agreed")


def reply(app: Flask, field: str) -> None:
    person, thread = Visitor(app), asks(app, None)
    person.get(f"/threads/{thread.id}/reply")
    person.submit("body", body=TEXT)
    person.submit("agreed")


def edit_reply(app: Flask, field: str) -> None:
    person, thread = Visitor(app), asks(app, None)
    person.get(f"/threads/{thread.id}/reply")
    person.submit("body", body="どうぞ使ってください。")
    person.click("自分の返信をなおす")
    person.submit("body", body=TEXT)
    person.submit("agreed")


def edit_worry(app: Flask, field: str) -> None:
    person = Visitor(app)
    thread = asks(app, person)
    person.get(f"/threads/{thread.id}/edit")
    person.submit("text", **{field: TEXT[:30]})
    person.submit("agreed")


def officer(app: Flask, field: str) -> None:
    staff, thread = sign_in(app, Role.CITY_OFFICER), asks(app, None)
    staff.get(f"/staff/threads/{thread.id}/answer")
    staff.submit("body", body=TEXT)
    staff.submit("agreed")


def voice(app: Flask, field: str) -> None:
    with app.app_context():
        board = next(one.id for one in current().boards if one.to_city)
    staff, thread = sign_in(app, Role.CITY_OFFICER), asks(app, None, board=board)
    staff.get(f"/staff/voices/{thread.id}")
    staff.submit("reason", status=422, decision="considered", reason=TEXT)


def repost(app: Flask, field: str) -> None:
    from forum.board.types import Visibility

    _, person = written(app, "ベビーカーのこと。", visibility=Visibility.HELD)
    (item,) = waiting(app)
    decides(
        reader(app),
        item,
        action="ask",
        reason="identifies",
        message="ここだけ直せます。",
        fixed="ゆずります。",
    )
    person.get(f"/threads/{item.thread_id}/held")
    person.click("この形で出す")
    person.submit("body", body=TEXT)


WAYS: dict[str, Callable[[Flask, str], None]] = {
    "ask.WorryForm": worry,
    "ask.ToldForm": told,
    "board.ReplyForm": reply,
    "board.EditPostForm": edit_reply,
    "board.EditThreadForm": edit_worry,
    "board.OfficerForm": officer,
    "insight.AnswerForm": voice,
    "moderation.RepostForm": repost,
}


@pytest.mark.parametrize("place", sorted(PUBLIC))
def test_a_telephone_number_typed_there_is_never_stored(app: Flask, place: str) -> None:
    form, field = place.rsplit(".", 1)
    WAYS[form](app, field)
    stored = everything_stored(app)
    assert "4321" not in stored
    assert "ベビーカー" in stored or form == "insight.AnswerForm", "the rest of it arrived"
