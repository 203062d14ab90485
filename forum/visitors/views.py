"""Pages of the hand: show its words, take words from another device."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.visitors import service, words
from forum.visitors.forms import WordsForm
from forum.web import access, limits
from forum.web.forms import settings

bp = Blueprint("visitors", __name__)


@bp.get("/mine/words")
@access.visitor
def show() -> str:
    """The words of this browser's hand, and the box to enter words of another."""
    hand = service.hand()
    return render_template(
        "visitors/words.html", words=words.to_words(hand) if hand else (), form=WordsForm()
    )


@bp.post("/mine/words")
@access.visitor
def enter() -> ResponseReturnValue:
    """Take over the hand behind the words; this browser then finds the same worries."""
    limits.spend("codes", settings().codes_per_address)
    form = WordsForm()
    if not form.validate() or form.hand is None:
        form.renew()
        present = service.hand()
        shown = words.to_words(present) if present else ()
        return render_template("visitors/words.html", words=shown, form=form), 422
    service.take_over(form.hand)
    return redirect(url_for("board.mine"), 303)
