"""Alarms: something cannot wait, or nobody reads. Content-free, by mail, at once and again each hour."""

import logging
import os
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from flask import Flask, current_app
from sqlalchemy import select

from forum import clock
from forum.db import db, writing
from forum.mail import smtp
from forum.mail.smtp import MailSettings, Undelivered
from forum.moderation import rules
from forum.moderation.models import AlarmRow, ItemRow
from forum.moderation.reading import reading
from forum.web.forms import settings

log = logging.getLogger("forum.moderation")

URGENT, NOBODY = "urgent", "nobody"
SUBJECT = "お知らせがあります"
LINES = {
    URGENT: "まだ開かれていないものがあります。画面を開いてください。",
    NOBODY: "いま、当番がいません。当番表を確かめてください。",
}


def install(app: Flask) -> None:
    """Read how mail leaves the house. Raises SettingsError; without a server there is no mail."""
    app.extensions["moderation_mail"] = smtp.read_settings(os.environ)


def tell(item_ids: list[str]) -> None:
    """Something urgent has just come: the handler of its event."""
    watch()


def watch() -> None:
    """Raise what is due: for the worker, every minute. May be killed anywhere; told twice beats never."""
    moment = clock.now()
    if _unopened():
        _raise(URGENT, reading().told(moment))
    if reading().unread_hours(moment) and rules.alarm_due(_last(NOBODY), moment):
        _raise(NOBODY, reading().told(moment))


def _unopened() -> bool:
    """True if something urgent that nobody has opened is new, or was told of an hour ago."""
    moment = clock.now()
    found = db.session.scalars(
        select(ItemRow).where(
            ItemRow.open_key.is_not(None), ItemRow.level >= rules.URGENT, ItemRow.opened_at.is_(None)
        )
    )
    return any(rules.alarm_due(row.alarmed_at, moment) for row in found)


def _last(kind: str) -> datetime | None:
    return db.session.scalar(
        select(AlarmRow.at).where(AlarmRow.kind == kind).order_by(AlarmRow.id.desc()).limit(1)
    )


def _raise(kind: str, addresses: Iterable[str]) -> None:
    db.session.rollback()  # no reading transaction is held while the mail server works
    told, fault = _send(kind, tuple(addresses))
    moment = clock.now()
    with writing():
        db.session.add(AlarmRow(kind=kind, at=moment, told=told, fault=fault))
        if kind == URGENT:
            unopened = select(ItemRow).where(
                ItemRow.open_key.is_not(None), ItemRow.level >= rules.URGENT, ItemRow.opened_at.is_(None)
            )
            for row in db.session.scalars(unopened):
                row.alarmed_at = moment
    if not told:
        log.error("alarm %s reached nobody: %s", kind, fault)


def _send(kind: str, addresses: tuple[str, ...]) -> tuple[int, str]:
    """How many were told, and the class of the last fault."""
    given = cast(MailSettings | None, current_app.extensions.get("moderation_mail"))
    if given is None or not addresses:
        return 0, "NoMail" if given is None else "NoAddress"
    words = "\n".join((LINES[kind], settings().forum_url)).strip() + "\n"
    told, fault = 0, ""
    for address in addresses:
        try:
            smtp.send(given, address, SUBJECT, words)
            told += 1
        except Undelivered as error:
            fault = error.fault
            if error.everybody:
                break
    return told, fault
