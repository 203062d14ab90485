"""Right after sending: the words typed back once, and what may be added while it is fresh."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError

from forum.safeguarding.intake import door_bar, hidden, receipt, sending
from forum.safeguarding.intake.forms import KeptForm, MoreForm, answers_of, with_questions
from forum.safeguarding.intake.letter_views import marks
from forum.safeguarding.intake.return_views import not_kept, over, pieces_of, visit_page
from forum.safeguarding.vault import words
from forum.safeguarding.vault.content import Content
from forum.safeguarding.vault.questions import CHILD, HAPPENED, KINDS, KNOWN, MARKS, MARKS_REPORT
from forum.web import access

bp = Blueprint("after", __name__)

QUESTIONS = (*CHILD, *HAPPENED, *KNOWN)
AskingForm: Any = with_questions(MoreForm, QUESTIONS)


@bp.post("/kept")
@access.visitor
def kept() -> ResponseReturnValue:
    """The words typed back once, or skipped on purpose; then what may be added."""
    form = KeptForm()
    visit = hidden.Visit.take(form.visit.data)
    if visit is None or not form.validate():
        return over()
    if request.form.get("step") != "skip":
        typed = words.read_words(form.words.data)
        if typed is None or typed.secret != visit.words.secret:
            form.words.errors = [_("上の合言葉とちがうようです。もう一度、見くらべてください。")]
            form.renew()
            return receipt.page(visit, form.told.data, form), 422
    asked = AskingForm(formdata=None)
    asked.told.data = form.told.data
    return _more(visit, asked)


def _told(form: Any) -> dict[str, Any]:
    nothing = {"pieces": [], "clue": ""}
    return hidden.take(receipt.TOLD, form.told.data, hidden.VISIT_LIFETIME) or nothing


def _more(visit: hidden.Visit, form: Any, failed: str = "") -> str:
    form.visit.data = visit.put()
    return render_template(
        "safeguarding/intake/more.html",
        form=form,
        told=_told(form),
        kinds=KINDS,
        parts=((_("子どものこと"), CHILD), (_("あったこと"), HAPPENED), (_("そのほか"), KNOWN)),
        failed=failed,
        look=door_bar.look(),
        doors=door_bar.bar(),
    )


@bp.post("/more")
@access.visitor
def more() -> ResponseReturnValue:
    """Answers to the optional questions, and the report's own paragraphs sorted and marked."""
    form = AskingForm()
    visit = hidden.Visit.take(form.visit.data)
    if visit is None:
        return over(form.text.data)
    if not form.validate():
        form.renew()
        return _more(visit, form), 422
    told = _told(form)
    sorted_ = Content(
        marks(tuple(told["pieces"])),
        clue_telling="telling-clue" in request.form,
        answers={MARKS: MARKS_REPORT},
    )
    added = Content(pieces_of(form.text.data), answers=answers_of(form, QUESTIONS))
    given = [added] if added.paragraphs or added.answers else []
    if sorted_.clue_telling or any(one.kind != "told" or one.telling for one in sorted_.paragraphs):
        given.insert(0, sorted_)
    try:
        for content in given:
            sending.add(visit.report_id, content, (), form.seed_bytes)
    except DBAPIError as error:
        form.renew()
        return _more(visit, form, not_kept(error)), 503
    return visit_page(visit, _("書き足しました。") if given else "")
