"""The three doors, each built on first access, so that naming one loads no other.

`wsgi:forum` (also `app` and `application`), `wsgi:intake`, `wsgi:triage`.
"""

from importlib import import_module
from typing import Any

_BUILDERS = {
    "forum": ("forum.cli", "create_forum_app_with_commands"),
    "intake": ("forum.safeguarding.intake", "create_intake_app"),
    "triage": ("forum.safeguarding.triage", "create_triage_app"),
}
_ALIASES = {"app": "forum", "application": "forum"}


def __getattr__(name: str) -> Any:
    door = _ALIASES.get(name, name)
    if door not in _BUILDERS:
        raise AttributeError(name)
    if door not in globals():
        module, function = _BUILDERS[door]
        from config import Door, load_settings

        globals()[door] = getattr(import_module(module), function)(load_settings(Door(door)))
    return globals()[door]
