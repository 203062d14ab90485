"""What the writer of a text that waits does with it without typing it again: hand over, keep, shut in."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.ask import help_rules, helping
from forum.ask.blueprint import bp
from forum.ask.forms import HeldForm
from forum.ask.help_rules import Tone
from forum.board import service as board
from forum.board.refusals import in_words
from forum.board.reviewing import Stopped
from forum.city.current import current
from forum.db import writing
from forum.errors import Refused
from forum.language import furigana
from forum.privacy.input import clean_input
from forum.referrals import service as referrals
from forum.sealing.content import Content, Paragraph
from forum.visitors import gate
from forum.visitors import service as visitors
from forum.visitors.gate import Reviewed
from forum.web import access, limits
from forum.web.forms import settings

URGENT = 3


@bp.app_template_filter("in_kana")
def in_kana(text: str) -> str:
    """Words as a child reads them, in the readings that the dictionary knows."""
    return "".join(piece.reading or piece.text for piece in furigana.pieces(text))


def _tag(form: HeldForm, thread_id: str) -> str:
    """What this browser can prove. Without a cookie the form's ticket leads to the hand that it made before.

    Raises Refused not_yours.
    """
    hand = visitors.hand()
    if hand is None:
        if form.ticket is None or request.cookies:
            raise Refused("not_yours")
        hand = visitors.ensure_hand(form.ticket.key)
    return hand.tag(thread_id)


def _read(form: HeldForm) -> Reviewed:
    """The text as it came back, read anew: what a page sends is never believed."""
    most = settings().text_max + settings().title_max + 1
    return gate.review(clean_input(form.text.data or "")[:most], current())


def _again(thread_id: str, form: HeldForm, text: Reviewed) -> ResponseReturnValue:
    """The page has grown old: the same once more, with a fresh token."""
    return helping.page(Stopped((text,), thread_id, form.post.data or None, "again"), 422)


@bp.post("/threads/<thread_id>/held/hand-over")
@access.visitor
@in_words
def hand_over(thread_id: str) -> ResponseReturnValue:
    """Seal the text for the city in this request, and erase it here. Nobody else learns of it."""
    form = HeldForm()
    text = _read(form)
    if not form.validate():
        return _again(thread_id, form, text)
    limits.spend("handed", settings().posts_per_address)
    tag = _tag(form, thread_id)
    tone = help_rules.tone_of([str(one) for one in text.danger.categories])
    told = text.clean if request.form.get("whole") == "1" else text.masked.text
    sealed = referrals.seal_referral(
        Content((Paragraph(told),), child_wrote=tone is Tone.CHILD),
        kind="writer",
        urgent=text.danger.level >= URGENT,
    )
    try:
        with writing():
            board.take_back(thread_id, form.post.data or None, tag)
            referrals.refer(sealed)
    except Refused as no:
        if no.code != "text_gone":  # else the button was pressed twice: it went once
            raise
    return redirect(url_for("ask.handed", child=1 if tone is Tone.CHILD else None), 303)


@bp.get("/handed")
@access.visitor
def handed() -> str:
    """It went to the city; what that means, and what it does not."""
    child = request.args.get("child") == "1"
    tone = Tone.CHILD if child else Tone.OWN
    doors = help_rules.doors_of(current().doors, tone, ("child",) if child else (), clock.now())
    return render_template("ask/handed_child.html" if child else "ask/handed.html", doors=doors)


@bp.post("/threads/<thread_id>/held/keep")
@access.visitor
@in_words
def keep_private(thread_id: str) -> ResponseReturnValue:
    """「自分だけ」: nothing stays here; the text is shown once more, to copy or to print."""
    form = HeldForm()
    text = _read(form)
    if not form.validate():
        return _again(thread_id, form, text)
    try:
        with writing():
            board.take_back(thread_id, form.post.data or None, _tag(form, thread_id))
    except Refused as no:
        if no.code != "text_gone":
            raise
    child = help_rules.tone_of([str(one) for one in text.danger.categories]) is Tone.CHILD
    return render_template("ask/kept_child.html" if child else "ask/kept.html", text=text.clean)


@bp.post("/threads/<thread_id>/held/inside")
@access.visitor
@in_words
def shut_in(thread_id: str) -> ResponseReturnValue:
    """「だれにも渡さない」: it stays here, and goes to nobody unless life or a child is in danger now."""
    form = HeldForm()
    if not form.validate():
        return _again(thread_id, form, _read(form))
    with writing():
        board.keep_inside(thread_id, form.post.data or None, _tag(form, thread_id))
    return redirect(url_for("moderation.held", thread_id=thread_id), 303)
