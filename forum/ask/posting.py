"""What happens between a valid form and the thread's page."""

from forum.ask.forms import WorryForm
from forum.board import service as board
from forum.board.forms import kept_numbers
from forum.board.rules import propose_title
from forum.board.types import NewThread
from forum.db import writing
from forum.ids import new_public_id
from forum.visitors.gate import Reviewed
from forum.visitors.types import Hand


def post_worry(form: WorryForm, text: Reviewed, title: Reviewed, hand: Hand) -> str:
    """Store what the gate let through; returns the thread's public id. The same form twice posts once."""
    body = text.public_text(kept_numbers(form))
    thread_id = new_public_id()
    new = NewThread(
        public_id=thread_id,
        title=title.public_text() or propose_title(body),
        body=body,
        board=form.board.data or None,
        child_age_months=form.months,
        district=form.district.data or None,
        author_tag=hand.tag(thread_id),
        once=form.once_key,
    )
    with writing():
        opened = board.open_thread(new)
    return opened.id
