"""Forms of the letterbox. Little is asked, nothing is a gate, and everything typed stays."""

import secrets
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from forum.privacy.input import clean_input, visible_length
from forum.safeguarding.intake import hidden
from forum.safeguarding.vault.content import UNKNOWN, Identity
from forum.safeguarding.vault.questions import UNKNOWN_WORDS, Question
from forum.web import once
from forum.web.forms import TicketForm, settings

TEXT_MAX = 5_000  # characters; whoever has more to say adds it afterwards
LINE_MAX = 300
SEED_BYTES = 16
_OFF = {"autocomplete": "off"}


def tidy(text: str | None) -> str:
    """What was typed without what nobody can see."""
    return clean_input(text or "").strip()


def at_most(limit: int) -> Any:
    """A validator: no longer than so many characters."""

    def check(form: Any, field: Field) -> None:
        if len(field.data or "") > limit:
            raise ValidationError(
                gettext(
                    "%(max)s文字までにしてください（いま%(n)s文字）。残りは、送ったあとで書き足せます。",
                    max=limit,
                    n=len(field.data),
                )
            )

    return check


def line(label: Any) -> StringField:
    """A field of one line that may stay empty."""
    return StringField(label, filters=[tidy], validators=[at_most(LINE_MAX)], render_kw=_OFF)


def area(label: Any) -> TextAreaField:
    """A field of several lines that may stay empty."""
    return TextAreaField(label, filters=[tidy], validators=[at_most(TEXT_MAX)], render_kw=_OFF)


class LetterForm(TicketForm):
    """A form of the letterbox: no trap for machines and no time trap, because nobody is ever turned away.

    `seed`: random bytes that only this form holds, sealed and bound to its ticket (see `sending.send`).
    """

    homepage = None
    seed = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = hidden.take("seed", self.seed.data, settings().form_lifetime) if self.ticket else None
        if facts is not None and self.ticket is not None and facts["ticket"] == self.ticket.key:
            self.seed_bytes = bytes.fromhex(facts["seed"])
            return
        if self.ticket is not None:  # a ticket without its own seed
            self.ticket, self.once.data = None, once.issue()
        self.seed_bytes = secrets.token_bytes(SEED_BYTES)
        ticket = once.read(self.once.data, settings().form_lifetime)
        assert ticket is not None, "it was issued just now"
        self.seed.data = hidden.put("seed", {"ticket": ticket.key, "seed": self.seed_bytes.hex()})

    def validate_once(self, field: Field) -> None:
        if self.ticket is None:
            raise ValidationError(
                gettext(
                    "ページを開いてから時間がたちました。もう一度「送る」を押してください。書いたものはそのまま残っています。"
                )
            )


class WhoForm(LetterForm):
    """Who sends it, as far as they want to say. Sealed apart from what is told."""

    name = line(_("あなたの名前"))
    relation = line(_("子どもや家との関係"))
    phone = line(_("電話番号"))
    safe_to_call = line(_("電話をしてもよい時間や、気をつけること"))

    def identity(self) -> Identity:
        """What was told of it."""
        return Identity(self.name.data, self.relation.data, self.phone.data, self.safe_to_call.data)

    @property
    def tells_who(self) -> bool:
        """True if any of it was filled in."""
        return bool(self.identity())


class ReportForm(WhoForm):
    """One box and one clue. Without a clue it is taken all the same."""

    text = area(_("気になっていること"))
    clue = line(_("場所や人の手がかり"))
    clue_unknown = BooleanField(_("わからない"))
    now = BooleanField(_("いま、子どもがあぶないと思う"))

    def validate_text(self, field: Field) -> None:
        if not visible_length(field.data):
            raise ValidationError(gettext("ひとことだけでも、書いてください。うまく書けなくて大丈夫です。"))

    @property
    def clue_words(self) -> str:
        """The clue, or that it is not known; empty when nothing was said."""
        return str(self.clue.data or (UNKNOWN if self.clue_unknown.data else ""))


class OtherForm(ReportForm):
    """What somebody who works with children did. Unknown is an answer."""

    where = RadioField(_("どこの職員ですか"), validate_choice=False)


def with_questions(base: type, questions: Iterable[Question]) -> type:
    """A form class with these questions beside its own fields; each may be answered 「わからない」."""
    fields: dict[str, Any] = {}
    for one in questions:
        if one.choices:
            choices = [SelectChoice("", _("えらばない")), *(SelectChoice(*each) for each in one.choices)]
            choices.append(SelectChoice(UNKNOWN, UNKNOWN_WORDS))
            fields[one.id] = SelectField(one.label, choices=choices, validate_choice=False, render_kw=_OFF)
        else:
            fields[one.id] = (area if one.long else line)(one.label)
            fields[f"{one.id}_unknown"] = BooleanField(_("わからない"))
    return type(f"Asking{base.__name__}", (base,), fields)


def answers_of(form: Any, questions: Iterable[Question]) -> dict[str, str]:
    """The answers that were given, by the questions' ids; UNKNOWN where that was the answer."""
    found = {}
    for one in questions:
        value = form[one.id].data or ""
        if one.choices and value not in (UNKNOWN, *(choice for choice, _words in one.choices)):
            continue
        if not one.choices and not value and form[f"{one.id}_unknown"].data:
            value = UNKNOWN
        if value:
            found[one.id] = value
    return found


class VisitForm(LetterForm):
    """A form of somebody who sent a report. `visit` says who, sealed."""

    visit = HiddenField()


class KeptForm(VisitForm):
    """The words, typed back once; or skipped on purpose."""

    told = HiddenField()
    words = TextAreaField(_("合言葉"), filters=[tidy], render_kw=_OFF)


class MoreForm(VisitForm):
    """What may be added after sending."""

    told = HiddenField()
    text = area(_("書き足すこと"))


class WriteForm(VisitForm):
    """An addition, or an answer to a question of the desk."""

    text = area(_("書き足すこと・質問への答え"))

    def validate_text(self, field: Field) -> None:
        if not visible_length(field.data):
            raise ValidationError(gettext("ひとことだけでも、書いてください。"))


class FilesForm(VisitForm):
    """Photos and papers, apart from the text, so that no upload ever endangers it."""

    files = MultipleFileField(_("写真や書類"))
    caption = line(_("何の写真・書類ですか（書かなくても送れます）"))


class SlipForm(VisitForm):
    """How exactly the proof tells the time."""

    precision = RadioField(
        _("時刻の書き方"),
        choices=[SelectChoice("day", _("日だけ")), SelectChoice("minute", _("何時何分まで"))],
        default="day",
        validate_choice=False,
    )


class BackForm(LetterForm):
    """The words of somebody who comes back; `text` is what they had typed when the page was too old."""

    words = TextAreaField(_("合言葉"), filters=[tidy], render_kw=_OFF)
    text = area(_("書いていたもの"))


class VerifyForm(LetterForm):
    """A proof of acceptance, pasted."""

    slip = area(_("証明の文"))
