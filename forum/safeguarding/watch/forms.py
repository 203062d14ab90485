"""The forms of the roster and the alarms."""

from collections.abc import Iterable
from datetime import datetime, time

from wtforms import DateField, Field, SelectField, TimeField
from wtforms.validators import InputRequired, ValidationError

from forum.clock import TOKYO
from forum.safeguarding.watch.plan import RANK_WORDS
from forum.safeguarding.watch.types import Person, Shift
from forum.web.forms import BaseForm


class Day(DateField):  # type: ignore[misc]
    """A date, with a fault that says how to write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("日付を、2026-11-24 のように入れてください。") from None


class Hour(TimeField):  # type: ignore[misc]
    """A time of day, with a fault that says how to write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("時刻を、8:30 のように入れてください。") from None


class PlainForm(BaseForm):
    """A button and nothing else."""


class ShiftForm(BaseForm):
    """Who is on duty, for which group, from when to when."""

    staff_id = SelectField("だれが", coerce=int)
    group = SelectField("どの担当の")
    rank = SelectField("役わり", coerce=int, choices=list(enumerate(RANK_WORDS)))
    first_day = Day("始まる日", [InputRequired("日付を、2026-11-24 のように入れてください。")])
    starts = Hour("始まる時刻", [InputRequired("時刻を、8:30 のように入れてください。")])
    last_day = Day("終わる日", [InputRequired("日付を、2026-11-24 のように入れてください。")])
    ends = Hour("終わる時刻", [InputRequired("時刻を、17:30 のように入れてください。")])

    def offer(self, people: Iterable[Person], groups: dict[str, str]) -> "ShiftForm":
        """Fill in who and what can be chosen."""
        self.staff_id.choices = [(person.id, person.name) for person in people]
        self.group.choices = list(groups.items())
        return self

    def validate_ends(self, field: Field) -> None:
        moments = self._moments()
        if moments is not None and moments[1] <= moments[0]:
            raise ValidationError(
                "終わりは、始まりより後にしてください。夜をこえる当番は、終わる日を次の日に。"
            )

    def _moments(self) -> tuple[datetime, datetime] | None:
        parts = (self.first_day.data, self.starts.data, self.last_day.data, self.ends.data)
        if any(part is None for part in parts):
            return None
        return (
            datetime.combine(self.first_day.data, self.starts.data or time(), TOKYO),
            datetime.combine(self.last_day.data, self.ends.data or time(), TOKYO),
        )

    def shift(self) -> Shift:
        """The shift that was typed; only after validation."""
        moments = self._moments()
        if moments is None:
            raise ValueError("the form was not validated")
        return Shift(self.staff_id.data, self.group.data, *moments, self.rank.data)
