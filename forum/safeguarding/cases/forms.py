"""Forms of a case. Each stands several times on one page, so its fields carry a prefix of its own."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from flask import g
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from forum import clock
from forum.privacy.input import clean_input
from forum.safeguarding.cases import words
from forum.safeguarding.cases.rules.work import LINE_MOST, TEXT_MOST
from forum.web.forms import TicketForm

_OFF = {"autocomplete": "off"}


def tidy(text: str | None) -> str:
    """What was typed without what nobody can see."""
    return clean_input(text or "").strip()


def _most(limit: int) -> Any:
    def check(form: Any, field: Field) -> None:
        if len(field.data or "") > limit:
            raise ValidationError(f"{limit}文字までにしてください（いま{len(field.data)}文字）。")

    return check


def line(label: str, **more: Any) -> StringField:
    """A field of one line that may stay empty."""
    return StringField(label, filters=[tidy], validators=[_most(LINE_MOST)], render_kw=_OFF, **more)


def area(label: str, **more: Any) -> TextAreaField:
    """A field of several lines that may stay empty."""
    return TextAreaField(label, filters=[tidy], validators=[_most(TEXT_MOST)], render_kw=_OFF, **more)


def _choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, words) for value, words in pairs]


def choice(label: str, kinds: Any, **more: Any) -> RadioField:
    """One of a few kinds; the rules check it and say so in their own words."""
    return RadioField(label, choices=_choices(dict(kinds).items()), validate_choice=False, **more)


class MomentField(DateTimeLocalField):  # type: ignore[misc]
    """A day and time in Tokyo. `moment` is aware."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("日と時刻を書いてください。例：2026-11-23T09:30") from None
        if self.data is None:
            raise ValueError("日と時刻を書いてください。")

    @property
    def moment(self) -> datetime:
        """What was typed; only after validation."""
        assert self.data is not None, "validated before"
        typed: datetime = self.data.replace(tzinfo=clock.TOKYO)
        return typed.astimezone(UTC)


class DayField(DateField):  # type: ignore[misc]
    """A day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("日を書いてください。例：2026-11-23") from None
        if self.data is None:
            raise ValueError("日を書いてください。")

    @property
    def end_of_day(self) -> datetime:
        """The end of the working day of what was typed; only after validation."""
        assert isinstance(self.data, date), "validated before"
        return datetime.combine(self.data, time(17), tzinfo=clock.TOKYO).astimezone(UTC)


def now_there() -> datetime:
    """The present minute in Tokyo, as a field of a form wants it."""
    return clock.local(clock.now()).replace(second=0, microsecond=0, tzinfo=None)


class CaseForm(TicketForm):
    """A form of the desk: no trap for machines, and fast fingers are welcome."""

    homepage = None
    version = HiddenField()

    def validate_once(self, field: Field) -> None:
        if self.ticket is None:
            raise ValidationError(
                "ページを開いてから時間がたちました。もう一度押してください。書いたものはそのまま残っています。"
            )

    def seen(self) -> int:
        """The version of the case on the page; what is no number matches none."""
        return number(self.version.data)

    def see(self, version: int) -> None:
        """Let the next press be about this version, with a token that counts."""
        self.version.data = str(version)
        self.renew()

    def shown(self) -> list[Field]:
        """The fields that a person fills in."""
        return [one for one in self if one.type not in ("HiddenField", "CSRFTokenField")]


class ButtonForm(CaseForm):
    """A button and nothing else."""


class ReasonForm(CaseForm):
    reason = area("わけ")


class EntryForm(CaseForm):
    kind = choice("種類", words.ENTRIES, default="fact")
    happened_at = MomentField("いつのことか", default=now_there)
    text = area("内容")
    said_by = line("だれの話か（ほかの人の話のとき）")
    disclosure = choice("開示の区分", words.DISCLOSURE, default="undecided")


class EventForm(CaseForm):
    kind = choice("何が変わったか", words.EVENTS)
    happened_at = MomentField("いつのことか", default=now_there)
    text = area("分かっていること")
    urgent = BooleanField("急ぐ（短いほうの時計にする）")


class ChildForm(CaseForm):
    name = line("名前（分からなければ空のまま）")
    kana = line("かな")
    birth = line("生年月日・年齢")
    note = area("園・学校、からだのこと、ほか")

    def words(self) -> dict[str, str]:
        """What is known of the child."""
        return {one: self[one].data or "" for one in ("name", "kana", "birth", "note")}


class PersonForm(CaseForm):
    role = SelectField("子どもとの関係", choices=_choices(words.ROLES.items()), validate_choice=False)
    name = line("名前")
    kana = line("かな")
    birth = line("生年月日・年齢")
    phone = line("電話")
    address = line("住所")
    note = area("そのほか")

    def words(self) -> dict[str, str]:
        """What is known of the person."""
        names = ("role", "name", "kana", "birth", "phone", "address", "note")
        return {one: self[one].data or "" for one in names}


class SightingForm(CaseForm):
    kind = choice("会い方・聞き方", words.SIGHTINGS)
    children = SelectMultipleField("どの子か", validate_choice=False)
    seen_at = MomentField("いつ", default=now_there)
    who = line("だれが見たか・聞いたか")
    where = line("どこで")
    how = area("様子・聞いた内容")
    all_known = BooleanField("この家の子どもは、これで全員と確かめた（全員を見ていれば、安全確認済にする）")


class SeenForm(CaseForm):
    all_known = BooleanField("この家の子どもは、これで全員と確かめた")


class AcceptedForm(CaseForm):
    office = line("受けた機関")
    name = line("受けた人の名前")
    at = MomentField("受けると言った日時", default=now_there)
    how = area("どのように、何と言ったか")


class OfferForm(CaseForm):
    to = SelectField("引きつぐ人", validate_choice=False)
    text = area("伝えること")


class TaskForm(CaseForm):
    kind = choice("種類", words.TASKS)
    due_at = MomentField("いつまでに", default=now_there)
    holder = SelectField("する人", validate_choice=False)
    text = area("内容")


class ResultForm(CaseForm):
    result = area("どうなったか")


class ConflictForm(CaseForm):
    staff = SelectField("だれのことか", validate_choice=False)
    reason = area("わけ（自分のことなら、書かなくてもよい）")


class MergeForm(CaseForm):
    other = line("まとめるケースの番号")
    other_version = HiddenField()  # of a suggestion that was looked at; a typed number is taken as it is now
    reason = area("同じ家と考えたわけ")


class CloseForm(CaseForm):
    outcome = choice("終わり方", words.OUTCOMES)
    reason = area("わけ")


def number(text: str | None) -> int:
    """A whole number as a form gives it, of a version or a member of staff; 0 matches none."""
    typed = text or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def prefix(action: str, target: str = "") -> str:
    """What stands before the names of a form's fields, so that each stands once on a page."""
    return f"{action}-{target}-" if target else f"{action}-"


def keep(action: str, target: str, form: CaseForm) -> None:
    """Remember, within this request, a form that was sent and must be shown again as it was typed."""
    g.sent_form = (action, target, form)


def made(kind: type[CaseForm], action: str, target: str, version: int, data: dict[str, Any]) -> CaseForm:
    """A form for a page: as it was sent, if it was sent in this request, else fresh with `data`."""
    sent = g.get("sent_form")
    if sent is not None and sent[:2] == (action, target):
        g.sent_form_shown = True
        return sent[2]
    form = kind(formdata=None, prefix=prefix(action, target), data=data)
    form.version.data = str(version)
    return form


def was_shown() -> bool:
    """True if the form that was sent in this request was shown again."""
    return bool(g.get("sent_form_shown"))


def offered(form: CaseForm, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Give a field of a form what can be chosen on this page."""
    form[name].choices = _choices(choices)
