"""A full queue for a demonstration: six of each kind, invented, marked as samples. Never in production."""

import tomllib
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from config import Mode
from forum import clock
from forum.board import moderating
from forum.board import service as board
from forum.board.types import Found, Kind, NewReply, NewThread, Origin, Visibility
from forum.db import db, writing
from forum.ids import new_public_id
from forum.moderation import flags, log, named, rows, service
from forum.moderation.matching import cards_in, rules_in
from forum.moderation.models import AppealRow, FlagRow, TripRow
from forum.moderation.reading import reading
from forum.moderation.types import Action, FlagReason, Reason, Tone, Why
from forum.web.forms import settings

TEXTS = Path(__file__).parent / "training.toml"
EACH = 6
_AS_THREADS = {"held": 3, "sign": 2, "institution": 0}
_INSTITUTION = "institution"
_TRIPS = "send_reply"


def fill() -> int:
    """Leave six items of each kind in the queue; returns how many wait. Done before, nothing is added.

    Raises RuntimeError in production and where no samples are wanted.
    """
    if settings().mode is Mode.PRODUCTION or not settings().samples:
        raise RuntimeError("the queue of a demonstration is never filled where people are helped")
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    word = next((one.word for one in reading().care.watched), "")
    texts["watched"] = [text % word for text in texts["watched"]] if word else []
    found = {text: rules_in(text) for kind in _AS_THREADS for text in texts[kind]}  # takes its time
    with writing():
        threads = [
            _thread(kind, place, text, found)
            for kind in _AS_THREADS
            for place, text in enumerate(texts[kind])
        ]
        place = _thread("place", 0, texts["body"], found, texts["title"])
        replies = {
            kind: [_reply(place, kind, number, text) for number, text in enumerate(texts[kind])]
            for kind in ("card", "first", "watched", "flag", "appeal")
        }
        for thread_id in (*threads, place):
            service.bring(thread_id)
        for number, post_id in enumerate(replies["flag"]):
            _flag(place, post_id, number)
        for post_id, text in zip(replies["appeal"], texts["appeal"], strict=True):
            _appeal(place, post_id, text)
        for number, text in enumerate(texts["named"]):
            named.file(
                name="見本 太郎", place="見本の相談", what=text, why="困っています", once=f"training {number}"
            )
        if db.session.get(TripRow, (clock.today(), _TRIPS)) is None:
            db.session.add(TripRow(day=clock.today(), purpose=_TRIPS, number=EACH))
    return len(rows.open_keys())


def _thread(kind: str, number: int, text: str, found: dict[str, tuple[str, ...]], title: str = "") -> str:
    signs = found.get(text, ())
    read = (*signs, _INSTITUTION) if kind == _INSTITUTION else signs
    held = kind in ("held", _INSTITUTION)
    thread = board.open_thread(
        NewThread(
            public_id=new_public_id(),
            author_tag=None,
            once=f"training {kind} {number}",
            body=text,
            title=title,
            created_at=clock.now() - timedelta(hours=2 * number + 1),
            visibility=Visibility.HELD if held else Visibility.PUBLIC,
            origin=Origin.SAMPLE,
            found=Found(_AS_THREADS.get(kind, 0), read),
        )
    )
    return thread.id


def _reply(thread_id: str, kind: str, number: int, text: str) -> str:
    post = board.reply(
        NewReply(
            thread_id=thread_id,
            author_tag=None,
            once=f"training {kind} {number}",
            kind=Kind.EXPERIENCE,
            body=text,
            created_at=clock.now() - timedelta(minutes=50 * (number + 1)),
            origin=Origin.SAMPLE,
            found=Found(cards=cards_in(text) if kind == "card" else (), first=kind == "first"),
        )
    )
    return post.id


def _flag(thread_id: str, post_id: str, number: int) -> None:
    reason = list(FlagReason)[number % len(FlagReason)]
    tone = list(Tone)[number % len(Tone)]
    tag = f"training {number}"
    if db.session.scalar(select(FlagRow.id).where(FlagRow.tag == tag)) is None:
        flags.flag(thread_id, post_id, tone, reason, tag, counts=False)


def _appeal(thread_id: str, post_id: str, text: str) -> None:
    """A reply that was hidden, whose writer asks a second person."""
    if db.session.scalar(select(AppealRow.decision_id).where(AppealRow.post_key == post_id)) is not None:
        return
    row = service.put(thread_id, post_id, Why.APPEAL)
    moderating.hide(thread_id, post_id)
    decision = log.write(row, Action.HIDE, Reason.INSTITUTION)
    db.session.add(
        AppealRow(
            decision_id=decision.public_id, thread_id=thread_id, post_key=post_id, words=text, at=clock.now()
        )
    )
