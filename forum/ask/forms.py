"""Forms of a worry, a search, the cards, the memo and the counter."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from forum.ask.ages import parse_age
from forum.board.rules import check_text, check_title
from forum.city.types import CityPack
from forum.errors import Refused
from forum.privacy.input import clean_input
from forum.web.forms import BaseForm, TicketForm, settings


def text_fault(text: str) -> str | None:
    """What is wrong with a text's length, in words; None if nothing is."""
    limits = settings()
    try:
        check_text(clean_input(text), limits.text_min, limits.text_max)
    except Refused as no:
        if no.code == "too_short":
            return gettext("もう少しだけ書いてください（%(limit)s文字から送れます）。", **no.facts)
        return gettext("%(limit)s文字までで書いてください。いま%(length)s文字あります。", **no.facts)
    return None


class WorryForm(TicketForm):
    """One box; everything else may stay empty."""

    text = TextAreaField(_("いま、困っていること"))
    title = StringField(_("題名"))
    board = SelectField(_("どんなこと"), validate_choice=False)
    age = StringField(_("子どもの年齢"))
    district = SelectField(_("住んでいるあたり"), validate_choice=False)
    agreed = HiddenField()
    kept = SelectMultipleField(coerce=int, validate_choice=False)

    def __init__(self, pack: CityPack, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board.choices = [("", gettext("えらばない"))] + [(b.id, b.label) for b in pack.boards]
        self.district.choices = [("", gettext("書かない"))] + [(b, b) for b in pack.blocks]
        self.months: int | None = None

    def validate_text(self, field: Field) -> None:
        fault = text_fault(field.data or "")
        if fault:
            raise ValidationError(fault)

    def validate_title(self, field: Field) -> None:
        try:
            check_title(clean_input(field.data or ""), settings().title_max)
        except Refused as no:
            raise ValidationError(
                gettext("題名は%(limit)s文字までです。いま%(length)s文字あります。", **no.facts)
            ) from None

    def validate_age(self, field: Field) -> None:
        try:
            self.months = parse_age(field.data or "")
        except ValueError:
            raise ValidationError(
                gettext("年齢が読み取れませんでした。「8か月」「2歳3か月」「小3」のように書くか、空のままにしてください。")
            ) from None

    def validate_board(self, field: Field) -> None:
        self._known(field)

    def validate_district(self, field: Field) -> None:
        self._known(field)

    def _known(self, field: Field) -> None:
        if field.data and field.data not in dict(field.choices):
            raise ValidationError(gettext("一覧からえらんでください。"))


class MemoForm(TicketForm):
    """The lines of a memo, as the cards made them."""

    lines = TextAreaField(_("メモの文"))


class CodeForm(BaseForm):
    """The counter's form."""

    code = StringField(_("相談メモの番号"))

    def validate_code(self, field: Field) -> None:
        if not (field.data or "").strip():
            raise ValidationError(gettext("番号を入れてください。"))
