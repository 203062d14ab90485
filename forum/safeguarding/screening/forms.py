"""Forms of screening: one for each sheet, made from the sheet; one for a decision; one button."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from forum.safeguarding.screening import rules
from forum.safeguarding.screening.service import NOTE_MOST
from forum.safeguarding.screening.types import ANSWERS, KINDS, Catalogue, Sheet
from forum.web.forms import BaseForm, TicketForm

PREFIX = "item-"  # keeps the items of a sheet apart from the fields of every form


def as_choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """(value, words) as a field offers them."""
    return [SelectChoice(value, words) for value, words in pairs]


class OpenForm(BaseForm):
    """「ひらく」: a button and nothing else."""


class VersionedForm(TicketForm):
    """A form that knows which version of the case the person saw."""

    version = HiddenField()

    def seen(self) -> int:
        """The version; what is no number matches none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def see(self, version: int) -> None:
        """Let the next press be about this version, with a token that counts."""
        self.version.data = str(version)
        self.renew()


class _SheetForm(VersionedForm):
    note = TextAreaField(
        "書きそえること",
        [Optional(), Length(max=NOTE_MOST, message=f"{NOTE_MOST}文字までで書いてください。")],
    )

    def answers(self) -> dict[str, str]:
        """The answers by item; what was left open is empty."""
        return {
            name.removeprefix(PREFIX): field.data or ""
            for name, field in self._fields.items()
            if name.startswith(PREFIX)
        }


def sheet_form(sheet: Sheet, answers: Mapping[str, str] | None = None) -> Any:
    """The form of a sheet; `answers` from a sheet filled in before are chosen already."""
    fields = {
        PREFIX + item.id: RadioField(
            item.words,
            [Optional()],
            choices=as_choices(ANSWERS.items()),
            description=item.definition,
            validate_choice=False,  # the rules check it, and say so in their own words
        )
        for item in sheet.items
    }
    made = type("SheetForm", (_SheetForm,), fields)
    given = {PREFIX + item: answer for item, answer in (answers or {}).items()}
    return made(data=given) if given else made()


class RecordForm(VersionedForm):
    """One decision: what, and why."""

    value = RadioField("", [InputRequired("どれかひとつを選んでください。")], validate_choice=False)
    reason = TextAreaField(
        "理由",
        [
            Optional(),
            Length(max=rules.REASON_MOST, message=f"{rules.REASON_MOST}文字までで書いてください。"),
        ],
    )


def record_form(kind: str, catalogue: Catalogue) -> RecordForm:
    """The form of a kind of decision. Raises Refused unknown_value."""
    form = RecordForm()
    form.value.label.text = KINDS.get(kind, kind)
    form.value.choices = as_choices(rules.choices(kind, catalogue))
    return form
