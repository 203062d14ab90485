"""A telephone, letter or counter report, typed while it is told: kept as it is written, by keyboard alone."""

from datetime import datetime

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from forum.safeguarding import policy
from forum.safeguarding.staff import access
from forum.safeguarding.triage import drafts
from forum.safeguarding.triage.words import ENTRANCES, stamp
from forum.safeguarding.vault import audit, sealed, store
from forum.safeguarding.vault.content import Content, Identity, Paragraph
from forum.safeguarding.vault.db import writing
from forum.web.forms import BaseForm

bp = Blueprint("phone", __name__)

LONG, SHORT = 4000, 200
PIECES = ("seen", "heard", "said", "supposed")
WHO = ("name", "relation", "phone", "safe_to_call", "organisation")
ANSWERS = ("child_name", "child_age", "child_school")


def _area(label: str) -> TextAreaField:
    return TextAreaField(label, [Optional(), Length(max=LONG, message=_("4,000文字までです。"))])


def _line(label: str) -> StringField:
    return StringField(label, [Optional(), Length(max=SHORT, message=_("200文字までです。"))])


class PhoneForm(BaseForm):
    """One page for a call; nothing but one of the four pieces is needed."""

    entrance = SelectField(
        _("どう届きましたか"),
        choices=[SelectChoice(one, ENTRANCES[one]) for one in ("telephone", "counter", "letter")],
    )
    seen = _area(_("見たこと"))
    heard = _area(_("聞こえたこと"))
    said = _area(_("だれかが言ったこと（だれが）"))
    supposed = _area(_("推測・心配"))
    clue = _line(_("場所・人の手がかり"))
    child_name = _line(_("子どもの名前"))
    child_age = _line(_("年齢・学年"))
    child_school = _line(_("園・学校"))
    urgent = BooleanField(_("いま危ない（短いほうの時計）"))
    groups = SelectMultipleField(_("受け取る担当"), [Optional()])
    name = _line(_("連絡した人の名前"))
    relation = _line(_("子どもとの関係"))
    phone = _line(_("折り返しの番号"))
    safe_to_call = _line(_("電話してよい時間"))
    organisation = _line(_("所属"))

    def fields(self) -> dict[str, str]:
        """What stands in the fields, for keeping."""
        kept = {
            field.name: field.data
            for field in self
            if isinstance(field.data, str) and field.name != "csrf_token"
        }
        return {**kept, "urgent": "1" if self.urgent.data else "", "groups": " ".join(self.groups.data or ())}


class PressForm(BaseForm):
    """One button."""


def _form(fields: dict[str, str] | None = None) -> PhoneForm:
    if fields is None:
        form = PhoneForm()
    else:
        data = {**fields, "urgent": bool(fields.get("urgent")), "groups": fields.get("groups", "").split()}
        form = PhoneForm(formdata=None, data=data)
    form.groups.choices = [SelectChoice(one.id, one.label) for one in policy.current().groups]
    return form


def _page(draft_id: str, form: PhoneForm, began_at: datetime, notice: str = "", failed: str = "") -> str:
    return render_template(
        "safeguarding/desk/phone.html",
        draft_id=draft_id,
        form=form,
        began=stamp(began_at),
        notice=notice,
        failed=failed,
    )


@bp.get("/phone")
@access.worker
def drafts_page() -> str:
    """The calls I have not finished, and a new one."""
    return render_template(
        "safeguarding/desk/phones.html",
        drafts=drafts.of(access.me().id),
        form=PressForm(formdata=None),
        stamp=stamp,
    )


@bp.post("/phone")
@access.worker
def begin() -> ResponseReturnValue:
    """The call begins: the clock of the report runs from here."""
    if not PressForm().validate():
        return drafts_page(), 422
    me = access.me()
    desk = store.desk_key()
    with writing():
        draft_id = drafts.begin(me.id, desk)
        audit.record("begin_call", draft_id, staff_id=me.id, staff_name=me.name)
    return redirect(url_for("phone.write", draft_id=draft_id), 303)


@bp.get("/phone/<draft_id>")
@access.worker
def write(draft_id: str) -> str:
    """Go on writing."""
    draft = drafts.opened(draft_id, access.me().id, access.keyring())
    return _page(draft_id, _form(dict(draft.fields)), draft.began_at)


@bp.post("/phone/<draft_id>")
@access.worker
def keep(draft_id: str) -> ResponseReturnValue:
    """Keep what is written, or make a report of it."""
    me, form = access.me(), _form()
    row = drafts.row(draft_id, me.id)
    began_at = row.began_at
    quiet = request.headers.get("Accept", "").startswith("application/json")
    if not form.validate():
        if quiet:
            return jsonify(kept=False), 422
        return _page(draft_id, form, began_at, failed=_("ここを直すと、残せます。")), 422
    box = drafts.sealed(draft_id, form.fields(), store.desk_key())
    if request.form.get("step") == "report":
        return _report(draft_id, form, began_at)
    with writing():
        drafts.keep(draft_id, me.id, box)
    if quiet:
        return jsonify(kept=True)
    return _page(draft_id, form, began_at, notice=_("ここまで残しました。"))


def _report(draft_id: str, form: PhoneForm, began_at: datetime) -> ResponseReturnValue:
    pieces = tuple(
        Paragraph(form[kind].data.strip(), kind) for kind in PIECES if (form[kind].data or "").strip()
    )
    if not pieces:
        failed = _("見たこと・聞こえたこと・言ったこと・推測の、どれか一つに書いてください。")
        return _page(draft_id, form, began_at, failed=failed), 422
    me = access.me()
    told = {name: form[name].data for name in ANSWERS if form[name].data}
    content = Content(pieces, form.clue.data or "", answers=told)
    identity = Identity(**{name: form[name].data or "" for name in WHO})
    prepared = sealed.prepare(content, identity or None, (), store.desk_key(), reporter=None)
    groups = form.groups.data or [policy.FAMILY]
    with writing():
        kept = store.put_report(
            prepared, policy.current(), entrance=form.entrance.data, groups=groups,
            urgent=bool(form.urgent.data), once=f"draft:{draft_id}", at=began_at,
        )  # fmt: skip
        drafts.erase(draft_id, me.id)
        audit.record("enter_report", kept.report_id, staff_id=me.id, staff_name=me.name)
    return redirect(url_for("report.closed", case_id=kept.case_id), 303)


@bp.post("/phone/<draft_id>/erase")
@access.worker
def erase(draft_id: str) -> ResponseReturnValue:
    """A mistake: the draft goes."""
    me = access.me()
    if not PressForm().validate():
        return drafts_page(), 422
    with writing():
        drafts.erase(draft_id, me.id)
        audit.record("erase_call", draft_id, staff_id=me.id, staff_name=me.name)
    return redirect(url_for("phone.drafts_page"), 303)
