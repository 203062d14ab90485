"""What the writer of a text reads: that it waits and until when, what was decided, what they can do."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum import clock
from forum.board import moderating
from forum.board.types import Subject, Visibility
from forum.city.current import current
from forum.db import writing
from forum.doors import choice
from forum.doors.types import OfferedDoor
from forum.errors import NotFound, Refused
from forum.moderation import answers, queries, words
from forum.moderation.blueprint import bp
from forum.moderation.forms import AppealForm, RepostForm
from forum.moderation.refusals import in_words
from forum.moderation.types import Action, Letter
from forum.safety.signs import read_signs
from forum.visitors import gate
from forum.visitors import service as visitors
from forum.web import access, limits
from forum.web.forms import settings


@dataclass(frozen=True)
class OwnText:
    """One's own text with what was decided about it."""

    subject: Subject
    letters: tuple[Letter, ...]
    waits: bool


def waiting_words() -> str:
    """When somebody reads next, as a sentence for now."""
    waiting, now = queries.waiting(), clock.now()
    if waiting.watched_now:
        return _("いまは、人が読んでいる時間です。順に読みます。")
    if waiting.next_reading is None:
        return _("いまは、読む人が決まっていません。急ぐときは、待たずに話せるところへ。")
    return _("次に人が読むのは、%(when)sです。", when=words.moment_words(waiting.next_reading, now))


def door_now(themes: Sequence[str]) -> OfferedDoor:
    """The door that fits and is open now, or opens next."""
    return choice.choose(current().doors, themes, clock.now()).first


def _tag(thread_id: str) -> str | None:
    hand = visitors.hand()
    return hand.tag(thread_id) if hand is not None else None


@bp.get("/threads/<thread_id>/held")
@access.visitor
@in_words
def held(thread_id: str) -> ResponseReturnValue:
    """One's own texts in a thread, also those that nobody else sees."""
    own = moderating.own_subjects(thread_id, _tag(thread_id))
    texts = [_own_text(one) for one in own]
    shown = [text for text in texts if text.waits or text.letters]
    themes = [theme.id for text in shown for theme in read_signs(text.subject.body).themes]
    return render_template(
        "moderation/held.html",
        thread_id=thread_id,
        texts=shown,
        waiting=waiting_words(),
        door=door_now(themes),
        words=words,
        public=own[0].thread_visibility is Visibility.PUBLIC,
    )


def _own_text(subject: Subject) -> OwnText:
    """A text with its letters. Where a change was asked for, it waits for its writer and not for a reader."""
    letters = queries.writer_letters(subject.thread_id, subject.post_id)
    asked = bool(letters) and letters[-1].decision.action is Action.ASK and not letters[-1].appealed
    held = subject.visibility is Visibility.HELD
    rewritten = asked and subject.written_at > letters[-1].decision.at
    return OwnText(subject, letters, held and (not asked or rewritten))


def _own(thread_id: str, decision_id: str) -> tuple[Subject, Letter]:
    """One's own text and the letter about it. Raises NotFound, Refused not_yours."""
    for subject in moderating.own_subjects(thread_id, _tag(thread_id)):
        for letter in queries.writer_letters(thread_id, subject.post_id):
            if letter.decision.id == decision_id:
                return subject, letter
    raise NotFound(decision_id)


@bp.get("/threads/<thread_id>/held/<decision_id>/repost")
@access.visitor
@in_words
def repost(thread_id: str, decision_id: str) -> ResponseReturnValue:
    """The fixed version in a box, ready to go."""
    subject, letter = _own(thread_id, decision_id)
    if not letter.fixed or letter.reposted:
        raise Refused("nothing_to_repost")
    return _repost_page(subject, letter, RepostForm(data={"body": letter.fixed}))


def _repost_page(subject: Subject, letter: Letter, form: RepostForm) -> str:
    return render_template("moderation/repost.html", subject=subject, letter=letter, form=form, words=words)


@bp.post("/threads/<thread_id>/held/<decision_id>/repost")
@access.visitor
@in_words
def send_repost(thread_id: str, decision_id: str) -> ResponseReturnValue:
    """Post it: as it was prepared it is public at once, changed it is read once more."""
    subject, letter = _own(thread_id, decision_id)
    form = RepostForm()
    text = gate.review(form.body.data or "", current())
    least, most = settings().text_min, settings().text_max
    if not form.validate() or not least <= len(text.clean) <= most:
        form.renew()
        if not least <= len(text.clean) <= most:
            form.body.errors = [_("%(least)s文字から%(most)s文字で書いてください。", least=least, most=most)]
        return _repost_page(subject, letter, form), 422
    limits.spend("posts", settings().posts_per_address)
    body = text.public_text()
    with writing():
        answers.repost(subject, letter, body, at=clock.now())
    return redirect(url_for("moderation.held", thread_id=thread_id), 303)


@bp.get("/threads/<thread_id>/held/<decision_id>/appeal")
@access.visitor
@in_words
def appeal(thread_id: str, decision_id: str) -> ResponseReturnValue:
    """Ask for a second person."""
    subject, letter = _own(thread_id, decision_id)
    if not letter.may_appeal:
        raise Refused("no_appeal")
    return _appeal_page(subject, letter, AppealForm())


def _appeal_page(subject: Subject, letter: Letter, form: AppealForm) -> str:
    return render_template("moderation/appeal.html", subject=subject, letter=letter, form=form, words=words)


@bp.post("/threads/<thread_id>/held/<decision_id>/appeal")
@access.visitor
@in_words
def send_appeal(thread_id: str, decision_id: str) -> ResponseReturnValue:
    """Put the text before a second person, once."""
    subject, letter = _own(thread_id, decision_id)
    form = AppealForm()
    if not form.validate():
        form.renew()
        return _appeal_page(subject, letter, form), 422
    # Staff read it and nobody else; telephone numbers and names have no business there either.
    told = gate.review(form.words.data or "", current()).public_text()
    limits.spend("posts", settings().posts_per_address)
    with writing():
        answers.appeal(letter, told)
    return redirect(url_for("moderation.held", thread_id=thread_id), 303)
