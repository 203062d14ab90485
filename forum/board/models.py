"""Tables of the board. Private to this room."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.board.types import Kind, Origin, Visibility
from forum.db import Model
from forum.storage import UtcDateTime


def _one_of(column: str, values: list[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(v) for v in values)})", name=column)


class FoundColumns:
    """What was read in a text before it was stored; see types.Found. Lists are ids with blanks between.

    waits: a person has yet to look at it.
    """

    level: Mapped[int] = mapped_column(default=0, server_default="0")
    rules: Mapped[str] = mapped_column(Text, default="", server_default="")
    cards: Mapped[str] = mapped_column(Text, default="", server_default="")
    keep_inside: Mapped[bool] = mapped_column(default=False, server_default=false())
    first: Mapped[bool] = mapped_column(default=False, server_default=false())
    waits: Mapped[bool] = mapped_column(default=False, server_default=false())


class ThreadRow(FoundColumns, Model):
    """A worry. Lists are ordered by (listed_at, public_id), so that a cursor says no more than they do."""

    __tablename__ = "thread"
    __table_args__ = (
        _one_of("visibility", [v.value for v in Visibility]),
        _one_of("origin", [o.value for o in Origin]),
        Index("ix_thread_newest", "visibility", "listed_at", "public_id"),
        Index("ix_thread_board", "visibility", "board", "listed_at", "public_id"),
        Index("ix_thread_unanswered", "visibility", "answer_count", "listed_at", "public_id"),
        Index(
            "ix_thread_solved",
            "visibility",
            "listed_at",
            "public_id",
            sqlite_where=text("solved_at IS NOT NULL"),
            postgresql_where=text("solved_at IS NOT NULL"),
        ),
        Index("ix_thread_activity", "last_activity_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    board: Mapped[str | None] = mapped_column(String(40))
    child_age_months: Mapped[int | None]
    district: Mapped[str | None] = mapped_column(String(40))
    origin: Mapped[str] = mapped_column(String(10))
    visibility: Mapped[str] = mapped_column(String(10))
    sensitive: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    listed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_activity_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    solved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    first_answer_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply_count: Mapped[int] = mapped_column(default=0)
    answer_count: Mapped[int] = mapped_column(default=0)
    me_too_count: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    once: Mapped[str | None] = mapped_column(String(64), unique=True)
    terms: Mapped[str | None] = mapped_column(Text)


class VoiceRow(Model):
    """One hand inside one thread: what proves it, and the name it is called by there."""

    __tablename__ = "voice"
    __table_args__ = (
        UniqueConstraint("thread_id", "author_tag"),
        UniqueConstraint("thread_id", "handle"),
        Index("ix_voice_author_tag", "author_tag"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    author_tag: Mapped[str] = mapped_column(String(64))
    handle: Mapped[str] = mapped_column(String(40))
    asker: Mapped[bool] = mapped_column(default=False)


class PostRow(FoundColumns, Model):
    """A reply. `number` counts from 1 inside the thread and is never used again."""

    __tablename__ = "post"
    __table_args__ = (
        _one_of("kind", [k.value for k in Kind]),
        _one_of("visibility", [v.value for v in Visibility]),
        _one_of("origin", [o.value for o in Origin]),
        UniqueConstraint("thread_id", "number"),
        Index("ix_post_voice_id", "voice_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(10))
    visibility: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    helped_count: Mapped[int] = mapped_column(default=0)
    once: Mapped[str | None] = mapped_column(String(64), unique=True)


class KeptRow(Model):
    """A text that its writer withdrew while a person had yet to look at it. Erased with the decision."""

    __tablename__ = "kept_text"

    thread_id: Mapped[str] = mapped_column(String(10), primary_key=True)
    post_id: Mapped[str] = mapped_column(String(10), primary_key=True, default="")
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class ReactionRow(Model):
    """「私も」 or 「助かった」, once for each hand. `mark` cannot be tied to the hand's posts."""

    __tablename__ = "reaction"
    __table_args__ = (_one_of("kind", ["me_too", "helped"]), Index("ix_reaction_thread_id", "thread_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    mark: Mapped[str] = mapped_column(String(64), unique=True)
