"""/hatch: sealed boxes from the forum come in here. Nothing goes back but the public key and "accepted"."""

import base64
import binascii
import hashlib
import hmac
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from sqlalchemy import select

from forum.errors import Refused
from forum.safeguarding import policy
from forum.safeguarding.vault import contexts, sealed, store, values
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import DeskKeyRow
from forum.sealing.envelope import Box, Unopenable
from forum.web import access
from forum.web.forms import settings

bp = Blueprint("hatch", __name__)

DELIVERY_DIGITS = 32


def _check_token() -> None:
    """404 for whoever does not bring the shared secret: to them there is no hatch."""
    token = settings().hatch_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        abort(404)


@bp.get("/hatch")
@access.machine
def key() -> Response:
    """The public key to seal to."""
    _check_token()
    try:
        desk = store.desk_key()
    except Refused:
        abort(503)
    row = vault_db.session.get_one(DeskKeyRow, desk.id)
    public = base64.b64encode(desk.public).decode("ascii")
    return _answer(key_id=desk.id, public_key=public, training=row.training)


@bp.post("/hatch")
@access.machine
def take() -> Response:
    """Take one box. The same delivery again is accepted again and stored once."""
    _check_token()
    given = request.get_json(silent=True)
    delivery, box, urgent = _read(given)
    if vault_db.session.scalar(select(DeskKeyRow.id).where(DeskKeyRow.id == box.key_id)) is None:
        abort(409)  # sealed to a key that this vault never had
    digest = hashlib.blake2b(
        delivery.encode(), key=values.get(values.DELIVERY_KEY), digest_size=32, person=b"hatch-delivery"
    ).hexdigest()
    prepared = sealed.from_hatch(box)
    with writing():
        store.put_report(
            prepared,
            policy.current(),
            entrance=contexts.FORUM,
            groups=(policy.FAMILY,),
            urgent=urgent,
            once=digest,
        )
    return _answer(accepted=True)


def _read(given: Any) -> tuple[str, Box, bool]:
    try:
        delivery, urgent = given["delivery"], given["urgent"]
        box = Box.from_bytes(base64.b64decode(given["box"], validate=True))
    except (KeyError, TypeError, ValueError, binascii.Error, Unopenable):
        abort(400)
    if not isinstance(delivery, str) or len(delivery) != DELIVERY_DIGITS or not isinstance(urgent, bool):
        abort(400)
    return delivery, box, urgent


def _answer(**facts: Any) -> Response:
    response = jsonify(facts)
    response.headers["Cache-Control"] = "no-store"
    return response
