"""The city this process serves, as the app loaded it at its start."""

from typing import cast

from flask import current_app

from forum.city.pack import CityPack


def current() -> CityPack:
    """The loaded pack of the running app."""
    return cast(CityPack, current_app.extensions["city"])
