"""The private half of sealing: what a signed-in worker opens with. The letterbox never imports it."""

from collections.abc import Mapping
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from forum.safeguarding.vault import contexts
from forum.safeguarding.vault.content import Content, Identity, Upload
from forum.safeguarding.vault.types import SealedMessage, SealedReport
from forum.sealing.envelope import Box, DataKey, Unopenable


@dataclass(frozen=True, repr=False)
class KeyRing:
    """The desk's private keys by id: the present one, and retired ones until all is wrapped anew."""

    keys: Mapping[str, bytes]

    def data_key(self, key_id: str, wrapped: bytes) -> DataKey:
        """Unwrap a data key. Raises Unopenable."""
        secret = self.keys.get(key_id)
        if secret is None:
            raise Unopenable("no key for this box")
        try:
            return DataKey(SealedBox(PrivateKey(secret)).decrypt(wrapped))
        except (CryptoError, ValueError) as error:
            raise Unopenable("this key does not open the box") from error

    def open(self, box: Box, context: str) -> bytes:
        """The content of a box that was sealed by `sealing.seal`. Raises Unopenable."""
        return self.data_key(box.key_id, box.wrapped_key).open(box.body, context)


def open_report(ring: KeyRing, report: SealedReport) -> Content:
    """What was told. Raises Unopenable."""
    key = ring.data_key(report.key_id, report.wrapped_key)
    return Content.from_bytes(key.open(report.body, contexts.body(report.id, report.entrance)))


def open_identity(ring: KeyRing, report: SealedReport) -> Identity:
    """Who told it, as far as they said; an empty Identity if they did not. Raises Unopenable."""
    if report.identity is None:
        return Identity()
    key = ring.data_key(report.key_id, report.wrapped_key)
    return Identity.from_bytes(key.open(report.identity, contexts.identity(report.id)))


def open_file(ring: KeyRing, report: SealedReport, position: int, sealed: bytes) -> Upload:
    """A file of a report. Raises Unopenable."""
    key = ring.data_key(report.key_id, report.wrapped_key)
    return Upload.from_bytes(key.open(sealed, contexts.report_file(report.id, position)))


def open_message(ring: KeyRing, message: SealedMessage) -> Content | str:
    """A reporter's message as Content, the desk's own as its text. Raises Unopenable."""
    raw = ring.open(message.box, contexts.message(message.once))
    return Content.from_bytes(raw) if message.direction == "in" else raw.decode()


def open_message_file(ring: KeyRing, message: SealedMessage, position: int, sealed: bytes) -> Upload:
    """A file of a reporter's message. Raises Unopenable."""
    key = ring.data_key(message.box.key_id, message.box.wrapped_key)
    return Upload.from_bytes(key.open(sealed, contexts.message_file(message.once, position)))
