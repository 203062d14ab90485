"""What happens between a valid form and the thread's page."""

from forum.ask.forms import WorryForm
from forum.board import service as board
from forum.board.forms import kept_numbers
from forum.board.reviewing import admitted
from forum.board.rules import propose_title
from forum.board.types import NewThread, Origin, Thread
from forum.db import writing
from forum.ids import new_public_id
from forum.visitors.gate import Reviewed
from forum.visitors.types import Hand


def post_worry(
    form: WorryForm,
    text: Reviewed,
    title: Reviewed,
    hand: Hand,
    *,
    first: bool = False,
    origin: Origin = Origin.PARENT,
) -> Thread:
    """Store what the gate let through, or keeps for a person.

    The same form twice posts once. first: this hand had never written here before.
    """
    way = admitted(title, text, kept=kept_numbers(form), first=first)
    body = text.public_text(way.kept)
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
        visibility=way.visibility,
        found=way.found,
        origin=origin,
    )
    with writing():
        return board.open_thread(new, closed=way.closed)
