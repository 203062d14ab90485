"""Pages of the papers: what can be printed of a case, the second person, the box for another office."""

from flask import Blueprint, Flask, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.errors import Refused
from forum.safeguarding import policy
from forum.safeguarding.cases import desk as cases_desk
from forum.safeguarding.cases import queries as cases
from forum.safeguarding.cases.types import Case
from forum.safeguarding.paper import catalogue, handover, queries, rules, service
from forum.safeguarding.paper.forms import AnswerForm, HandOverForm, PrintForm, ask_form
from forum.safeguarding.staff import access
from forum.safeguarding.vault import store
from forum.safeguarding.vault.db import writing

bp = Blueprint("paper", __name__)

SENTENCES = {
    "needs_reason": "わけを書いてください。",
    "too_long": "わけが長すぎます。",
    "asked_already": "もう頼んでいます。もう一人の返事を待っています。",
    "oneself": "自分の頼みには、自分で返事できません。ほかの人に頼んでください。",
    "over": "この頼みは終わっています。もう一度頼んでください。",
    "needs_second_person": "子どもが書いた文を入れるには、もう一人の同意がいります。下で頼んでください。",
    "no_key": "公開鍵として使えません。受けとる機関に、作りなおしてもらってください。",
}


def install(app: Flask) -> None:
    """Read the templates and add the pages to the desk. Raises PackError."""
    catalogue.install(app)
    app.register_blueprint(bp)


def _case(case_id: str) -> Case:
    return cases.case(cases.root_of(case_id), cases_desk.actor())


@bp.get("/cases/<case_id>/papers")
@access.worker
def page(case_id: str) -> str:
    """What can be printed; nothing is opened yet."""
    return _page(_case(case_id))


@bp.post("/cases/<case_id>/papers/answers")
@access.worker
def waiting(case_id: str) -> ResponseReturnValue:
    """The same page with the reasons of those who ask opened, for whoever is to answer."""
    case = _case(case_id)
    if not AnswerForm().validate():
        return _page(case), 422
    cases_desk.note_opening("open_requests", case.id)
    return _page(case, opened=True)


def _kinds() -> dict[str, str]:
    """What may hold a child's own text, with a second person: papers, and the box."""
    papers = {one.id: one.name for one in catalogue.current() if one.child_text}
    return papers | {service.HANDOVER: "ほかの機関へ渡す箱"}


def _page(case: Case, failed: str = "", opened: bool = False, **given: object) -> str:
    ring = access.keyring() if opened else None
    facts = {"ask": ask_form(_kinds()), "hand_over": HandOverForm(formdata=None)}
    now = clock.now()
    return render_template(
        "safeguarding/paper/page.html",
        case=case,
        papers=catalogue.current(),
        print_form=PrintForm(formdata=None),
        answer_form=AnswerForm(formdata=None),
        kinds=_kinds(),
        approvals=queries.approvals(case, ring),
        waits=lambda one: rules.waits(one, now),
        usable=lambda kind: rules.usable(queries.approvals(case), access.me().id, kind, now) is not None,
        opened=opened,
        failed=failed,
        me=access.me(),
        names=cases_desk.names(),
        stamp=cases_desk.stamp,
        **(facts | given),
    )


@bp.post("/cases/<case_id>/papers/print/<kind>")
@access.worker
def print_paper(case_id: str, kind: str) -> ResponseReturnValue:
    """A paper as PDF, in the browser alone."""
    case, form = _case(case_id), PrintForm()
    catalogue.template(kind)
    if not form.validate():
        return _page(case, " ".join(str(one) for one in form.errors.get("csrf_token", ()))), 422
    try:
        raw = service.draw(
            kind,
            case,
            cases_desk.actor(),
            access.keyring(),
            policy.current(),
            child_text=form.child_text.data,
        )
    except Refused as error:
        if error.code not in SENTENCES:
            raise
        return _page(case, SENTENCES[error.code]), 409
    return _file(raw, "application/pdf", f"inline; filename={kind}.pdf")


@bp.post("/cases/<case_id>/papers/ask")
@access.worker
def ask(case_id: str) -> ResponseReturnValue:
    """Ask a second person about what a child wrote."""
    case, form = _case(case_id), ask_form(_kinds(), sent=True)
    if not form.validate():
        form.renew()
        return _page(case, ask=form), 422
    desk = store.desk_key()
    try:
        with writing():
            service.ask(case, cases_desk.actor(), desk, form.kind.data, form.reason.data, form.once_key)
    except Refused as error:
        return _page(case, SENTENCES.get(error.code, "")), 409
    return _page(case)


@bp.post("/cases/<case_id>/papers/ask/<approval_id>")
@access.worker
def answer(case_id: str, approval_id: str) -> ResponseReturnValue:
    """Agree, or not."""
    case = _case(case_id)
    if not AnswerForm().validate():
        return _page(case), 422
    try:
        with writing():
            service.answer(
                case, cases_desk.actor(), approval_id, agreed=request.form.get("answer") == "agree"
            )
    except Refused as error:
        return _page(case, SENTENCES.get(error.code, "")), 409
    return _page(case)


@bp.post("/cases/<case_id>/papers/hand-over")
@access.worker
def hand_over(case_id: str) -> ResponseReturnValue:
    """The box for another office; a fresh code is asked for."""
    case, form = _case(case_id), HandOverForm()
    access.require_step_up(url_for("paper.page", case_id=case.id))
    if not form.validate():
        form.renew()
        return _page(case, hand_over=form), 422
    try:
        raw = service.hand_over(
            case,
            cases_desk.actor(),
            access.keyring(),
            policy.current(),
            handover.public_key(form.key.data),
            child_text=form.child_text.data,
        )
    except Refused as error:
        if error.code not in SENTENCES:
            raise
        return _page(case, SENTENCES[error.code], hand_over=form), 409
    return _file(raw, "application/octet-stream", f"attachment; filename={case.id}.box")


def _file(raw: bytes, kind: str, disposition: str) -> Response:
    response = Response(raw, mimetype=kind)
    response.headers["Content-Disposition"] = disposition
    return response
