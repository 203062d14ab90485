"""The three doors, each built on first access, so that naming one loads no other.

`wsgi:forum` (also `app` and `application`), `wsgi:intake`, `wsgi:triage`.
"""

import sys
from importlib import import_module
from typing import Any

_BUILDERS = {
    "forum": ("forum.cli", "create_forum_app_with_commands"),
    "intake": ("forum.safeguarding.intake", "create_intake_app"),
    "triage": ("forum.safeguarding.triage", "create_triage_app"),
}
BOOT_ERROR = 3  # tells gunicorn not to try again
_ALIASES = {"app": "forum", "application": "forum"}


def __getattr__(name: str) -> Any:
    door = _ALIASES.get(name, name)
    if door not in _BUILDERS:
        raise AttributeError(name)
    if door not in globals():
        module, function = _BUILDERS[door]
        from config import Door, SettingsError, load_settings

        try:
            globals()[door] = getattr(import_module(module), function)(load_settings(Door(door)))
        except SettingsError as error:  # a sentence for the one who starts it, not a trace
            sys.stderr.write(f"{error}\n")
            raise SystemExit(BOOT_ERROR) from None
    return globals()[door]
