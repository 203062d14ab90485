"""When somebody reads, as the city's pack says: reading hours, and the roster that fills them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app

from config import Mode, Settings
from forum import clock
from forum.city.current import current as current_city
from forum.city.types import Moderation, Reader
from forum.language.normalise import normalise

AHEAD = timedelta(days=60)  # beyond, "nobody" is the honest answer
_STEPS = 2_000  # openings and closings looked at; more than any roster has in that time


@dataclass(frozen=True)
class Reading:
    """What `app.extensions["moderation"]` is: who reads when, and the promise of the wall in words."""

    care: Moderation

    @property
    def promise(self) -> tuple[str, ...]:
        """What is written before posting about what happens with a text; paragraphs."""
        return self.care.promise

    def on_duty(self, at: datetime) -> tuple[Reader, ...]:
        """Those on the roster who read at that moment."""
        if not self.care.reading.is_open(at):
            return ()
        return tuple(one for one in self.care.readers if one.hours.is_open(at))

    def next_reading(self, at: datetime) -> datetime | None:
        """The first moment from `at` on at which somebody reads, Tokyo time; None: nobody is named for it."""
        schedules = [self.care.reading, *(one.hours for one in self.care.readers)]
        moment = at
        for _ in range(_STEPS):
            if self.on_duty(moment):
                return clock.local(moment)
            changes = [change for one in schedules if (change := one.next_change(moment))]
            moment = min(changes, default=at + AHEAD)
            if moment >= at + AHEAD:
                return None
        return None

    def unread_hours(self, at: datetime) -> bool:
        """True if the city promises reading now and nobody on the roster does it, or nobody ever will."""
        return (self.care.reading.is_open(at) and not self.on_duty(at)) or self.next_reading(at) is None

    def told(self, at: datetime) -> tuple[str, ...]:
        """Where alarms go: whoever reads now, else everybody on the roster, and the city's own list."""
        people = self.on_duty(at) or self.care.readers
        return tuple(
            dict.fromkeys(mail for mail in (*(p.mail for p in people), *self.care.alarm_mail) if mail)
        )

    def watched_in(self, text: str) -> tuple[tuple[str, str], ...]:
        """The city's watched words that stand in a text, each with its reason."""
        plain = normalise(text)
        return tuple((one.word, one.reason) for one in self.care.watched if normalise(one.word) in plain)


def reading() -> Reading:
    """Who reads in the running city, confirmed or not."""
    return Reading(current_city().moderation)


def install(app: Flask, settings: Settings, care: Moderation) -> None:
    """Give the app its readers. A production board whose city has not confirmed them has none, and takes
    no texts."""
    if settings.mode is not Mode.PRODUCTION or care.confirmed:
        app.extensions["moderation"] = Reading(care)


def installed() -> Reading | None:
    """The readers of the running app; None where the city has not decided."""
    return cast(Reading | None, current_app.extensions.get("moderation"))
