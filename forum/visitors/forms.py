"""The form that takes 合言葉."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, TextAreaField
from wtforms.validators import ValidationError

from forum.visitors.types import Hand
from forum.visitors.words import from_words
from forum.web.forms import BaseForm


class WordsForm(BaseForm):
    """The words, typed on another device."""

    words = TextAreaField(_("合言葉"))

    def validate_words(self, field: Field) -> None:
        self.hand: Hand | None = from_words(field.data or "")
        if self.hand is None:
            raise ValidationError(
                gettext(
                    "合言葉がちがうようです。11のことばを、ひらがなで順に入れてください。間は空白でかまいません。"
                )
            )
