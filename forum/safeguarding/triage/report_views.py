"""Opening a report: the line in the record first, then what was told; who told it stands apart."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from forum.errors import NotFound, Refused
from forum.safeguarding.cases import blocks
from forum.safeguarding.cases import queries as cases
from forum.safeguarding.cases.types import Case
from forum.safeguarding.lookup import block
from forum.safeguarding.staff import access
from forum.safeguarding.staff import queries as staff
from forum.safeguarding.triage import readers
from forum.safeguarding.triage.answers import AnswerForm, answers
from forum.safeguarding.triage.inbox_views import OpenForm, actor
from forum.safeguarding.triage.words import ENTRANCES, stamp
from forum.safeguarding.vault import audit, opening, queries, sealed, store
from forum.safeguarding.vault.content import Content, Identity
from forum.safeguarding.vault.db import writing
from forum.safeguarding.vault.marks import is_marking, marked
from forum.safeguarding.vault.questions import KINDS, in_words
from forum.safeguarding.vault.types import SealedMessage, SealedReport
from forum.safeguarding.watch import service as watch
from forum.web.forms import BaseForm

bp = Blueprint("report", __name__)

# Why somebody must know who reported. The record keeps the code; it takes no free words.
WHY = {
    "": "えらんでください",
    "callback": "折り返しの約束があるから",
    "clarify": "内容を確かめるため",
    "safety": "連絡した人の安全のため",
    "lawful-request": "法令にもとづく照会に答えるため",
}


class WhyForm(BaseForm):
    """Why somebody must know who reported."""

    reason = SelectField(
        lazy_gettext("開くわけ"),
        [InputRequired(lazy_gettext("開くわけを えらんでください。"))],
        choices=[SelectChoice(code, words) for code, words in WHY.items()],
    )


@dataclass(frozen=True)
class Said:
    """A message between desk and reporter, opened."""

    sealed: SealedMessage
    content: Content | None
    text: str


def visible(case_id: str) -> Case:
    """The case, if this worker may see it. Raises NotFound."""
    return cases.case(case_id, actor())


def the_report(report_id: str) -> tuple[SealedReport, Case]:
    """A report of a case that this worker may see. Raises NotFound."""
    report = queries.sealed_report(report_id)
    if report is None:
        raise NotFound
    return report, visible(cases.root_of(report.case_id))


def note(verb: str, subject: str, reason: str = "") -> None:
    """The line in the record, committed before anything is opened."""
    me = access.me()
    with writing():
        audit.record(verb, subject, staff_id=me.id, staff_name=me.name, reason=reason)


@bp.get("/cases/<case_id>/reports")
@access.worker
def closed(case_id: str) -> str:
    """What arrived for a case, still sealed."""
    case = visible(case_id)
    return _show(case, queries.reports_of(case.ids))


@bp.post("/reports/<report_id>/open")
@access.worker
def open_report(report_id: str) -> ResponseReturnValue:
    """Open one report and all that its reporter added."""
    report, case = the_report(report_id)
    if not OpenForm().validate():
        return _show(case, queries.reports_of(case.ids)), 422
    return opened_page(report, case)


def opened_page(report: SealedReport, case: Case, answer: AnswerForm | None = None, **more: object) -> str:
    """The opened page, after the line in the record."""
    me = access.me()
    messages = queries.messages_of(report.id)
    answer = answer or AnswerForm(formdata=None)
    answer.seen.data = str(len(messages))
    with writing():
        audit.record("open_report", report.id, staff_id=me.id, staff_name=me.name)
        store.mark_read(report.id)
        watch.handled(case.id, me.id)
        for message in messages:
            if message.direction == "in":
                store.mark_message_read(message.once)
    ring = access.keyring()
    content = opening.open_report(ring, report)
    said = [_said(message, opening.open_message(ring, message)) for message in messages]
    content = marked(content, [one.content for one in said if one.content is not None])
    case = visible(case.id)
    return _show(
        case,
        queries.reports_of(case.ids),
        known=block.known(case, ring, me),
        alike=block.suggest(case),
        holding=blocks.holding_block(case, ring, me),
        report=report,
        content=content,
        answers=in_words(content.answers),
        said=[one for one in said if one.content is None or not is_marking(one.content)],
        answer=answer,
        **more,
    )


def _said(message: SealedMessage, opened: Content | str) -> Said:
    if isinstance(opened, str):
        return Said(message, None, opened)
    lines = [opened.text(), *(f"{label}：{value}" for label, value in in_words(opened.answers))]
    return Said(message, opened, "\n".join(line for line in lines if line))


def _show(case: Case, reports: tuple[SealedReport, ...], **more: object) -> str:
    facts: dict[str, object] = {
        "report": None,
        "content": None,
        "identity": None,
        "answers": (),
        "said": (),
        "notice": "",
        "known": "",
        "alike": (),
        "holding": "",
        "why": WhyForm(formdata=None),
        "answer": AnswerForm(formdata=None),
    }
    return render_template(
        "safeguarding/desk/report.html",
        case=case,
        reports=reports,
        readers=readers.of_reports(one.id for one in reports),
        form=OpenForm(formdata=None),
        entrances=ENTRANCES,
        kinds=KINDS,
        stamp=stamp,
        templates=answers(),
        names={one.id: one.name for one in staff.everybody(present=False)},
        **(facts | more),
    )


@bp.post("/reports/<report_id>/answer")
@access.worker
def answer(report_id: str) -> ResponseReturnValue:
    """Seal an answer to the reporter's words, and keep it for the desk; or put a template into the box."""
    report, case = the_report(report_id)
    form = AnswerForm()
    template = request.form.get("fill", "")
    if template:
        form.fill(template)
        return opened_page(report, case, answer=form)
    if not form.validate() or not form.may_go():
        form.renew()
        return opened_page(report, case, answer=form), 422
    key = queries.reporter_key(report.id)
    if key is None:
        raise Refused("no_words")
    me = access.me()
    prepared = sealed.prepare_message_out(form.text.data, report.id, key, store.desk_key(), form.once_key)
    with writing():  # of two who answer in the same second, the second reads the first one's words before
        form.newer = not form.knows([one.once for one in queries.messages_of(report.id)])
        if not form.newer:
            store.add_message_out(report.id, prepared, me.id)
            audit.record("answer", report.id, staff_id=me.id, staff_name=me.name)
    if form.newer:
        form.renew()
        return opened_page(report, case, answer=form), 409
    return opened_page(report, case, notice=_("返事を送りました。"))


@bp.post("/reports/<report_id>/reporter")
@access.worker
def open_identity(report_id: str) -> ResponseReturnValue:
    """Who reported, as far as they told: after a fresh code, with a reason, and a line of its own."""
    access.require_step_up()
    report, case = the_report(report_id)
    form = WhyForm()
    if not form.validate():
        form.renew()
        return opened_page(report, case, why=form), 422
    note("open_reporter", report.id, form.reason.data)
    identity = opening.open_identity(access.keyring(), report)
    return opened_page(report, case, identity=identity or Identity(name="（何も書かれていません）"))
