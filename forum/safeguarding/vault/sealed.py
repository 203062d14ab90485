"""Sealing a report or a message before the transaction in which it is stored. Touches no database."""

from collections.abc import Sequence
from dataclasses import dataclass

from forum import ids
from forum.safeguarding.vault import contexts
from forum.safeguarding.vault.content import Content, Identity, Upload
from forum.safeguarding.vault.words import ReporterKeys
from forum.sealing.envelope import FILE_BLOCK, Box, DataKey, DeskKey


@dataclass(frozen=True)
class PreparedReport:
    """A sealed report that only needs to be stored."""

    report_id: str
    key_id: str
    wrapped_key: bytes
    body: bytes
    identity: bytes | None
    files: tuple[bytes, ...]
    lookup: bytes | None
    reporter_key: bytes | None


@dataclass(frozen=True)
class PreparedMessage:
    """A sealed message that only needs to be stored."""

    once: str
    box: Box
    files: tuple[bytes, ...]
    reporter_box: bytes | None = None


def prepare(
    content: Content,
    identity: Identity | None,
    files: Sequence[Upload],
    desk: DeskKey,
    *,
    reporter: ReporterKeys | None,
) -> PreparedReport:
    """Seal a report under a data key of its own. `reporter` is None where nobody can come back by words."""
    key, report_id = DataKey.fresh(), ids.new_public_id()
    return PreparedReport(
        report_id=report_id,
        key_id=desk.id,
        wrapped_key=key.wrap(desk.public),
        body=key.seal(content.to_bytes(), contexts.body(report_id, "")),
        identity=key.seal(identity.to_bytes(), contexts.identity(report_id)) if identity else None,
        files=tuple(
            key.seal(file.to_bytes(), contexts.report_file(report_id, number), FILE_BLOCK)
            for number, file in enumerate(files)
        ),
        lookup=reporter.lookup if reporter else None,
        reporter_key=reporter.public if reporter else None,
    )


def from_hatch(box: Box) -> PreparedReport:
    """A report that the forum sealed: nobody can come back to it by words."""
    return PreparedReport(
        ids.new_public_id(), box.key_id, box.wrapped_key, box.body, None, (), lookup=None, reporter_key=None
    )


def prepare_message_in(
    content: Content, files: Sequence[Upload], desk: DeskKey, once: str
) -> PreparedMessage:
    """Seal what a reporter adds or answers; only the desk opens it."""
    key = DataKey.fresh()
    body = key.seal(content.to_bytes(), contexts.message(once))
    sealed = tuple(
        key.seal(file.to_bytes(), contexts.message_file(once, number), FILE_BLOCK)
        for number, file in enumerate(files)
    )
    return PreparedMessage(once, Box(desk.id, key.wrap(desk.public), body), sealed)


def prepare_message_out(
    text: str, report_id: str, reporter_key: bytes, desk: DeskKey, once: str
) -> PreparedMessage:
    """Seal an answer twice: for the desk's own record, and for whoever holds the reporter's words."""
    key, theirs = DataKey.fresh(), DataKey.fresh()
    body = key.seal(text.encode(), contexts.message(once))
    reply = Box("words", theirs.wrap(reporter_key), theirs.seal(text.encode(), contexts.reply(report_id)))
    return PreparedMessage(once, Box(desk.id, key.wrap(desk.public), body), (), reply.to_bytes())
