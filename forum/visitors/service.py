"""Read, make, carry over and forget the anonymous hand of this browser."""

import hashlib
import hmac
import secrets
from typing import cast

from flask import Flask, Response, g, request

from forum.visitors.types import SECRET_BYTES, Hand
from forum.web.forms import settings

COOKIE = "hand"
YEAR_SECONDS = 365 * 24 * 3600


def hand() -> Hand | None:
    """The hand that this browser brought, None if it never wrote here."""
    made = cast(Hand | None, g.get("new_hand"))
    if made is not None:
        return made
    try:
        secret = bytes.fromhex(request.cookies.get(COOKIE, ""))
    except ValueError:
        return None
    return Hand(secret) if len(secret) == SECRET_BYTES else None


def ensure_hand(ticket: str | None = None) -> Hand:
    """The hand of this browser, made now if it is the first time that it writes.

    ticket: the form's random key. Two taps on one form make the same hand of it, whichever cookie the
    browser keeps. Only a digest of the key is ever stored, so that the database leads to no hand.
    """
    present = hand()
    if present is not None:
        return present
    if ticket is None:
        return take_over(Hand(secrets.token_bytes(SECRET_BYTES)))
    return take_over(hand_of(ticket))


def hand_of(ticket: str) -> Hand:
    """The hand that a form's key makes, for whoever is not at this browser: told at a window, for example."""
    made = hmac.new(settings().secret_key.encode(), f"hand:{ticket}".encode(), hashlib.sha256).digest()
    return Hand(made[:SECRET_BYTES])


def take_over(new: Hand) -> Hand:
    """Let this browser carry `new` from this answer on."""
    g.new_hand = new
    return new


def forget() -> None:
    """Let this browser carry no hand from this answer on."""
    g.forget_hand = True


def install(app: Flask) -> None:
    """Write the cookie when a request made, took over or forgot a hand; at no other time."""

    @app.after_request
    def write(response: Response) -> Response:
        secure = settings().secure_cookies
        if g.get("forget_hand"):
            response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=secure)
        elif g.get("new_hand") is not None:
            value = cast(Hand, g.new_hand).secret.hex()
            response.set_cookie(
                COOKIE, value, max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=secure
            )
        return response
