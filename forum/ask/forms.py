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
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from forum.ask.ages import parse_age
from forum.board.forms import refuse, text_fault, title_fault
from forum.city.types import CityPack
from forum.web.forms import BaseForm, TicketForm


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
        self.board.choices = [SelectChoice("", gettext("えらばない"))]
        self.board.choices += [SelectChoice(board.id, board.label) for board in pack.boards]
        self.district.choices = [SelectChoice("", gettext("書かない"))]
        self.district.choices += [SelectChoice(block, block) for block in pack.blocks]
        self.months: int | None = None

    def validate_text(self, field: Field) -> None:
        refuse(text_fault(field.data or ""))

    def validate_title(self, field: Field) -> None:
        refuse(title_fault(field.data or ""))

    def validate_age(self, field: Field) -> None:
        try:
            self.months = parse_age(field.data or "")
        except ValueError:
            raise ValidationError(
                gettext(
                    "年齢が読み取れませんでした。「8か月」「2歳3か月」「小3」のように書くか、空のままにしてください。"
                )
            ) from None

    def validate_board(self, field: Field) -> None:
        self._known(field)

    def validate_district(self, field: Field) -> None:
        self._known(field)

    def _known(self, field: Field) -> None:
        if field.data and field.data not in {choice.value for choice in field.choices}:
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
