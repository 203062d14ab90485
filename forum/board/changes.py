"""What every change of a text does, and how its row is found for it. Private to this room."""

from forum.board import rows, rules
from forum.board.models import PostRow, ThreadRow, VoiceRow
from forum.db import db


def changed(row: ThreadRow) -> None:
    """Move the revision of a thread, of which something was changed."""
    # The tokens were made from the text before; they must not outlive it.
    row.revision += 1
    row.terms = None


def locked_post(post_id: str) -> tuple[ThreadRow, PostRow]:
    """A reply and its thread, for a change. Raises NotFound."""
    row = rows.post(post_id)
    thread = rows.lock_thread(rows.thread_id_of(row))
    db.session.refresh(row)  # it may have changed while the thread was being waited for
    return thread, row


def own_post(post_id: str, author_tag: str) -> tuple[ThreadRow, PostRow, VoiceRow]:
    """One's own reply, its thread and one's voice. Raises NotFound, Refused not_yours or text_gone."""
    thread, row = locked_post(post_id)
    voice = rows.voice_of(row)
    rules.check_own(voice.author_tag if voice else None, author_tag)
    rules.check_there(row.visibility)
    assert voice is not None
    return thread, row, voice


def own_thread(thread_id: str, author_tag: str) -> tuple[ThreadRow, VoiceRow]:
    """One's own worry, for a change, and one's voice. Raises NotFound, Refused not_yours or text_gone."""
    row = rows.lock_thread(thread_id)
    voice = rows.asker_of(row)
    rules.check_own(voice.author_tag if voice else None, author_tag)
    rules.check_there(row.visibility)
    assert voice is not None
    return row, voice
