"""The form with which an officer answers a voice."""

from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from forum.city.current import current
from forum.insight import rules
from forum.insight.types import Status
from forum.insight.words import status_word
from forum.visitors import gate
from forum.web.forms import TicketForm


class AnswerForm(TicketForm):
    """What the city does with a voice, and why."""

    decision = RadioField(_("市はどうしますか"), validate_choice=False)
    reason = TextAreaField(_("理由や、これからすること"))

    def __init__(self, before: Status | None) -> None:
        super().__init__()
        self.before = before
        self.decision.choices = [
            SelectChoice(one.value, status_word(one)) for one in Status if one is not before
        ]

    def validate_decision(self, field: Field) -> None:
        if field.data not in {choice.value for choice in self.decision.choices}:
            raise ValidationError(_("どれか一つをえらんでください。"))

    def validate_reason(self, field: Field) -> None:
        field.data = (field.data or "").strip()
        if self.decision.data != Status.RECEIVED and len(field.data) < rules.REASON_LEAST:
            raise ValidationError(_("理由や、これからすることを書いてください（5文字から）。"))
        if len(field.data) > rules.REASON_MOST:
            raise ValidationError(_("1000文字までで書いてください。"))
        found = gate.review(field.data, current()).masked.spans
        if found:
            words = "、".join(span.original for span in found)
            raise ValidationError(_("公開される文です。%(words)sは書けません。", words=words))
