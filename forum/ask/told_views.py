"""A worry told at a window or on the telephone: staff write it down, the one who told it keeps the words."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from forum.accounts import access, audit, console
from forum.accounts.people_views import address
from forum.accounts.types import Role
from forum.ask import posting
from forum.ask.blueprint import bp
from forum.ask.forms import ToldForm
from forum.board import admission
from forum.board.refusals import in_words
from forum.board.types import Origin, Visibility
from forum.city.current import current
from forum.db import writing
from forum.privacy.input import clean_input
from forum.visitors import gate
from forum.visitors import service as visitors
from forum.visitors.words import to_words
from forum.web.forms import settings

LISTENERS = (Role.MODERATOR, Role.CITY_OFFICER, Role.LEAD)
console.register(_("窓口で聞いた相談"), "ask.told", LISTENERS)
audit.name_verbs({"ask.told": _("窓口で聞いた相談をのせた")})


def _page(form: ToldForm) -> str:
    return render_template("ask/told.html", form=form, limits=settings())


@bp.get("/staff/told")
@access.staff(*LISTENERS)
def told() -> str:
    """The box, with what must be said and agreed to before."""
    return _page(ToldForm(current()))


@bp.post("/staff/told")
@access.staff(*LISTENERS)
@in_words
def post_told() -> ResponseReturnValue:
    """Post it under a fresh hand; answer with the sheet to give along: text, way back, words."""
    pack = current()
    form = ToldForm(pack)
    admission.check_posting_open()
    if not form.validate():
        form.renew()
        return _page(form), 422
    title = gate.review(clean_input(form.title.data or "").strip(), pack)
    text = gate.review(form.text.data or "", pack, beside=gate.told_beside(form.months))
    held = text.held or title.held
    if (text.interrupted or title.interrupted) and not held and form.agreed.data != "1":
        return render_template("ask/told_preview.html", form=form, text=text, title=title)
    hand = visitors.hand_of(form.once_key)
    opened = posting.post_worry(form, text, title, hand, origin=Origin.COUNTER)
    with writing():
        audit.record("ask.told", opened.id)
    return render_template(
        "ask/told_sheet.html",
        text=opened.body,
        held=opened.visibility is not Visibility.PUBLIC,
        words=to_words(hand),
        address=address(url_for("visitors.show")),
        thread_id=opened.id,
    )
