"""Answering a reporter, who reads it with their words. Templates are data; a person sends."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from forum.privacy.input import clean_input
from forum.safeguarding.triage import rules
from forum.web.forms import TicketForm

LONGEST = 2000


@dataclass(frozen=True)
class Answer:
    """A template of an answer."""

    id: str
    label: str
    text: str


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).with_name("answers.toml")).read_text(encoding="utf-8"))


@cache
def answers() -> tuple[Answer, ...]:
    """The templates, in the order of the file."""
    return tuple(Answer(**one) for one in _data()["answer"])


@cache
def watched() -> Mapping[str, tuple[str, ...]]:
    """Why some words want a second thought before they are sent, and the words."""
    return {one["why"]: tuple(one["words"]) for one in _data()["watched"]}


def _tidy(text: str | None) -> str:
    return clean_input(text or "").strip()


class AnswerForm(TicketForm):
    """What is said to the reporter. `seen`: how many messages stood on the page on which it was written."""

    seen = HiddenField()
    text = TextAreaField(
        _("返事・質問"),
        [DataRequired(_("返事を書いてください。")), Length(max=LONGEST, message=_("2,000文字までです。"))],
        filters=[_tidy],
        render_kw={"autocomplete": "off"},
    )
    sure = BooleanField(_("読みなおしました。このまま送ります"))

    warned: tuple[rules.Doubt, ...] = ()
    newer = False  # something was said since, by a colleague or by the reporter

    def fill(self, template_id: str) -> None:
        """Put a template into the box, below what stands there."""
        for one in answers():
            if one.id == template_id:
                self.text.data = rules.filled(self.text.data or "", one.text)
        self.renew()

    def knows(self, tickets: Sequence[str]) -> bool:
        """True if nothing was said since the page was opened, or this very answer is among it already."""
        return self.seen.data == str(len(tickets)) or self.once_key in tickets

    def may_go(self) -> bool:
        """True if nothing in it wants a second thought, or it was given one."""
        self.warned = rules.doubts(self.text.data or "", watched())
        return not self.warned or bool(self.sure.data)
