"""How often a limit stopped somebody: a number a day for each page, no address, no hand."""

import logging

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError

from forum import clock
from forum.db import db, writing
from forum.errors import Refused
from forum.moderation.models import TripRow
from forum.web import limits

log = logging.getLogger("forum.moderation")

STOPPED = 429
WRITTEN_MOST = "60 per minute"  # a flood of refusals is no flood of changes
_PURPOSE = 20


def install(app: Flask) -> None:
    """Count every answer that a limit gave."""

    @app.after_request
    def count(response: Response) -> Response:
        if response.status_code == STOPPED:
            _count((request.endpoint or "").rpartition(".")[2][:_PURPOSE])
        return response


def _count(purpose: str) -> None:
    try:
        limits.spend("trips", WRITTEN_MOST, "all")
        with writing():
            row = db.session.get(TripRow, (clock.today(), purpose))
            if row is None:
                row = TripRow(day=clock.today(), purpose=purpose, number=0)
                db.session.add(row)
            row.number += 1
    except Refused:
        return
    except SQLAlchemyError as error:  # the answer goes out whether or not it could be counted
        db.session.rollback()
        log.warning("trip not counted: %s", type(error).__name__)
