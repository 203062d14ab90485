"""The worker's way to the letterbox: fetch the desk's key, hand over boxes. Speaks to one address only."""

import base64
import binascii
import json
import logging
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from sqlalchemy import select

from config import Mode, Settings
from forum import storage
from forum.db import db, writing
from forum.outbox.service import not_yet_due
from forum.referrals import service
from forum.referrals.models import ReferralRow

log = logging.getLogger("forum.referrals")

TIMEOUT_SECONDS = 20
ANSWER_BYTES = 4096


class NotAccepted(Exception):
    """The letterbox did not take the box; the outbox tries again."""


class _Stay(HTTPRedirectHandler):
    """A redirect would carry the shared secret to another address."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


# No proxy either: the two doors of one city speak to each other directly.
_OPENER = build_opener(_Stay(), ProxyHandler({}))


def fetch_key(settings: Settings) -> None:
    """Bring the desk's public key to the present. Raises NotAccepted when there is none to be had."""
    answer = _ask(settings, None)
    try:
        key_id, public = str(answer["key_id"]), base64.b64decode(answer["public_key"], validate=True)
        training = answer["training"] is True
    except (KeyError, TypeError, binascii.Error) as error:
        raise NotAccepted("no key in the answer") from error
    if training and settings.mode is Mode.PRODUCTION:
        raise NotAccepted("a training key is never sealed to in production")
    with writing():
        service.keep_key(key_id, public, training)


def deliver_now(settings: Settings, deliveries: list[str]) -> None:
    """Hand over what was just sealed. What is not accepted stays, and goes with the next round of all."""
    try:
        deliver(settings, deliveries)
    except NotAccepted as error:
        log.warning("hatch: not accepted (%s); the next round tries again", error)


def deliver_all(settings: Settings) -> None:
    """Hand over every box that waits, however long ago it was sealed. Raises NotAccepted.

    Those that are still in their pause are left to their event.
    """
    pausing = not_yet_due(service.EVENT)
    waiting = [one for one in db.session.scalars(select(ReferralRow.delivery)) if one not in pausing]
    db.session.rollback()
    deliver(settings, waiting)


def deliver(settings: Settings, deliveries: list[str]) -> None:
    """Hand over these boxes; each is forgotten as soon as it is accepted. Raises NotAccepted."""
    try:
        _deliver(settings, deliveries)
    finally:
        db.session.rollback()
        storage.forget_erased(db)  # else the box lies in the log of the database for a while


def _deliver(settings: Settings, deliveries: list[str]) -> None:
    for delivery in deliveries:
        row = db.session.get(ReferralRow, delivery)
        if row is None:  # accepted in an earlier round that was killed before it could say so
            continue
        sent = {
            "delivery": delivery,
            "box": base64.b64encode(row.box).decode("ascii"),
            "urgent": row.urgent,
        }
        db.session.rollback()  # no reading transaction is held while the other side works
        if _ask(settings, json.dumps(sent).encode()).get("accepted") is not True:
            raise NotAccepted("not accepted")
        with writing():
            service.accepted(delivery)


def _ask(settings: Settings, body: bytes | None) -> dict[str, Any]:
    request = Request(  # noqa: S310  (the settings allow http and https only)
        f"{settings.hatch_url.rstrip('/')}/hatch",
        data=body,
        headers={"Authorization": f"Bearer {settings.hatch_token}", "Content-Type": "application/json"},
    )
    try:
        with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as response:
            answer = json.loads(response.read(ANSWER_BYTES))
    except HTTPError as error:
        error.close()
        raise NotAccepted(f"status {error.code}") from None
    except (OSError, ValueError) as error:
        raise NotAccepted(type(error).__name__) from None
    if not isinstance(answer, dict):
        raise NotAccepted("not an answer of the hatch")
    return answer
