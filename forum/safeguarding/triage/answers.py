"""Answering a reporter, who reads it with their words. Templates are data; a person sends."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from forum.web.forms import TicketForm

LONGEST = 2000


@dataclass(frozen=True)
class Answer:
    """A template of an answer."""

    id: str
    label: str
    text: str


@cache
def answers() -> tuple[Answer, ...]:
    """The templates, in the order of the file."""
    raw = tomllib.loads((Path(__file__).with_name("answers.toml")).read_text(encoding="utf-8"))
    return tuple(Answer(**one) for one in raw["answer"])


class AnswerForm(TicketForm):
    """What is said to the reporter."""

    text = TextAreaField(
        _("返事・質問"),
        [InputRequired(_("返事を書いてください。")), Length(max=LONGEST, message=_("2,000文字までです。"))],
    )
