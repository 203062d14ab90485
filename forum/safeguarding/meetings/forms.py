"""Forms of meetings: a meeting, a decision, a changed cell."""

import re
from typing import Any

from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import NumberInput

from forum import clock
from forum.safeguarding.cases.words import OUTCOMES, VERDICTS
from forum.safeguarding.meetings.rules import LINE_MOST, TEXT_MOST
from forum.safeguarding.meetings.service import NewDecision
from forum.safeguarding.meetings.types import KINDS, Meeting, NewMeeting
from forum.safeguarding.meetings.yearbook import HIGHEST, REASON_MOST
from forum.safeguarding.screening import rules as screening_rules
from forum.safeguarding.screening.forms import VersionedForm, as_choices
from forum.safeguarding.screening.service import Entry
from forum.safeguarding.screening.types import KINDS as SCREENED
from forum.safeguarding.screening.types import LISTS, Catalogue
from forum.web.forms import TicketForm

KEEP = ("", "（変えない）")
DATE_FAULT = "日付を、2026-11-24 のように入れてください。"
FOR_WHAT_WORDS = {
    "course": "続ける（次に確かめる日を決める）",
    "unconfirmed": "時計を「確認できず」「対象外」で終える（会議だけ）",
    "close": "終結する",
}


def _most(limit: int) -> Length:
    return Length(max=limit, message=f"{limit}文字までで書いてください。")


class MeetingForm(TicketForm):
    """A meeting that was held."""

    kind = SelectField("会議の種類", choices=as_choices(KINDS.items()), validate_choice=False)
    held_on = DateField("開いた日", [InputRequired(DATE_FAULT)])
    place = StringField("場所", [Optional(), _most(LINE_MOST)])
    attendees = TextAreaField("出席した人と機関", [InputRequired("出席した人を書いてください。")])
    note = TextAreaField("会議全体の記録", [Optional(), _most(TEXT_MOST)])
    cases = SelectMultipleField("取りあげたケース", validate_choice=False)
    more_cases = StringField("ほかのケースの番号", [Optional(), _most(LINE_MOST)])

    def meeting(self) -> NewMeeting:
        """The meeting that was typed; only after validation."""
        typed = re.findall(r"[0-9a-z]+", (self.more_cases.data or "").lower())
        return _typed(self, (*(self.cases.data or []), *typed))


class CorrectionForm(VersionedForm):
    """What the record of a meeting should say instead. `version`: how many corrections were seen."""

    kind = SelectField("会議の種類", choices=as_choices(KINDS.items()), validate_choice=False)
    held_on = DateField("開いた日", [InputRequired(DATE_FAULT)])
    place = StringField("場所", [Optional(), _most(LINE_MOST)])
    attendees = TextAreaField("出席した人と機関", [InputRequired("出席した人を書いてください。")])
    note = TextAreaField("会議全体の記録", [Optional(), _most(TEXT_MOST)])
    reason = StringField("訂正するわけ", [InputRequired("訂正するわけを書いてください。"), _most(LINE_MOST)])

    def meeting(self) -> NewMeeting:
        """The record as it was typed; only after validation."""
        return _typed(self, ())


def correction_form(meeting: Meeting) -> CorrectionForm:
    """The form with what the record says now."""
    form = CorrectionForm(formdata=None)
    form.kind.data, form.held_on.data, form.place.data = meeting.kind, meeting.held_on, meeting.place
    form.attendees.data, form.note.data = "\n".join(meeting.attendees), meeting.note
    form.see(len(meeting.earlier))
    return form


def _typed(form: MeetingForm | CorrectionForm, case_ids: tuple[str, ...]) -> NewMeeting:
    assert form.held_on.data is not None
    return NewMeeting(
        kind=form.kind.data or "",
        held_on=form.held_on.data,
        place=form.place.data or "",
        attendees=tuple((form.attendees.data or "").splitlines()),
        note=form.note.data or "",
        case_ids=case_ids,
    )


class _DecisionForm(VersionedForm):
    for_what = RadioField("この決定で", choices=as_choices(FOR_WHAT_WORDS.items()), default="course")
    text = TextAreaField(
        "決めたこと・その理由", [InputRequired("決めたことを書いてください。"), _most(TEXT_MOST)]
    )
    check_on = DateField("次に確かめる日", [Optional()])
    agency = StringField("主担当機関", [Optional(), _most(LINE_MOST)])
    roles = TextAreaField("役割の分担", [Optional(), _most(LINE_MOST)])
    verdict = SelectField(
        "確かめられなかったとき", choices=as_choices([KEEP, *VERDICTS.items()]), validate_choice=False
    )
    tried = TextAreaField("確かめるために したこと", [Optional(), _most(LINE_MOST)])
    closing = SelectField("終結のわけ", choices=as_choices([KEEP, *OUTCOMES.items()]), validate_choice=False)

    def decision(self, meeting_id: str) -> NewDecision:
        """The decision that was typed; only after validation."""
        text = self.text.data or ""
        return NewDecision(
            for_what=self.for_what.data or "",
            text=text,
            meeting_id=meeting_id,
            check_on=self.check_on.data,
            agency=self.agency.data or "",
            roles=self.roles.data or "",
            screened=tuple(Entry(kind, self[kind].data, text) for kind in SCREENED if self[kind].data),
            coded={name: self[name].data for name in LISTS if self[name].data},
            closing=self.closing.data or "",
            verdict=self.verdict.data or "",
            tried=self.tried.data or "",
        )


def decision_form(catalogue: Catalogue) -> Any:
    """The form of a decision, with the steps and codes that the city's files name."""
    fields: dict[str, SelectField] = {
        kind: SelectField(
            name, choices=as_choices([KEEP, *screening_rules.choices(kind, catalogue)]), validate_choice=False
        )
        for kind, name in SCREENED.items()
    }
    fields |= {
        name: SelectField(
            words,
            choices=as_choices([KEEP, *((one.id, one.name) for one in catalogue.codes[name])]),
            validate_choice=False,
        )
        for name, words in LISTS.items()
    }
    return type("DecisionForm", (_DecisionForm,), fields)()


class CellForm(VersionedForm):
    """A cell of a table, changed by hand. `version`: how many changes of the table the person saw."""

    row = SelectField("行", validate_choice=False)
    column = SelectField("列", validate_choice=False)
    value = IntegerField(
        "直した数",
        [
            InputRequired("数を入れてください。"),
            NumberRange(0, HIGHEST, message="0以上の数を入れてください。"),
        ],
        widget=NumberInput(min=0, max=HIGHEST),
    )
    reason = TextAreaField("直すわけ", [InputRequired("直すわけを書いてください。"), _most(REASON_MOST)])


def first_meeting_form() -> MeetingForm:
    """An empty form for a meeting of today."""
    form = MeetingForm()
    form.held_on.data = form.held_on.data or clock.today()
    return form
