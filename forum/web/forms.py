"""Forms of the house: Japanese messages, tokens, and everything typed still there."""

from typing import Any, cast

from flask import current_app, request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from wtforms import Field, HiddenField, StringField
from wtforms.validators import ValidationError

from config import Settings
from forum.web import once


def settings() -> Settings:
    """The settings of the running door."""
    return cast(Settings, current_app.extensions["settings"])


class HouseToken(_FlaskFormCSRF):  # type: ignore[misc]
    """The token of a form, bound to the session.

    Some in-app browsers give no cookie back, ever. Where no cookie came there is nothing that a
    foreign page could borrow, so the signed ticket and the checked origin are enough.
    """

    def validate_csrf_token(self, form: Any, field: Field) -> None:
        try:
            super().validate_csrf_token(form, field)
        except ValidationError:
            if not request.cookies and isinstance(form, TicketForm) and form.ticket is not None:
                return
            raise ValidationError(
                _(
                    "ページを開いてから時間がたったため、もう一度「送る」を押してください。書いた文はそのまま残っています。"
                )
            ) from None


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A form with a token."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf_class = HouseToken
        locales = ["ja"]

    def renew(self) -> None:
        """Put a fresh token into the form, so that the next press counts."""
        if "csrf_token" in self:
            self.csrf_token.process(None)


class TicketForm(BaseForm):
    """A form whose sending twice counts once, with a trap for machines."""

    once = HiddenField()
    # A trap: people never see it; programs fill in whatever they find.
    homepage = StringField(_("この欄は空のままにしてください"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticket = once.read(self.once.data, settings().form_lifetime)
        if self.ticket is None:
            self.once.data = once.issue()

    def validate_once(self, field: Field) -> None:
        if self.ticket is None:
            raise ValidationError(
                _(
                    "ページを開いてから時間がたったため、もう一度「送る」を押してください。書いた文はそのまま残っています。"
                )
            )
        if self.ticket.age().total_seconds() < settings().form_seconds_min:
            raise ValidationError(_("送信が速すぎたため、止めました。もう一度「送る」を押してください。"))

    def validate_homepage(self, field: Field) -> None:
        if field.data:
            raise ValidationError(_("見えない欄に文字が入っていました。もう一度「送る」を押してください。"))

    @property
    def once_key(self) -> str:
        """The ticket's key, for a unique column; only after validation."""
        if self.ticket is None:
            raise ValueError("the form has no valid ticket")
        return self.ticket.key
