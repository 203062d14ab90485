"""Forms of the papers."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from forum.errors import Refused
from forum.safeguarding.paper import handover
from forum.safeguarding.paper.rules import REASON_MOST
from forum.web.forms import BaseForm, TicketForm

LONGEST_KEY = 100  # characters; a key has 44


class PrintForm(BaseForm):
    """「紙にする」."""

    child_text = BooleanField(_("子どもが書いた文も入れる（もう一人の同意がいります）"))


class AskForm(TicketForm):
    """Why what a child wrote must leave the desk, and on which paper."""

    kind = SelectField(_("どの紙に"))
    reason = StringField(
        _("入れるわけ"), [DataRequired(_("わけを書いてください。")), Length(max=REASON_MOST)]
    )


def ask_form(kinds: Mapping[str, str], *, sent: bool = False) -> AskForm:
    """The form with the papers that may be asked for; `sent`: as it came."""
    form = AskForm() if sent else AskForm(formdata=None)
    form.kind.choices = list(kinds.items())
    return form


class AnswerForm(BaseForm):
    """The second person's yes or no: two buttons."""


class HandOverForm(BaseForm):
    """To whom a case goes: their key, and the letters that they read out at the telephone."""

    key = StringField(
        _("受けとる機関の公開鍵"),
        [
            DataRequired(_("公開鍵を入れてください。")),
            Length(max=LONGEST_KEY, message=_("公開鍵が長すぎます。")),
        ],
    )
    tally = StringField(
        _("電話で聞いた合い札（8文字）"), [DataRequired(_("合い札を、電話で聞いて入れてください。"))]
    )
    child_text = BooleanField(_("子どもが書いた文も入れる（もう一人の同意がいります）"))

    def validate_key(self, field: StringField) -> None:
        try:
            handover.public_key(field.data or "")
        except Refused:
            raise ValidationError(
                _("公開鍵として読めません。受けとる機関から届いたものを、そのまま貼ってください。")
            ) from None

    def validate_tally(self, field: StringField) -> None:
        if self.key.errors or not field.data:
            return
        told = "".join(field.data.upper().split()).replace("-", "")
        if told != handover.tally(handover.public_key(self.key.data)):
            raise ValidationError(
                _("合い札が公開鍵と合いません。もう一度、電話で確かめてください。合わないうちは渡せません。")
            )
