"""Pages of the cases: the work on one case, the tasks of all, the children whom nobody has seen.

What is sealed is shown after 「ひらく」 only. After a change the same page is shown again, opened.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum import clock, storage
from forum.errors import NotFound, Refused
from forum.safeguarding import policy
from forum.safeguarding.cases import blocks, desk, forms, queries, refusals, service, setting, words
from forum.safeguarding.cases.actions import ACTIONS, sent
from forum.safeguarding.cases.types import Case
from forum.safeguarding.staff import access
from forum.safeguarding.vault.db import vault_db, writing
from forum.web.forms import BaseForm

bp = Blueprint("cases", __name__)


class OpenForm(BaseForm):
    """「ひらく」: a button and nothing else."""


def _case(case_id: str) -> Case:
    return queries.case(case_id, desk.actor())


@bp.get("/cases/<case_id>/work")
@access.worker
def work(case_id: str) -> ResponseReturnValue:
    """The work on a case before it is opened. A merged case leads to the one that holds it."""
    case = _case(case_id)
    if case.merged_into is not None:
        return redirect(url_for("cases.work", case_id=queries.root_of(case_id)), 303)
    return _closed_page(case)


def _closed_page(case: Case) -> str:
    return render_template(
        "safeguarding/cases/work.html",
        case=case,
        page=blocks.Page(case, access.me()),
        links=setting.current().links,
        notice="",
        faulty=None,
        form=OpenForm(),
    )


@bp.post("/cases/<case_id>/work")
@access.worker
def open_work(case_id: str) -> ResponseReturnValue:
    """Open everything that was written down about a case."""
    case = _case(case_id)
    if not OpenForm().validate():
        return _closed_page(case), 422
    return _opened_page(case)


def _opened_page(case: Case, notice: str = "", faulty: forms.CaseForm | None = None) -> str:
    desk.note_opening("open_work", case.id)
    case = _case(case.id)
    me, ring = access.me(), access.keyring()
    return render_template(
        "safeguarding/cases/work.html",
        case=case,
        page=blocks.Page(case, me),
        links=setting.current().links,
        notice=notice,
        faulty=faulty,
        blocks=[block(case, ring, me) for block in (*setting.current().blocks, *blocks.ALL.values())],
    )


@bp.post("/cases/<case_id>/do/<action>")
@access.worker
def act(case_id: str, action: str) -> ResponseReturnValue:
    """Change the case as a form says."""
    return _act(case_id, action, "")


@bp.post("/cases/<case_id>/do/<action>/<target>")
@access.worker
def act_on(case_id: str, action: str, target: str) -> ResponseReturnValue:
    """Change one row of the case as a form says."""
    return _act(case_id, action, target)


def _act(case_id: str, name: str, target: str) -> ResponseReturnValue:
    case, actor, action = _case(case_id), desk.actor(), ACTIONS.get(name)
    if action is None:
        raise NotFound
    form = action.form(prefix=forms.prefix(name, target))
    if not form.validate():
        return _again(case, name, target, form), 422
    if name == "approve-deletion":
        access.require_step_up()
    try:
        it = sent(case_id, target, form, actor)
        with writing():
            action.run(it)
    except Refused as no:
        if not refusals.known(no):
            raise
        refusals.tell(form, no, refusals.sentence(no, desk.names(), desk.stamp))
        return _again(_case(case_id), name, target, form), refusals.status(no)
    except NotFound:
        if not isinstance(form, forms.MergeForm):
            raise
        form.form_errors.append("ケースの番号がちがうか、あなたには見えないケースです。")
        return _again(_case(case_id), name, target, form), 422
    if name == "approve-deletion":
        storage.forget_erased(vault_db)
    if action.leaves and not _still_there(case_id):
        return redirect(url_for("cases.tasks"), 303)
    return _opened_page(_case(case_id), action.done)


def _again(case: Case, name: str, target: str, form: forms.CaseForm) -> str:
    """The opened page with what was typed, for the present version of the case."""
    form.see(case.version)
    forms.keep(name, target, form)
    return _opened_page(case, faulty=form)


def _still_there(case_id: str) -> bool:
    try:
        _case(case_id)
    except NotFound:
        return False
    return True


@bp.get("/tasks")
@access.worker
def tasks() -> ResponseReturnValue:
    """What is to be done in all cases, overdue first. Kinds and times alone; words after opening a case."""
    return render_template("safeguarding/cases/tasks.html", tasks=queries.tasks(desk.actor()), **_around())


@bp.get("/unseen")
@access.worker
def unseen() -> ResponseReturnValue:
    """The cases with a child whom nobody has seen since the latest cause."""
    return render_template(
        "safeguarding/cases/unseen.html", lines=queries.unseen_lines(desk.actor()), **_around()
    )


@bp.get("/keeping")
@access.supervisor
def keeping() -> ResponseReturnValue:
    """The cases whose time of keeping is over. Nothing is erased here."""
    mine = {one.id for one in queries.inbox(desk.actor(), ("closed",))}
    due = [one for one in service.purge_due(policy.current()) if one.case_id in mine]
    return render_template("safeguarding/cases/keeping.html", due=due, **_around())


def _around() -> dict[str, Any]:
    return {"names": desk.names(), "now": clock.now(), "stamp": desk.stamp, "words": words}
