"""The box and its other entrances: what is typed there is sealed, stored and answered with a receipt."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError
from wtforms.fields.choices import SelectChoice

from forum.errors import Refused
from forum.safeguarding import policy
from forum.safeguarding.door import not_open_page
from forum.safeguarding.intake import counters, door_bar, hidden, receipt, rules, sending
from forum.safeguarding.intake.forms import OtherForm, ReportForm, WhoForm, answers_of, area, line, tidy
from forum.safeguarding.intake.forms import with_questions as asking
from forum.safeguarding.vault import store
from forum.safeguarding.vault.content import UNKNOWN, Content, Identity, Paragraph
from forum.safeguarding.vault.questions import KINDS, PROFESSIONAL, UNKNOWN_WORDS
from forum.web import access
from forum.web.pages import error_page

bp = Blueprint("letter", __name__)

NOT_KEPT = (
    "届いていません。機械の都合で、しまうことができませんでした。書いたものは、このページにそのまま残っています。"
    "もう一度「送る」を押してください。それでも届かないときは、上の番号に電話してください。"
)
SORTED = ("seen", "heard", "said", "supposed")


class ProForm(asking(WhoForm, PROFESSIONAL)):  # type: ignore[misc]  # made of the questions
    """The fast form of those who report as part of their work: facts apart from what is supposed."""

    organisation = line("学校・園・医療機関などの名前")
    seen = area("見たこと")
    heard = area("聞こえたこと")
    said = area("子ども・保護者・ほかの人が言ったこと（だれが言ったかも）")
    supposed = area("考えたこと・心配していること")

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits and not any(self[kind].data for kind in SORTED):
            self.seen.errors = [_("どれか一つに、ひとことだけでも書いてください。")]
            return False
        return fits

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(
            Paragraph(piece, kind, telling=f"telling-{kind}" in request.form)
            for kind in SORTED
            for piece in rules.paragraphs_of(self[kind].data)
        )


def marks(pieces: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs as they were sorted and marked on a page: fields kind-N, who-N, telling-N."""
    found = []
    for number, piece in enumerate(pieces):
        kind = request.form.get(f"kind-{number}", "told")
        who = tidy(request.form.get(f"who-{number}"))[:80]
        telling = f"telling-{number}" in request.form
        found.append(Paragraph(piece, kind if kind in KINDS else "told", who, telling))
    return tuple(found)


def _page(template: str, form: Any, **facts: Any) -> str:
    shown = {"failed": "", "doors": door_bar.bar(), "look": door_bar.look(), **facts}
    shown["has_child_door"] = "child.start" in current_app.view_functions
    return render_template(f"safeguarding/intake/{template}.html", form=form, **shown)


def _opened(template: str, form: Callable[[], Any], **facts: Any) -> str:
    """The page of a form; where nobody could open what is sent, one that says so."""
    try:
        store.desk_key()
    except Refused:
        return not_open_page()
    return _page(template, form(), **facts)


def deliver(form: Any, letter: sending.Letter, page: Callable[[str], str]) -> ResponseReturnValue:
    """Send, and answer with the receipt; or with the same page, which says plainly that it did not arrive."""
    try:
        sent = sending.send(letter, form.seed_bytes)
    except Refused:
        return not_open_with(form)
    except DBAPIError as error:
        current_app.logger.error("letterbox: not stored, %s", type(error.orig).__name__)
        form.renew()
        return page(_(NOT_KEPT)), 503
    visit = hidden.Visit(sent.words, sent.kept.report_id)
    return receipt.page(visit, receipt.carried(letter.content))


def not_open_with(form: Any) -> ResponseReturnValue:
    """Nobody could open it: it did not arrive, and the text is given back."""
    return error_page(
        503, _("この窓口は、まだ開いていません。届いていません。上の文は、写しておいてください。")
    )


def _content(form: ReportForm, pieces: tuple[Paragraph, ...], **answers: str) -> Content:
    told = {name: value for name, value in answers.items() if value}
    if form.clue_words == UNKNOWN:
        told["clue"] = UNKNOWN
    if form.now.data:
        told["now"] = "yes"
    return Content(pieces, form.clue.data, "telling-clue" in request.form, told)


def _letter(form: ReportForm, entrance: str, where: str = "") -> sending.Letter:
    pieces = marks(rules.paragraphs_of(form.text.data))
    danger = bool(form.now.data)
    return sending.Letter(
        content=_content(form, pieces, where=where),
        entrance=entrance,
        groups=rules.recipients(where, danger),
        urgent=danger,
        identity=form.identity() if form.tells_who else None,
        burst=counters.arrived(),
    )


@access.visitor
def home() -> str:
    """What this door is, who reads it and when, and the box."""
    return _opened("home", lambda: ReportForm(formdata=None))


@access.visitor
def send() -> ResponseReturnValue:
    """Take one line or a long text; marked before sending, if somebody wants that."""
    return _taken("home", ReportForm(), "neighbour")


def _taken(template: str, form: ReportForm, entrance: str) -> ResponseReturnValue:
    if not form.validate():
        form.renew()
        return _page(template, form), 422
    if request.form.get("step") == "mark":
        form.renew()
        pieces = rules.paragraphs_of(form.text.data)
        return _page("mark", form, pieces=pieces, kinds=KINDS, back=request.endpoint)
    return deliver(form, _letter(form, entrance), lambda failed: _page(template, form, failed=failed))


@bp.get("/self")
@access.visitor
def self_first() -> str:
    """For parents who are worried about themselves: help comes first, the box may be used too."""
    return _opened("self", lambda: ReportForm(formdata=None), people=door_bar.for_parents())


@bp.post("/self")
@access.visitor
def self_send() -> ResponseReturnValue:
    """A parent writes about themselves."""
    form = ReportForm()

    def page(failed: str = "") -> str:
        return _page("self", form, failed=failed, people=door_bar.for_parents())

    if not form.validate():
        form.renew()
        return page(), 422
    return deliver(form, _letter(form, "self"), page)


@bp.get("/other")
@access.visitor
def other() -> str:
    """What somebody did who works in a nursery, a school or the like."""
    return _opened("other", lambda: _with_places(OtherForm(formdata=None)), groups=_groups())


@bp.post("/other")
@access.visitor
def other_send() -> ResponseReturnValue:
    """It goes to those who do not run the place; unknown goes to both."""
    form = _with_places(OtherForm())

    def page(failed: str = "") -> str:
        return _page("other", form, failed=failed, groups=_groups())

    if not form.validate():
        form.renew()
        return page(), 422
    where = form.where.data if form.where.data in rules.WHERE else UNKNOWN
    return deliver(form, _letter(form, "neighbour", where), page)


def _groups() -> tuple[policy.Group, ...]:
    return tuple(policy.current().group(one) for one in rules.WHERE)


def _with_places(form: OtherForm) -> OtherForm:
    form.where.choices = [SelectChoice(group.id, group.label) for group in _groups()]
    form.where.choices.append(SelectChoice(UNKNOWN, UNKNOWN_WORDS))
    return form


@bp.get("/pro")
@access.visitor
def pro() -> str:
    """For schools, nurseries, clinics and others."""
    return _opened("pro", lambda: ProForm(formdata=None), questions_asked=PROFESSIONAL, kinds=SORTED)


@bp.post("/pro")
@access.visitor
def pro_send() -> ResponseReturnValue:
    """The items of a reception sheet, as far as they are known."""
    form = ProForm()

    def page(failed: str = "") -> str:
        return _page("pro", form, failed=failed, questions_asked=PROFESSIONAL, kinds=SORTED)

    if not form.validate():
        form.renew()
        return page(), 422
    danger = "now" in request.form
    answers = answers_of(form, PROFESSIONAL) | ({"now": "yes"} if danger else {})
    who = form.identity()
    identity = Identity(who.name, who.relation, who.phone, who.safe_to_call, form.organisation.data)
    letter = sending.Letter(
        content=Content(form.paragraphs, answers.get("address", ""), answers=answers),
        entrance="professional",
        groups=rules.recipients("", danger),
        urgent=danger,
        identity=identity or None,
        burst=counters.arrived(),
    )
    return deliver(form, letter, page)
