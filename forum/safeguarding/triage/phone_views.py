"""A telephone, letter or counter report, typed while it is told: kept as it is written, by keyboard alone."""

from collections.abc import Sequence

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum import clock
from forum.errors import NotFound
from forum.safeguarding import policy
from forum.safeguarding.lookup import block
from forum.safeguarding.lookup import service as lookup
from forum.safeguarding.lookup.types import Suggestion
from forum.safeguarding.lookup.views import present
from forum.safeguarding.staff import access
from forum.safeguarding.staff import queries as staff
from forum.safeguarding.triage import drafts, phone_form
from forum.safeguarding.triage.drafts import Draft
from forum.safeguarding.triage.phone_form import PhoneForm, PressForm
from forum.safeguarding.triage.words import stamp
from forum.safeguarding.vault import audit, sealed, store
from forum.safeguarding.vault.content import Content
from forum.safeguarding.vault.db import writing

bp = Blueprint("phone", __name__)

LISTS = "safeguarding/desk/phones.html"


def _note(verb: str, draft_id: str) -> None:
    """A line in the record, inside the open transaction."""
    me = access.me()
    audit.record(verb, draft_id, staff_id=me.id, staff_name=me.name)


def _mine(draft_id: str) -> Draft:
    """My draft. Raises NotFound."""
    draft = drafts.anyones(draft_id)
    if draft.staff_id != access.me().id:
        raise NotFound
    return draft


def _page(draft: Draft, form: PhoneForm, alike: Sequence[Suggestion] | None = None, **told: str) -> str:
    return render_template(
        "safeguarding/desk/phone.html",
        draft=draft,
        form=form,
        began=stamp(draft.began_at),
        names_of=phone_form,
        alike=_reasons(alike) if alike is not None else None,
        notice=told.get("notice", ""),
        failed=told.get("failed", ""),
    )


def _reasons(alike: Sequence[Suggestion]) -> list[tuple[str, str, list[str]]]:
    return [
        (one.case.case_id, stamp(one.case.opened_at), [block.in_words(reason) for reason in one.reasons])
        for one in alike
    ]


@bp.get("/phone")
@access.worker
def drafts_page() -> str:
    """The calls that are not finished, mine and those that were left, and a new one."""
    me, found = access.me(), drafts.everyones()
    return render_template(
        LISTS,
        mine=[one for one in found if one.staff_id == me.id],
        others=[one for one in found if one.staff_id != me.id],
        names={one.id: one.name for one in staff.everybody(present=False)},
        form=PressForm(formdata=None),
        stamp=stamp,
    )


@bp.post("/phone")
@access.worker
def begin() -> ResponseReturnValue:
    """The call begins: the clock of the report runs from here. Or one that went away goes on as a new one."""
    if "page" in request.form:
        return _begin_again()
    if not PressForm().validate():
        return drafts_page(), 422
    desk = store.desk_key()
    with writing():
        draft_id = drafts.begin(access.me().id, desk)
        _note("begin_call", draft_id)
    return redirect(url_for("phone.write", draft_id=draft_id), 303)


def _begin_again() -> ResponseReturnValue:
    """What was typed for a call that went away is kept as one of its own."""
    form, instead_of = phone_form.sent(), request.form.get("instead_of", "")
    if not form.validate():
        return _gone_page(instead_of, form, _("ここを直すと、残せます。")), 422
    draft_id = form.page_name()
    box = drafts.sealed(draft_id, form.fields(), store.desk_key())
    with writing():
        if drafts.begin_again(draft_id, access.me().id, box, instead_of):
            _note("begin_call", draft_id)
    return redirect(url_for("phone.write", draft_id=draft_id), 303)


@bp.get("/phone/<draft_id>")
@access.worker
def write(draft_id: str) -> ResponseReturnValue:
    """An empty page to write on; what was kept is opened with a button."""
    case_id = drafts.became(draft_id)
    if case_id is not None:
        return redirect(url_for("report.closed", case_id=case_id), 303)
    draft = _mine(draft_id)
    if draft.empty:
        return _page(draft, phone_form.kept({}))
    return render_template(
        "safeguarding/desk/phone_kept.html", draft=draft, form=PressForm(formdata=None), stamp=stamp
    )


@bp.post("/phone/<draft_id>/open")
@access.worker
def open_draft(draft_id: str) -> ResponseReturnValue:
    """Go on with a call that was kept."""
    draft = _mine(draft_id)
    if not PressForm().validate():
        return redirect(url_for("phone.write", draft_id=draft_id), 303)
    with writing():
        _note("open_call", draft_id)
    return _page(draft, phone_form.kept(drafts.opened(draft_id, draft.staff_id, access.keyring())))


@bp.post("/phone/<draft_id>/take")
@access.worker
def take(draft_id: str) -> ResponseReturnValue:
    """Go on with a call that a colleague left. It may hold who reported, so a fresh code is asked for."""
    access.require_step_up(url_for("phone.drafts_page"))
    if not PressForm().validate():
        return drafts_page(), 422
    with writing():
        drafts.take_over(draft_id, access.me().id)
        _note("take_call", draft_id)
    return redirect(url_for("phone.write", draft_id=draft_id), 303)


@bp.post("/phone/<draft_id>")
@access.worker
def keep(draft_id: str) -> ResponseReturnValue:
    """Keep what is written, and look for what is already known; or make a report of it."""
    form = phone_form.sent()
    try:
        return _kept(drafts.mine(draft_id, access.me().id), form, request.form.get("step", "keep"))
    except drafts.Elsewhere:
        return _elsewhere(draft_id, form)


def _kept(draft: Draft, form: PhoneForm, step: str) -> ResponseReturnValue:
    if not form.validate():
        if _quiet():
            return jsonify(kept=False), 422
        form.renew()
        return _page(draft, form, failed=_("ここを直すと、残せます。")), 422
    content = form.content()
    if step == "report" and content.paragraphs:
        return _report(draft, form, content)
    box = drafts.sealed(draft.id, form.fields(), store.desk_key())
    with writing():
        drafts.keep(draft.id, draft.staff_id, box)
    if step == "report":
        failed = _("見たこと・聞こえたこと・言ったこと・推測の、どれか一つに書いてください。")
        return _page(draft, form, failed=failed), 422
    if _quiet() and step != "look":
        return jsonify(kept=True, at=_time())
    alike = lookup.alike(content, present())
    if _quiet():
        page = render_template("safeguarding/desk/_alike.html", alike=_reasons(alike))
        return jsonify(kept=True, at=_time(), alike=page)
    return _page(draft, form, alike, notice=_("ここまで残しました。"))


def _quiet() -> bool:
    """True if a script asks while somebody types."""
    return request.headers.get("Accept", "").startswith("application/json")


def _elsewhere(draft_id: str, form: PhoneForm) -> ResponseReturnValue:
    """The draft went away under somebody's hands: nothing typed is lost, and it can be kept anew."""
    if _quiet():
        return jsonify(kept=False), 409
    same_press = drafts.became(draft_id, form.page_name())
    if same_press is not None:
        return redirect(url_for("report.closed", case_id=same_press), 303)
    form.validate()
    return _gone_page(draft_id, form, _what_became(draft_id)), 409


def _gone_page(instead_of: str, form: PhoneForm, failed: str) -> str:
    """All that was typed for a draft that went away, with a button that keeps it as a new one."""
    form.renew()
    return render_template(
        "safeguarding/desk/phone.html",
        draft=None,
        instead_of=instead_of,
        form=form,
        names_of=phone_form,
        alike=None,
        notice="",
        failed=failed,
    )


def _what_became(draft_id: str) -> str:
    if drafts.became(draft_id) is not None:
        return _("この聞きとりは、ほかの画面で、もう受付になっています。")
    try:
        drafts.anyones(draft_id)
    except NotFound:
        return _("この聞きとりは、ほかの画面で消されています。")
    return _("この聞きとりは、ほかの人が引き取りました。")


def _time() -> str:
    """The city's time of day: the machine on which somebody types may have another."""
    return f"{clock.local(clock.now()):%H:%M}"


def _report(draft: Draft, form: PhoneForm, content: Content) -> ResponseReturnValue:
    me = access.me()
    prepared = sealed.prepare(content, form.identity() or None, (), store.desk_key(), reporter=None)
    groups = form.groups.data or [policy.FAMILY]
    with writing():
        drafts.finish(draft.id, me.id)
        kept = store.put_report(
            prepared, policy.current(), entrance=form.entrance.data, groups=groups,
            urgent=bool(form.urgent.data), once=drafts.once(draft.id, form.page_name()), at=draft.began_at,
        )  # fmt: skip
        audit.record("enter_report", kept.report_id, staff_id=me.id, staff_name=me.name)
    return redirect(url_for("report.closed", case_id=kept.case_id), 303)


@bp.post("/phone/<draft_id>/erase")
@access.worker
def erase(draft_id: str) -> ResponseReturnValue:
    """A mistake: the draft goes."""
    if not PressForm().validate():
        return drafts_page(), 422
    with writing():
        drafts.erase(draft_id, access.me().id)
        _note("erase_call", draft_id)
    return redirect(url_for("phone.drafts_page"), 303)
