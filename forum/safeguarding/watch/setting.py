"""What the watch is given by the door it stands in: who works here, and by which ways they are told."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from forum.safeguarding.watch.channels import Channel
from forum.safeguarding.watch.types import Person


def machine_seconds() -> float:
    """The machine's own counter, which nobody can set; it goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@dataclass(frozen=True)
class Setting:
    """`people`: everybody who may work at the desk today. `case_page`: the endpoint of a case's page."""

    people: Callable[[], tuple[Person, ...]]
    channels: tuple[Channel, ...] = ()
    desk_url: str = ""
    case_page: str = ""
    seconds: Callable[[], float] = machine_seconds


def install(app: Flask, setting: Setting) -> None:
    """Give an app its watch; needed before any chore, handler or page of it runs."""
    app.extensions["watch"] = setting


def current() -> Setting:
    """What the running door was given."""
    return cast(Setting, current_app.extensions["watch"])
