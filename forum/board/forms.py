"""Forms of the board, and what is wrong with a text, in words."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from forum.board.rules import check_text, check_title
from forum.board.types import Kind
from forum.errors import Refused
from forum.privacy.input import clean_input
from forum.web.forms import BaseForm, TicketForm, settings


def text_fault(text: str) -> str | None:
    """What is wrong with a text's length, in words; None if nothing is."""
    try:
        check_text(clean_input(text), settings().text_min, settings().text_max)
    except Refused as no:
        if no.code == "too_short":
            return gettext("もう少しだけ書いてください（%(limit)s文字から送れます）。", **no.facts)
        return gettext("%(limit)s文字までで書いてください。いま%(length)s文字あります。", **no.facts)
    return None


def title_fault(title: str) -> str | None:
    """What is wrong with a title's length, in words; None if nothing is."""
    try:
        check_title(clean_input(title), settings().title_max)
    except Refused as no:
        return gettext("題名は%(limit)s文字までです。いま%(length)s文字あります。", **no.facts)
    return None


def refuse(fault: str | None) -> None:
    """Make a fault the field's error."""
    if fault:
        raise ValidationError(fault)


def kind_descriptions() -> dict[str, str]:
    """A line for each kind of reply."""
    return {
        Kind.EXPERIENCE.value: gettext("わたしのときはこうだった"),
        Kind.EMPATHY.value: gettext("気持ちが分かる、応援したい"),
        Kind.ADVICE.value: gettext("こうしてみては"),
        Kind.INFO.value: gettext("使える場所や制度"),
    }


class ReplyForm(TicketForm):
    """A reply with its kind."""

    kind = RadioField(
        _("どんな返信ですか"),
        choices=[
            SelectChoice(Kind.EXPERIENCE.value, _("体験談")),
            SelectChoice(Kind.EMPATHY.value, _("共感")),
            SelectChoice(Kind.ADVICE.value, _("アドバイス")),
            SelectChoice(Kind.INFO.value, _("情報")),
        ],
        default=Kind.EXPERIENCE.value,
    )
    body = TextAreaField(_("返信"))
    agreed = HiddenField()
    kept = SelectMultipleField(coerce=int, validate_choice=False)

    def validate_body(self, field: Field) -> None:
        refuse(text_fault(field.data or ""))


class OfficerForm(TicketForm):
    """An answer in the name of the city."""

    body = TextAreaField(_("市の答え"))
    agreed = HiddenField()
    kept = SelectMultipleField(coerce=int, validate_choice=False)

    def validate_body(self, field: Field) -> None:
        refuse(text_fault(field.data or ""))


class EditPostForm(BaseForm):
    """A reply, rewritten."""

    body = TextAreaField(_("返信"))
    agreed = HiddenField()
    kept = SelectMultipleField(coerce=int, validate_choice=False)

    def validate_body(self, field: Field) -> None:
        refuse(text_fault(field.data or ""))


class EditThreadForm(BaseForm):
    """A worry, rewritten."""

    title = StringField(_("題名"))
    text = TextAreaField(_("いま、困っていること"))
    agreed = HiddenField()
    kept = SelectMultipleField(coerce=int, validate_choice=False)

    def validate_title(self, field: Field) -> None:
        refuse(title_fault(field.data or ""))

    def validate_text(self, field: Field) -> None:
        refuse(text_fault(field.data or ""))


class ConfirmForm(BaseForm):
    """One button, with a token."""


def ask_again(form: Any) -> None:
    """Make a refused form ready for the next press; what was agreed to may have changed by then."""
    form.renew()
    if "agreed" in form:
        form.agreed.data = ""


def kept_numbers(form: Any) -> list[int]:
    """The spans that the writer wants to show, as answered on the preview page; none before it."""
    return list(form.kept.data or []) if form.agreed.data == "1" else []
