"""Forms of a worry, a search, the cards, the memo and the counter."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from forum.ask.ages import parse_age
from forum.board.forms import refuse, text_fault, title_fault
from forum.city.types import CityPack
from forum.web import once
from forum.web.forms import BaseForm, TicketForm, settings


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


class ToldForm(WorryForm):
    """A worry told at a window or on the telephone, written down by staff."""

    consent = BooleanField(
        _("公開の広場にのせることと、名前を出さないことを話し、本人が「よい」と言いました"),
        validators=[InputRequired(_("本人の「よい」がないと、のせられません。"))],
    )


class HeldForm(TicketForm):
    """The text of somebody whose post waits, on its way back: as typed, in the page of its writer alone."""

    text = HiddenField()
    post = HiddenField()

    def carry(self, once_data: str) -> None:
        """Take over the ticket of the form that brought the text."""
        ticket = once.read(once_data, settings().form_lifetime)
        if ticket is not None:
            self.ticket, self.once.data = ticket, once_data


class MemoForm(TicketForm):
    """The lines of a memo, as the cards made them."""

    lines = TextAreaField(_("メモの文"))


class CodeForm(BaseForm):
    """The counter's form."""

    code = StringField(_("相談メモの番号"))

    def validate_code(self, field: Field) -> None:
        if not (field.data or "").strip():
            raise ValidationError(gettext("番号を入れてください。"))
