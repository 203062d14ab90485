"""The form for a call: one page, nothing needed but one of the four pieces."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from forum import ids
from forum.privacy.input import clean_input
from forum.safeguarding import policy
from forum.safeguarding.triage.words import ENTRANCES
from forum.safeguarding.vault.content import UNKNOWN, Content, Identity, Paragraph
from forum.web.forms import BaseForm

LONG, SHORT = 4000, 200
ID = 10  # characters of a public id
PIECES = ("seen", "heard", "said", "supposed")
WHO = ("name", "relation", "phone", "safe_to_call", "organisation")
FIRST = ("child_name", "child_age", "child_school", "address")
MORE = ("child_now", "guardians", "siblings", "since", "injuries", "earlier", "family_knows")
_OFF = {"autocomplete": "off"}


def _tidy(text: str | None) -> str:
    return clean_input(text or "").strip()


def _area(label: str) -> TextAreaField:
    limit = Length(max=LONG, message=_("4,000文字までです。"))
    return TextAreaField(label, [Optional(), limit], filters=[_tidy], render_kw=_OFF)


def _line(label: str) -> StringField:
    limit = Length(max=SHORT, message=_("200文字までです。"))
    return StringField(label, [Optional(), limit], filters=[_tidy], render_kw=_OFF)


def _telling(about: str) -> BooleanField:
    return BooleanField(_("%(about)sが伝わると、だれが連絡したか分かる", about=about))


class PressForm(BaseForm):
    """One button."""


class PhoneForm(BaseForm):
    """What is asked and told in a call, a letter, or at the counter.

    `page`: a name for this page as it was shown, so that a second press of its button is known as one.
    """

    page = HiddenField(default=ids.new_public_id)
    entrance = SelectField(
        _("どう届きましたか"),
        choices=[SelectChoice(one, ENTRANCES[one]) for one in ("telephone", "counter", "letter")],
    )
    seen = _area(_("見たこと"))
    telling_seen = _telling(_("見たこと"))
    heard = _area(_("聞こえたこと"))
    telling_heard = _telling(_("聞こえたこと"))
    said = _area(_("だれかが言ったこと"))
    said_by = _line(_("言ったのは、だれですか"))
    telling_said = _telling(_("言ったこと"))
    supposed = _area(_("推測・心配"))
    telling_supposed = _telling(_("推測"))
    clue = _line(_("場所・人の手がかり"))
    clue_telling = _telling(_("手がかり"))
    child_name = _line(_("子どもの名前・ふりがな"))
    child_age = _line(_("年齢・学年"))
    child_school = _line(_("園・学校、クラス"))
    address = _line(_("住所"))
    child_now = _line(_("子どもは、いまどこにいますか"))
    guardians = _line(_("保護者の名前・続柄・連絡先"))
    siblings = _line(_("きょうだい・いっしょに住む人"))
    since = _line(_("いつから・どのくらい"))
    injuries = _line(_("けが・あざ（どこに、どんな）"))
    earlier = _line(_("前にも、どこかに相談したことがありますか"))
    family_knows = SelectField(
        _("家の人は、この連絡のことを知っていますか"),
        choices=[
            SelectChoice("", "聞いていない"),
            SelectChoice("yes", "はい"),
            SelectChoice("no", "いいえ"),
            SelectChoice(UNKNOWN, "わからない"),
        ],
    )
    urgent = BooleanField(_("いま危ない（短いほうの時計）"))
    groups = SelectMultipleField(_("受け取る担当"), [Optional()])
    name = _line(_("連絡した人の名前"))
    relation = _line(_("子どもとの関係"))
    phone = _line(_("折り返しの番号"))
    safe_to_call = _line(_("電話してよい時間・しかた"))
    organisation = _line(_("所属"))

    def fields(self) -> dict[str, str]:
        """What stands in the fields, for keeping."""
        kept: dict[str, str] = {}
        for field in self:
            if isinstance(field, BooleanField):
                kept[field.name] = "1" if field.data else ""
            elif isinstance(field, SelectMultipleField):
                kept[field.name] = " ".join(field.data or ())
            elif field.name not in ("csrf_token", "page"):
                kept[field.name] = field.data or ""
        return {name: value for name, value in kept.items() if value}

    def content(self) -> Content:
        """What was told, as it is sealed; without paragraphs where none of the four was filled in."""
        pieces = tuple(
            Paragraph(
                self[kind].data,
                kind,
                who=self.said_by.data if kind == "said" else "",
                telling=bool(self[f"telling_{kind}"].data),
            )
            for kind in PIECES
            if self[kind].data
        )
        told = {one: self[one].data for one in (*FIRST, *MORE) if self[one].data}
        return Content(pieces, self.clue.data, bool(self.clue_telling.data), answers=told)

    def identity(self) -> Identity:
        """Who told it, for a box of its own."""
        return Identity(**{one: self[one].data for one in WHO})

    def page_name(self) -> str:
        """The page's name, or a fresh one where somebody changed it."""
        name = self.page.data or ""
        return name if name.isascii() and name.isalnum() and len(name) == ID else ids.new_public_id()

    def some(self, *names: str) -> bool:
        """True if one of these fields is filled in or faulty: its part of the page stands open."""
        return any(self[name].data or self[name].errors for name in names)


def sent() -> PhoneForm:
    """The form as it was sent."""
    return _offered(PhoneForm())


def kept(fields: Mapping[str, str]) -> PhoneForm:
    """The form with what was kept; a fresh one is meant for those who receive the worries about families."""
    data: dict[str, Any] = dict(fields)
    data["groups"] = fields.get("groups", policy.FAMILY if not fields else "").split()
    return _offered(PhoneForm(formdata=None, data=data))


def _offered(form: PhoneForm) -> PhoneForm:
    form.groups.choices = [SelectChoice(one.id, one.label) for one in policy.current().groups]
    return form
